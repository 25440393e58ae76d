package views

import (
	"strconv"

	"guildhall/models/chat"
	"guildhall/models/space"
)

// Said is a message with all that is true of it for everybody in the room.
type Said struct {
	chat.Message
	In       space.Space
	Author   Person
	Given    []chat.Count // reactions
	Repliers []Person     // who wrote last in its thread
	Follows  bool         // goes on from the same person's message just above it; never on a live copy
}

func (s Said) root() string { return RoomAt(s.In, s.RoomID) + "/m/" + s.ID.String() }

// thread is where what was answered to it is read.
func (s Said) thread() string { return ThreadAt(s.In, s.RoomID, s.ID) }

// quoted opens the room, or the thread that it stands in, with this message quoted where one speaks.
func (s Said) quoted() string {
	at := RoomAt(s.In, s.RoomID)
	if s.RootID != nil {
		at = ThreadAt(s.In, s.RoomID, *s.RootID)
	}
	return with(at, "quote", s.ID.String()) + "#text"
}

func (s Said) seq() string { return strconv.FormatInt(s.Seq, 10) }

// messageGiven lists the reactions on a message in the order of the picker; rest are those not
// given yet.
func messageGiven(counts []chat.Count, own map[string]bool) (has []given, rest offered) {
	return givenOf(chat.Reactions, counts, own)
}

// Address is where the message is changed without a script.
func (s Said) Address() string { return s.root() }
