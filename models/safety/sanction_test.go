package safety_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/notify"
	"guildhall/models/safety"
)

func TestAWarningIsToldWithItsReason(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		clubtest.Refused(t, s.Safety.Warn(ctx, s.Moderator, s.Newcomer.ID, "Be kind."), "Only the owners")
		clubtest.Refused(t, s.Safety.Warn(ctx, s.Owner, s.Owner.ID, "Be kind."), "about yourself")
		clubtest.Refused(t, s.Safety.Warn(ctx, s.Owner, s.Newcomer.ID, "  "), "Say why")
		clubtest.Refused(t, s.Safety.Warn(ctx, s.Owner, s.Newcomer.ID, strings.Repeat("x", 501)), "at most 500")
		clubtest.Missing(t, s.Safety.Warn(ctx, s.Owner, s.Store.NewID(), "Be kind."))
		if n := s.audited(t, "member.warned"); n != 0 {
			t.Fatalf("%d refused warnings were written down", n)
		}

		clubtest.OK(t, s.Bell.Block(ctx, s.Newcomer, s.Owner.ID)) // staff speak all the same
		clubtest.OK(t, s.Safety.Warn(ctx, s.Owner, s.Newcomer.ID, " Be kind. "))
		notes, _, err := s.Home.Notes(ctx, s.Again(s.Newcomer), "", 10)
		clubtest.OK(t, err)
		if len(notes) != 1 || notes[0].Kind != notify.Warned || notes[0].Title != "Be kind." || notes[0].ActorID != nil {
			t.Fatalf("told %+v", notes)
		}
		if n := s.audited(t, "member.warned"); n != 1 {
			t.Fatalf("%d lines of it", n)
		}
		if s.told(t, s.Regular)[notify.Warned] != 0 {
			t.Error("somebody else was told")
		}
		clubtest.OK(t, s.Again(s.Newcomer).CanStart(s.Open.ID)) // a warning takes nothing away
		if all := clubtest.Must(s.Access.Sanctions(ctx, s.Owner, s.Newcomer.ID))(t); len(all) != 1 || all[0].Kind != access.Warned || all[0].Holds(s.Clock.Now()) {
			t.Errorf("the record is %+v", all)
		}
		_, err = s.Access.Sanctions(ctx, s.Again(s.Moderator), s.Newcomer.ID)
		clubtest.Refused(t, err, "Only the owners")
	})
}

func TestASuspensionHoldsBetweenItsInstants(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		v := s.Again(s.Newcomer)
		clubtest.OK(t, v.CanStart(s.Open.ID))
		until := s.Clock.Now().Add(time.Hour)
		past := s.Clock.Now()
		clubtest.Refused(t, s.Safety.Suspend(ctx, s.Moderator, v.ID, &until, "Selling."), "Only the owners")
		clubtest.Refused(t, s.Safety.Suspend(ctx, s.Owner, s.Owner.ID, &until, "Selling."), "yourself")
		clubtest.Refused(t, s.Safety.Suspend(ctx, s.Owner, v.ID, &past, "Selling."), "past")
		clubtest.Refused(t, s.Safety.Suspend(ctx, s.Owner, v.ID, &until, ""), "Say why")
		clubtest.OK(t, s.Again(v).CanStart(s.Open.ID))

		clubtest.OK(t, s.Safety.Suspend(ctx, s.Owner, v.ID, &until, "Selling."))
		now := s.Again(v)
		why, ends, yes := now.Suspended()
		if !yes || why != "Selling." || !ends.Equal(until) || len(now.Seen()) != 0 {
			t.Fatalf("suspended %v for %q until %v", yes, why, ends)
		}
		s.Clock.Turn(time.Hour - time.Microsecond)
		if s.Again(v).CanStart(s.Open.ID) == nil {
			t.Error("it ended too early")
		}
		s.Clock.Turn(time.Microsecond)
		clubtest.OK(t, s.Again(v).CanStart(s.Open.ID))
		clubtest.Refused(t, s.Safety.Lift(ctx, s.Owner, v.ID), "no longer")

		clubtest.OK(t, s.Safety.Suspend(ctx, s.Owner, v.ID, &[]time.Time{s.Clock.Now().Add(time.Hour)}[0], "Again."))
		clubtest.OK(t, s.Safety.Suspend(ctx, s.Owner, v.ID, nil, "For good."))
		if why, ends, yes := s.Again(v).Suspended(); !yes || why != "For good." || !ends.IsZero() {
			t.Errorf("the later suspension does not hold: %v %q %v", yes, why, ends)
		}
		clubtest.Refused(t, s.Safety.Lift(ctx, s.Moderator, v.ID), "Only the owners")
		clubtest.OK(t, s.Safety.Lift(ctx, s.Owner, v.ID))
		clubtest.OK(t, s.Again(v).CanStart(s.Open.ID))
		for what, want := range map[string]int64{"member.suspended": 3, "member.lifted": 1} {
			if n := s.audited(t, what); n != want {
				t.Errorf("%s was written down %d times", what, n)
			}
		}
	})
}

// Nobody decides about an owner, and an owner who is suspended all the same owns nothing meanwhile.
func TestOwnersAreBeyondSanctions(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		second := s.owned(s.Join("olaf"))
		clubtest.Refused(t, s.Safety.Warn(ctx, s.Owner, second.ID, "r"), "an owner of the club")
		clubtest.Refused(t, s.Safety.Suspend(ctx, s.Owner, second.ID, nil, "r"), "an owner of the club")
		clubtest.Refused(t, s.Safety.Lift(ctx, s.Owner, second.ID), "an owner of the club")
		clubtest.Refused(t, s.Safety.Remove(ctx, s.Owner, second.ID, safety.Removal{Typed: "olaf", Reason: "r"}), "an owner of the club")
		clubtest.OK(t, s.Again(second).CanOwn())
	})
}
