package views

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"guildhall/models/forum"
	"guildhall/models/space"
)

// Whatever is changed about a post or about who reads it, its kept parts are what would be drawn anew.
func TestKeptPartsOfPostsAreAsDrawnAnew(t *testing.T) {
	page := topicPage()
	reads := reader(WithReader(t.Context(), Reader{Now: evening}))
	changes := map[string]func(p *Posted, m *Mine, r *Reader){
		"nothing":   func(*Posted, *Mine, *Reader) {},
		"text":      func(p *Posted, _ *Mine, _ *Reader) { p.HTML += "<p>More.</p>" },
		"notice":    func(p *Posted, _ *Mine, _ *Reader) { p.NoticeAt, p.NoticeHTML = ref(evening), "<p>Calm.</p>" },
		"poll":      func(_ *Posted, m *Mine, _ *Reader) { m.Polls = map[int]forum.Ballot{1: {}} },
		"number":    func(p *Posted, _ *Mine, _ *Reader) { p.Number++ },
		"post":      func(p *Posted, _ *Mine, _ *Reader) { p.ID++ },
		"topic":     func(p *Posted, _ *Mine, _ *Reader) { p.TopicID++ },
		"slug":      func(p *Posted, _ *Mine, _ *Reader) { p.Topic.Slug += "-x" },
		"space":     func(p *Posted, _ *Mine, _ *Reader) { p.In.Slug += "-x" },
		"kind":      func(p *Posted, _ *Mine, _ *Reader) { p.In.Kind, p.Votes, p.Number = space.Questions, 3, 2 },
		"name":      func(p *Posted, _ *Mine, _ *Reader) { p.Author.Name += "x" },
		"handle":    func(p *Posted, _ *Mine, _ *Reader) { p.Author.Handle += "x" },
		"picture":   func(p *Posted, _ *Mine, _ *Reader) { p.Author.Picture += "x" },
		"context":   func(p *Posted, _ *Mine, _ *Reader) { p.Author.Context += "x" },
		"status":    func(p *Posted, _ *Mine, _ *Reader) { p.Author.Rung.Name, p.Author.Rung.Pin = "Another", 5 },
		"tier":      func(p *Posted, _ *Mine, _ *Reader) { p.Author.Tier.Name, p.Author.Tier.Ticket = "Another", 3 },
		"left":      func(p *Posted, _ *Mine, _ *Reader) { p.Author = Person{} },
		"time":      func(p *Posted, _ *Mine, _ *Reader) { p.CreatedAt = p.CreatedAt.Add(-time.Hour) },
		"edited":    func(p *Posted, _ *Mine, _ *Reader) { p.EditedAt = ref(evening) },
		"removed":   func(p *Posted, _ *Mine, _ *Reader) { p.RemovedAt = ref(evening) },
		"wiki":      func(p *Posted, _ *Mine, _ *Reader) { p.Wiki = true },
		"answer":    func(p *Posted, _ *Mine, _ *Reader) { p.Topic.AnswerID = ref(p.ID) },
		"votes":     func(p *Posted, _ *Mine, _ *Reader) { p.In.Kind, p.Votes, p.Number = space.Questions, 9, 2 },
		"reactions": func(p *Posted, _ *Mine, _ *Reader) { p.Given = []forum.Count{{Kind: "thanks", N: 12}} },
		"own":       func(_ *Posted, m *Mine, _ *Reader) { m.Reacted = map[string]bool{"applause": true, "thanks": true} },
		"react":     func(_ *Posted, m *Mine, _ *Reader) { m.React = !m.React },
		"reply":     func(_ *Posted, m *Mine, _ *Reader) { m.Reply = !m.Reply },
		"edit":      func(_ *Posted, m *Mine, _ *Reader) { m.Edit = !m.Edit },
		"remove":    func(_ *Posted, m *Mine, _ *Reader) { m.Remove = !m.Remove },
		"restore":   func(_ *Posted, m *Mine, _ *Reader) { m.Restore = !m.Restore },
		"accept":    func(_ *Posted, m *Mine, _ *Reader) { m.Accept = !m.Accept },
		"unaccept":  func(_ *Posted, m *Mine, _ *Reader) { m.Unaccept = !m.Unaccept },
		"report":    func(_ *Posted, m *Mine, _ *Reader) { m.Report = !m.Report },
		"keep":      func(_ *Posted, m *Mine, _ *Reader) { m.Keep = !m.Keep },
		"kept":      func(_ *Posted, m *Mine, _ *Reader) { m.Kept = !m.Kept },
		"zone":      func(_ *Posted, _ *Mine, r *Reader) { r.Zone = time.FixedZone("elsewhere", 5*3600) },
		"day":       func(_ *Posted, _ *Mine, r *Reader) { r.Now = r.Now.AddDate(0, 2, 0) },
		"words":     func(_ *Posted, _ *Mine, r *Reader) { r.Words.Member = "keeper" },
	}
	for range 2 { // the second time all is kept
		for name, change := range changes {
			p, m, r := page.posted(page.Posts[0]), page.mine(page.Posts[0]), reads
			change(&p, &m, &r)
			ctx := WithReader(context.Background(), r)
			if got, want := renderIn(ctx, t, Post(p, m)), renderIn(ctx, t, wholePost(p, m)); got != want {
				t.Errorf("another %s: the post is %s, drawn anew %s", name, got, want)
			}
			if got, want := renderIn(ctx, t, PostMine(p, m)), renderIn(ctx, t, postMine(p, m)); got != want {
				t.Errorf("another %s: the foot is %s, drawn anew %s", name, got, want)
			}
		}
	}
}

func renderIn(ctx context.Context, t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
