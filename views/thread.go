package views

import (
	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/space"
)

// ThreadsPage lists the threads of a room that a member follows.
type ThreadsPage struct {
	Space  space.Space
	Room   chat.Room
	All    []chat.Followed
	People map[id.ID]Person
}

// Head names the page.
func (p ThreadsPage) Head() Head { return roomPart(p.Space, p.Room.ID, "Threads") }

// roomPart names a page that belongs to a room.
func roomPart(in space.Space, room id.ID, title string) Head {
	at := RoomAt(in, room)
	return Head{Title: title, Crumbs: []Crumb{{in.Name, at}, {Text: title}}, Here: at, Tab: ChatTab}
}

// about says which thread it is: who began it, and with which words.
func (p ThreadsPage) about(t chat.Followed, member string) string {
	who := p.People[t.AuthorID].Name
	if p.People[t.AuthorID].Former() {
		who = "A former " + member
	}
	return who + ": " + gistOf(t.Message)
}

// gistOf is the beginning of a message, in one line.
func gistOf(m chat.Message) string {
	if m.Removed() {
		return "a message that was removed"
	}
	if m.Plain == "" {
		return "a picture"
	}
	return prose.Excerpt(m.Plain, 120)
}
