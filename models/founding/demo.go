package founding

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guildhall/models/founding/script"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

//go:embed pictures/*.png
var pictures embed.FS

// demoSeed chooses the year that the demo club has had: the same one everywhere.
const demoSeed = 20261121

// demoDays is how long ago the demo club was founded.
const demoDays = 426

// Progress is told how much of a long founding is done.
type Progress func(done, all int)

// Demo founds the demo club with the year that it has had, through the same operations as any
// member uses, each at its own time. It fails when a club is founded already.
func (f *Founding) Demo(ctx context.Context, told Progress) error {
	p := &play{f: f, now: f.store.Now(ctx), members: map[string]id.ID{}, topics: map[string]*topic{}, messages: map[int]id.ID{}}
	p.people = script.People()
	start := p.now.AddDate(0, 0, -demoDays)
	if err := p.open(store.At(ctx, start)); err != nil {
		return err
	}
	events := p.timeline(script.PlayAt(demoSeed, 365, p.now.Sub(p.now.Truncate(24*time.Hour))))
	for i := 0; i < len(events); i += batch {
		if err := p.perform(ctx, events[i:min(i+batch, len(events))]); err != nil {
			return err
		}
		told(min(i+batch, len(events)), len(events))
	}
	if err := errors.Join(p.thank(ctx), p.taste(ctx), p.announce(ctx), p.correspond(ctx), p.confide(ctx), p.rule(ctx)); err != nil {
		return err
	}
	return p.settle(ctx)
}

// taste opens the first chapter of the masterclass to whoever stands at its door.
func (p *play) taste(ctx context.Context) error {
	owner, err := p.f.Members.Viewer(ctx, p.house.owner.ID)
	if err != nil {
		return err
	}
	sp := p.house.spaces[script.PrintMasterclass]
	topics, err := p.f.Spaces.Tasters(ctx, owner, sp.ID)
	if err != nil || len(topics) == 0 {
		return err
	}
	first := topics[len(topics)-1]
	return p.f.Spaces.SetDoor(ctx, owner, sp.ID, space.Doorway{Teaser: sp.Teaser, Titles: true, Counts: true, People: true, Taster: first.ID})
}

// announce has the owner write the rules anew, as clubs do in their first year, and say what is on.
func (p *play) announce(ctx context.Context) error {
	owner, err := p.f.Members.Viewer(ctx, p.house.owner.ID)
	if err != nil {
		return err
	}
	page, err := p.f.Site.Page(ctx, owner, site.RulesPage)
	if err != nil {
		return err
	}
	title, text, err := pageText("demo", site.RulesPage, northlight)
	if err != nil {
		return err
	}
	_, err = p.f.Site.SavePage(store.At(ctx, p.now.AddDate(0, 0, -40)), p.f.Access, owner, site.PageDraft{
		ID: page.ID, Was: page.Latest, Slug: page.Slug, Title: title, Text: text, Audience: page.Audience, InFooter: true, Published: true,
		Note: "Faces in pictures, where to sell, and the safelight: what we agreed on in October.",
	})
	if err != nil {
		return err
	}
	ends := p.now.AddDate(0, 0, 14)
	_, err = p.f.Site.SaveBanner(ctx, p.f.Access, owner, site.Banner{
		Source: "The spring print swap opens on 1 December. [Sign up in Announcements](/s/announcements)", Kind: site.Calm, Audience: site.ToMembers, StartsAt: p.now, EndsAt: &ends, Dismissible: true,
	})
	return err
}

const northlight = "Northlight"

