package search_test

import (
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/search"
	"guildhall/models/space"
)

// TestTagsAreCountedAsTheyAreFound: in what may be read and fits the rest of the question.
func TestTagsAreCountedAsTheyAreFound(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		start := func(in space.Space, title string, tags ...string) forum.Topic {
			return clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Owner), in.ID, forum.Draft{Key: club.Key(), Title: title, Text: "Of it.", Tags: tags}))(t)
		}
		beans := start(club.Open, "Beans in rows", "kitchen", "summer")
		start(club.Open, "Beans on strings", "summer")
		start(lounge, "Beans under glass", "summer", "glass")
		start(club.Open, "Peas", "kitchen")
		club.Reply(club.Regular, beans, "Beans like company.")
		for _, c := range []struct {
			who   access.Viewer
			asked string
			want  []search.WithTag
		}{
			{club.Regular, "beans", []search.WithTag{{Name: "summer", N: 3}, {Name: "kitchen", N: 2}}},
			{club.Paying, "beans", []search.WithTag{{Name: "summer", N: 4}, {Name: "kitchen", N: 2}, {Name: "glass", N: 1}}},
			{club.Regular, "beans in:topics", []search.WithTag{{Name: "summer", N: 2}, {Name: "kitchen", N: 1}}},
			{club.Regular, "beans tag:kitchen", []search.WithTag{{Name: "kitchen", N: 2}, {Name: "summer", N: 2}}},
			{club.Paying, "beans #lounge", []search.WithTag{{Name: "glass", N: 1}, {Name: "summer", N: 1}}},
		} {
			p, err := club.Search.Find(t.Context(), club.Again(c.who), search.Parse(c.asked, club.Clock.Now()), "")
			clubtest.OK(t, err)
			if !slices.Equal(p.Facets.Tags, c.want) {
				t.Errorf("%q counts %v; want %v", c.asked, p.Facets.Tags, c.want)
			}
			for _, tag := range p.Facets.Tags { // and what is counted is what choosing it finds
				q := search.Parse(search.Parse(c.asked, club.Clock.Now()).Replaced("tag:"+tag.Name), club.Clock.Now())
				if found := look(t, club, club.Again(c.who), q.Text); int64(len(found)) != tag.N {
					t.Errorf("%q finds %d and not %d", q.Text, len(found), tag.N)
				}
			}
		}
	})
}
