package handlers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/atom"
	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/views"
)

// feedSize is how many entries a feed has at the most.
const feedSize = 30

// feedDrawn makes a feed for a viewer.
type feedDrawn func(s *Site, c echo.Context, v access.Viewer) (atom.Feed, error)

// feed answers with a feed: for whoever asks, or with a key in the address for the member whose key it
// is, as narrow as the key. Whether they may read what it tells of is asked at this moment.
func feed(draw feedDrawn) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		v, err := s.feedReader(c)
		if err != nil {
			return err
		}
		f, err := draw(s, c, v)
		if shut := (*access.Shut)(nil); errors.As(err, &shut) && c.Param("key") != "" {
			return problem.Refused("This space is closed to you at present.") // its door is for whoever looks, and the key is somebody's
		}
		if err != nil {
			return err
		}
		body, err := f.XML()
		if err != nil {
			return err
		}
		return sendFeed(c, body, f.Updated)
	}
}

// feedReader is who reads a feed.
func (s *Site) feedReader(c echo.Context) (access.Viewer, error) {
	secret := c.Param("key")
	if secret == "" {
		return viewer(c), nil
	}
	h := c.Response().Header()
	h.Set("Referrer-Policy", "no-referrer") // nobody is told of the address
	h.Set("X-Robots-Tag", "noindex")
	ctx, v, err := s.club.Members.FeedReader(c.Request().Context(), secret)
	if errors.Is(err, member.ErrNoToken) {
		err = s.club.Nothing()
	}
	if err != nil {
		return access.Viewer{}, err
	}
	about(c).visit.Token = v.Token // for the log, which has its id
	if why, until, yes := v.Viewer.Suspended(); yes {
		return access.Viewer{}, &suspended{why, until}
	}
	if err := s.spend(counted{rate: byMinute, member: v.Token.ID}); err != nil {
		return access.Viewer{}, err
	}
	c.SetRequest(c.Request().WithContext(ctx))
	s.club.Members.Used(ctx, v.Token)
	return v.Viewer, nil
}

// sendFeed answers with a feed, or that it is still the one that the reader has.
func sendFeed(c echo.Context, body []byte, updated time.Time) error {
	sum := sha256.Sum256(body)
	h := c.Response().Header()
	h.Set("Content-Security-Policy", inert)
	h.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:16])+`"`)
	h.Set(echo.HeaderContentType, atom.Kind)
	http.ServeContent(c.Response(), c.Request(), "", updated, bytes.NewReader(body))
	return nil
}

func latestFeed(s *Site, c echo.Context, v access.Viewer) (atom.Feed, error) {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return atom.Feed{}, err
	}
	return s.topicsFeed(c, v, forum.Of{}, atom.Feed{ID: s.tag("latest", ""), Title: club.Name, Page: s.conf.BaseURL + "/"})
}

func spaceFeed(s *Site, c echo.Context, v access.Viewer) (atom.Feed, error) {
	slug, ok := strings.CutSuffix(c.Param("spacefeed"), ".atom")
	if !ok {
		return atom.Feed{}, s.club.Nothing()
	}
	sp, err := s.club.Spaces.BySlug(c.Request().Context(), v, slug)
	if err == nil {
		err = v.CanEnter(sp.ID)
	}
	if err != nil {
		return atom.Feed{}, err
	}
	return s.topicsFeed(c, v, forum.Of{Space: sp.ID}, atom.Feed{ID: s.tag("space", sp.ID.String()), Title: sp.Name, Page: s.conf.BaseURL + views.SpaceAddress(sp.Slug)})
}

// tagFeed is that of a tag, by any name that it had.
func tagFeed(s *Site, c echo.Context, v access.Viewer) (atom.Feed, error) {
	name, ok := strings.CutSuffix(c.Param("tagfeed"), ".atom")
	if !ok {
		return atom.Feed{}, s.club.Nothing()
	}
	tag, err := s.club.Forum.Tag(c.Request().Context(), v, name)
	if err != nil {
		return atom.Feed{}, err
	}
	return s.topicsFeed(c, v, forum.Of{Tag: tag.ID}, atom.Feed{ID: s.tag("tag", tag.ID.String()), Title: "# " + tag.Name, Page: s.conf.BaseURL + views.TagAddress(tag.Name)})
}

