package standing_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// badge finds one of the ten.
func (s *stage) badge(key string) standing.Badge {
	s.t.Helper()
	all := clubtest.Must(s.Standing.Badges(s.t.Context()))(s.t)
	i := slices.IndexFunc(all, func(b standing.Badge) bool { return b.Key == key })
	if i < 0 {
		s.t.Fatalf("no badge %q", key)
	}
	return all[i]
}

// wins holds that a badge is not there before the last of the acts, and is after it.
func (s *stage) wins(key string, v access.Viewer, acts ...standing.Act) {
	s.t.Helper()
	s.earn(acts[:len(acts)-1]...)
	if slices.Contains(s.badges(v), key) {
		s.t.Fatalf("%s is won before its last act", key)
	}
	s.said = nil
	s.earn(acts[len(acts)-1])
	if !slices.Contains(s.badges(v), key) {
		s.t.Fatalf("%s is not won: %v", key, s.badges(v))
	}
	g := s.badge(key)
	want := standing.BadgeWon{Member: v.ID, Badge: g.ID, Name: g.Name, Icon: g.Icon, Words: g.Words}
	if got := said[standing.BadgeWon](s); !slices.Contains(got, want) {
		s.t.Fatalf("said %+v", got)
	}
	if g.Holders < 1 {
		s.t.Fatalf("%s has %d holders", key, g.Holders)
	}
}

func times(n int, act func() standing.Act) (acts []standing.Act) {
	for range n {
		acts = append(acts, act())
	}
	return acts
}

func TestEachBadgeIsWonByItsRule(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Turn(2 * day) // nobody is new any more
		v := s.Newcomer
		own := func(kind string) func() standing.Act { return func() standing.Act { return s.own(kind, v) } }
		s.wins("first-light", v, s.own(standing.Topic, v))
		s.wins("good-company", v, times(10, own(standing.Reply))...)
		s.wins("good-answer", v, s.got(standing.Accepted, v, s.Owner))
		s.wins("well-solved", v, s.answers(3, v)...)
		s.wins("open-door", v, s.got(standing.Invited, v, s.Stranger))

		var thanks []standing.Act
		for i := range 10 {
			thanks = append(thanks, s.got(standing.ReactionGot, v, s.Join("giver"+string(rune('a'+i)))))
		}
		s.wins("warmly-thanked", v, slices.Concat(thanks[:9], []standing.Act{s.again(thanks[0])}, thanks[9:])...)

		for range 2 {
			s.earn(times(12, own(standing.Message))...) // two of each day are past the cap
			s.Clock.Turn(day)
		}
		s.wins("fireside", v, times(10, own(standing.Message))...)
		if slices.Contains(s.badges(v), "straight-in") {
			t.Fatal("straight in, two days late")
		}
	})
}

// again is another act of the same kind by the same people.
func (s *stage) again(a standing.Act) standing.Act {
	a.On = s.Store.NewID()
	return a
}

func TestABadgeOfTheFirstDay(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		quick, slow := s.Join("quick"), s.Join("slow")
		s.Clock.Turn(23 * time.Hour)
		s.wins("straight-in", quick, s.own(standing.Reply, quick))
		s.Clock.Turn(2 * time.Hour)
		s.earn(s.own(standing.Topic, slow))
		if got := s.badges(slow); slices.Contains(got, "straight-in") {
			t.Fatalf("badges %v", got)
		}
	})
}

func TestAStreakIsOfDaysInARow(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		v := s.Join("daily")
		visit := standing.Act{Kind: standing.Visit, By: v.ID}
		for range 6 {
			s.earn(visit)
			s.Clock.Turn(day)
		}
		s.Clock.Turn(day) // one day missed
		for range 6 {
			s.earn(visit)
			s.Clock.Turn(day)
		}
		if got := s.badges(v); slices.Contains(got, "second-light") {
			t.Fatal("twelve days with a gap are no seven in a row")
		}
		s.wins("second-light", v, visit)
	})
}

func TestUndoneActsWinNoBadge(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Turn(2 * day)
		acts := times(9, func() standing.Act { return s.own(standing.Reply, s.Newcomer) })
		s.earn(acts...)
		s.void(acts[0])
		s.earn(s.own(standing.Reply, s.Newcomer))
		if got := s.badges(s.Newcomer); len(got) != 0 {
			t.Fatalf("badges %v for nine replies", got)
		}
		s.wins("good-company", s.Newcomer, acts[0]) // taken up again
		s.void(acts[1])
		if got := s.badges(s.Newcomer); !slices.Contains(got, "good-company") {
			t.Fatalf("badges %v: one that was won is kept", got)
		}
	})
}

