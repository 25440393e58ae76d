package standing_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// places is a board as "place name points", of the given people.
func places(b standing.Board, names map[id.ID]string) (lines []string) {
	for _, p := range b.Top {
		if name, ok := names[p.Member]; ok {
			lines = append(lines, fmt.Sprintf("%d %s %d", p.Place, name, p.Points))
		}
	}
	return lines
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("board %v, want %v", got, want)
	}
}

func TestWhoIsLevelSharesAPlace(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ada, bo, cy, di := s.Join("ada"), s.Join("bo"), s.Join("cy"), s.Join("di")
		names := map[id.ID]string{ada.ID: "ada", bo.ID: "bo", cy.ID: "cy", di.ID: "di"}
		s.Clock.Turn(40 * day) // a month of its own
		s.earn(s.answers(2, ada)...)
		s.earn(s.own(standing.Topic, bo), s.own(standing.Topic, cy), s.own(standing.Reply, di))
		s.earn(s.own(standing.Message, bo)) // 5.5, which is shown as 6
		s.earn(s.own(standing.Message, cy), s.own(standing.Message, cy))
		for name, board := range map[string]func() (standing.Board, error){
			"month": func() (standing.Board, error) { return s.Standing.Month(t.Context(), s.Again(di), 0, 10) },
			"week":  func() (standing.Board, error) { return s.Standing.Week(t.Context(), s.Again(di), 0, 10) },
		} {
			b := clubtest.Must(board())(t)
			equal(t, places(b, names), "1 ada 50", "2 cy 6", "2 bo 6", "4 di 3")
			if b.Own != (standing.Own{Points: 3, Place: 4, Listed: true}) {
				t.Fatalf("%s: own %+v", name, b.Own)
			}
		}
		b := clubtest.Must(s.Standing.AllTime(t.Context(), s.Again(bo), 100))(t)
		var last standing.Placed
		for i, p := range b.Top {
			if p.Points > last.Points && i > 0 || p.Points == last.Points && p.Place != last.Place || p.Points < last.Points && p.Place != int64(i+1) {
				t.Fatalf("top %+v", b.Top)
			}
			if p.Member == bo.ID && (p.Place != b.Own.Place || p.Points != b.Own.Points) {
				t.Fatalf("own %+v, on the board %+v", b.Own, p)
			}
			last = p
		}
		if b.Own.Place == 0 {
			t.Fatalf("own %+v", b.Own)
		}
	})
}

func TestEverybodyStartsLevelOnTheFirst(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Set(time.Date(2026, 7, 31, 22, 59, 0, 0, time.UTC)) // a minute before August in London
		s.earn(s.own(standing.Topic, s.Newcomer))
		b := clubtest.Must(s.Standing.Month(t.Context(), s.Again(s.Newcomer), 0, 10))(t)
		if b.Period != "2026-07" || b.Own.Points != 5 || b.Own.Place != 1 {
			t.Fatalf("in July %+v", b)
		}
		s.Clock.Turn(time.Minute)
		b = clubtest.Must(s.Standing.Month(t.Context(), s.Again(s.Newcomer), 0, 10))(t)
		if b.Period != "2026-08" || b.Own.Points != 0 || b.Own.Place != 0 || len(b.Top) != 0 {
			t.Fatalf("in August %+v", b)
		}
		b = clubtest.Must(s.Standing.Week(t.Context(), s.Again(s.Newcomer), 0, 10))(t)
		if b.Period != "2026-W31" || b.Own.Points != 5 {
			t.Fatalf("the week goes on: %+v", b)
		}
	})
}

func TestAnActUndoneLeavesTheBoards(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Turn(40 * day)
		a, b := s.own(standing.Topic, s.Newcomer), s.own(standing.Reply, s.Newcomer)
		a.At = s.place(s.Open.ID)
		s.earn(a, b)
		points := func(space id.ID) [2]int64 {
			t.Helper()
			month := clubtest.Must(s.Standing.Month(t.Context(), s.Again(s.Newcomer), space, 10))(t)
			week := clubtest.Must(s.Standing.Week(t.Context(), s.Again(s.Newcomer), space, 10))(t)
			return [2]int64{month.Own.Points, week.Own.Points}
		}
		if club, open := points(0), points(s.Open.ID); club != [2]int64{8, 8} || open != [2]int64{5, 5} {
			t.Fatalf("club %v, space %v", club, open)
		}
		s.Clock.Turn(time.Hour)
		s.void(a)
		if club, open := points(0), points(s.Open.ID); club != [2]int64{3, 3} || open != [2]int64{0, 0} {
			t.Fatalf("club %v, space %v after it is undone", club, open)
		}
		s.earn(a)
		if club, open := points(0), points(s.Open.ID); club != [2]int64{8, 8} || open != [2]int64{5, 5} {
			t.Fatalf("club %v, space %v after it is taken up again", club, open)
		}
	})
}

