package views

import (
	"strconv"

	"guildhall/models/chat"
	"guildhall/models/space"
)

// RoomCareAddress is where those who look after a space say how things are done in its room.
func RoomCareAddress(space string) string { return RoomAddress(space) + "/care" }

// RoomCarePage is how things are done in a room.
type RoomCarePage struct {
	Space  space.Space
	Room   chat.Room
	Rules  chat.Rules
	Owns   bool   // the club: says how long messages are kept
	Kept   string // the days, as they were typed
	Faults Faults
}

// Head names the page.
func (p RoomCarePage) Head() Head {
	at := RoomAddress(p.Space.Slug)
	return Head{Title: "How things are done in the chat of " + p.Space.Name, Here: at, Tab: ChatTab, Crumbs: []Crumb{{p.Space.Name, SpaceAddress(p.Space.Slug)}, {"Chat", at}, {Text: "How things are done"}}}
}

func (p RoomCarePage) paces() []Option {
	all := slowChoices()
	for i := range all[1:] {
		all[i+1].Text = "One message in " + stretch(atoi(all[i+1].Value))
	}
	return all
}

func atoi(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // of our own list
	return n
}

// topic is the line beside the name of a room.
func (p RoomPage) topic() string {
	if p.Room.Topic != "" {
		return p.Room.Topic
	}
	return p.Space.About
}

// slows says how slow mode works here, and who asked for it.
func (p RoomPage) slows() string {
	said := "One message of each person in " + stretch(p.Room.SlowSeconds) + "."
	if p.Rights.Keeps {
		said += " You keep this space, so it does not hold for you."
	}
	by := Person{}
	if p.Room.SlowBy != nil {
		by = p.People[*p.Room.SlowBy]
	}
	if by.Former() {
		return said + " Turned on by somebody who has left:"
	}
	return said + " Turned on by " + First(by.Name) + ":"
}

// kept says, above the first message, for how long messages are kept, and that there was more once there was.
func (p RoomPage) kept() string {
	said := "Messages are kept here for " + Plural(p.Room.KeepDays, "day", "days") + "."
	if p.Room.CutSeq > 0 {
		said += " Older ones are gone, but for those that are pinned."
	}
	return said
}
