package founding

import (
	"context"
	"strconv"
	"time"

	"guildhall/models/forum"
	"guildhall/models/founding/script"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// What a crowd does: a topic for every twenty of its members, each with five replies.
const (
	membersPerTopic = 20
	crowdReplies    = 5
)

// Seed adds a crowd of that many members to the club, with topics and replies of theirs, to see how
// a large club behaves. An empty database gets the demo club's house to put them in. Handles that
// are there already are passed over, so a second run adds what the first did not.
func (f *Founding) Seed(ctx context.Context, members int, told Progress) error {
	if members < 1 || members > 1_000_000 {
		return problem.Invalid("members", "A crowd has 1 to 1,000,000 members.")
	}
	spaces, err := f.squares(ctx)
	if err != nil {
		return err
	}
	c := &crowd{f: f, Crowd: script.Large(demoSeed, members), now: f.store.Now(ctx), spaces: spaces, ids: make([]id.ID, members)}
	topics := members / membersPerTopic
	all := members + topics
	for i := 0; i < members; i += batch {
		if err := c.come(ctx, i, min(i+batch, members)); err != nil {
			return err
		}
		told(min(i+batch, members), all)
	}
	for n := range topics {
		if err := c.talk(ctx, n); err != nil {
			return err
		}
		told(members+n+1, all)
	}
	return nil
}

// crowd is a script's crowd as it comes in.
type crowd struct {
	script.Crowd
	f      *Founding
	now    time.Time
	spaces []id.ID
	ids    []id.ID
}

// squares are the spaces in which any member may start topics.
func (f *Founding) squares(ctx context.Context) ([]id.ID, error) {
	p := &play{f: f, now: f.store.Now(ctx), members: map[string]id.ID{}, people: script.People()}
	if _, err := f.Site.Club(ctx); err != nil {
		if err := p.open(store.At(ctx, p.now.AddDate(0, 0, -demoDays))); err != nil {
			return nil, err
		}
	}
	var open []id.ID
	err := f.store.Read(ctx).Table("spaces").Where("not exists (select 1 from locks where locks.space_id = spaces.id)").Order("id").Pluck("id", &open).Error
	if err == nil && len(open) == 0 {
		err = problem.Conflict("The club has no space that is open to everybody: make one first.")
	}
	return open, err
}

// come makes members of a stretch of the crowd, in one commit.
func (c *crowd) come(ctx context.Context, from, to int) error {
	return c.f.store.Write(ctx, func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			x := c.Person(i)
			at := store.At(tx.Context(), c.now.AddDate(0, 0, -x.Joined))
			err := c.f.store.Write(at, func(tx *store.Tx) error {
				m, err := member.Join(tx, member.Newcomer{Profile: profileOf(x)})
				c.ids[i] = m.ID
				return err
			})
			if problem.Is(err, problem.KindInvalid) { // the handle is taken
				c.ids[i], err = store.Value[id.ID](tx.Table("members").Select("id").Where("handle = ?", x.Handle))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// talk has a topic and its replies happen, some time within the year.
func (c *crowd) talk(ctx context.Context, n int) error {
	ago := time.Duration(n*7919%(365*24)) * time.Hour
	title, text := c.Topic(n)
	return c.f.store.Write(store.At(ctx, c.now.Add(-ago)), func(tx *store.Tx) error {
		v, err := c.f.Members.Viewer(tx.Context(), c.anybody(n))
		if err != nil {
			return err
		}
		d := forum.Draft{Key: key("crowd", n), Title: title, Text: text}
		t, err := c.f.Forum.Start(tx.Context(), v, c.spaces[n%len(c.spaces)], d)
		if err != nil {
			return err
		}
		for r := range crowdReplies {
			v, err := c.f.Members.Viewer(tx.Context(), c.anybody(n*31+r+1))
			if err != nil {
				return err
			}
			d := forum.Draft{Key: key("crowd", n, r), Text: strconv.Itoa(r+1) + ". " + c.Reply(n, r)}
			if _, err := c.f.Forum.Reply(tx.Context(), v, t.ID, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *crowd) anybody(n int) id.ID { return c.ids[n*7919%len(c.ids)] }
