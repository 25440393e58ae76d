package search_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// What one keeps, watches, likes or has opened is found by that, and for nobody else.
func TestWhatIsOnesOwnIsFoundByIt(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, dark := t.Context(), club.Space("Dark room", nil)
		thin, thinPost := start(t, club, club.Newcomer, club.Open, "Thin negatives", "The developer.")
		ladder, ladderPost := start(t, club, club.Regular, dark, "A ladder of frames", "From 200 upwards.")
		said := say(t, club, club.Regular, dark, "Try it at 800 first.")
		names := map[id.ID]string{thinPost: "thin", ladderPost: "ladder", said.ID: "said"}
		v := club.Paying
		clubtest.Must(club.Forum.Keep(ctx, club.Again(v), thinPost))(t)
		clubtest.Must(club.Forum.KeepMessage(ctx, club.Again(v), said.ID))(t)
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowTopic, thin.ID, forum.Watching))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowTopic, ladder.ID, forum.Tracking))
		clubtest.Must(club.Forum.React(ctx, club.Again(v), thinPost, "thanks", true))(t)
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(v), thin.ID, 1))
		clubtest.Must(club.Forum.Pin(ctx, club.Again(club.Owner), ladder.ID, true))(t)

		for text, want := range map[string][]string{
			"in:bookmarks":                {"thin", "said"},
			"in:watching":                 {"thin"},
			"in:tracking":                 {"ladder"},
			"in:likes":                    {"thin"},
			"in:seen in:topics":           {"thin"},
			"in:unseen":                   {"ladder"},
			"in:pinned":                   {"ladder"},
			"in:wiki":                     {},
			"status:archived":             {},
			"status:noreplies":            {"thin", "ladder"},
			"in:mine in:topics":           {},
			"user:rita in:topics in:chat": {"ladder", "said"},
			"in:first -user:rita":         {"thin"},
			"category:dark-room":          {"ladder", "said"},
			"topic:" + thin.ID.String():   {"thin"},
		} {
			finds(t, club, club.Again(v), names, text, want...)
		}
		for _, text := range []string{"in:bookmarks", "in:watching", "in:likes"} {
			finds(t, club, club.Again(club.Stranger), names, text)
			finds(t, club, club.Again(club.Guest), names, text)
		}
	})
}
