package views

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/site"
)

// The film club of the mock-ups, as far as pages need it.

var (
	evening = time.Date(2025, 11, 21, 20, 46, 0, 0, time.UTC)

	rungs = []access.Rung{
		{Position: 1, Name: "Newcomer", Pin: 1}, {Position: 2, Name: "Familiar face", Pin: 2, Enter: 30},
		{Position: 3, Name: "Regular", Pin: 3, Enter: 100}, {Position: 4, Name: "Contributor", Pin: 4, Enter: 250},
		{Position: 5, Name: "Mentor", Pin: 5, Enter: 500}, {Position: 6, Name: "Cornerstone", Pin: 6, Enter: 1000},
	}

	tiers = []access.Tier{
		{ID: 401, Rank: 1, Name: "Guest", Ticket: 1, Words: "Come in, look around, ask a first question.", Terms: "Free. Open to everyone, no card asked.",
			Perks: "i-book Read the common rooms\ni-question Three questions a month\ni-chat Listen in the lounge\ni-calendar Public photo walks"},
		{ID: 402, Rank: 2, Name: "Member", Ticket: 2, Words: "A seat of your own and a say in the room.", Terms: "£8 a month. Or earn it: Regular, at 100 points.",
			Perks: "Everything guests have\ni-chat Post and chat everywhere common\ni-drop Darkroom and Developing\ni-bag 5% off chemistry and film\ni-users The member directory"},
		{ID: 403, Rank: 3, Name: "Patron", Ticket: 3, Words: "For those who print, teach and turn up.", Terms: "£19 a month. Or earn it: Contributor, at 250 points.",
			Perks: "Everything members have\ni-aperture Lens library: borrow 2 at a time\ni-film One roll developed each month\ni-calendar Seats at workshops, booked first\ni-bag 12% off, free return post"},
		{ID: 404, Rank: 4, Name: "Fellow", Ticket: 4, Words: "The quiet room at the front, and the people in it.", Terms: "£45 a month. Or earn it: Mentor, at 500 points.",
			Perks: "Everything patrons have\ni-book Print masterclass with Hana\ni-key Darkroom key, any evening\ni-ticket Two guest passes a month\ni-hand A yearly portfolio review"},
	}

	people = map[string]Person{
		"amara": one(1, "amara", "Amara Okafor", 4, 3), "kofi": one(2, "kofi", "Kofi Mensah", 4, 0),
		"june": one(3, "june", "June Park", 3, 0), "tomasz": one(4, "tomasz", "Tomasz Wieczorek", 5, 4),
		"hana": one(5, "hana", "Hana Sato", 6, 4), "noor": one(6, "noor", "Noor Haddad", 4, 0),
		"otis": one(7, "otis", "Otis Blake", 2, 0), "saoirse": one(8, "saoirse", "Saoirse Nolan", 6, 0),
		"lotte": one(9, "lotte", "Lotte de Vries", 1, 0), "wren": one(10, "wren", "Wren Castell", 1, 1),
		"ines": one(11, "ines", "Inês Duarte", 3, 0), "bram": one(12, "bram", "Bram Visser", 2, 0),
		"priya": one(13, "priya", "Priya Raman", 5, 0), "mehmet": one(14, "mehmet", "Mehmet Aydin", 3, 0),
		"rafael": one(15, "rafael", "Rafael Monteiro", 1, 1), "ellis": one(16, "ellis", "Ellis Grant", 2, 0),
	}
)

func one(n id.ID, handle, name string, rung, tier int) Person {
	p := Person{ID: n, Handle: handle, Name: name, Rung: rungs[rung-1]}
	if tier > 0 {
		p.Tier = tiers[tier-1]
	}
	if galleryPictures[handle] {
		p.Picture = handle
	}
	return p
}

func before(d time.Duration) time.Time { return evening.Add(-d) }

const aDay = 24 * time.Hour

func northlight() site.Club {
	return site.Club{ID: 1, Name: "Northlight", Tagline: "Film & darkroom club", Hue: 162, Zone: "Europe/London", Words: "{}"}
}

