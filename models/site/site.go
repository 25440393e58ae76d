// Package site holds the club's own settings: its name, look, words, zone and rules.
package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Club is the one row of settings.
type Club struct {
	ID        int
	Name      string
	Tagline   string
	Hue       int    // 0–360: the one brand knob
	Zone      string // IANA name; the club's calendar day is a day there
	Rules     string // Markdown
	RulesHTML string
	RulesAt   time.Time // the version that a member agrees to
	Words     string    // JSON of the club's own nouns
	FoundedAt time.Time

	RulesVersion   int // the number of that version
	ConsentVersion int // who agreed to none from this one on is asked before they write; 0 asks nobody

	Footer  []Link   `gorm:"-"` // the pages that every page leads to, in order: see Links
	Banners []Banner `gorm:"-"` // those that are not over, in the order in which they stand: see Banner
}

// Location is the club's zone.
func (c Club) Location() *time.Location { return store.Zone(c.Zone) }

// Site answers for the club's settings.
type Site struct {
	store *store.Store
	kept  Kept

	mu     sync.Mutex
	cached *Club
	until  time.Time
}

// New returns the settings of a database.
func New(s *store.Store) *Site {
	site := &Site{store: s}
	s.Listen(func(_ context.Context, events []any) {
		for _, e := range events {
			if _, ok := e.(Changed); ok {
				site.forget()
			}
		}
	})
	return site
}

// Changed is the event that the settings changed.
type Changed struct{}

// fresh is how long another instance's change of the settings may go unseen.
const fresh = 2 * time.Second

// ErrNotFounded says that the club has no settings yet: the set-up page comes first.
var ErrNotFounded = errors.New("the club is not founded yet")

// Club returns the settings, at most two seconds old, or ErrNotFounded.
func (s *Site) Club(ctx context.Context) (Club, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cached != nil && time.Now().Before(s.until) { // the age of a cache is not a rule: the machine's clock serves
		return *s.cached, nil
	}
	c, err := s.whole(ctx)
	if err != nil {
		return c, err
	}
	s.cached, s.until = &c, time.Now().Add(fresh)
	return c, nil
}

// whole reads the settings with what stands above and under every page.
func (s *Site) whole(ctx context.Context) (c Club, err error) {
	db := s.store.Read(ctx)
	if c, err = read(db); err != nil {
		return c, err
	}
	if c.Footer, err = footer(db); err != nil {
		return c, err
	}
	err = banners(db).Where("banners.ends_at is null or banners.ends_at > ?", s.store.Now(ctx)).Find(&c.Banners).Error
	return c, err
}

func (s *Site) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cached = nil
}

func read(db *store.DB) (c Club, err error) {
	err = db.Take(&c, "id = 1").Error
	if errors.Is(err, store.ErrNotFound) {
		err = ErrNotFounded
	}
	return c, err
}

// Zone is the club's zone as a transaction sees it; UTC before the club is founded.
func (s *Site) Zone(db *store.DB) (*time.Location, error) {
	s.mu.Lock()
	cached := s.cached
	s.mu.Unlock()
	if cached != nil {
		return cached.Location(), nil
	}
	c, err := read(db)
	if errors.Is(err, ErrNotFounded) {
		return time.UTC, nil
	}
	return c.Location(), err
}

// Found writes the settings of a new club, once. The caller has asked for the owner's link.
func Found(tx *store.Tx, c Club) error {
	if err := c.check(); err != nil {
		return err
	}
	c.ID, c.FoundedAt, c.RulesAt, c.RulesVersion, c.Words = 1, tx.Now, tx.Now, 1, "{}"
	cooked, err := prose.Post(c.Rules)
	if err != nil {
		return fmt.Errorf("the rules: %w", err)
	}
	c.RulesHTML = cooked.HTML
	if err := tx.Create(&c).Error; err != nil {
		if errors.Is(err, store.ErrDuplicate) {
			return problem.Conflict("The club is founded already. Sign in instead.")
		}
		return err
	}
	tx.Say(Changed{})
	return foundRules(tx, c)
}

// Change saves the settings that owners edit. What they write on pages is SavePage's.
func (s *Site) Change(ctx context.Context, a *access.Access, v access.Viewer, c Club) error {
	if err := c.check(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := a.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		change := map[string]any{"name": c.Name, "tagline": c.Tagline, "hue": c.Hue, "zone": c.Zone}
		if err := tx.Model(&Club{}).Where("id = 1").Updates(change).Error; err != nil {
			return err
		}
		tx.Say(Changed{})
		return audit.Write(tx, audit.Line{By: v.ID, What: "club.changed", Subject: v.ID})
	})
}

func (c *Club) check() error {
	c.Name, c.Tagline = strings.TrimSpace(c.Name), strings.TrimSpace(c.Tagline)
	switch {
	case c.Name == "":
		return problem.Invalid("name", "Give the club a name.")
	case len(c.Name) > 60:
		return problem.Invalid("name", "The club's name has at most 60 bytes.")
	case len(c.Tagline) > 80:
		return problem.Invalid("tagline", "The line under the name has at most 80 bytes.")
	case c.Hue < 0 || c.Hue > 360:
		return problem.Invalid("hue", "A hue is a number from 0 to 360.")
	case len(c.Rules) > 20_000:
		return problem.Invalid("rules", "The rules have at most 20,000 bytes.")
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "" || c.Zone == "Local" {
		return problem.Invalid("zone", "Choose the club's time zone from the list.")
	}
	return nil
}

// Words are the club's own nouns; what is empty keeps its default.
type Words struct {
	Member, Members       string
	Guest, Guests         string
	Moderator, Moderators string
	Owner, Owners         string
	Space, Spaces         string
	Topic, Topics         string
	Tier, Tiers           string
	Status, Score         string
	Join, Leave           string
}

// Vocabulary returns the club's nouns over the defaults, all in lower case.
func (c Club) Vocabulary() Words {
	w := Words{"member", "members", "guest", "guests", "moderator", "moderators", "owner", "owners", "space", "spaces", "topic", "topics", "cabin", "cabins", "status", "score", "join", "leave"}
	_ = json.Unmarshal([]byte(c.Words), &w) // written by us; on anything else the defaults stand
	return w
}