func TestABadgeOfASpaceCountsWhatIsDoneThere(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Turn(2 * day)
		cellar := s.Space("Cellar", nil)
		s.Write(func(tx *store.Tx) error {
			space := cellar.ID
			g := standing.Badge{ID: tx.NewID(), Position: 11, Key: "cellar", Name: "Cellar hand", Words: "Two replies in the cellar.", Icon: "i-key", Rule: standing.RuleCount, Kinds: standing.Reply, Amount: 2, SpaceID: &space}
			if err := tx.Create(&g).Error; err != nil {
				return err
			}
			return tx.Exec("update editions set stamp = ?", tx.NewID()).Error
		})
		there := func(space id.ID) standing.Act {
			a := s.own(standing.Reply, s.Newcomer)
			a.At = s.place(space)
			return a
		}
		s.wins("cellar", s.Newcomer, there(cellar.ID), there(s.Open.ID), s.own(standing.Reply, s.Newcomer), there(cellar.ID))
	})
}

func TestABadgeIsGivenByHandByOwnersOnly(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		g := s.badge("house-thanks")
		door := s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.BadgeKey, Ref: g.ID}}}})
		owner := s.Again(s.Owner)
		clubtest.Refused(t, s.Standing.Hand(t.Context(), s.Again(s.Moderator), g.ID, s.Newcomer.ID, "Kind."), "owners")
		clubtest.Refused(t, s.Standing.Hand(t.Context(), owner, g.ID, s.Newcomer.ID, " "), "Say why")
		clubtest.Refused(t, s.Standing.Hand(t.Context(), owner, s.badge("first-light").ID, s.Newcomer.ID, "Kind."), "earned, never given")
		clubtest.Missing(t, s.Standing.Hand(t.Context(), owner, s.Store.NewID(), s.Newcomer.ID, "Kind."))
		clubtest.Missing(t, s.Standing.Hand(t.Context(), owner, g.ID, s.Store.NewID(), "Kind."))
		if len(s.badges(s.Newcomer)) != 0 {
			t.Fatal("a refusal gave a badge")
		}
		clubtest.Refused(t, s.Again(s.Newcomer).CanEnter(door.ID), "House thanks")
		s.said = nil
		for range 2 {
			clubtest.OK(t, s.Standing.Hand(t.Context(), owner, g.ID, s.Newcomer.ID, "For carrying chairs."))
		}
		if got := said[standing.BadgeWon](s); len(got) != 1 || got[0].Name != "House thanks" {
			t.Fatalf("said %+v", got)
		}
		clubtest.OK(t, s.Again(s.Newcomer).CanEnter(door.ID))
		holders, next, err := s.Standing.Holders(t.Context(), g.ID, "")
		clubtest.OK(t, err)
		if len(holders) != 1 || next != "" || holders[0].MemberID != s.Newcomer.ID || *holders[0].GivenBy != owner.ID {
			t.Fatalf("holders %+v", holders)
		}
		clubtest.OK(t, s.Standing.TakeBack(t.Context(), owner, g.ID, s.Newcomer.ID))
		clubtest.Refused(t, s.Again(s.Newcomer).CanEnter(door.ID), "House thanks")
		if n := s.count("audits", "subject_id = ? and what like 'badge.%'", s.Newcomer.ID); n != 2 {
			t.Fatalf("%d audit lines", n)
		}
	})
}

func TestHoldersArePagedByKey(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		var acts []standing.Act
		for i := range 70 {
			acts = append(acts, s.own(standing.Topic, s.Join("many"+string(rune('a'+i/26))+string(rune('a'+i%26)))))
		}
		s.earn(acts...)
		seen := map[id.ID]bool{}
		cursor, pages := store.Cursor(""), 0
		for {
			page, next, err := s.Standing.Holders(t.Context(), s.badge("first-light").ID, cursor)
			clubtest.OK(t, err)
			for _, h := range page {
				seen[h.MemberID] = true
			}
			if pages++; next == "" {
				break
			}
			cursor = next
		}
		if len(seen) != 70 || pages != 2 {
			t.Fatalf("%d holders on %d pages", len(seen), pages)
		}
	})
}

func TestEveryBadgeHasAPictureAndEveryRuleItsBadge(t *testing.T) {
	s := &stage{Club: clubtest.SQLite(t), t: t}
	icons, err := os.ReadFile("../../static/icons.svg")
	clubtest.OK(t, err)
	rules := map[string]bool{}
	all := clubtest.Must(s.Standing.Badges(t.Context()))(t)
	for _, g := range all {
		rules[g.Rule] = true
		if !strings.Contains(string(icons), `id="`+g.Icon+`"`) {
			t.Errorf("%s: there is no icon %s", g.Name, g.Icon)
		}
		if g.Tone < 0 || g.Tone > 11 || !strings.HasSuffix(g.Words, ".") {
			t.Errorf("badge %+v", g)
		}
	}
	if len(all) != 10 || len(rules) != 6 {
		t.Fatalf("%d badges with rules %v", len(all), rules)
	}
}
