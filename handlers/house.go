package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/site"
	"guildhall/static"
	"guildhall/views"
)

// page draws main within the whole house: sidebar, bell, and whose eyes look.
func (s *Site) page(c echo.Context, status int, head views.Head, main templ.Component) error {
	shell, err := s.shell(c)
	if err != nil {
		return err
	}
	if viewer(c).SignedIn() || status != http.StatusOK {
		head.Public = nil // what a member reads is not the world's, and what is public a stranger reads
	}
	return draw(c, status, views.Layout(shell.With(head), main))
}

// reader is for whom this request's page is drawn.
func (s *Site) reader(c echo.Context) (views.Reader, error) {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return views.Reader{}, err
	}
	return s.readerOf(c, club), nil
}

func (s *Site) readerOf(c echo.Context, club site.Club) views.Reader {
	r := views.Reader{Now: s.club.Now(c.Request().Context()), Zone: club.Location(), Words: club.Vocabulary()}
	if v := visit(c); v.Viewer.SignedIn() {
		r.Zone = v.Member.Location()
	}
	return r
}

// shell gathers what stands around every page.
func (s *Site) shell(c echo.Context) (views.Shell, error) {
	ctx, v := c.Request().Context(), visit(c)
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return views.Shell{}, err
	}
	beside, err := s.beside(c)
	if err != nil {
		return views.Shell{}, err
	}
	wings := beside.Wings
	words, undo, note := s.said(c)
	here, err := s.here(ctx, v.Viewer, rooms(beside)...)
	if err != nil {
		return views.Shell{}, err
	}
	waiting, err := s.club.Safety.Waiting(ctx, v.Viewer)
	if err != nil {
		return views.Shell{}, err
	}
	shell := views.Shell{
		Club: club, Reader: s.readerOf(c, club), Me: me(v), Owner: v.Viewer.Owner(), Staff: v.Viewer.CanKeep() == nil, Waiting: waiting, Bell: views.Bell{Unread: beside.Bell}, Letters: beside.Letters,
		Sections: views.SectionsOf(wings, lockedBy(v.Viewer), func(e home.Entry) int64 { return int64(len(here[e.Room])) }), Script: static.Path("js/app.js"), NewTopic: newTopicIn(v.Viewer, wings), Said: words, Undo: undo, Note: note, Direct: beside.Direct,
		Links: club.Links(v.Viewer), Banner: club.Banner(v.Viewer, s.club.Now(ctx), s.away(c)), Asked: v.Viewer.Asked(), Path: c.Request().URL.Path, Base: s.conf.BaseURL,
	}
	for _, w := range wings {
		for _, e := range w.Spaces {
			if e.Room != 0 && shell.Chat == "" {
				shell.Chat = views.RoomAddress(e.Slug)
			}
		}
	}
	return shell, nil
}

// beside is what stands beside the page, asked for once however often it is looked at.
func (s *Site) beside(c echo.Context) (*home.Beside, error) {
	a := about(c)
	if a.beside == nil {
		found, err := s.club.Home.Beside(c.Request().Context(), a.visit.Viewer, a.visit.Member.JoinedAt)
		if err != nil {
			return nil, err
		}
		a.beside = &found
	}
	return a.beside, nil
}

func me(v member.Visit) *views.Me {
	if !v.Viewer.SignedIn() {
		return nil
	}
	return &views.Me{Person: views.Person{
		ID: v.Member.ID, Handle: v.Member.Handle, Name: v.Member.Name, Picture: v.Member.Picture, Rung: v.Viewer.Rung(), Tier: v.Viewer.Tier(),
	}, Theme: v.Member.Theme, NoKeys: !v.Member.SingleKeys}
}

// newTopicIn offers the button for a new topic to whoever may start one anywhere.
func newTopicIn(v access.Viewer, wings []home.Wing) string {
	for _, w := range wings {
		for _, e := range w.Spaces {
			if v.CanStart(e.ID) == nil {
				return views.NewTopicAddress("")
			}
		}
	}
	return ""
}

// lockedBy says what opens a space that is closed to v.
func lockedBy(v access.Viewer) func(home.Entry) string {
	return func(e home.Entry) string {
		if opens := v.Opens(e.ID, access.Read); opens != "" {
			return opens
		}
		return "not open to you"
	}
}

// glyph is an icon's name as views write it.
func glyph(icon string) string { return strings.TrimPrefix(icon, "i-") }

// people returns members as they are named on pages, with their status and tier, in one statement
// for however many; for nobody in none.
func (s *Site) people(ctx context.Context, ids []id.ID) (map[id.ID]views.Person, error) {
	found, err := s.club.Home.People(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err != nil {
		return nil, err
	}
	people := make(map[id.ID]views.Person, len(found))
	for key, n := range found {
		if n.Former() {
			people[key] = views.Person{ID: key}
			continue
		}
		people[key] = views.Person{
			ID: key, Handle: n.Handle, Name: n.Name, Picture: n.Picture, Tier: n.Tier,
			Rung: access.Rung{Position: n.Rung.Position, Name: n.Rung.Name, Pin: n.Rung.Pin, Enter: n.Rung.Enter},
		}
	}
	return people, nil
}
