package views

import (
	"strconv"

	"guildhall/models/chat"
	"guildhall/models/space"
)

// Said is a message with all that is true of it for everybody in the room.
type Said struct {
	chat.Message
	In      space.Space
	Author  Person
	Given   []chat.Count // reactions
	Follows bool         // goes on from the same person's message just above it; never on a live copy
}

func (s Said) root() string { return RoomAt(s.In, s.RoomID) + "/m/" + s.ID.String() }

func (s Said) seq() string { return strconv.FormatInt(s.Seq, 10) }

// messageGiven lists the reactions on a message in the order of the picker; rest are those not
// given yet.
func messageGiven(counts []chat.Count, own map[string]bool) (has []given, rest offered) {
	return givenOf(chat.Reactions, counts, own)
}

// Address is where the message is changed without a script.
func (s Said) Address() string { return s.root() }
