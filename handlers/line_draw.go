package handlers

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/a-h/templ"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/reaction"
	"guildhall/models/space"
	"guildhall/models/stream"
	"guildhall/views"
)

// Missed reads and draws the changes of a room after since.
func (l line) Missed(ctx context.Context, room live.Room, since int64) (live.Replay, error) {
	place := parseID(string(room))
	if since == live.FromNow {
		seqs, err := l.s.club.Streams.Seqs(ctx, []id.ID{place})
		return live.Replay{Seq: seqs[place]}, err
	}
	changes, now, whole, err := l.s.club.Streams.Since(ctx, place, since)
	if err != nil || !whole {
		return live.Replay{Seq: now, Reset: !whole}, err
	}
	drawn, err := l.s.drawChanges(ctx, place, changes)
	return live.Replay{Seq: now, Changes: drawn}, err
}

// drawChanges draws what changed in a place, alike for everybody who may hear it: as it is now,
// and each thing once however often it changed.
func (s *Site) drawChanges(ctx context.Context, place id.ID, all []stream.Change) ([]live.Change, error) {
	if len(all) == 0 {
		return nil, nil
	}
	p, err := s.club.Access.Place(ctx, place)
	if err != nil {
		return nil, err
	}
	keys := make([]id.ID, len(all))
	for i, c := range all {
		keys[i] = c.SubjectID
	}
	draw := s.drawPosts
	if p.Kind == access.RoomPlace {
		draw = s.drawMessages
	}
	parts, err := draw(ctx, p, keys)
	if err != nil {
		return nil, err
	}
	drawn := make([]live.Change, len(all))
	for i, c := range all {
		part := parts[c.SubjectID]
		drawn[i] = live.Change{Seq: c.Seq, Kind: c.Kind, ID: c.SubjectID.String(), HTML: part.html, JSON: part.json}
		if part.removed && c.Kind != stream.Removed {
			drawn[i].Kind = stream.Removed // it was said, and is gone by now
		}
	}
	return drawn, nil
}

// part is one thing as the live line carries it.
type part struct {
	html    string
	json    json.RawMessage
	removed bool
}

// thing is a post or a message for bots and apps.
type thing struct {
	ID      id.ID            `json:"id"`
	Number  int64            `json:"number,omitempty"`
	Author  *author          `json:"author,omitempty"`
	Text    string           `json:"text,omitempty"`
	At      string           `json:"at"`
	Edited  bool             `json:"edited,omitempty"`
	Removed bool             `json:"removed,omitempty"`
	Reply   *id.ID           `json:"reply,omitempty"` // the message that it answers
	Replies int64            `json:"replies,omitempty"`
	Pinned  bool             `json:"pinned,omitempty"`
	Votes   int64            `json:"votes,omitempty"`
	Given   map[string]int64 `json:"reactions,omitempty"`
}

type author struct {
	Handle string `json:"handle"`
	Name   string `json:"name"`
}

func authorOf(p views.Person) *author {
	if p.Former() {
		return nil
	}
	return &author{p.Handle, p.Name}
}

func asJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return nil // all that is told are plain structs and maps of ours
	}
	return b
}

// fragment draws a part for everybody: in UTC, in the club's words.
func (s *Site) fragment(ctx context.Context, c templ.Component) (string, error) {
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = c.Render(views.WithReader(ctx, views.Reader{Now: s.club.Now(ctx), Words: club.Vocabulary()}), &b)
	return b.String(), err
}

const rfc3339 = "2006-01-02T15:04:05.000Z07:00"

// drawMessages draws messages of a room for everybody in it.
func (s *Site) drawMessages(ctx context.Context, p access.Place, keys []id.ID) (map[id.ID]part, error) {
	messages, given, err := s.club.Chat.Drawn(ctx, p.ID, keys)
	if err != nil {
		return nil, err
	}
	sp, people, err := s.around(ctx, p, spoken(messages))
	if err != nil {
		return nil, err
	}
	parts := make(map[id.ID]part, len(messages))
	for _, m := range messages {
		who := people[m.AuthorID]
		said := thing{ID: m.ID, Text: m.Source, At: m.CreatedAt.Format(rfc3339), Edited: m.EditedAt != nil, Removed: m.Removed(), Author: authorOf(who)}
		said.Given, said.Reply, said.Replies, said.Pinned = tally(given[m.ID]), m.RootID, m.Replies, m.PinnedAt != nil
		drawn := part{json: asJSON(said), removed: m.Removed()}
		if drawn.html, err = s.fragment(ctx, views.Message(views.Said{Message: m, In: sp, Author: who, Given: given[m.ID], Repliers: views.RepliersOf(m, people)}, views.Mine{})); err != nil {
			return nil, err
		}
		parts[m.ID] = drawn
	}
	return parts, nil
}

// drawPosts draws posts of a topic for everybody who reads it.
func (s *Site) drawPosts(ctx context.Context, p access.Place, keys []id.ID) (map[id.ID]part, error) {
	t, posts, given, err := s.club.Forum.Drawn(ctx, p.ID, keys)
	if err != nil {
		return nil, err
	}
	sp, people, err := s.around(ctx, p, append(append(writers(posts), authors(posts, editor)...), t.AuthorID))
	if err != nil {
		return nil, err
	}
	parts := make(map[id.ID]part, len(posts))
	for _, post := range posts {
		who := people[post.AuthorID]
		said := thing{ID: post.ID, Number: post.Number, Text: post.Source, At: post.CreatedAt.Format(rfc3339), Edited: post.EditedAt != nil, Removed: post.Removed(), Author: authorOf(who)}
		said.Given, said.Votes = tally(given[post.ID]), post.Votes
		drawn := part{json: asJSON(said)}
		whole := views.Posted{Post: post, Topic: t, In: sp, Author: who, Given: given[post.ID], Asker: people[t.AuthorID], Editor: people[editor(post)], Noticed: noticer(post, people)}
		if drawn.html, err = s.fragment(ctx, views.Post(whole, views.Mine{})); err != nil {
			return nil, err
		}
		parts[post.ID] = drawn
	}
	return parts, nil
}

// writers are the authors of posts, and who put a notice beside one.
func writers(posts []forum.Post) []id.ID {
	ids := authors(posts, func(p forum.Post) id.ID { return p.AuthorID })
	for _, p := range posts {
		if p.NoticeBy != nil {
			ids = append(ids, *p.NoticeBy)
		}
	}
	return ids
}

func noticer(p forum.Post, people map[id.ID]views.Person) views.Person {
	if p.NoticeBy == nil {
		return views.Person{}
	}
	return people[*p.NoticeBy]
}

// around is what a drawing needs beside the thing itself: its space, and who is named.
func (s *Site) around(ctx context.Context, p access.Place, ids []id.ID) (space.Space, map[id.ID]views.Person, error) {
	var sp space.Space // a place of a few stands in none
	if !p.Private() {
		var err error
		if sp, err = s.club.Spaces.Holding(ctx, p); err != nil {
			return sp, nil, err
		}
	}
	people, err := s.people(ctx, ids)
	return sp, people, err
}

func tally(counts []reaction.Count) map[string]int64 {
	given := make(map[string]int64, len(counts))
	for _, c := range counts {
		given[c.Kind] = c.N
	}
	return given
}

func authors[T any](all []T, of func(T) id.ID) []id.ID {
	ids := make([]id.ID, len(all))
	for i, a := range all {
		ids[i] = of(a)
	}
	return ids
}
