package founding

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/founding/script"
	"guildhall/models/id"
	"guildhall/models/space"
)

// The demo club's tiers, lowest first.
var demoTiers = []access.Tier{
	{Name: "Guest", Ticket: 1, Words: "Come in, look around, ask a first question.", Terms: "Open to everyone, no card asked.",
		Perks: "i-book Read the common rooms\ni-question Ask in Questions\ni-chat Listen in the lounge\ni-calendar Public photo walks"},
	{Name: "Member", Ticket: 2, Words: "A seat of your own and a say in the room.", Terms: "Given when you have settled in, or for dues at the desk.",
		Perks: "i-check Everything guests have\ni-chat Post and chat everywhere common\ni-drop Darkroom and Developing\ni-users The member directory"},
	{Name: "Patron", Ticket: 3, Words: "For those who print, teach and turn up.", Terms: "For dues at the desk, or given for a season.",
		Perks: "i-check Everything members have\ni-aperture Lens library: borrow two at a time\ni-film One roll developed each month\ni-calendar Seats at workshops, booked first"},
	{Name: "Fellow", Ticket: 4, Words: "The quiet room at the front, and the people in it.", Terms: "For dues at the desk. Mentors find the same doors open.",
		Perks: "i-check Everything patrons have\ni-book Print masterclass with Hana\ni-key Darkroom key, any evening\ni-gift Two guest passes a month"},
}

// plot is a space of the demo club, before it has an id.
type plot struct {
	section string
	space   space.Space
	locks   func(h *house) map[access.Verb]access.Lock
}

// house is the demo club as it is built: what later steps refer to by name.
type house struct {
	owner  access.Viewer
	tiers  map[string]id.ID
	groups map[string]id.ID
	spaces map[string]space.Space // by slug
	rooms  map[string]id.ID       // by the slug of their space
}

func (h *house) tier(name string) access.Key {
	return access.Key{Kind: access.TierKey, Ref: h.tiers[name]}
}
func (h *house) group(name string) access.Key {
	return access.Key{Kind: access.GroupKey, Ref: h.groups[name]}
}

func status(rung int64) access.Key { return access.Key{Kind: access.StatusKey, Amount: rung} }
func role(amount int64) access.Key { return access.Key{Kind: access.RoleKey, Amount: amount} }

// Ten spaces: five are gated, each in its own way, and one is unlisted.
var plots = []plot{
	{"Common rooms", space.Space{Slug: "announcements", Name: "Announcements", Icon: "i-megaphone", About: "What is on, what is new and who did it. Everybody may answer."},
		func(h *house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Start: {{h.group("Committee")}, {role(access.RoleModerator)}}}
		}},
	{"Common rooms", space.Space{Slug: "questions", Name: "Questions", Icon: "i-question", Kind: space.Questions, About: "Ask anything about film, paper or chemistry. Nine in ten get an answer within a day."}, nil},
	{"Common rooms", space.Space{Slug: "critique", Name: "Critique circle", Icon: "i-camera", About: "Put up one picture, say what you were after, and hear what it does."}, nil},
	{"Common rooms", space.Space{Slug: "introductions", Name: "Introductions", Icon: "i-wave", Chat: true, About: "Say who you are and what is in your camera. The lounge is next door."}, nil},
	{"Workshops", space.Space{Slug: "darkroom", Name: "Darkroom", Icon: "i-drop", Chat: true, About: "Enlargers, paper, trays and the light that does not matter.",
		Teaser: "The red light is on. It opens for members, or for anyone who has been around for a month.", DoorCounts: true},
		func(h *house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Read: {{h.tier("Member")}, {{Kind: access.TenureKey, Amount: 30}}}}
		}},
	{"Workshops", space.Space{Slug: "developing", Name: "Developing", Icon: "i-film", Kind: space.Questions, About: "Times, temperatures and what went wrong in the tank."}, nil},
	{"Workshops", space.Space{Slug: "lens-library", Name: "Lens library", Icon: "i-aperture", About: "Borrow a lens for a fortnight and write down what it does.",
		Teaser: "Thirty-one lenses on a shelf, two at a time to take home, and the notes of everybody who had them before you.", DoorCounts: true, DoorTitles: true},
		func(h *house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Read: {{h.tier("Patron")}}}
		}},
	{"Workshops", space.Space{Slug: script.PrintMasterclass, Name: "Print masterclass", Icon: "i-book", Chat: true, About: "One negative from contact sheet to exhibition print, a chapter a month.",
		Teaser:     "Hana Sato and guests take one negative from contact sheet to exhibition print, a chapter a month. You are closer than you think.",
		DoorTitles: true, DoorCounts: true, DoorPeople: true, DoorTaster: true},
		func(h *house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Read: {{h.tier("Fellow")}, {status(5)}}}
		}},
	{"Workshops", space.Space{Slug: "quiet-room", Name: "Quiet room", Icon: "i-armchair", About: "Few words, no hurry. What you are printing for yourself.",
		Teaser: "A room for those who have been here a while. It opens at Regular, to everyone who gets there."},
		func(*house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Read: {{status(3)}}}
		}},
	{"Committee", space.Space{Slug: "committee", Name: "Committee", Icon: "i-gavel", About: "Dues, the boiler and who has the keys."},
		func(h *house) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.See: {{h.group("Committee")}}}
		}},
}

// build makes the tiers, the group and the spaces of the demo club.
func (f *Founding) build(ctx context.Context, h *house) (err error) {
	h.tiers, h.groups, h.spaces, h.rooms = map[string]id.ID{}, map[string]id.ID{}, map[string]space.Space{}, map[string]id.ID{}
	for _, t := range demoTiers {
		if t, err = f.Access.SaveTier(ctx, h.owner, t); err != nil {
			return err
		}
		h.tiers[t.Name] = t.ID
	}
	group, err := f.Access.SaveGroup(ctx, h.owner, access.Group{Name: "Committee", Words: "Who keeps the club running."})
	if err != nil {
		return err
	}
	h.groups[group.Name] = group.ID
	sections := map[string]id.ID{}
	for _, p := range plots {
		if sections[p.section] == 0 {
			s, err := f.Spaces.AddSection(ctx, h.owner, p.section)
			if err != nil {
				return err
			}
			sections[p.section] = s.ID
		}
		if err := f.open(ctx, h, p, sections[p.section]); err != nil {
			return err
		}
	}
	return nil
}

// open makes one space with its locks.
func (f *Founding) open(ctx context.Context, h *house, p plot, section id.ID) error {
	sp := p.space
	sp.SectionID, sp.Scores = section, sp.Slug != "committee"
	if sp.Kind == "" {
		sp.Kind = space.Talk
	}
	sp, err := f.Spaces.Add(ctx, h.owner, sp)
	if err != nil {
		return err
	}
	h.spaces[sp.Slug] = sp
	if h.owner, err = f.Members.Viewer(ctx, h.owner.ID); err != nil {
		return err
	}
	if p.locks != nil {
		if err := f.Access.SetLocks(ctx, h.owner, sp.ID, p.locks(h)); err != nil {
			return err
		}
	}
	if sp.Chat {
		room, err := f.Chat.Room(ctx, h.owner, sp.ID)
		if err != nil {
			return err
		}
		h.rooms[sp.Slug] = room.ID
	}
	return nil
}
