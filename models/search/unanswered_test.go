package search_test

import (
	"slices"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// Only what asks can be without an answer: neither the list nor the search calls a chat a question.
func TestOnlyQuestionsAreUnanswered(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		parlour := clubtest.Must(club.Spaces.Add(ctx, club.Again(club.Owner), space.Space{
			SectionID: club.Section.ID, Slug: "parlour", Name: "Parlour", Icon: "i-chat", Kind: space.Talk, Scores: true,
		}))(t)
		clubtest.OK(t, club.Access.SetLocks(ctx, club.Again(club.Owner), parlour.ID, nil))
		hello, first := start(t, club, club.Owner, parlour, "A kumquat for everybody", "Have one.")
		asked, question := start(t, club, club.Owner, club.Open, "A kumquat in the cold?", "Does it live?")
		listed := func(of forum.Of) (ids []id.ID) {
			page, _, err := club.Forum.List(ctx, club.Again(club.Newcomer), of, "")
			clubtest.OK(t, err)
			for _, l := range page {
				ids = append(ids, l.ID)
			}
			return ids
		}
		if all := listed(forum.Of{}); !slices.Contains(all, hello.ID) || !slices.Contains(all, asked.ID) {
			t.Fatalf("the premise: %v are listed", all)
		}
		if got := listed(forum.Of{Filter: forum.Unanswered}); !slices.Equal(got, []id.ID{asked.ID}) {
			t.Errorf("unanswered are %v, and not %v alone", got, asked.ID)
		}
		if got := listed(forum.Of{Space: parlour.ID, Filter: forum.Unanswered}); len(got) > 0 {
			t.Errorf("a place to talk has %v unanswered", got)
		}
		names := map[id.ID]string{first: "hello", question: "asked"}
		finds(t, club, club.Again(club.Newcomer), names, "kumquat in:topics", "hello", "asked")
		finds(t, club, club.Again(club.Newcomer), names, "kumquat in:topics status:unanswered", "asked")
	})
}
