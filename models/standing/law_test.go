package standing_test

import (
	"flag"
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// TestTheScoreIsTheFoldOfTheLedger: whatever is earned, undone, removed and brought back, in any
// order and with a clock that goes both ways, the score is what the lines add up to; the ledger
// page adds up to it, and what is kept beside the lines agrees with them.
func TestTheScoreIsTheFoldOfTheLedger(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		zone := clubtest.Must(time.LoadLocation("Europe/London"))(t)
		quiet := clubtest.Must(s.Spaces.Add(t.Context(), s.Again(s.Owner), space.Space{SectionID: s.Section.ID, Slug: "quiet", Name: "Quiet", Icon: "i-moon", Kind: space.Talk}))(t)
		places := []access.Place{{}, s.place(s.Open.ID), s.place(quiet.ID)}
		if s.Store.Dialect() == "postgres" { // the arithmetic is that of SQLite; what may differ shows in fewer rounds
			checks := flag.Lookup("rapid.checks").Value.String()
			clubtest.OK(t, flag.Set("rapid.checks", "25"))
			defer func() { clubtest.OK(t, flag.Set("rapid.checks", checks)) }()
		}
		base, round := s.Clock.Now(), 0
		rapid.Check(t, func(t *rapid.T) {
			round++
			s.Clock.Set(base)
			write := func(fn func(tx *store.Tx) error) {
				if err := s.Store.Write(s.t.Context(), fn); err != nil {
					t.Fatal(err)
				}
			}
			people := make([]id.ID, 3)
			write(func(tx *store.Tx) error {
				for i := range people {
					m, err := member.Join(tx, member.Newcomer{Profile: member.Profile{Handle: fmt.Sprintf("r%dp%d", round, i), Name: "R", Zone: "UTC"}})
					if err != nil {
						return err
					}
					people[i] = m.ID
				}
				return nil
			})
			b := &told{last: map[id.ID]time.Time{}}
			person := rapid.SampledFrom(people)
			earn := func(a standing.Act) {
				write(func(tx *store.Tx) error { return s.Standing.Earn(tx, a) })
				b.earn(a, s.Clock.Now(), zone, quiet.ID)
			}
			known := func(t *rapid.T) *toldLine {
				if len(b.lines) == 0 {
					t.Skip("nothing yet")
				}
				return rapid.SampledFrom(b.lines).Draw(t, "line")
			}
			t.Repeat(map[string]func(*rapid.T){
				"earn": func(t *rapid.T) {
					a := standing.Act{Kind: rapid.SampledFrom([]string{standing.Topic, standing.Reply, standing.Message}).Draw(t, "kind"), By: person.Draw(t, "by"), On: s.Store.NewID(), At: rapid.SampledFrom(places).Draw(t, "at")}
					earn(a)
				},
				"thank": func(t *rapid.T) {
					a := standing.Act{Kind: rapid.SampledFrom([]string{standing.ReactionGot, standing.ReactionGot, standing.Accepted}).Draw(t, "kind"), By: person.Draw(t, "by"), From: person.Draw(t, "from"), On: s.Store.NewID()}
					if len(b.lines) > 0 && rapid.Bool().Draw(t, "on something known") {
						a.On = rapid.SampledFrom(b.lines).Draw(t, "line").act.On
					}
					earn(a)
				},
				"thank a lot": func(t *rapid.T) {
					by, from := person.Draw(t, "by"), person.Draw(t, "from")
					var acts []standing.Act
					for range 6 {
						acts = append(acts, standing.Act{Kind: standing.ReactionGot, By: by, From: from, On: s.Store.NewID()})
					}
					write(func(tx *store.Tx) error { return s.Standing.Earn(tx, acts...) })
					for _, a := range acts {
						b.earn(a, s.Clock.Now(), zone, quiet.ID)
					}
				},
				"again": func(t *rapid.T) { earn(known(t).act) },
				"void": func(t *rapid.T) {
					l := known(t)
					write(func(tx *store.Tx) error { return s.Standing.Void(tx, l.act.Kind, l.act.From, l.act.On, l.act.By) })
					l.voided, l.with = true, false
				},
				"remove": func(t *rapid.T) {
					on := known(t).act.On
					write(func(tx *store.Tx) error { return s.Standing.VoidOn(tx, on) })
					for _, l := range b.lines {
						if l.act.On == on && !l.voided {
							l.voided, l.with = true, true
						}
					}
				},
				"restore": func(t *rapid.T) {
					on := known(t).act.On
					write(func(tx *store.Tx) error { return s.Standing.Revive(tx, on) })
					for _, l := range b.lines {
						if l.act.On == on && l.with {
							l.voided, l.with = false, false
						}
					}
				},
				"wait": func(t *rapid.T) {
					s.Clock.Turn(time.Duration(rapid.IntRange(1, 40*24*60).Draw(t, "minutes")) * time.Minute)
				},
				"turn back": func(t *rapid.T) {
					s.Clock.Turn(-time.Duration(rapid.IntRange(1, 3*24*60).Draw(t, "minutes")) * time.Minute)
				},
				"": func(t *rapid.T) {
					for _, m := range people {
						facts, err := s.Standing.Facts(s.Store.Read(s.t.Context()), m, s.Clock.Now())
						if err != nil {
							t.Fatal(err)
						}
						want, lines := b.score(m, s.Clock.Now())
						got := facts.Score(s.Clock.Now())
						if math.Abs(got-want) > 1e-9*want {
							t.Fatalf("score %v, the lines add up to %v", got, want)
						}
						if lines == 0 && facts.S != 0 {
							t.Fatalf("no line counts, and S is %v", facts.S)
						}
					}
				},
			})
			addsUp(t, s, people)
		})
		worst, members, err := s.Standing.Recount(t.Context())
		clubtest.OK(t, err)
		if worst > 1e-9 || members < round {
			t.Fatalf("recounted %d members of %d rounds: off by %v", members, round, worst)
		}
	})
}

