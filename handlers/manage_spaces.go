package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/views"
)

// manageSpaces lists the sections with their spaces, what opens each, and who keeps it.
func (s *Site) manageSpaces(c echo.Context) error {
	return s.drawSpaces(c, http.StatusOK, views.SpacesPage{}, 0)
}

// drawSpaces draws the list around what was typed: the name of a new section, or another one for
// the section renamed.
func (s *Site) drawSpaces(c echo.Context, status int, page views.SpacesPage, renamed id.ID) error {
	ctx, v := c.Request().Context(), viewer(c)
	sections, err := s.club.Spaces.Sections(ctx)
	if err != nil {
		return err
	}
	spaces, err := s.club.Spaces.Seen(ctx, v)
	if err != nil {
		return err
	}
	kept, err := s.kept(c, spaces)
	if err != nil {
		return err
	}
	for _, sec := range sections {
		wing := views.Wing{Section: sec, Spaces: kept[sec.ID]}
		if sec.ID == renamed {
			wing.Typed, wing.Fault = page.Typed, page.Faults["section"]
		}
		page.Wings = append(page.Wings, wing)
	}
	if renamed != 0 {
		page.Typed, page.Faults = "", nil
	}
	return s.office(c, status, page.Head, views.ManageSpaces(page))
}

// kept returns spaces by section with what opens them and who keeps them, in a fixed number of
// statements.
func (s *Site) kept(c echo.Context, spaces []space.Space) (map[id.ID][]views.Kept, error) {
	ctx, v := c.Request().Context(), viewer(c)
	keepers, err := s.club.Access.Keepers(ctx, v)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	for _, seated := range keepers {
		ids = append(ids, seated...)
	}
	people, err := s.people(ctx, ids)
	all := map[id.ID][]views.Kept{}
	for _, sp := range spaces {
		k := views.Kept{Space: sp, Opens: map[access.Verb]string{}}
		for _, verb := range access.Verbs {
			k.Opens[verb] = v.Opens(sp.ID, verb)
		}
		for _, m := range keepers[sp.ID] {
			k.Keepers = append(k.Keepers, people[m])
		}
		all[sp.SectionID] = append(all[sp.SectionID], k)
	}
	return all, err
}

// newSpace is the form for another one.
func (s *Site) newSpace(c echo.Context) error {
	return s.drawSpace(c, http.StatusOK, views.SpaceForm{Space: space.Space{Kind: space.Talk, Icon: "i-chat", Chat: true, Scores: true}})
}

// addSpace makes it, and goes on to say who may enter.
func (s *Site) addSpace(c echo.Context) error {
	sp, err := s.club.Spaces.Add(c.Request().Context(), viewer(c), typedSpace(c))
	if p := fault(c, err); p != nil {
		return s.drawSpace(c, kinds[p.Kind].status, views.SpaceForm{Space: typedSpace(c), Faults: views.FaultsOf(p)})
	}
	return done(c, err, "opened-space", views.LocksAddress(sp.Slug))
}

// manageSpace is the form of one.
func (s *Site) manageSpace(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	return s.drawSpace(c, http.StatusOK, views.SpaceForm{Space: sp, Was: sp.Slug})
}

// changeSpace saves it.
func (s *Site) changeSpace(c echo.Context) error {
	old, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	sp := typedSpace(c)
	sp.ID = old.ID
	err = s.club.Spaces.Change(c.Request().Context(), viewer(c), sp)
	if p := fault(c, err); p != nil {
		return s.drawSpace(c, kinds[p.Kind].status, views.SpaceForm{Space: sp, Was: old.Slug, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManageSpacesAddress)
}

// moveSpace puts a space one place up or down in its section.
func (s *Site) moveSpace(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	err = s.club.Spaces.Move(c.Request().Context(), viewer(c), sp.ID, upwards(c))
	return done(c, err, "saved", views.ManageSpacesAddress)
}

// spaceAt is the space of the address, which an owner sees whatever its locks.
func (s *Site) spaceAt(c echo.Context) (space.Space, error) {
	return s.club.Spaces.BySlug(c.Request().Context(), viewer(c), c.Param("space"))
}

func typedSpace(c echo.Context) space.Space {
	f := typed(c)
	return space.Space{
		SectionID: f.id("section"), Slug: f.values.Get("slug"), Name: f.values.Get("name"), About: f.values.Get("about"),
		Icon: f.values.Get("icon"), Kind: f.values.Get("kind"), Chat: f.on("chat"), Scores: f.on("scores"),
	}
}

// drawSpace draws the form of a space around what was typed.
func (s *Site) drawSpace(c echo.Context, status int, page views.SpaceForm) (err error) {
	ctx := c.Request().Context()
	if page.Sections, err = s.club.Spaces.Sections(ctx); err != nil {
		return err
	}
	if page.Space.ID != 0 {
		seated, err := s.club.Access.Seated(ctx, viewer(c), page.Space.ID)
		if err != nil {
			return err
		}
		people, err := s.people(ctx, seated)
		if err != nil {
			return err
		}
		for _, m := range seated {
			page.Keepers = append(page.Keepers, people[m])
		}
	}
	return s.office(c, status, page.Head, views.ManageSpace(page))
}
