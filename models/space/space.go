// Package space holds the spaces of the club in their sections, and what a closed one shows at its
// door.
package space

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Kinds of spaces.
const (
	Talk      = "talk"
	Questions = "questions" // its topics are questions, and may have an accepted answer
)

// Section groups spaces in the sidebar.
type Section struct {
	ID       id.ID
	Name     string
	Position int
}

// Space is a room of the house: topics, and a chat room where that is on.
type Space struct {
	ID         id.ID
	SectionID  id.ID
	Slug       string
	Name       string
	About      string
	Teaser     string
	Icon       string
	Position   int
	Kind       string
	Chat       bool
	Scores     bool // acts here count towards the public score
	DoorTitles bool // what its door shows beyond name, teaser, keys and distance
	DoorCounts bool
	DoorPeople bool
	DoorTaster bool
	CreatedAt  time.Time
}

// OnDoor is the line that stands on the space's door when it is closed: its teaser, or what it is for.
func (sp Space) OnDoor() string {
	if sp.Teaser != "" {
		return sp.Teaser
	}
	return sp.About
}

// Spaces answers for the spaces of one club.
type Spaces struct {
	store  *store.Store
	access *access.Access

	mu   sync.Mutex
	laid *layout
}

// New returns the spaces of a database.
func New(s *store.Store, a *access.Access) *Spaces { return &Spaces{store: s, access: a} }

// Sections returns all sections in order. Those in which a viewer sees no space are not shown.
func (s *Spaces) Sections(ctx context.Context) (sections []Section, err error) {
	err = s.store.Read(ctx).Order("position, id").Find(&sections).Error
	return sections, err
}

// Holding returns the space of a place, for the live line: who hears what is drawn with it was
// decided before.
func (s *Spaces) Holding(ctx context.Context, p access.Place) (sp Space, err error) {
	err = s.store.Read(ctx).Take(&sp, "id = ?", p.SpaceID).Error
	return sp, missing(err)
}

// AddSection makes a section at the end.
func (s *Spaces) AddSection(ctx context.Context, v access.Viewer, name string) (sec Section, err error) {
	if name = strings.TrimSpace(name); name == "" || len(name) > 40 {
		return sec, problem.Invalid("section", "A section has a name of at most 40 bytes.")
	}
	err = s.owned(ctx, v, func(tx *store.Tx, _ access.Viewer) error {
		var at int
		if err := tx.Model(&Section{}).Select("position").Order("position desc").Limit(1).Scan(&at).Error; err != nil {
			return err
		}
		sec = Section{ID: tx.NewID(), Name: name, Position: at + 1}
		return tx.Create(&sec).Error
	})
	return sec, err
}

// Add makes a space at the end of its section, with its room if it chats, open to everybody until
// locks are set.
func (s *Spaces) Add(ctx context.Context, v access.Viewer, sp Space) (Space, error) {
	if err := sp.check(); err != nil {
		return sp, err
	}
	err := s.owned(ctx, v, func(tx *store.Tx, v access.Viewer) error {
		if err := last(tx, &sp); err != nil {
			return err
		}
		sp.ID, sp.CreatedAt = tx.NewID(), tx.Now
		if err := taken(tx.Create(&sp).Error); err != nil {
			return err
		}
		if err := s.room(tx, sp); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "space.added", Space: sp.ID, Subject: sp.ID, Detail: sp.Name})
	})
	return sp, err
}

// Change saves what owners edit of a space. Its locks are set through access, its door by SetDoor.
func (s *Spaces) Change(ctx context.Context, v access.Viewer, sp Space) error {
	if err := sp.check(); err != nil {
		return err
	}
	return s.owned(ctx, v, func(tx *store.Tx, v access.Viewer) error {
		var old Space
		if err := store.ForUpdate(tx.DB).Take(&old, "id = ?", sp.ID).Error; err != nil {
			return missing(err)
		}
		if sp.SectionID != old.SectionID {
			if err := last(tx, &sp); err != nil {
				return err
			}
		} else {
			sp.Position = old.Position
		}
		sp.keepDoor(old)
		sp.CreatedAt = old.CreatedAt
		if err := taken(tx.Save(&sp).Error); err != nil {
			return err
		}
		if err := s.room(tx, sp); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "space.changed", Space: sp.ID, Subject: sp.ID, Detail: sp.Name})
	})
}

// last puts a space at the end of its section.
func last(tx *store.Tx, sp *Space) error {
	var at int
	err := tx.Model(&Space{}).Select("position").Where("section_id = ?", sp.SectionID).Order("position desc").Limit(1).Scan(&at).Error
	sp.Position = at + 1
	return err
}

// room makes the chat room of a space that has none yet. Switching chat off keeps it, unheard.
func (s *Spaces) room(tx *store.Tx, sp Space) error {
	if !sp.Chat {
		return nil
	}
	var n int64
	if err := tx.Table("rooms").Where("space_id = ?", sp.ID).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	p, err := access.AddPlace(tx, access.RoomPlace, sp.ID)
	if err != nil {
		return err
	}
	if err := stream.Open(tx, p.ID); err != nil {
		return err
	}
	return tx.Table("rooms").Create(map[string]any{"id": p.ID, "space_id": sp.ID, "created_at": tx.Now}).Error
}

// owned runs fn in a transaction as an owner, and lets everybody's reach be built anew.
func (s *Spaces) owned(ctx context.Context, v access.Viewer, fn func(*store.Tx, access.Viewer) error) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		if err := fn(tx, v); err != nil {
			return err
		}
		return access.RaiseClub(tx)
	})
}

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (sp *Space) check() error {
	sp.Name, sp.About, sp.Teaser = strings.TrimSpace(sp.Name), strings.TrimSpace(sp.About), strings.TrimSpace(sp.Teaser)
	sp.Slug = strings.ToLower(strings.TrimSpace(sp.Slug))
	switch {
	case sp.Name == "":
		return problem.Invalid("name", "Give it a name.")
	case len(sp.Name) > 60:
		return problem.Invalid("name", "A name has at most 60 bytes.")
	case !slugShape.MatchString(sp.Slug) || len(sp.Slug) > 60:
		return problem.Invalid("slug", "An address has small letters, digits and single hyphens, at most 60.")
	case sp.Slug == "new":
		return problem.Invalid("slug", "“new” is where new ones are made. Choose another address.")
	case len(sp.About) > 300:
		return problem.Invalid("about", "What it is for has at most 300 bytes.")
	case len(sp.Teaser) > maxTeaser:
		return problem.Invalid("teaser", "The line on the door has at most %d bytes.", maxTeaser)
	case sp.Kind != Talk && sp.Kind != Questions:
		return problem.Invalid("kind", "Choose conversation or questions.")
	case sp.SectionID == 0:
		return problem.Invalid("section", "Choose a section.")
	case !strings.HasPrefix(sp.Icon, "i-") || len(sp.Icon) > 30:
		return problem.Invalid("icon", "Choose one of our icons.")
	}
	return nil
}
