package founding_test

import (
	"testing"
	"time"

	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/store"
)

func TestTheDemoClubIsAsItSays(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole year is founded")
	}
	clubtest.Databases(t, func(t *testing.T, url string) {
		db := clubtest.Must(store.Open(t.Context(), url, store.System{}))(t)
		clubtest.OK(t, db.Migrate(t.Context()))
		club := models.Over(db)
		t.Cleanup(func() { clubtest.OK(t, club.Close()) })
		began := time.Now()
		last := 0
		clubtest.OK(t, club.Founding.Demo(t.Context(), func(done, all int) { last = all - done }))
		t.Logf("founded in %v", time.Since(began))
		if last != 0 {
			t.Errorf("progress ended %d short", last)
		}
		for what, least := range map[string]int64{"members": 40, "tiers": 4, "spaces": 10, "topics": 300, "posts": 3000, "messages": 400, "badges": 10} {
			var n int64
			clubtest.OK(t, db.Read(t.Context()).Table(what).Count(&n).Error)
			if n < least {
				t.Errorf("%d %s, wanted at least %d", n, what, least)
			}
		}
		badges := clubtest.Must(club.Standing.Badges(t.Context()))(t)
		for _, b := range badges {
			if b.Holders == 0 {
				t.Errorf("nobody of the demo club earned %q", b.Name)
			}
		}
		worst, members, err := club.Standing.Recount(t.Context())
		clubtest.OK(t, err)
		if worst > 1e-9 || members < 40 {
			t.Errorf("recounted %d members, worst difference %g", members, worst)
		}
	})
}

func TestACrowdComesInOnce(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		db := clubtest.Must(store.Open(t.Context(), url, store.System{}))(t)
		clubtest.OK(t, db.Migrate(t.Context()))
		club := models.Over(db)
		t.Cleanup(func() { clubtest.OK(t, club.Close()) })
		counted := func(what string) (n int64) {
			clubtest.OK(t, db.Read(t.Context()).Table(what).Count(&n).Error)
			return n
		}
		for range 2 {
			clubtest.OK(t, club.Founding.Seed(t.Context(), 200, func(int, int) {}))
			if m, tp, p := counted("members"), counted("topics"), counted("posts"); m != 201 || tp != 10 || p != 60 {
				t.Fatalf("%d members, %d topics, %d posts", m, tp, p)
			}
		}
		if err := club.Founding.Seed(t.Context(), 0, nil); err == nil {
			t.Fatal("a crowd of nobody")
		}
	})
}
