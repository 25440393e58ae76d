package views

import (
	"strings"

	"guildhall/models/chat"
	"guildhall/models/id"
)

// RoomsAddress lists the rooms that a member has with a few others, and opens new ones.
const RoomsAddress = "/rooms"

// DirectAddress is a room without a space.
func DirectAddress(room id.ID) string { return RoomsAddress + "/" + room.String() }

// PeopleAddress is who is in such a room, and where it is left.
func PeopleAddress(room id.ID) string { return DirectAddress(room) + "/people" }

// Together says who is in a room beside its reader: "Wren, Kofi and 3 others".
func Together(people []Person) string {
	const most = 3
	var names []string
	for _, p := range people {
		if !p.Former() {
			names = append(names, p.Name)
		}
	}
	switch n := len(names); {
	case n == 0:
		return "A room of your own"
	case n <= most:
		return Names(names)
	}
	return strings.Join(names[:most], ", ") + " and " + Plural(int64(len(names)-most), "other", "others")
}

// RoomsPage is the list of a member's own rooms, and the form for another.
type RoomsPage struct {
	Rooms  []DirectRoom
	Next   string
	Later  bool
	To     string // as it was typed
	Name   string
	Faults Faults
}

// DirectRoom is one row of the list.
type DirectRoom struct {
	chat.Listed
	Others []Person
	By     string // who spoke last: "You" or a name
}

func (r DirectRoom) title() string {
	if r.Name != "" {
		return r.Name
	}
	return Together(r.Others)
}

// face is whose picture stands for the room.
func (r DirectRoom) face() Person {
	if len(r.Others) > 0 {
		return r.Others[0]
	}
	return Person{}
}

// excerpt is how the last message begins.
func (r DirectRoom) excerpt() string {
	return gistOf(chat.Message{Plain: r.LastPlain})
}

// Head names the page.
func (p RoomsPage) Head() Head {
	return Head{Title: "Direct rooms", Crumbs: []Crumb{{Text: "Direct rooms"}}, Here: RoomsAddress, Tab: ChatTab}
}

// RoomPeoplePage is who is in a room without a space.
type RoomPeoplePage struct {
	Room   chat.Room
	Title  string
	People []Person
	Me     id.ID
	Pair   bool // it stays theirs
	To     string
	Name   string
	Faults Faults
}

// Head names the page.
func (p RoomPeoplePage) Head() Head {
	return Head{Title: "Who is in " + p.Title, Crumbs: []Crumb{{"Direct rooms", RoomsAddress}, {p.Title, DirectAddress(p.Room.ID)}, {Text: "People"}}, Here: RoomsAddress, Tab: ChatTab}
}
