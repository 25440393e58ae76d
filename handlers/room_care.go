package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/problem"
	"guildhall/views"
)

// roomCare shows those who look after a space how things are done in its room.
func (s *Site) roomCare(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err == nil {
		err = viewer(c).CanModerate(r)
	}
	if err != nil {
		return err
	}
	page := views.RoomCarePage{Space: sp, Room: r, Owns: viewer(c).Owner(), Kept: strconv.FormatInt(r.KeepDays, 10), Rules: chat.Rules{
		Topic: r.Topic, Manners: r.Manners, SlowSeconds: r.SlowSeconds, SlowWhy: r.SlowWhy, ReadOnly: r.ReadOnly, Archived: r.Archived, KeepDays: r.KeepDays,
	}}
	return s.page(c, http.StatusOK, page.Head(), views.RoomCare(page))
}

// governRoom says how things are done there from now on.
func (s *Site) governRoom(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	rules := chat.Rules{
		Topic: f.values.Get("topic"), Manners: f.values.Get("manners"), SlowWhy: f.values.Get("slow_why"), Why: f.values.Get("why"),
		ReadOnly: f.on("read_only"), Archived: f.on("archived"), Sure: f.on("sure"),
	}
	rules.KeepDays = r.KeepDays
	kept := f.values.Get("keep_days")
	if kept != "" {
		if rules.KeepDays, err = strconv.ParseInt(kept, 10, 64); err != nil {
			rules.KeepDays = -1 // which the rules refuse, where it was typed
		}
	}
	if rules.SlowSeconds, err = strconv.ParseInt(f.values.Get("seconds"), 10, 64); err != nil {
		err = problem.Invalid("seconds", "Choose a pace from the list.")
	} else {
		err = s.club.Chat.Govern(c.Request().Context(), viewer(c), r.ID, rules)
	}
	if p := fault(c, err); p != nil && viewer(c).Keeps(sp.ID) {
		page := views.RoomCarePage{Space: sp, Room: r, Owns: viewer(c).Owner(), Kept: kept, Rules: rules, Faults: views.FaultsOf(p)}
		return s.page(c, kinds[p.Kind].status, page.Head(), views.RoomCare(page))
	}
	return done(c, err, "saved", views.RoomAddress(sp.Slug))
}
