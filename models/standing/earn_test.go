package standing_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

func TestAnActEarnsItsWeightOnce(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		a := s.own(standing.Topic, s.Newcomer)
		a.At = s.place(s.Open.ID)
		s.said = nil
		s.earn(a)
		s.earn(a, a)
		s.nearly(s.points(s.Newcomer), 5)
		want := standing.Earned{Member: s.Newcomer.ID, Kind: standing.Topic, Points: 5, Score: 5, Place: a.At}
		if got := said[standing.Earned](s); !reflect.DeepEqual(got, []standing.Earned{want}) {
			t.Fatalf("said %+v", got)
		}
	})
}

func TestAnUnfinishedChangeEarnsNothingAndSaysNothing(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.said = nil
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
			if err := s.Standing.Earn(tx, s.own(standing.Topic, s.Newcomer)); err != nil {
				return err
			}
			return problem.Refused("No.")
		})
		clubtest.Refused(t, err, "No.")
		if s.points(s.Newcomer) != 0 || len(s.said) != 0 {
			t.Fatalf("%v points, said %v", s.points(s.Newcomer), s.said)
		}
	})
}

func TestADayHasItsCapAndFurtherActsStandOnOneLine(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		for range 25 {
			s.earn(s.own(standing.Message, s.Newcomer))
		}
		s.nearly(s.points(s.Newcomer), 5) // ten of half a point
		if n := s.count("acts", "member_id = ? and kind = 'message'", s.Newcomer.ID); n != 11 {
			t.Fatalf("%d lines for ten messages and the rest of the day", n)
		}
		if n := s.count("acts", "member_id = ? and past_cap and times = 15", s.Newcomer.ID); n != 1 {
			t.Fatal("the fifteen past the cap are not counted on one line")
		}
		s.Clock.Turn(day)
		batch := make([]standing.Act, 12)
		for i := range batch {
			batch[i] = s.own(standing.Message, s.Newcomer)
		}
		before := s.points(s.Newcomer)
		s.earn(batch...)
		s.nearly(s.points(s.Newcomer)-before, 5)
		if n := s.count("acts", "member_id = ? and past_cap and times = 2", s.Newcomer.ID); n != 1 {
			t.Fatal("a batch passes the cap in another way than single acts do")
		}
		for i := range batch {
			batch[i] = s.own(standing.Message, s.Newcomer)
			if i%3 == 0 {
				batch[i] = s.own(standing.Message, s.Regular)
			}
		}
		before = s.points(s.Newcomer)
		others := s.points(s.Regular)
		s.earn(batch...)
		s.nearly(s.points(s.Newcomer), before)
		s.nearly(s.points(s.Regular)-others, 2)
		if n := s.count("acts", "member_id = ? and past_cap and times = 10", s.Newcomer.ID); n != 1 {
			t.Fatal("a batch of somebody whose day is full is not counted on its one line")
		}
	})
}

func TestOneGiverCountsSoManyTimesADay(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		for range 8 {
			s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Regular))
		}
		s.nearly(s.points(s.Newcomer), 5)
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Paying))
		s.nearly(s.points(s.Newcomer), 6)
	})
}

func TestTwoWhoThankEachOtherEarnHalfFromTheFourthOn(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		for range 3 {
			s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Stranger))
		}
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Stranger))
		s.nearly(s.points(s.Newcomer), 4) // one way is no loop
		for range 3 {
			s.earn(s.got(standing.ReactionGot, s.Stranger, s.Newcomer))
		}
		s.nearly(s.points(s.Stranger), 3)
		s.earn(s.got(standing.ReactionGot, s.Stranger, s.Newcomer))
		s.nearly(s.points(s.Stranger), 3.5)
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Stranger))
		s.nearly(s.points(s.Newcomer), 4.5)
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Paying))
		s.nearly(s.points(s.Newcomer), 5.5) // from anybody else it is whole
		s.Clock.Turn(day)
		before := s.points(s.Newcomer)
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Stranger))
		s.nearly(s.points(s.Newcomer)-before, 1) // and on another day too
	})
}

func TestNobodyEarnsByThemselves(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.said = nil
		s.earn(s.got(standing.ReactionGot, s.Newcomer, s.Newcomer), s.got(standing.Accepted, s.Newcomer, s.Newcomer))
		if s.points(s.Newcomer) != 0 || len(s.badges(s.Newcomer)) != 0 || len(said[standing.Earned](s)) != 0 {
			t.Fatalf("%v points, badges %v", s.points(s.Newcomer), s.badges(s.Newcomer))
		}
		if n := s.count("worths", "cap = ? and weight = 0", standing.CapSelf); n != 2 {
			t.Fatalf("%d acts are kept", n)
		}
	})
}

func TestASilentSpaceEarnsNoPublicScore(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		quiet := clubtest.Must(s.Spaces.Add(t.Context(), s.Again(s.Owner), space.Space{SectionID: s.Section.ID, Slug: "quiet", Name: "Quiet", Icon: "i-moon", Kind: space.Talk}))(t)
		a := s.own(standing.Topic, s.Newcomer)
		a.At = s.place(quiet.ID)
		s.earn(a)
		if s.points(s.Newcomer) != 0 || len(s.badges(s.Newcomer)) != 0 {
			t.Fatalf("%v points, badges %v", s.points(s.Newcomer), s.badges(s.Newcomer))
		}
		if s.count("worths", "cap = ?", standing.CapSpace) != 1 {
			t.Fatal("the act is not kept")
		}
		b := s.own(standing.Topic, s.Newcomer)
		b.At = s.place(s.Open.ID)
		s.earn(b)
		s.nearly(s.points(s.Newcomer), 5)
		if got := s.badges(s.Newcomer); !slices.Contains(got, "first-light") {
			t.Fatalf("badges %v", got)
		}
	})
}

