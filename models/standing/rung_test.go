package standing_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// answers are n accepted answers: 25 points each.
func (s *stage) answers(n int, by access.Viewer) (acts []standing.Act) {
	for range n {
		acts = append(acts, s.got(standing.Accepted, by, s.Owner))
	}
	return acts
}

func TestOneRisesAtOnceAndIsToldSo(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		door := s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.StatusKey, Amount: 3}}}})
		clubtest.Refused(t, s.Again(s.Newcomer).CanEnter(door.ID), "opens at Regular")
		s.said = nil
		s.earn(s.answers(3, s.Newcomer)...)
		if got := said[standing.Rose](s); len(got) != 1 || got[0] != (standing.Rose{Member: s.Newcomer.ID, From: 1, To: 2, Name: "Familiar face"}) {
			t.Fatalf("said %+v", got)
		}
		s.earn(s.answers(7, s.Newcomer)...)
		if got := said[standing.Rose](s); len(got) != 2 || got[1] != (standing.Rose{Member: s.Newcomer.ID, From: 2, To: 4, Name: "Contributor"}) {
			t.Fatalf("said %+v", got)
		}
		clubtest.OK(t, s.Again(s.Newcomer).CanEnter(door.ID))
		c := clubtest.Must(s.Standing.Of(t.Context(), s.Newcomer.ID))(t)
		if c.Score != 250 || c.Rung.Name != "Contributor" || c.Next.Name != "Mentor" || c.ToGo != 250 || !c.Since.Equal(s.Clock.Now()) {
			t.Fatalf("card %+v", c)
		}
	})
}

func TestThirtyPointsEarnedTodayAreThirtyTonight(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		for range 6 {
			s.earn(s.own(standing.Topic, s.Newcomer))
		}
		s.Clock.Turn(12 * time.Hour)
		if c := clubtest.Must(s.Standing.Of(t.Context(), s.Newcomer.ID))(t); c.Score != 30 || c.Rung.Position != 2 {
			t.Fatalf("card %+v", c)
		}
	})
}

// TestAStatusFallsAtItsInstant: nobody writes anything, and the status, what access says of it, the
// indexed falls_at and the open door all change at the same microsecond.
func TestAStatusFallsAtItsInstant(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		door := s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.StatusKey, Amount: 3}}}})
		s.earn(s.answers(4, s.Newcomer)...)
		facts := s.facts(s.Newcomer.ID)
		var kept struct{ FallsAt time.Time }
		clubtest.OK(t, s.Store.Read(t.Context()).Table("standings").Select("falls_at").Where("member_id = ?", s.Newcomer.ID).Take(&kept).Error)
		if facts.Rung != 3 || facts.FallsAt.IsZero() || !kept.FallsAt.Equal(facts.FallsAt) {
			t.Fatalf("facts %+v, kept %v", facts, kept.FallsAt)
		}
		if away := facts.FallsAt.Sub(s.Clock.Now()); away < 60*day {
			t.Fatalf("falls after %v, and the term is 60 days", away)
		}
		s.Clock.Set(facts.FallsAt.Add(-time.Microsecond))
		if s.facts(s.Newcomer.ID).Rung != 3 {
			t.Fatal("fell too early")
		}
		clubtest.OK(t, s.Again(s.Newcomer).CanEnter(door.ID))
		s.Clock.Set(facts.FallsAt)
		after := s.facts(s.Newcomer.ID)
		if after.Rung != 2 || !after.FallsAt.After(facts.FallsAt) {
			t.Fatalf("after the fall %+v", after)
		}
		clubtest.Refused(t, s.Again(s.Newcomer).CanEnter(door.ID), "opens at Regular")
		if c := clubtest.Must(s.Standing.Of(t.Context(), s.Newcomer.ID))(t); c.Rung.Position != 2 || !c.Since.Equal(facts.FallsAt) || !c.FallsAt.Equal(after.FallsAt) {
			t.Fatalf("card %+v", c)
		}
		s.Clock.Turn(5000 * day)
		if got := s.facts(s.Newcomer.ID); got.Rung != 1 || !got.FallsAt.IsZero() {
			t.Fatalf("long after %+v", got)
		}
		s.said = nil
		s.earn(s.answers(2, s.Newcomer)...)
		if got := said[standing.Rose](s); len(got) != 1 || got[0].From != 1 || got[0].To != 2 {
			t.Fatalf("said %+v: one rises from where one stands, not from what was kept", got)
		}
	})
}

func TestAnActUndoneCostsTheStatusWhenItsTermIsOver(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		acts := s.answers(4, s.Newcomer)
		s.earn(acts...)
		began := s.Clock.Now()
		s.Clock.Turn(day)
		for _, a := range acts {
			s.void(a)
		}
		want := began.Add(60 * day)
		if got := s.facts(s.Newcomer.ID); got.Rung != 3 || !got.FallsAt.Equal(want) {
			t.Fatalf("facts %+v, want a fall at %v", got, want)
		}
		s.Clock.Set(want)
		if got := s.facts(s.Newcomer.ID); got.Rung != 2 {
			t.Fatalf("facts %+v", got)
		}
	})
}

func TestAClockTurnedBackTakesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.earn(s.answers(4, s.Newcomer)...)
		s.Clock.Turn(-300 * day)
		if got := s.facts(s.Newcomer.ID); got.Rung != 3 || s.points(s.Newcomer) != 100 {
			t.Fatalf("facts %+v, %v points", got, s.points(s.Newcomer))
		}
	})
}

func TestWhoNeverActedStandsOnTheLowestRung(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		regular, stranger := clubtest.Must(s.Standing.Of(t.Context(), s.Regular.ID))(t), clubtest.Must(s.Standing.Of(t.Context(), s.Stranger.ID))(t)
		if regular.Rung.Position != 3 || stranger.Rung.Name != "Newcomer" || stranger.ToGo != 30 {
			t.Fatalf("cards %+v, %+v", regular, stranger)
		}
	})
}

func TestAClubIsFoundedOnce(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error { return s.Standing.Found(tx) })
		clubtest.Refused(t, err, "already")
		ladder := clubtest.Must(s.Standing.Ladder(t.Context()))(t)
		if len(ladder) != 6 || ladder[5].Name != "Cornerstone" || ladder[5].Enter != 1000 || ladder[5].Pin != 6 {
			t.Fatalf("ladder %+v", ladder)
		}
		for _, r := range ladder[1:] {
			if r.Enter <= r.Keep || r.Term == 0 {
				t.Errorf("rung %+v", r)
			}
		}
	})
}