// thank gives the one badge that no rule can count.
func (p *play) thank(ctx context.Context) error {
	badges, err := p.f.Standing.Badges(ctx)
	if err != nil {
		return err
	}
	owner, err := p.f.Members.Viewer(ctx, p.house.owner.ID)
	if err != nil {
		return err
	}
	for _, b := range badges {
		if b.Rule == standing.RuleHand {
			if err := p.f.Standing.Hand(ctx, owner, b.ID, p.members["joan"], "For forty years of spotting other people's prints."); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch is how many events share a commit.
const batch = 120

// play replays a script.
type play struct {
	f        *Founding
	now      time.Time
	people   []script.Person
	house    house
	members  map[string]id.ID
	topics   map[string]*topic
	messages map[int]id.ID
	refused  int // what a lock refused: the script does not know every score
}

// topic is one of the script's as it was made.
type topic struct {
	id    id.ID
	path  string
	posts map[int]id.ID // by the script's number
}

// event is one step of the timeline: a person who joins, or an act of the script.
type event struct {
	ago    time.Duration
	person *script.Person
	act    script.Act
}

// timeline merges the people, as they join, with what they do.
func (p *play) timeline(s *script.Script) []event {
	var events []event
	for i := range p.people {
		person := &p.people[i]
		if person.Role != "owner" {
			events = append(events, event{ago: time.Duration(person.Joined) * 24 * time.Hour, person: person})
		}
	}
	for _, e := range s.Events {
		events = append(events, event{ago: e.Ago, act: e.Act})
	}
	slices.SortStableFunc(events, func(a, b event) int { return int(min(max(int64(b.ago-a.ago), -1), 1)) })
	return events
}

// open founds the club and builds its house.
func (p *play) open(ctx context.Context) error {
	owner := p.people[slices.IndexFunc(p.people, func(x script.Person) bool { return x.Role == "owner" })]
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := p.f.found(tx, site.Club{Name: northlight, Tagline: "Film & darkroom club", Hue: 162, Zone: "Europe/London", Rules: rules}, profileOf(owner))
		if err != nil {
			return err
		}
		if err := furnish(tx, "demo", northlight, true); err != nil {
			return err
		}
		p.house.owner, p.members[owner.Handle] = v, v.ID
		if err := hang(tx, owner, v.ID); err != nil {
			return err
		}
		if err := p.f.build(tx.Context(), &p.house); err != nil {
			return err
		}
		return p.place(tx, &owner)
	})
}

// perform does a batch of events in one commit.
func (p *play) perform(ctx context.Context, events []event) error {
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		for _, e := range events {
			at := store.At(tx.Context(), p.now.Add(-e.ago))
			var err error
			if e.person != nil {
				err = p.join(at, e.person)
			} else {
				err = p.act(at, e.act)
			}
			if err != nil {
				return fmt.Errorf("%s ago: %w", e.ago, err)
			}
		}
		return nil
	})
}

// settle leaves everybody as people are: caught up with all but the last few days.
func (p *play) settle(ctx context.Context) error {
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		seen := tx.Now.AddDate(0, 0, -3)
		return errors.Join(
			tx.Exec("update members set caught_up_at = ?", seen).Error,
			tx.Exec("insert into space_reads (member_id, space_id, at) select members.id, spaces.id, ? from members, spaces where true on conflict do nothing", seen).Error,
			tx.Exec(`insert into topic_reads (member_id, topic_id, number, at) select members.id, topics.id, topics.last_number, topics.active_at
				from members, topics where topics.active_at < ? on conflict (member_id, topic_id) do update set number = excluded.number`, seen).Error,
			tx.Exec("update notifications set read_at = created_at where created_at < ?", seen).Error,
			tx.Exec(`insert into room_reads (member_id, room_id, seq, at) select members.id, rooms.id, coalesce((select max(seq) from messages where room_id = rooms.id and created_at < ?), 0), ?
				from members, rooms where rooms.space_id is not null on conflict do nothing`, seen, seen).Error,
		)
	})
}

// key is a client's key for a thing of the script.
func key(parts ...any) string {
	said := make([]string, len(parts))
	for i, p := range parts {
		switch p := p.(type) {
		case int:
			said[i] = strconv.Itoa(p)
		default:
			said[i] = fmt.Sprint(p)
		}
	}
	return "demo-" + strings.Join(said, "-")
}
