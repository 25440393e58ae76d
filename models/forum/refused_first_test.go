package forum_test

import (
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// Whoever may not change a post reads that, and not what is wrong with what they sent: the form to put it
// right is not theirs.
func TestWhoMayNotIsToldSoFirst(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, long := t.Context(), strings.Repeat("x", forum.MaxReason+1)
		p := club.Reply(club.Regular, club.Topic(club.Open, "Fixer"), "Use HP5.")
		_, err := club.Forum.RemoveBecause(ctx, club.Again(club.Newcomer), p.ID, long)
		clubtest.Refused(t, err, "Only its author")
		_, err = club.Forum.EditBecause(ctx, club.Again(club.Newcomer), p.ID, "Use FP4.", long)
		clubtest.Refused(t, err, "Only its author")
		_, err = club.Forum.Edit(ctx, club.Again(club.Newcomer), p.ID, "")
		clubtest.Refused(t, err, "Only its author")
		_, err = club.Forum.RemoveBecause(ctx, club.Again(club.Moderator), p.ID, long)
		clubtest.Refused(t, err, "A reason has at most")
		_, err = club.Forum.EditBecause(ctx, club.Again(club.Moderator), p.ID, "Use FP4.", long)
		clubtest.Refused(t, err, "A reason has at most")
	})
}
