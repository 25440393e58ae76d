package clubtest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/models"
	"guildhall/models/access"
	"guildhall/models/clubtest/outside"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Clock is a clock that a test turns.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the time it was turned to.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Turn moves the clock, forwards or back.
func (c *Clock) Turn(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Set puts the clock to a time.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Quota is how many bytes of uploads a member of a test club may have.
const Quota = 1 << 20

// Start is when every test club's clock begins: a Tuesday morning.
var Start = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

// Club is a founded club with a named cast: an owner, tiers, and an open space. Its clock stands.
type Club struct {
	*models.Club
	Store *store.Store
	t     testing.TB
	URL   string
	Clock *Clock

	Outside *outside.Net // all that the club reaches

	Owner, Newcomer, Regular, Paying, Lapsed, Suspended, Moderator, Stranger access.Viewer
	Guest                                                                    access.Viewer

	Base, Patron access.Tier // the lowest tier, and the one above
	Section      space.Section
	Open         space.Space // everybody reads, members write
}

// Each runs fn on a new club of each database.
func Each(t *testing.T, fn func(t *testing.T, club *Club)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, found(t, sqlite(t))) })
	t.Run("postgres", func(t *testing.T) { fn(t, found(t, postgres(t))) })
}

// SQLite returns a new club on SQLite, for what cannot differ between databases.
func SQLite(t testing.TB) *Club { return found(t, sqlite(t)) }

// On returns a new club on the database of that kind: "sqlite" or "postgres".
func On(t testing.TB, kind string) *Club {
	if kind == "postgres" {
		return found(t, postgres(t))
	}
	return found(t, sqlite(t))
}

func found(t testing.TB, url string) *Club {
	t.Helper()
	clock := &Clock{now: Start}
	db := Must(store.Open(t.Context(), url, clock))(t)
	OK(t, db.Migrate(t.Context()))
	net := outside.Open(t)
	m := models.Through(db, net.Client())
	m.Files.KeepIn(Must(files.OnDisk(t.TempDir()))(t), Quota)
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &Club{Club: m, Store: db, t: t, URL: url, Clock: clock, Outside: net}
	c.Write(func(tx *store.Tx) error {
		if err := site.Found(tx, site.Club{Name: "Northlight", Tagline: "Film & darkroom club", Hue: 162, Zone: "Europe/London", Rules: "Be kind."}); err != nil {
			return err
		}
		return c.Standing.Found(tx)
	})
	c.cast()
	return c
}

func (c *Club) cast() {
	c.Owner = c.Join("olive")
	c.Write(func(tx *store.Tx) error { return c.Access.MakeOwner(tx, c.Owner.ID) })
	c.Owner = c.Again(c.Owner)
	c.Base = Must(c.Access.SaveTier(c.ctx(), c.Owner, access.Tier{Name: "Guest", Ticket: 1}))(c.t)
	c.Patron = Must(c.Access.SaveTier(c.ctx(), c.Owner, access.Tier{Name: "Patron", Ticket: 3}))(c.t)
	c.Section = Must(c.Spaces.AddSection(c.ctx(), c.Owner, "Common rooms"))(c.t)
	c.Open = c.Space("Questions", nil)

	for name, v := range map[string]*access.Viewer{"newt": &c.Newcomer, "rita": &c.Regular, "paul": &c.Paying, "lana": &c.Lapsed, "suse": &c.Suspended, "mods": &c.Moderator, "stan": &c.Stranger} {
		*v = c.Join(name)
	}
	c.Earn(c.Regular.ID, 110)
	c.Give(c.Paying, c.Patron, 30*24*time.Hour)
	c.Give(c.Lapsed, c.Patron, time.Hour)
	OK(c.t, c.Access.Seat(c.ctx(), c.Owner, c.Open.ID, c.Moderator.ID))
	c.Suspend(c.Suspended.ID, "Selling in every topic.")
	c.Clock.Turn(2 * time.Hour)
	for _, v := range []*access.Viewer{&c.Owner, &c.Newcomer, &c.Regular, &c.Paying, &c.Lapsed, &c.Suspended, &c.Moderator, &c.Stranger} {
		*v = c.Again(*v)
	}
	c.Guest = Must(c.Access.Guest(c.ctx()))(c.t)
}

// Cast is everybody by the name of their part.
func (c *Club) Cast() map[string]access.Viewer {
	return map[string]access.Viewer{
		"guest": c.Again(c.Guest), "newcomer": c.Again(c.Newcomer), "regular": c.Again(c.Regular), "paying": c.Again(c.Paying),
		"lapsed": c.Again(c.Lapsed), "suspended": c.Again(c.Suspended), "moderator": c.Again(c.Moderator), "owner": c.Again(c.Owner),
	}
}

func (c *Club) ctx() context.Context { return c.t.Context() }