// topicsFeed fills a feed with the topics that were active last.
func (s *Site) topicsFeed(c echo.Context, v access.Viewer, of forum.Of, f atom.Feed) (atom.Feed, error) {
	ctx := c.Request().Context()
	begun, err := s.club.Forum.Begun(ctx, v, of, feedSize)
	if err != nil {
		return f, err
	}
	spaces, err := s.spaces(ctx, v)
	if err != nil {
		return f, err
	}
	names, err := s.bylines(ctx, authors(begun, func(t forum.Begun) id.ID { return t.AuthorID }))
	if err != nil {
		return f, err
	}
	for _, t := range begun {
		at := s.conf.BaseURL + views.TopicAddress(spaces[t.SpaceID].Slug, t.ID, t.Slug)
		f.Entries = append(f.Entries, atom.Entry{
			ID: s.tag("topic", t.ID.String()), Title: t.Title, Page: at, Author: names(t.AuthorID), HTML: absolute(prose.Abroad(t.First.HTML), at),
			Published: t.CreatedAt, Updated: t.ActiveAt,
		})
	}
	return s.dated(c, f), nil
}

func topicFeed(s *Site, c echo.Context, v access.Viewer) (atom.Feed, error) {
	ctx := c.Request().Context()
	name, ok := strings.CutSuffix(c.Param("topicfeed"), ".atom")
	t, err := s.club.Forum.Topic(ctx, v, parseID(name))
	if !ok || problem.Of(err) != nil {
		return atom.Feed{}, s.club.Nothing() // it does not name its space: locked is as hidden
	}
	if err != nil {
		return atom.Feed{}, err
	}
	sp, err := s.club.Spaces.Get(ctx, v, t.SpaceID)
	if err != nil {
		return atom.Feed{}, err
	}
	posts, err := s.club.Forum.Latest(ctx, t.ID, feedSize)
	if err != nil {
		return atom.Feed{}, err
	}
	names, err := s.bylines(ctx, authors(posts, func(p forum.Post) id.ID { return p.AuthorID }))
	if err != nil {
		return atom.Feed{}, err
	}
	f := atom.Feed{ID: s.tag("topic", t.ID.String()), Title: t.Title, Page: s.conf.BaseURL + views.TopicAddress(sp.Slug, t.ID, t.Slug)}
	for _, p := range posts {
		e := atom.Entry{
			ID: s.tag("post", p.ID.String()), Title: names(p.AuthorID) + ", post " + views.Number(p.Number), Author: names(p.AuthorID),
			Page: s.conf.BaseURL + views.PostAddress(sp.Slug, t.ID, t.Slug, p.Number), Published: p.CreatedAt, Updated: p.CreatedAt,
		}
		if e.HTML = absolute(prose.Abroad(p.HTML), e.Page); p.EditedAt != nil {
			e.Updated = *p.EditedAt
		}
		f.Entries = append(f.Entries, e)
	}
	return s.dated(c, f), nil
}

// dated gives a feed the time of its latest entry, and its own address where that is no secret.
func (s *Site) dated(c echo.Context, f atom.Feed) atom.Feed {
	f.Updated = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, e := range f.Entries {
		if e.Updated.After(f.Updated) {
			f.Updated = e.Updated
		}
	}
	if c.Param("key") == "" {
		f.Self = s.conf.BaseURL + c.Request().URL.Path
	}
	return f
}

// tag names a thing of the club for good, wherever it stands (RFC 4151).
func (s *Site) tag(kind, key string) string {
	host := "localhost"
	if at, err := url.Parse(s.conf.BaseURL); err == nil {
		host = at.Hostname()
	}
	return "tag:" + host + ",2025:" + strings.TrimSuffix(kind+"/"+key, "/")
}

// bylines says who wrote.
func (s *Site) bylines(ctx context.Context, ids []id.ID) (func(id.ID) string, error) {
	people, err := s.people(ctx, ids)
	return func(who id.ID) string {
		if p := people[who]; !p.Former() {
			return p.Name
		}
		return "A former member"
	}, err
}

func absolute(cooked, page string) string {
	at, err := url.Parse(page)
	if err != nil {
		return cooked
	}
	return prose.Absolute(cooked, at)
}
