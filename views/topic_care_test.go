package views

import (
	"strings"
	"testing"

	"guildhall/models/forum"
)

// Each deed is told of once: between the posts where these stand in order of time, after the last of them in
// another order, and not in the best of a topic by itself.
func TestDeedsAreToldOnce(t *testing.T) {
	p := topicPage()
	for i, after := range []int64{1, 2, 2, p.Topic.LastNumber} {
		p.Told = append(p.Told, forum.Told{ID: 4000 + p.Posts[i].ID, Do: forum.ToClose, By: people["priya"].ID, At: before(aDay), After: after})
	}
	whole := p.Posts
	p.Before, p.After = 0, 0
	votes := []forum.Post{whole[0], whole[4], whole[1], whole[3], whole[2]}
	for name, set := range map[string]func(*TopicPage) int{
		"in time":  func(*TopicPage) int { return 4 },
		"by votes": func(p *TopicPage) int { p.Order, p.Posts = forum.ByVotes, votes; return 4 },
		"by votes, in part": func(p *TopicPage) int {
			p.Order, p.Posts, p.After = forum.ByVotes, votes[:3], votes[3].Number
			return 0
		},
		"backwards": func(p *TopicPage) int {
			p.Order, p.Posts = forum.Newest, []forum.Post{whole[4], whole[3], whole[2], whole[1], whole[0]}
			return 4
		},
		"the best": func(p *TopicPage) int { p.Summary = true; return 0 },
	} {
		page := p
		want := set(&page)
		html := render(t, Topic(page))
		if got := strings.Count(html, "data-deed="); got != want {
			t.Errorf("%s: %d deeds are told of, want %d", name, got, want)
		}
		apart := want > 0 && !page.inOrder()
		if last := strings.LastIndex(html, "data-post="); apart && strings.Index(html, "data-deed=") < last {
			t.Errorf("%s: a deed stands between posts that are not in order of time", name)
		}
	}
}
