package views

import (
	"strconv"
	"time"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/space"
)

// RoomPage is the chat of a space, or a room without one, whose Space has its name alone: a run of what was said, and where one speaks.
type RoomPage struct {
	chat.Stretch
	Room    chat.Room
	Space   space.Space
	Section string
	People  map[id.ID]Person
	Rights  Rights
	Here    []Person
	HereN   int64
	Root    *chat.Message // whose thread it is, or nil for the room itself
	Follows bool          // the reader follows that thread
	Threads int64         // in which something is unread for the reader
	Say     Compose
	Wait    time.Duration // until the reader may speak again in a slow room
}

// Head names the page.
func (p RoomPage) Head() Head {
	if p.Room.Direct() {
		return Head{Title: p.Space.Name, Crumbs: []Crumb{{"Direct rooms", RoomsAddress}, {Text: p.Space.Name}}, Here: RoomsAddress, Tab: ChatTab, Main: "bleed"}
	}
	return Head{
		Title: p.Space.Name, Crumbs: []Crumb{{p.Section, ""}, {p.Space.Name, SpaceAddress(p.Space.Slug)}, {Text: "Chat"}},
		Here: RoomAddress(p.Space.Slug), Tab: ChatTab, Main: "bleed",
	}
}

// Address is that of the room or the thread.
func (p RoomPage) Address() string { return p.address() }

func (p RoomPage) address() string {
	if p.Root != nil {
		return ThreadAt(p.Space, p.Room.ID, p.Root.ID)
	}
	return p.room()
}

// rootSaid is the message whose thread it is.
func (p RoomPage) rootSaid() Said { return p.whole(*p.Root) }

// whole is a message with all that is true of it for everybody.
func (p RoomPage) whole(m chat.Message) Said {
	return Said{Message: m, In: p.Space, Author: p.People[m.AuthorID], Given: p.Given[m.ID], Repliers: RepliersOf(m, p.People)}
}

// RepliersOf are those who wrote last in the thread of a message, of those that are named.
func RepliersOf(m chat.Message, people map[id.ID]Person) (all []Person) {
	for _, key := range m.RepliedBy() {
		if p, ok := people[key]; ok {
			all = append(all, p)
		}
	}
	return all
}

func (p RoomPage) room() string { return RoomAt(p.Space, p.Room.ID) }

func (p RoomPage) back() string {
	return with(p.address(), "before", strconv.FormatInt(p.Before, 10))
}

func (p RoomPage) on() string { return with(p.address(), "after", strconv.FormatInt(p.After, 10)) }

// jumps is where the button below the log leads: to the end of this page, or to that of the room.
func (p RoomPage) jumps() string {
	if p.After == 0 {
		return "#last"
	}
	return p.address() + "#last"
}

// together is how soon after one another two messages of one person read as one.
const together = 5 * time.Minute

// said is the i-th message as everybody reads it.
func (p RoomPage) said(i int, r Reader) Said {
	m := p.Messages[i]
	s := p.whole(m)
	if i > 0 && !p.newsBefore(i) && !p.dayBefore(i, r) {
		last := p.Messages[i-1]
		s.Follows = last.AuthorID == m.AuthorID && !last.Removed() && m.CreatedAt.Sub(last.CreatedAt) < together && !s.Author.Former()
	}
	return s
}

func (p RoomPage) mine(m chat.Message) Mine { return p.Rights.message(m, p.Mine[m.ID]) }

// template is the Mine of a live copy, of the reader's own messages or of others'.
func (p RoomPage) template(own bool) Said {
	m := chat.Message{ID: placeholder, RoomID: p.Room.ID}
	if own {
		m.AuthorID = p.Rights.Me
	}
	return Said{Message: m, In: p.Space}
}

// dayBefore tells whether the i-th message is the first of its day.
func (p RoomPage) dayBefore(i int, r Reader) bool {
	return i == 0 || !r.SameDay(p.Messages[i-1].CreatedAt, p.Messages[i].CreatedAt)
}

// newsBefore tells whether the i-th message is the first of others that the reader has not read.
func (p RoomPage) newsBefore(i int) bool {
	m := p.Messages[i]
	read := p.read()
	if p.Rights.Me == 0 || read == 0 || m.Seq <= read {
		return false
	}
	return i == 0 && p.Before == 0 || i > 0 && p.Messages[i-1].Seq <= read
}

// read is the sequence up to which nothing is shown as new.
func (p RoomPage) read() int64 {
	if p.News > 0 {
		return p.News
	}
	return p.ReadSeq
}

// newsAbove leads to the first message that the reader has not read, where that stands further up than
// this page goes; else it is empty.
func (p RoomPage) newsAbove() string {
	if p.Rights.Me == 0 || p.After != 0 || p.Before == 0 || p.read() == 0 || len(p.Messages) == 0 || p.Messages[0].Seq <= p.read() {
		return ""
	}
	return with(p.address(), "new", strconv.FormatInt(p.read(), 10)) + "#new"
}
