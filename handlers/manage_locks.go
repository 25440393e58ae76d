package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/views"
)

// manageLocks says who may enter a space.
func (s *Site) manageLocks(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	locks, err := s.club.Access.Locks(c.Request().Context(), viewer(c), sp.ID)
	if err != nil {
		return err
	}
	return s.drawLocks(c, http.StatusOK, views.LocksPage{Space: sp, Draft: locks})
}

// setLocks hangs the locks of the draft that the form carries, or draws it with the change that a
// button of it asks for.
func (s *Site) setLocks(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	locks, err := s.redrafted(c)
	save := typed(c).values.Get("do") == "save"
	if err == nil && save {
		err = s.club.Access.SetLocks(c.Request().Context(), viewer(c), sp.ID, locks)
	}
	if p := fault(c, err); p != nil {
		return s.drawLocks(c, kinds[p.Kind].status, views.LocksPage{Space: sp, Draft: locks, Faults: views.FaultsOf(p), Adding: adding(c)})
	}
	if err == nil && !save {
		return s.drawLocks(c, http.StatusOK, views.LocksPage{Space: sp, Draft: locks})
	}
	return done(c, err, "locked", views.LocksAddress(sp.Slug))
}

// setDoor changes what the closed door shows.
func (s *Site) setDoor(c echo.Context) error {
	ctx, f := c.Request().Context(), typed(c)
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	d := space.Doorway{Teaser: f.values.Get("teaser"), Titles: f.on("door_titles"), Counts: f.on("door_counts"), People: f.on("door_people"), Taster: f.id("taster")}
	err = s.club.Spaces.SetDoor(ctx, viewer(c), sp.ID, d)
	if p := fault(c, err); p != nil {
		locks, err := s.club.Access.Locks(ctx, viewer(c), sp.ID)
		if err != nil {
			return err
		}
		sp.Teaser, sp.DoorTitles, sp.DoorCounts, sp.DoorPeople = d.Teaser, d.Titles, d.Counts, d.People
		return s.drawLocks(c, kinds[p.Kind].status, views.LocksPage{Space: sp, Draft: locks, Taster: f.values.Get("taster"), Faults: views.FaultsOf(p)})
	}
	return done(c, err, "door", views.LocksAddress(sp.Slug))
}

// drawLocks draws the page around a draft.
func (s *Site) drawLocks(c echo.Context, status int, page views.LocksPage) error {
	ctx, v := c.Request().Context(), viewer(c)
	section, err := s.club.Spaces.Section(ctx, viewer(c), page.Space.SectionID)
	if err != nil {
		return err
	}
	hung, err := s.club.Access.Locks(ctx, v, page.Space.ID)
	if err != nil {
		return err
	}
	page.Section, page.Changed = section.Name, drawn(page.Draft) != drawn(hung)
	tasters, err := s.club.Spaces.Tasters(ctx, v, page.Space.ID)
	if err != nil {
		return err
	}
	for _, t := range tasters {
		page.Tasters = append(page.Tasters, views.Option{Value: t.ID.String(), Text: t.Title})
		if t.Chosen && page.Faults["taster"] == "" && page.Taster == "" {
			page.Taster = t.ID.String()
		}
	}
	if page.Keys, err = s.keyNames(c, page.Draft); err != nil {
		return err
	}
	return s.office(c, status, page.Head, views.Locks(page))
}

// drawn writes locks as a form carries them, to compare them by.
func drawn(locks map[access.Verb]access.Lock) string {
	var all strings.Builder
	for _, verb := range access.Verbs {
		for _, way := range locks[verb] {
			all.WriteString(string(verb) + " " + views.WayText(way) + "\n")
		}
	}
	return all.String()
}

// keyNames are all things that a key may ask for, and the people whom the draft names.
func (s *Site) keyNames(c echo.Context, draft map[access.Verb]access.Lock) (names views.KeyNames, err error) {
	ctx := c.Request().Context()
	if names.Tiers, err = s.club.Access.Tiers(ctx); err != nil {
		return names, err
	}
	ladder, err := s.club.Standing.Ladder(ctx)
	if err != nil {
		return names, err
	}
	for _, r := range ladder {
		names.Rungs = append(names.Rungs, access.Rung{Position: r.Position, Name: r.Name, Pin: r.Pin, Enter: r.Enter})
	}
	badges, err := s.club.Standing.Badges(ctx)
	if err != nil {
		return names, err
	}
	for _, b := range badges {
		names.Badges = append(names.Badges, views.Option{Value: b.ID.String(), Text: b.Name})
	}
	if names.Groups, err = s.club.Access.Groups(ctx, viewer(c)); err != nil {
		return names, err
	}
	names.People, err = s.people(ctx, named(draft))
	return names, err
}

func named(draft map[access.Verb]access.Lock) (ids []id.ID) {
	for _, lock := range draft {
		for _, key := range slices.Concat(lock...) {
			if key.Kind == access.NamedKey {
				ids = append(ids, key.Ref)
			}
		}
	}
	return ids
}