func TestAVisitCountsOnceADayOfTheClub(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		visit := func() {
			t.Helper()
			s.Write(func(tx *store.Tx) error { return s.Standing.Visited(tx, s.Stranger.ID) })
		}
		before := s.points(s.Stranger)
		visit()
		visit()
		s.nearly(s.points(s.Stranger)-before, 1)
		s.Clock.Turn(day)
		before = s.points(s.Stranger)
		visit()
		s.nearly(s.points(s.Stranger)-before, 1)
	})
}

func TestLikeAndUnlikeIsBounded(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		a := s.got(standing.ReactionGot, s.Newcomer, s.Regular)
		s.earn(a)
		first := s.facts(s.Newcomer.ID).S
		for range 5 {
			s.Clock.Turn(10 * day)
			s.void(a)
			if got := s.facts(s.Newcomer.ID).S; got != 0 {
				t.Fatalf("S is %v with no line left", got)
			}
			s.earn(a)
		}
		s.nearly(s.facts(s.Newcomer.ID).S, first) // it counts again with its first date
	})
}

func TestDeleteAndPostAgainStaysUnderTheCapOfTheDay(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		for range 20 {
			a := s.own(standing.Topic, s.Newcomer)
			s.earn(a)
			s.Write(func(tx *store.Tx) error { return s.Standing.VoidOn(tx, a.On) })
		}
		if got := s.points(s.Newcomer); got != 0 {
			t.Fatalf("%v points for what is gone", got)
		}
		s.earn(s.own(standing.Topic, s.Newcomer))
		if got := s.points(s.Newcomer); got != 0 {
			t.Fatalf("%v points: a cap counts what was voided too", got)
		}
	})
}

func TestWhatGoesWithItsSubjectComesBackWithIt(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		post := s.own(standing.Reply, s.Newcomer)
		thanks, more := standing.Act{Kind: standing.ReactionGot, By: s.Newcomer.ID, From: s.Regular.ID, On: post.On}, standing.Act{Kind: standing.ReactionGot, By: s.Newcomer.ID, From: s.Paying.ID, On: post.On}
		other := s.own(standing.Reply, s.Newcomer)
		s.earn(post, other)
		s.earn(thanks, more)
		s.nearly(s.points(s.Newcomer), 8)
		s.Write(func(tx *store.Tx) error { return s.Standing.VoidOn(tx, post.On) })
		s.nearly(s.points(s.Newcomer), 3)
		s.void(more) // taken back meanwhile: it stays away
		s.Write(func(tx *store.Tx) error { return s.Standing.Revive(tx, post.On) })
		s.nearly(s.points(s.Newcomer), 7)
	})
}

func TestTimeNeverRunsBackInALedger(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Turn(40 * day)
		s.earn(s.own(standing.Topic, s.Newcomer))
		s.Clock.Turn(-40 * day)
		s.earn(s.own(standing.Topic, s.Newcomer))
		s.nearly(s.points(s.Newcomer), 10)
		if n := s.count("acts", "member_id = ? and at > ?", s.Newcomer.ID, s.Clock.Now()); n != 2 {
			t.Fatal("a line is earlier than the one before it")
		}
	})
}

func TestManyAtOnceAreOneAfterAnother(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for range 3 {
					err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
						return s.Standing.Earn(tx, s.own(standing.Reply, s.Newcomer), s.got(standing.ReactionGot, s.Stranger, s.Newcomer))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		s.nearly(s.points(s.Newcomer), 72)
		s.nearly(s.points(s.Stranger), 5)
	})
}

func TestTheEpochRisesOnlyWhenAKeyChanges(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.ScoreKey, Amount: 12}}}})
		rises := func(want bool, why string, change func()) {
			t.Helper()
			before := s.epoch(s.Stranger)
			change()
			if rose := s.epoch(s.Stranger) > before; rose != want {
				t.Fatalf("%s: rose is %v", why, rose)
			}
		}
		reply := s.own(standing.Reply, s.Stranger)
		rises(true, "a badge (a reply within a day of joining)", func() { s.earn(reply) })
		rises(false, "an act among others", func() { s.earn(s.own(standing.Reply, s.Stranger)) })
		rises(false, "an act that stands there already", func() { s.earn(reply) })
		last := s.own(standing.Reply, s.Stranger)
		rises(false, "another", func() { s.earn(last) })
		rises(true, "12 points, which a lock names", func() { s.earn(s.own(standing.Reply, s.Stranger)) })
		rises(true, "an act undone", func() { s.void(last) })
		rises(true, "an act taken up again", func() { s.earn(last) })
		rises(true, "another rung", func() {
			for range 6 {
				s.earn(s.own(standing.Reply, s.Stranger))
			}
		})
	})
}

func TestOnlyKindsOfTheCatalogueAreKept(t *testing.T) {
	s := clubtest.SQLite(t)
	err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
		return s.Standing.Earn(tx, standing.Act{Kind: "page read", By: s.Newcomer.ID})
	})
	if err == nil || problem.Of(err) != nil {
		t.Fatalf("got %v", err)
	}
}