func TestStaffAndWhoOptedOutStandOutside(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		fay, gil := s.Join("fay"), s.Join("gil")
		names := map[id.ID]string{fay.ID: "fay", gil.ID: "gil", s.Owner.ID: "owner", s.Moderator.ID: "moderator"}
		s.Clock.Turn(40 * day)
		for _, v := range []access.Viewer{fay, gil, s.Owner, s.Moderator} {
			s.earn(s.own(standing.Topic, v))
		}
		boards := func(want ...string) {
			t.Helper()
			equal(t, places(clubtest.Must(s.Standing.Month(t.Context(), s.Again(fay), 0, 50))(t), names), want...)
			all := clubtest.Must(s.Standing.AllTime(t.Context(), s.Again(fay), 50))(t)
			all.Top = slices.DeleteFunc(all.Top, func(p standing.Placed) bool { return p.Member == s.Regular.ID }) // of the cast, above
			for i := range all.Top {
				all.Top[i].Place--
			}
			equal(t, places(all, names), want...)
		}
		relist := func(v access.Viewer, listed bool) {
			t.Helper()
			s.Write(func(tx *store.Tx) error { return s.Standing.Relist(tx, v.ID, listed) })
		}
		boards("1 fay 5", "1 gil 5")
		relist(gil, false)
		boards("1 fay 5")
		own := clubtest.Must(s.Standing.AllTime(t.Context(), s.Again(gil), 10))(t).Own
		if own != (standing.Own{Points: 5}) {
			t.Fatalf("one who opted out sees %+v", own)
		}
		s.earn(s.own(standing.Topic, gil)) // later points stay outside too
		boards("1 fay 5")
		relist(gil, true)
		boards("1 gil 10", "2 fay 5")
		clubtest.OK(t, s.Access.Seat(t.Context(), s.Again(s.Owner), s.Open.ID, gil.ID))
		relist(gil, true) // they want to, but keep a space now
		boards("1 fay 5")
		hal := s.Join("hal")
		relist(hal, false) // before their first act
		s.earn(s.own(standing.Topic, hal))
		boards("1 fay 5")
	})
}

func TestASpacesBoardIsForThoseInside(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		cellar := s.Space("Cellar", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		hidden := s.Space("Attic", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		for name, v := range s.Cast() {
			_, shut := s.Standing.Month(t.Context(), v, cellar.ID, 10)
			_, never := s.Standing.Week(t.Context(), v, hidden.ID, 10)
			switch name {
			case "paying", "owner":
				clubtest.OK(t, shut)
				clubtest.OK(t, never)
			case "guest":
				clubtest.Refused(t, shut, "Sign in")
			case "suspended":
				clubtest.Missing(t, shut)
			default:
				clubtest.Refused(t, shut, "opens with Patron")
				clubtest.Missing(t, never)
			}
		}
	})
}

func TestASilentSpaceIsOnNoBoard(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		quiet := clubtest.Must(s.Spaces.Add(t.Context(), s.Again(s.Owner), space.Space{SectionID: s.Section.ID, Slug: "quiet", Name: "Quiet", Icon: "i-moon", Kind: space.Talk}))(t)
		a := s.own(standing.Topic, s.Newcomer)
		a.At = s.place(quiet.ID)
		s.earn(a)
		if n := s.count("boards", "member_id = ?", s.Newcomer.ID); n != 0 {
			t.Fatalf("%d rows of boards", n)
		}
	})
}

func TestBelowAThousandAPlaceIsAShare(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		v := s.Newcomer
		s.earn(s.own(standing.Reply, v))
		s.Write(func(tx *store.Tx) error {
			edition, err := store.Value[id.ID](tx.Table("editions").Select("id"))
			if err != nil {
				return err
			}
			var members, rows []map[string]any
			for i := range 1299 {
				m := tx.NewID()
				members = append(members, map[string]any{
					"id": m, "number": 10_000 + i, "handle": fmt.Sprintf("crowd%d", i), "name": "C",
					"joined_at": tx.Now, "seen_at": tx.Now, "caught_up_at": tx.Now, "rules_at": tx.Now,
				})
				s0 := 1000.0
				if i >= 999 {
					s0 = 1
				}
				rows = append(rows, map[string]any{"edition_id": edition, "member_id": m, "s": s0, "acts": 1, "last_at": tx.Now, "since": tx.Now})
			}
			if err := tx.Table("members").Create(members).Error; err != nil {
				return err
			}
			return tx.Table("standings").Create(rows).Error
		})
		own := func() standing.Own { return clubtest.Must(s.Standing.AllTime(t.Context(), s.Again(v), 3))(t).Own }
		crowd, others := own(), s.count("standings", "listed and s > 100 and s < 999") // those of the cast who are above
		if crowd.Place != 0 || crowd.Share == 0 {
			t.Fatalf("own %+v with %d of the cast above", crowd, others)
		}
		all := s.count("standings", "listed and s > 0.5")
		if want := (999+others+1)*100/all + 1; crowd.Share != want {
			t.Fatalf("among the first %d of 100, want %d", crowd.Share, want)
		}
		s.Write(func(tx *store.Tx) error { return tx.Exec("update standings set listed = false where s >= 999").Error })
		if got := own(); got.Place != others+1 || got.Share != 0 {
			t.Fatalf("own %+v with %d above", got, others)
		}
	})
}
