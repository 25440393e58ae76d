package jobs_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/safety"
)

// What a removed member wrote goes stretch by stretch, each of them a job, until nothing is left.
func TestWordsAreTakenBack(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d, ctx := open(t, club), t.Context()
		topic := club.Topic(club.Open, "Standing water")
		for range 50 {
			club.Reply(club.Newcomer, topic, "To go.")
		}
		clubtest.OK(t, club.Safety.Remove(ctx, club.Again(club.Owner), club.Newcomer.ID, safety.Removal{Typed: "newt", Reason: "Selling.", Words: true}))
		left := func() (n int64) {
			clubtest.OK(t, club.Store.Read(ctx).Table("posts").Where("author_id = ? and removed_at is null", club.Newcomer.ID).Count(&n).Error)
			return n
		}
		if left() == 0 {
			t.Fatal("there is nothing for the desk to do")
		}
		jobs := 0
		for d.Once(ctx) {
			jobs++
		}
		if n := left(); n != 0 || jobs < 2 {
			t.Errorf("%d are left after %d jobs", n, jobs)
		}
	})
}
