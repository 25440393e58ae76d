package handlers

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/space"
	"guildhall/views"
)

// What is offered while one writes: so many of each kind.
const (
	completed = 8
	alike     = 5
	titleFrom = 10 // letters of a title before topics like it are looked for
	tagsAmong = 3  // of what a # may become, before the topics
)

// complete offers what a word that is being written in a space may become: somebody who may read there,
// a tag that the writer knows of, a topic that they may read, or an emoji.
func (s *Site) complete(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	return s.offer(c, func(q string) ([]views.Offer, error) { return s.completeCall(c, sp, q) })
}

// completePage offers what a word on a page of the club may become: anybody, who is named and not called.
func (s *Site) completePage(c echo.Context) error {
	return s.offer(c, func(q string) ([]views.Offer, error) {
		people, err := s.club.Members.Begun(c.Request().Context(), viewer(c), q, completed)
		return offersOf(people), err
	})
}

// offer draws what a word may become, people as they are given.
func (s *Site) offer(c echo.Context, people func(begins string) ([]views.Offer, error)) (err error) {
	q := strings.ToLower(c.QueryParam("q"))
	var offers []views.Offer
	switch c.QueryParam("kind") {
	case "member":
		offers, err = people(q)
	case "topic":
		offers, err = s.completeHash(c, c.QueryParam("q"))
	case "emoji":
		names, signs := prose.EmojiLike(q, completed)
		for i, name := range names {
			offers = append(offers, views.Offer{Insert: ":" + name + ":", Sign: signs[i], Text: name})
		}
	}
	if err != nil {
		return err
	}
	return draw(c, http.StatusOK, views.Offers(offers))
}

func offersOf(people []member.Member) (offers []views.Offer) {
	for _, m := range people {
		offers = append(offers, views.Offer{Insert: "@" + m.Handle, Person: &views.Person{ID: m.ID, Handle: m.Handle, Name: m.Name, Picture: m.Picture}, Text: m.Handle, More: m.Name})
	}
	return offers
}

// completeCall offers those who may be called in a space, who wrote in the topic first, if it is in one that
// the viewer may read.
func (s *Site) completeCall(c echo.Context, sp space.Space, q string) (offers []views.Offer, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	at := access.Place{SpaceID: sp.ID}
	if topic := parseID(c.QueryParam("topic")); topic != 0 {
		p, err := s.club.Access.Place(ctx, topic)
		if err != nil && problem.Of(err) == nil {
			return nil, err
		}
		if err == nil && p.SpaceID == sp.ID && v.CanRead(p) == nil {
			at.ID = p.ID
		}
	}
	if v.Keeps(sp.ID) && strings.HasPrefix("here", q) {
		offers = append(offers, views.Offer{Insert: "@here", Icon: "users", Text: "here", More: "Everybody who is here now"})
	}
	groups, err := s.club.Access.GroupsLike(ctx, v, q, completed-1)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		offers = append(offers, views.Offer{Insert: "@" + *g.Handle, Icon: "users", Text: *g.Handle, More: g.Name})
	}
	people, err := s.club.Members.Like(ctx, v, at, q, completed)
	offers = append(offers, offersOf(people)...)
	return offers[:min(completed, len(offers))], err
}

// completeHash offers what a # may become: tags by their names, and then topics.
func (s *Site) completeHash(c echo.Context, q string) (offers []views.Offer, err error) {
	names, err := s.club.Forum.CompleteTags(c.Request().Context(), viewer(c), 0, q, tagsAmong)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		offers = append(offers, views.Offer{Insert: "[#" + name + "](" + views.TagAddress(name) + ")", Icon: "hash", Text: name, More: "tag"})
	}
	topics, err := s.completeTopic(c, q)
	offers = append(offers, topics...)
	return offers[:min(completed, len(offers))], err
}

// completeTopic offers topics by their titles. What is written into the text is the address alone: the
// title is for whoever may read it.
func (s *Site) completeTopic(c echo.Context, q string) (offers []views.Offer, err error) {
	topics, err := s.club.Search.Titled(c.Request().Context(), viewer(c), q, completed)
	if err != nil {
		return nil, err
	}
	beside, err := s.beside(c)
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		if e := beside.Entry(t.SpaceID); e != nil {
			offers = append(offers, views.Offer{Insert: s.conf.BaseURL + views.BareTopicAddress(e.Slug, t.ID), Icon: "chat", Text: t.Title, More: e.Name})
		}
	}
	return offers, nil
}

// similar offers topics like the one whose title is being written.
func (s *Site) similar(c echo.Context) error {
	if _, err := s.into(c); err != nil {
		return err
	}
	found, err := s.alike(c, c.QueryParam("q"))
	if err != nil {
		return err
	}
	return draw(c, http.StatusOK, views.Similar(found))
}

func (s *Site) alike(c echo.Context, title string) (found []views.Alike, err error) {
	if utf8.RuneCountInString(strings.TrimSpace(title)) < titleFrom {
		return nil, nil
	}
	topics, err := s.club.Search.Similar(c.Request().Context(), viewer(c), title[:min(len(title), 400)], alike)
	if err != nil {
		return nil, err
	}
	beside, err := s.beside(c)
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		if e := beside.Entry(t.SpaceID); e != nil {
			found = append(found, views.Alike{Title: t.Title, Href: views.TopicAddress(e.Slug, t.ID, t.Slug), Where: e.Name, Solved: t.Solved()})
		}
	}
	return found, nil
}
