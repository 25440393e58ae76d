package space

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Door is what a closed, listed space shows: its name, teaser, keys and the viewer's distance from
// each; beyond that only what its owner chose, and nothing else.
type Door struct {
	Space       Space
	Verb        access.Verb
	Ways        []access.Way
	Titles      []string // the latest five topics, by title alone
	Topics      int64    // 0 when the owner does not show it
	People      int64    // who may be inside is not said, only how many wrote there
	Taster      id.ID    // a topic that may be read from here, or zero
	TasterTitle string
	TasterSlug  string
}

// Door returns the door of a space for v, before reading in it or before another verb: then it has
// the ways alone, as what stands inside is read anyway. The space must be listed for them.
func (s *Spaces) Door(ctx context.Context, v access.Viewer, sp Space, verb access.Verb) (d Door, err error) {
	if err := v.CanSee(sp.ID); err != nil {
		return d, err
	}
	d = Door{Space: sp, Verb: verb}
	if d.Ways, err = s.access.Ways(ctx, v, sp.ID, verb); err != nil || verb != access.Read {
		return d, err
	}
	db := s.store.Read(ctx)
	live := func() *store.DB {
		return db.Table("topics").Joins("join places on places.id = topics.id and not places.hidden and not places.unlisted").Where("topics.space_id = ?", sp.ID)
	}
	if sp.DoorTitles {
		if err := live().Order("topics.active_at desc, topics.id desc").Limit(5).Pluck("title", &d.Titles).Error; err != nil {
			return d, err
		}
	}
	if sp.DoorCounts {
		if err := live().Count(&d.Topics).Error; err != nil {
			return d, err
		}
	}
	if sp.DoorPeople {
		err := live().Joins("join posts on posts.topic_id = topics.id").Distinct("posts.author_id").Count(&d.People).Error
		if err != nil {
			return d, err
		}
	}
	if sp.DoorTaster {
		var t struct {
			ID          id.ID
			Title, Slug string
		}
		err := live().Where("places.taster").Select("topics.id, title, slug").Take(&t).Error
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return d, err
		}
		d.Taster, d.TasterTitle, d.TasterSlug = t.ID, t.Title, t.Slug
	}
	return d, nil
}

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return problem.Missing("There is no such space.")
	}
	return err
}

func taken(err error) error {
	switch {
	case errors.Is(err, store.ErrDuplicate):
		return problem.Invalid("slug", "Another space has that address.")
	case errors.Is(err, store.ErrForeignKey):
		return problem.Invalid("section", "Choose a section.")
	}
	return err
}
