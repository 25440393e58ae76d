package views

import (
	"strconv"

	"guildhall/models/chat"
	"guildhall/models/diff"
	"guildhall/models/id"
	"guildhall/models/space"
)

// EditMessagePage is a message by itself: where it is changed or removed without a script, and what else can
// be done with it.
type EditMessagePage struct {
	Said
	Text    Compose
	Edits   bool // one's own; a moderator only removes
	Removes bool
	Asks    bool // why it is removed: it is somebody else's
	Pins    bool
	Turns   bool // may start a topic in its space
	Why     string
}

// Head names the page.
func (p EditMessagePage) Head() Head { return roomPart(p.In, p.RoomID, "A message") }

// MessageHistoryPage is what a message said before.
type MessageHistoryPage struct {
	Said
	Versions []chat.Version // the oldest first
	Changes  [][]diff.Part  // of each, to the one before
}

// Head names the page.
func (p MessageHistoryPage) Head() Head { return roomPart(p.In, p.RoomID, "History of a message") }

// PinsPage is what a room keeps at hand.
type PinsPage struct {
	Space space.Space
	Room  chat.Room
	All   []Said
	By    map[id.ID]Person // who pinned
	Pins  bool
}

// Head names the page.
func (p PinsPage) Head() Head { return roomPart(p.Space, p.Room.ID, "Pinned messages") }

// ForwardPage asks where a message is to be said as well.
type ForwardPage struct {
	Said
	Rooms  []Option
	To     string
	Text   string
	Key    string
	Faults Faults
}

// Head names the page.
func (p ForwardPage) Head() Head { return roomPart(p.In, p.RoomID, "Forward a message") }

// TurnPage chooses the messages that become a topic.
type TurnPage struct {
	RoomPage
	Title  string
	Text   string
	Key    string
	Chosen map[id.ID]bool
	Faults Faults
}

// Head names the page.
func (p TurnPage) Head() Head { return roomPart(p.Space, p.Room.ID, "Make a topic of messages") }

func (p TurnPage) action() string { return p.room() + "/topic" }

// beside leads to the messages before or after these.
func (p TurnPage) beside(way string, seq int64) string {
	return with(p.action(), way, strconv.FormatInt(seq, 10))
}

func (p TurnPage) by(m chat.Message, former string) string {
	if who := p.People[m.AuthorID]; !who.Former() {
		return who.Name
	}
	return former
}