func shell() Shell {
	amara := people["amara"]
	return Shell{
		Club: northlight(), Me: &Me{Person: amara, Theme: "system"}, NewTopic: "/new", Chat: "/s/the-lounge/chat",
		Reader: Reader{Now: evening, Zone: time.UTC, Words: northlight().Vocabulary()},
		Sections: []Section{
			{"Common rooms", []SpaceLink{
				{Name: "Announcements", Href: "/s/announcements", Icon: "i-megaphone"},
				{Name: "Questions", Href: "/s/questions", Icon: "i-question", New: 4},
				{Name: "Critique circle", Href: "/s/critique", Icon: "i-camera", Dot: true},
				{Name: "Introductions", Href: "/s/introductions", Icon: "i-wave", New: 2},
			}},
			{"Workshops", []SpaceLink{
				{Name: "Darkroom", Href: "/s/darkroom", Icon: "i-drop"}, {Name: "Developing", Href: "/s/developing", Icon: "i-film"},
				{Name: "Lens library", Href: "/s/lens-library", Icon: "i-aperture", Dot: true},
				{Name: "Print masterclass", Href: "/s/print-masterclass", Icon: "i-book", Locked: "at Mentor, or with Fellow"},
				{Name: "Quiet room", Href: "/s/quiet-room", Icon: "i-armchair", Locked: "with Fellow"},
			}},
			{"Live", []SpaceLink{
				{Name: "The lounge", Href: "/s/the-lounge/chat", Icon: "i-chat", Here: 23}, {Name: "Photo walks", Href: "/s/photo-walks/chat", Icon: "i-map", Here: 4},
			}},
		},
		Bell: Bell{Unread: 5, Notes: notes()[:4]},
	}
}

func owners() Shell {
	s := shell()
	saoirse := people["saoirse"]
	saoirse.Tier = access.Tier{Name: "Owner"}
	s.Me, s.Owner, s.Staff, s.Waiting = &Me{Person: saoirse}, true, true, 3
	return s
}

func guests() Shell {
	s := shell()
	s.Me, s.NewTopic, s.Bell = nil, "", Bell{}
	return s
}

func notes() []Note {
	otis, june, lotte, hana := people["otis"], people["june"], people["lotte"], people["hana"]
	kofi := people["kofi"]
	return []Note{
		{Href: "/1", Icon: "solved", By: &otis, Lead: "Otis Blake", Text: "accepted your answer", Words: "Magenta cast on home C-41, every single time · +25 to your score", At: before(12 * time.Minute), Unread: true},
		{Href: "/2", Icon: "at", By: &june, Lead: "June Park", Text: "mentioned you in", Where: "The lounge", Words: "“@amara has a recipe for exactly this, she posted the times last month”", At: before(31 * time.Minute), Unread: true},
		{Href: "/3", Icon: "medal", Text: "You earned the badge", Where: "Second Light", Words: "Ten replies that helped a newcomer.", At: before(2 * time.Hour), Unread: true},
		{Href: "/4", Icon: "reply", By: &hana, Lead: "Hana Sato", Text: "replied in", Where: "A print a week, week 46", Words: "The shadow under the pier is doing all the work here. Don’t dodge it.", At: before(26 * time.Hour)},
		{Href: "/5", Icon: "reply", By: &lotte, Lead: "Lotte de Vries", Text: "replied in", Where: "Which changing bag survives cold weather?", At: before(3 * aDay)},
		{Href: "/6", Icon: "clap", By: &kofi, Lead: "Kofi Mensah", Text: "thanked you for", Where: "C-41 at 39 °C: my sheet of times", At: before(4 * aDay)},
		{Href: "/8", Icon: "link", By: &june, Lead: "June Park", Text: "linked to your post in", Where: "Rodinal 1+50 in hard water", At: before(5 * aDay)},
		{Href: "/9", Icon: "move", By: &otis, Lead: "Otis Blake", Text: "merged a topic of yours into", Where: "Everything about hard water", Words: "The reason given: It was asked twice.", At: before(6 * aDay)},
		{Href: "/10", Icon: "trash", By: &otis, Lead: "Otis Blake", Text: "removed your post in", Where: "Which loupe does not hurt?", At: before(7 * aDay)},
		{Href: "/7", Icon: "key", Text: "You now travel as", Where: "Patron", Words: "Earned as a Contributor.", At: before(9 * aDay)},
	}
}
