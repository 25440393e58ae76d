package founding

import (
	"context"
	"time"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/store"
)

// aside is something that one of a few says to the others.
type aside struct {
	ago      time.Duration
	by, text string
}

// asides are the rooms that members of the demo club have with one another.
var asides = []struct {
	name   string
	people []string // the first opens it
	said   []aside
}{
	{people: []string{"amara", "kofi"}, said: []aside{
		{50 * time.Hour, "amara", "Is the enlarger still looking for a home? I would fetch it on Saturday."},
		{49 * time.Hour, "kofi", "It is. The red lamp comes with it, and I help you carry."},
		{3 * time.Hour, "kofi", "Saturday at ten, then. Bring a blanket for the boot."},
	}},
	{name: "Harbour walk", people: []string{"amara", "june", "wren"}, said: []aside{
		{30 * time.Hour, "amara", "Shall we meet at the lighthouse, half an hour before the light?"},
		{28 * time.Hour, "june", "Yes. I bring the *long* lens and the short temper."},
		{2 * time.Hour, "wren", "May I borrow a light meter? Mine has opinions of its own."},
	}},
}

// rule gives the lounge a topic and manners, and the room of the masterclass a slower pace.
func (p *play) rule(ctx context.Context) error {
	v, err := p.f.Members.Viewer(ctx, p.house.owner.ID)
	if err != nil {
		return err
	}
	for slug, rules := range map[string]chat.Rules{
		"introductions":     {Topic: "Say hello. What is in your camera today?", Manners: "Newcomers first: **answer before you ask**.\n\nNo prices here; the market has a space of its own."},
		"print-masterclass": {Topic: "Split-grade printing, week three", SlowSeconds: 60, SlowWhy: "Everybody is to be heard while the review runs.", Why: "For the review."},
	} {
		if room := p.house.rooms[slug]; room != 0 {
			if err := p.f.Chat.Govern(ctx, v, room, rules); err != nil {
				return err
			}
		}
	}
	return nil
}

// confide lets a few of the people talk among themselves.
func (p *play) confide(ctx context.Context) error {
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		for _, room := range asides {
			if err := p.aside(tx.Context(), room.name, room.people, room.said); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *play) aside(ctx context.Context, name string, people []string, said []aside) error {
	var others []id.ID
	for _, handle := range people {
		if p.members[handle] == 0 {
			return nil // a small club has not all of them
		}
		others = append(others, p.members[handle])
	}
	var room chat.Room
	for i, a := range said {
		at := store.At(ctx, p.now.Add(-a.ago))
		v, err := p.f.Members.Viewer(at, p.members[a.by])
		if err != nil {
			return err
		}
		if i == 0 {
			if room, err = p.f.Chat.OpenDirect(at, v, chat.DirectOf{Others: others[1:], Name: name}); err != nil {
				return err
			}
		}
		if _, err := p.f.Chat.Send(at, v, room.ID, chat.Draft{Key: key("aside", room.ID, i), Text: a.text}); err != nil {
			return err
		}
	}
	return nil
}
