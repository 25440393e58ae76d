package handlers

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/views"
)

// awayCookie is where a guest's browser keeps which announcements were put away; a member's are kept
// by the club.
const awayCookie = "away"

// mostAway is how many of them a browser keeps.
const mostAway = 20

// away are the announcements that whoever looks has put away.
func (s *Site) away(c echo.Context) []id.ID {
	if viewer(c).SignedIn() {
		return visit(c).Away
	}
	return awayIn(c)
}

func awayIn(c echo.Context) (all []id.ID) {
	cookie, err := c.Cookie(awayCookie)
	if err != nil {
		return nil
	}
	for _, text := range strings.SplitN(cookie.Value, ".", mostAway+1) {
		if key := parseID(text); key != 0 && len(all) < mostAway {
			all = append(all, key)
		}
	}
	return all
}

// dismiss puts an announcement away: a member's for good, a guest's in their browser.
func (s *Site) dismiss(c echo.Context) error {
	key := pathID(c, "banner")
	if err := s.club.Site.Dismiss(c.Request().Context(), viewer(c), key); err != nil {
		return err
	}
	if !viewer(c).SignedIn() {
		kept := append([]id.ID{key}, slices.DeleteFunc(awayIn(c), func(k id.ID) bool { return k == key })...)
		var texts []string
		for _, k := range kept[:min(len(kept), mostAway)] {
			texts = append(texts, k.String())
		}
		c.SetCookie(&http.Cookie{
			Name: awayCookie, Value: strings.Join(texts, "."), Path: "/", MaxAge: int((180 * 24 * time.Hour).Seconds()),
			Secure: s.cookie.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		})
	}
	return done(c, nil, "put-away", withDefault(ownPath(typed(c).text("return", 500)), "/"))
}

// manageBanners lists the announcements.
func (s *Site) manageBanners(c echo.Context) error {
	ctx := c.Request().Context()
	all, err := s.club.Site.AllBanners(ctx, viewer(c))
	if err != nil {
		return err
	}
	tiers, err := s.club.Access.Tiers(ctx)
	if err != nil {
		return err
	}
	page := views.BannersPage{Banners: all, Tiers: tiers, Now: s.club.Now(ctx)}
	return s.page(c, http.StatusOK, page.Head(), views.ManageBanners(page))
}

// newBanner is the form for another one.
func (s *Site) newBanner(c echo.Context) error {
	return s.drawBanner(c, http.StatusOK, views.BannerForm{Banner: site.Banner{Kind: site.Calm, Audience: site.ToMembers, Dismissible: true}})
}

// manageBanner is the form of one.
func (s *Site) manageBanner(c echo.Context) error {
	b, err := s.club.Site.BannerByID(c.Request().Context(), viewer(c), pathID(c, "banner"))
	if err != nil {
		return err
	}
	zone, err := s.zone(c)
	if err != nil {
		return err
	}
	form := views.BannerForm{Banner: b, From: b.StartsAt.In(zone).Format(time.DateOnly)}
	if b.EndsAt != nil {
		form.Until = b.EndsAt.In(zone).Add(-time.Second).Format(time.DateOnly)
	}
	return s.drawBanner(c, http.StatusOK, form)
}

// saveBanner makes an announcement, or changes the one of the address.
func (s *Site) saveBanner(c echo.Context) error {
	f := typed(c)
	form := views.BannerForm{From: f.values.Get("from"), Until: f.values.Get("until")}
	form.Banner = site.Banner{ID: pathID(c, "banner"), Source: f.values.Get("text"), Kind: f.values.Get("kind"), Audience: f.values.Get("audience"), Dismissible: f.on("dismissible")}
	if tier := f.id("tier"); tier != 0 {
		form.Banner.TierID = &tier
	}
	err := s.dates(c, &form.Banner)
	if err == nil {
		_, err = s.club.Site.SaveBanner(c.Request().Context(), s.club.Access, viewer(c), form.Banner)
	}
	if p := fault(c, err); p != nil {
		form.Faults = views.FaultsOf(p)
		return s.drawBanner(c, kinds[p.Kind].status, form)
	}
	return done(c, err, "saved", views.ManageBannersAddress)
}

// dates reads from when and until when; a first day that is today, or none, is now.
func (s *Site) dates(c echo.Context, b *site.Banner) (err error) {
	from, err := s.dayBegins(c, "from")
	if err != nil {
		return err
	}
	if b.EndsAt, err = s.dayEnds(c, "until"); err != nil {
		return err
	}
	b.StartsAt = s.club.Now(c.Request().Context())
	if from != nil {
		b.StartsAt = *from
	}
	return nil
}

// endBanner takes an announcement down.
func (s *Site) endBanner(c echo.Context) error {
	err := s.club.Site.EndBanner(c.Request().Context(), s.club.Access, viewer(c), pathID(c, "banner"))
	return done(c, err, "ended", views.ManageBannersAddress)
}

func (s *Site) drawBanner(c echo.Context, status int, form views.BannerForm) (err error) {
	if form.Tiers, err = s.club.Access.Tiers(c.Request().Context()); err != nil {
		return err
	}
	return s.page(c, status, form.Head(), views.ManageBanner(form))
}
