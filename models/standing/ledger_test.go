package standing_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

func group(l standing.Ledger, kind string) standing.Group {
	for _, g := range l.Groups {
		if g.Kind.Key == kind {
			return g
		}
	}
	return standing.Group{}
}

func TestALedgerSaysWhyAndAddsUp(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.earn(s.own(standing.Topic, s.Newcomer), s.own(standing.Message, s.Newcomer))
		s.Clock.Turn(180 * day) // one half-life
		s.earn(s.own(standing.Topic, s.Newcomer), s.own(standing.Message, s.Newcomer), s.got(standing.Accepted, s.Newcomer, s.Owner))
		l := clubtest.Must(s.Standing.Ledger(t.Context(), s.Again(s.Newcomer), s.Newcomer.ID))(t)
		for kind, want := range map[string]standing.Group{
			standing.Accepted: {Times: 1, Given: 250, Worth: 250},
			standing.Topic:    {Times: 2, Given: 100, Worth: 75},
			standing.Message:  {Times: 2, Given: 10, Worth: 8}, // 0.75, to a tenth
		} {
			got := group(l, kind)
			got.Kind = standing.Kind{}
			if got != want {
				t.Errorf("%s: %+v, want %+v", kind, got, want)
			}
		}
		// 33.25 is shown as 33: the tenths are 33.3, so the last line takes 0.3.
		if l.Score != 33 || l.Faded != -27 || l.Rounding != -3 || l.Behind.Times != 0 {
			t.Fatalf("ledger %+v", l)
		}
		if l.Groups[0].Kind.Words(1) != "Answer accepted" || l.Groups[0].Kind.Aside() != "answer accepted" || l.Groups[1].Kind.Words(2) != "Topics started" {
			t.Fatalf("groups %+v", l.Groups)
		}
	})
}

func TestALedgerIsForItsMemberAndTheOwners(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.earn(s.own(standing.Topic, s.Newcomer))
		for name, v := range s.Cast() {
			_, err := s.Standing.Ledger(t.Context(), v, s.Newcomer.ID)
			_, _, lines := s.Standing.Lines(t.Context(), v, s.Newcomer.ID, "")
			if name == "newcomer" || name == "owner" {
				clubtest.OK(t, err)
				clubtest.OK(t, lines)
				continue
			}
			clubtest.Refused(t, err, "Only the member and the owners")
			clubtest.Refused(t, lines, "Only the member and the owners")
		}
	})
}

func TestWhatIsBehindADoorIsInTheSumWithoutAName(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		cellar := s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		there, here := s.own(standing.Topic, s.Lapsed), s.own(standing.Reply, s.Lapsed)
		there.At, here.At = s.place(cellar.ID), s.place(s.Open.ID)
		s.earn(there, here)
		lines := func(v access.Viewer) (kinds []string) {
			t.Helper()
			found, _, err := s.Standing.Lines(t.Context(), v, s.Lapsed.ID, "")
			clubtest.OK(t, err)
			for _, l := range found {
				kinds = append(kinds, l.Kind.Key)
			}
			return kinds
		}
		if got := lines(s.Again(s.Owner)); len(got) != 2 {
			t.Fatalf("the owner reads %v", got)
		}
		if got := lines(s.Again(s.Lapsed)); len(got) != 1 || got[0] != standing.Reply {
			t.Fatalf("one who is outside reads %v", got)
		}
		own := clubtest.Must(s.Standing.Ledger(t.Context(), s.Again(s.Lapsed), s.Lapsed.ID))(t)
		if own.Score != 8 || len(own.Groups) != 1 || own.Behind != (standing.Group{Times: 1, Given: 50, Worth: 50}) {
			t.Fatalf("one who is outside sees %+v", own)
		}
		all := clubtest.Must(s.Standing.Ledger(t.Context(), s.Again(s.Owner), s.Lapsed.ID))(t)
		if all.Score != 8 || len(all.Groups) != 2 || all.Behind.Times != 0 {
			t.Fatalf("the owner sees %+v", all)
		}
	})
}

func TestLinesComeLatestFirstWithTheirWorthToday(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		a := s.got(standing.Accepted, s.Newcomer, s.Regular)
		s.earn(a)
		undone := s.own(standing.Topic, s.Newcomer)
		s.earn(undone)
		s.void(undone)
		s.Clock.Turn(180 * day)
		for range 12 {
			s.earn(s.own(standing.Message, s.Newcomer))
			s.Clock.Turn(time.Minute)
		}
		lines, next, err := s.Standing.Lines(t.Context(), s.Again(s.Newcomer), s.Newcomer.ID, "")
		clubtest.OK(t, err)
		if len(lines) != 12 || next != "" {
			t.Fatalf("%d lines: ten messages, the two past the cap, an answer", len(lines))
		}
		past, oldest := lines[0], lines[11]
		if past.Times != 2 || past.Weight != 0 || past.Cap != standing.CapDay || past.On != 0 || standing.CapWords(past.Cap) == "" {
			t.Fatalf("past the cap %+v", past)
		}
		if oldest.Kind.Key != standing.Accepted || oldest.From != s.Regular.ID || oldest.On != a.On || oldest.Weight != 25 || oldest.Worth > 12.5 || oldest.Worth < 12.49 {
			t.Fatalf("oldest %+v", oldest)
		}
	})
}

func TestLinesArePagedByKey(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		var acts []standing.Act
		for range 70 {
			acts = append(acts, s.own(standing.Invited, s.Newcomer))
		}
		for i := range acts {
			acts[i].From = s.Owner.ID
			if i%4 == 0 { // some share their instant
				s.Clock.Turn(day)
			}
			s.earn(acts[i])
		}
		seen := map[id.ID]int{}
		cursor, last := store.Cursor(""), s.Clock.Now()
		for {
			page, next, err := s.Standing.Lines(t.Context(), s.Again(s.Newcomer), s.Newcomer.ID, cursor)
			clubtest.OK(t, err)
			for _, l := range page {
				seen[l.On]++
				if l.At.After(last) {
					t.Fatal("not the latest first")
				}
				last = l.At
			}
			if cursor = next; next == "" {
				break
			}
		}
		if len(seen) != 70 {
			t.Fatalf("%d lines of 70", len(seen))
		}
		for _, n := range seen {
			if n != 1 {
				t.Fatal("a line is listed twice")
			}
		}
	})
}