// addsUp holds every ledger's two columns to the score that is shown.
func addsUp(t *rapid.T, s *stage, people []id.ID) {
	for _, m := range people {
		v, err := s.Members.Viewer(s.t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Standing.Ledger(s.t.Context(), v, m)
		if err != nil {
			t.Fatal(err)
		}
		card, err := s.Standing.Of(s.t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		given, worth := l.Behind.Given+l.Faded+l.Rounding, l.Behind.Worth+l.Rounding
		for _, g := range l.Groups {
			given, worth = given+g.Given, worth+g.Worth
		}
		whole := standing.Points(10 * card.Score)
		if l.Score != card.Score || given != whole || worth != whole {
			t.Fatalf("shown %d, ledger says %d and adds up to %v and %v: %+v", card.Score, l.Score, given, worth, l)
		}
		if most := standing.Points(5 + len(l.Groups)); l.Rounding > most || l.Rounding < -most {
			t.Fatalf("the last line hides %v", l.Rounding)
		}
	}
}

// TestADriftIsFound: the law above would say nothing if Recount saw nothing.
func TestADriftIsFound(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.earn(s.own(standing.Topic, s.Newcomer), s.own(standing.Reply, s.Stranger))
		recount := func() float64 {
			worst, _, err := s.Standing.Recount(t.Context())
			clubtest.OK(t, err)
			return worst
		}
		if off := recount(); off > 1e-9 {
			t.Fatalf("off by %v", off)
		}
		for _, change := range []string{
			"update standings set s = s * 1.000001 where member_id = ?",
			"update folds set s = s * 1.000001 where member_id = ?",
			"update boards set points = points * 1.000001 where member_id = ?",
			"update worths set weight = weight * 1.000001 where act_id in (select id from acts where member_id = ?)",
		} {
			err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
				if err := tx.Exec(change, s.Newcomer.ID).Error; err != nil {
					return err
				}
				worst, _, err := s.Standing.Recount(tx.Context())
				if err != nil {
					return err
				}
				if worst < 1e-7 || worst > 1e-5 {
					t.Errorf("%s: off by %v", change, worst)
				}
				return store.ErrNotFound // undo it
			})
			if err != store.ErrNotFound {
				t.Fatal(err)
			}
		}
	})
}
