package views

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}</title></textarea>'`

// TestHostileNamesStayWords gives the worst of names to everybody and everything on a page.
func TestHostileNamesStayWords(t *testing.T) {
	who := Person{ID: 1, Handle: evil, Name: evil, Picture: evil, Context: evil, Rung: access.Rung{Position: 4, Pin: 4, Name: evil}, Tier: access.Tier{Name: evil, Ticket: 3, Words: evil, Terms: evil, Perks: evil}}
	in := space.Space{ID: 20, Slug: evil, Name: evil, About: evil, Teaser: evil, Icon: evil, Kind: space.Questions}
	crowd := map[id.ID]Person{}
	for n := range id.ID(20) {
		crowd[n] = who
	}
	s := shell()
	s.Me, s.Club.Name, s.Club.Tagline, s.Said = &Me{Person: who}, evil, evil, evil
	s.Sections = []Section{{evil, []SpaceLink{{Name: evil, Href: "javascript:alert(3)", Icon: evil, Locked: evil}}}}
	s.Bell.Notes = []Note{{Href: "javascript:alert(4)", Lead: evil, Text: evil, Where: evil, Words: evil, By: &who, Icon: evil}}

	topic := topicPage()
	topic.Space, topic.People, topic.Topic.Title, topic.Topic.Slug, topic.Rights.Keeps = in, crowd, evil, evil, true
	topic.Reply.Text, topic.Told = evil, []forum.Told{{Do: forum.ToClose, Why: evil}}
	topic.Reply.Faults = Faults{"text": evil}
	room := roomPage()
	room.Space, room.People, room.Here, room.Say.Text = in, crowd, []Person{who}, evil
	list := spacePage()
	list.Space, list.Refused = in, evil
	list.Topics[0].Title, list.Topics[0].Author = evil, who
	door := doorPage()
	door.Space, door.Titles, door.TasterTitle, door.TasterSlug = in, []string{evil}, evil, evil
	profile := profilePage()
	profile.Person, profile.Member.Bio, profile.Badges[0].Name, profile.Ladder[0].Name = who, evil, evil, evil
	board := boardPage()
	board.People, board.Me = crowd, who
	problem := ProblemPage{Status: 404, Text: evil, Address: evil, Request: evil, Carried: []Carried{{"text", evil}}}
	for name, page := range map[string]string{
		"topic":   render(t, Layout(s.With(topic.Head()), Topic(topic))),
		"room":    render(t, Layout(s.With(room.Head()), Room(room))),
		"space":   render(t, Layout(s.With(list.Head()), Space(list))),
		"door":    render(t, Layout(s.With(door.Head()), Door(door))),
		"profile": render(t, Layout(s.With(profile.Head()), Profile(profile))),
		"board":   render(t, Layout(s.With(board.Head()), Board(board))),
		"problem": render(t, Layout(s.With(problem.Head()), Problem(problem))),
		"tiers":   render(t, Layout(s, Membership(MembershipPage{Tiers: []Cabin{{Tier: who.Tier, Path: evil}}}))),
	} {
		if !strings.Contains(page, "alert(1)") {
			t.Errorf("%s: the name is not on the page at all", name)
		}
		doc := parse(t, page)
		noInlineCode(t, doc)
		walk(doc, func(n *html.Node) {
			if src, _ := attr(n, "src"); src == "x" {
				t.Errorf("%s: a name became an element", name)
			}
			for _, a := range n.Attr {
				if a.Key == "onerror" || a.Key == "src" && n.Data == "script" {
					t.Errorf("%s: a name became the attribute %s", name, a.Key)
				}
			}
		})
	}
}
