package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/views"
)

// settings is where a member says who they are.
func (s *Site) settings(c echo.Context) error {
	return s.drawSettings(c, http.StatusOK, s.profileForm(c))
}

func (s *Site) profileForm(c echo.Context) views.ProfileForm {
	m := visit(c).Member
	return views.ProfileForm{
		Me: me(visit(c)).Person, Theme: m.Theme, OnBoards: m.OnBoards, Zones: site.Zones(m.Zone),
		Profile: member.Profile{Handle: m.Handle, Name: m.Name, Bio: m.Bio, Zone: m.Zone},
	}
}

func (s *Site) drawSettings(c echo.Context, status int, form views.ProfileForm) error {
	return s.page(c, status, form.Head(), views.ProfileSettings(form))
}

// settled leads back to the settings, or draws them with what is wrong.
func (s *Site) settled(c echo.Context, err error, form views.ProfileForm) error {
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		form.Faults = views.FaultsOf(p)
		return s.drawSettings(c, kinds[p.Kind].status, form)
	}
	if err != nil {
		return err
	}
	say(c, "saved")
	return seeOther(c, "/settings")
}

// saveProfile keeps what a member tells of themselves.
func (s *Site) saveProfile(c echo.Context) error {
	f, form := typed(c), s.profileForm(c)
	form.Profile = member.Profile{Handle: f.text("handle", 200), Name: f.text("name", 500), Bio: f.text("bio", 2000), Zone: f.text("zone", 100)}
	return s.settled(c, s.club.Members.ChangeProfile(c.Request().Context(), viewer(c), form.Profile), form)
}

// savePicture takes a member's picture in.
func (s *Site) savePicture(c echo.Context) error {
	form := s.profileForm(c)
	chosen := typed(c).file("picture")
	if chosen == nil || chosen.Size == 0 {
		return s.settled(c, problem.Invalid("picture", "Choose a picture first."), form)
	}
	file, err := chosen.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was read whole, or Repaint said why not
	picture, err := member.Repaint(c.Request().Context(), file)
	if err != nil {
		return s.settled(c, err, form)
	}
	return s.settled(c, s.club.Members.ChangePicture(c.Request().Context(), viewer(c), picture), form)
}

// removePicture leaves a member with their initials.
func (s *Site) removePicture(c echo.Context) error {
	return s.settled(c, s.club.Members.RemovePicture(c.Request().Context(), viewer(c)), s.profileForm(c))
}

// saveTheme sets how pages look to a member.
func (s *Site) saveTheme(c echo.Context) error {
	return s.settled(c, s.club.Members.ChangeTheme(c.Request().Context(), viewer(c), typed(c).text("theme", 20)), s.profileForm(c))
}

// saveBoards lets a member stand on the leaderboards, or not.
func (s *Site) saveBoards(c echo.Context) error {
	return s.settled(c, s.club.Members.ShowOnBoards(c.Request().Context(), viewer(c), typed(c).on("on_boards")), s.profileForm(c))
}