// Write runs fn in a transaction and fails the test if that fails.
func (c *Club) Write(fn func(tx *store.Tx) error) {
	c.t.Helper()
	OK(c.t, c.Store.Write(c.ctx(), fn))
}

// Join makes a member whose handle and name are name.
func (c *Club) Join(name string) access.Viewer {
	c.t.Helper()
	var m member.Member
	c.Write(func(tx *store.Tx) (err error) {
		m, err = member.Join(tx, member.Newcomer{Profile: member.Profile{Handle: name, Name: strings.ToUpper(name[:1]) + name[1:], Zone: "Europe/London"}})
		return err
	})
	return Must(c.Members.Viewer(c.ctx(), m.ID))(c.t)
}

// Again returns v as it is now.
func (c *Club) Again(v access.Viewer) access.Viewer {
	c.t.Helper()
	if v.ID == 0 {
		return Must(c.Access.Guest(c.ctx()))(c.t)
	}
	return Must(c.Members.Viewer(c.ctx(), v.ID))(c.t)
}

// Earn gives a member at least that many points by accepted answers.
func (c *Club) Earn(m id.ID, points int64) {
	c.t.Helper()
	c.Write(func(tx *store.Tx) error {
		for range 100 {
			f, err := c.Standing.Facts(tx.DB, m, tx.Now)
			if err != nil {
				return err
			}
			if f.Score(tx.Now) >= float64(points) {
				return nil
			}
			act := standing.Act{Kind: standing.Accepted, By: m, From: c.Owner.ID, On: tx.NewID()}
			if err := c.Standing.Earn(tx, act); err != nil {
				return err
			}
		}
		return nil
	})
}

// Give grants a tier from now on for that long; 0 is open-ended.
func (c *Club) Give(v access.Viewer, tier access.Tier, lasts time.Duration) access.Grant {
	c.t.Helper()
	g := access.Grant{MemberID: v.ID, TierID: tier.ID, Reason: "For the test.", Key: c.Store.NewID().String()}
	if lasts > 0 {
		ends := c.Clock.Now().Add(lasts)
		g.EndsAt = &ends
	}
	return Must(c.Access.Give(c.ctx(), c.Owner, g))(c.t)
}

// Suspend keeps a member out.
func (c *Club) Suspend(m id.ID, why string) {
	c.t.Helper()
	c.Write(func(tx *store.Tx) error {
		row := map[string]any{"id": tx.NewID(), "member_id": m, "kind": "suspended", "starts_at": tx.Now, "reason": why}
		if err := tx.Table("sanctions").Create(row).Error; err != nil {
			return err
		}
		return access.Raise(tx, m)
	})
}

// Space makes a question space with a chat room and the given locks.
func (c *Club) Space(name string, locks map[access.Verb]access.Lock) space.Space {
	c.t.Helper()
	sp := Must(c.Spaces.Add(c.ctx(), c.Owner, space.Space{
		SectionID: c.Section.ID, Slug: strings.ReplaceAll(strings.ToLower(name), " ", "-"), Name: name,
		Icon: "i-chat", Kind: space.Questions, Chat: true, Scores: true,
	}))(c.t)
	c.Owner = c.Again(c.Owner)
	OK(c.t, c.Access.SetLocks(c.ctx(), c.Owner, sp.ID, locks))
	c.Owner = c.Again(c.Owner)
	return sp
}

// Topic starts a topic of that title, by the owner.
func (c *Club) Topic(sp space.Space, title string) forum.Topic {
	c.t.Helper()
	return Must(c.Forum.Start(c.ctx(), c.Again(c.Owner), sp.ID, forum.Draft{Key: c.Key(), Title: title, Text: "About " + title + "."}))(c.t)
}

// Reply answers in a topic.
func (c *Club) Reply(v access.Viewer, t forum.Topic, text string) forum.Post {
	c.t.Helper()
	return Must(c.Forum.Reply(c.ctx(), c.Again(v), t.ID, forum.Draft{Key: c.Key(), Text: text}))(c.t)
}

// Key is a client's key that was never used.
func (c *Club) Key() string { return c.Store.NewID().String() }

// Must returns the value of a call that has to succeed.
func Must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		OK(t, err)
		return value
	}
}

// OK fails the test on any error.
func OK(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

// Refused fails the test unless err is a refusal for people whose sentence has words in it.
func Refused(t testing.TB, err error, words string) {
	t.Helper()
	p := problem.Of(err)
	if p == nil {
		t.Fatalf("wanted a refusal with %q, got %v", words, err)
	}
	if !strings.Contains(p.Text, words) {
		t.Fatalf("wanted a refusal with %q, got %q", words, p.Text)
	}
}

// Missing fails the test unless err says that there is no such thing.
func Missing(t testing.TB, err error) {
	t.Helper()
	if !problem.Is(err, problem.KindMissing) {
		t.Fatalf("wanted nothing to be there, got %v", err)
	}
}
