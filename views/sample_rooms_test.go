package views

import (
	"time"

	"github.com/a-h/templ"

	"guildhall/models/access"
	"guildhall/models/chat"
)

// fewPages are those of rooms without a space.
func fewPages() map[string]templ.Component {
	list := RoomsPage{Next: "abc", Rooms: []DirectRoom{
		{Listed: chat.Listed{Room: chat.Room{ID: 51, CreatedAt: before(aDay)}, LastAt: ref(before(time.Minute)), LastBy: people["kofi"].ID, LastPlain: "Saturday at ten, then. Bring a blanket for the boot.", Unread: 2}, Others: all("kofi"), By: "Kofi"},
		{Listed: chat.Listed{Room: chat.Room{ID: 52, CreatedAt: before(aDay), Name: "Harbour walk"}, LastAt: ref(before(time.Hour)), LastBy: 1, LastPlain: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"}, Others: all("june", "wren"), By: "You"},
		{Listed: chat.Listed{Room: chat.Room{ID: 53, CreatedAt: before(aDay)}}, Others: all("june", "wren", "noor", "ines", "kofi")},
	}}
	refused := RoomsPage{To: "@suse", Name: "A walk", Faults: Faults{"to": "Suse takes no messages at present."}}
	room := roomPage()
	room.Room, room.Space, room.Section = chat.Room{ID: 51, People: access.People{1, 2}}, lounge, ""
	room.Space.ID, room.Space.Slug, room.Space.Name, room.Space.About = 0, "", "Kofi Mensah", ""
	pair := RoomPeoplePage{Room: chat.Room{ID: 51}, Title: "Kofi Mensah", People: all("amara", "kofi"), Me: people["amara"].ID}
	more := RoomPeoplePage{Room: chat.Room{ID: 52, Name: "Harbour walk"}, Title: "Harbour walk", People: all("amara", "june", "wren"), Me: people["amara"].ID, To: "@nobody", Name: "Harbour walk", Faults: Faults{"to": "Nobody goes by @nobody. Look at how it is written."}}
	sealed := reviewPage()
	sealed.Matters = sealed.Matters[:1]
	sealed.Matters[0].Post, sealed.Matters[0].Said, sealed.Matters[0].Then, sealed.Matters[0].Few, sealed.Matters[0].Author = nil, nil, nil, true, Person{}
	sealed.Matters[0].SubjectKind = "message"
	ruled := roomPage()
	ruled.Room.Topic, ruled.Room.MannersHTML, ruled.Room.SlowSeconds, ruled.Room.SlowWhy, ruled.Room.SlowBy, ruled.Wait = "Film, paper and weather", "<p>One question at a time.</p>", 60, "Everybody is here for the live review.", ref(people["priya"].ID), 40*time.Second
	care := RoomCarePage{Space: lounge, Room: ruled.Room, Owns: true, Kept: "90", Rules: chat.Rules{Topic: "Film, paper and weather", SlowSeconds: 60}, Faults: Faults{"slow_why": "Say why the room goes slowly: everybody who writes there reads it."}}
	return map[string]templ.Component{
		"room-slow":          Layout(shell().With(ruled.Head()), Room(ruled)),
		"room-care":          Layout(shell().With(care.Head()), RoomCare(care)),
		"rooms":              Layout(shell().With(list.Head()), Rooms(list)),
		"rooms-empty":        Layout(shell().With(RoomsPage{}.Head()), Rooms(RoomsPage{})),
		"rooms-refused":      Layout(shell().With(refused.Head()), Rooms(refused)),
		"room-direct":        Layout(shell().With(room.Head()), Room(room)),
		"room-people":        Layout(shell().With(pair.Head()), RoomPeople(pair)),
		"room-people-refuse": Layout(shell().With(more.Head()), RoomPeople(more)),
		"review-sealed":      Layout(owners().With(sealed.Head()), Review(sealed)),
	}
}
