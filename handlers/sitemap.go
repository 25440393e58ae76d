package handlers

import (
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/views"
)

// mapsNamespace is that of sitemaps.org.
const mapsNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// The two documents of a map: the list of its parts, and a part.
type (
	mapIndex struct {
		XMLName xml.Name   `xml:"sitemapindex"`
		Space   string     `xml:"xmlns,attr"`
		Parts   []mapEntry `xml:"sitemap"`
	}
	mapPart struct {
		XMLName xml.Name   `xml:"urlset"`
		Space   string     `xml:"xmlns,attr"`
		Pages   []mapEntry `xml:"url"`
	}
	mapEntry struct {
		At      string `xml:"loc"`
		Changed string `xml:"lastmod,omitempty"`
	}
)

// unlisted is what those who list pages are asked to leave alone: forms, what is one's own, and what
// changes with every question.
var unlisted = []string{"/api/", "/auth/", "/feed/", "/files/", "/join/", "/live", "/m/", "/manage", "/new", "/notifications", "/preview", "/review", "/search", "/settings", "/setup/", "/sign-in", "/sign-out", "/standing", "/welcome"}

// robots tells those who list pages where the map is and what to leave alone. What is closed to
// strangers needs no line there: it answers them with its door, or with nothing.
func (s *Site) robots(c echo.Context) error {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range unlisted {
		b.WriteString("Disallow: " + path + "\n")
	}
	b.WriteString("\nSitemap: " + s.conf.BaseURL + "/sitemap.xml\n")
	return c.String(http.StatusOK, b.String())
}

// sitemap lists the parts of the map of what a stranger may read, whoever asks.
func (s *Site) sitemap(c echo.Context) error {
	guest, err := s.club.Access.Guest(c.Request().Context())
	if err != nil {
		return err
	}
	begin, err := s.club.Forum.MapPages(c.Request().Context(), guest)
	if err != nil {
		return err
	}
	index := mapIndex{Space: mapsNamespace, Parts: []mapEntry{{At: s.conf.BaseURL + "/sitemap/club"}}}
	for _, from := range begin {
		index.Parts = append(index.Parts, mapEntry{At: s.conf.BaseURL + "/sitemap/" + from.String()})
	}
	return c.XML(http.StatusOK, index)
}

// clubMap is the part with the front page, the club's own pages and the spaces.
func (s *Site) clubMap(c echo.Context) error {
	ctx := c.Request().Context()
	guest, err := s.club.Access.Guest(ctx)
	if err != nil {
		return err
	}
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	spaces, err := s.club.Spaces.Seen(ctx, guest)
	if err != nil {
		return err
	}
	paths := []string{"/", "/membership"}
	for _, l := range club.Links(guest) {
		paths = append(paths, views.PageAddress(l.Slug))
	}
	for _, sp := range spaces {
		if guest.CanEnter(sp.ID) == nil {
			paths = append(paths, views.SpaceAddress(sp.Slug))
		}
	}
	part := mapPart{Space: mapsNamespace}
	for _, path := range paths {
		part.Pages = append(part.Pages, mapEntry{At: s.conf.BaseURL + path})
	}
	return c.XML(http.StatusOK, part)
}

// topicMap is a part with topics.
func (s *Site) topicMap(c echo.Context) error {
	ctx := c.Request().Context()
	guest, err := s.club.Access.Guest(ctx)
	if err != nil {
		return err
	}
	topics, err := s.club.Forum.MapPage(ctx, guest, pathID(c, "topic"))
	if err != nil {
		return err
	}
	spaces, err := s.spaces(ctx, guest)
	if err != nil {
		return err
	}
	part := mapPart{Space: mapsNamespace}
	for _, t := range topics {
		at := s.conf.BaseURL + views.TopicAddress(spaces[t.SpaceID].Slug, t.ID, t.Slug)
		part.Pages = append(part.Pages, mapEntry{At: at, Changed: t.ActiveAt.UTC().Format(time.RFC3339)})
	}
	return c.XML(http.StatusOK, part)
}
