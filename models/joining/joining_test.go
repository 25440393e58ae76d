package joining_test

import (
	"math"
	"sync"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/joining"
	"guildhall/models/store"
)

func use(t *testing.T, club *clubtest.Club, secret string, guest id.ID) (by id.ID) {
	t.Helper()
	club.Write(func(tx *store.Tx) (err error) {
		by, err = club.Joining.Use(tx, secret, guest)
		return err
	})
	return by
}

func score(t *testing.T, club *clubtest.Club, m id.ID) float64 {
	t.Helper()
	return clubtest.Must(club.Standing.Facts(club.Store.Read(t.Context()), m, club.Clock.Now()))(t).Score(club.Clock.Now())
}

// TestTheLastUseHasOneWinner in fifty tries at once.
func TestTheLastUseHasOneWinner(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		_, secret, err := club.Joining.Invite(t.Context(), club.Regular, 1, 7)
		clubtest.OK(t, err)
		before := score(t, club, club.Regular.ID)
		guest := club.Join("guest").ID
		var wait sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 50 {
			wait.Go(func() {
				err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
					by, err := club.Joining.Use(tx, secret, guest)
					if err == nil && by == club.Regular.ID {
						mu.Lock()
						won++
						mu.Unlock()
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if won != 1 {
			t.Fatalf("%d came in by one use", won)
		}
		if got := score(t, club, club.Regular.ID); math.Abs(got-before-10) > 1e-9 {
			t.Fatalf("the host earned %v", got-before)
		}
		card := clubtest.Must(club.Standing.Of(t.Context(), club.Regular.ID))(t)
		for _, b := range card.Badges {
			if b.Name == "Open door" {
				return
			}
		}
		t.Fatal("no badge for the first guest")
	})
}

func TestADeadLinkNamesNobodyAndBringsNobody(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		i, withdrawn, err := club.Joining.Invite(t.Context(), club.Regular, 5, 7)
		clubtest.OK(t, err)
		_, timed, err := club.Joining.Invite(t.Context(), club.Regular, 5, 1)
		clubtest.OK(t, err)
		_, kept, err := club.Joining.Invite(t.Context(), club.Paying, 5, 7)
		clubtest.OK(t, err)
		for _, secret := range []string{withdrawn, timed, kept} {
			clubtest.Must(club.Joining.Look(t.Context(), secret))(t)
		}
		clubtest.Missing(t, club.Joining.Withdraw(t.Context(), club.Newcomer, i.ID))
		clubtest.OK(t, club.Joining.Withdraw(t.Context(), club.Regular, i.ID))
		club.Suspend(club.Paying.ID, "For the test.")
		club.Clock.Turn(24 * time.Hour)
		guest := club.Join("guest").ID
		_, never := club.Joining.Look(t.Context(), "never")
		clubtest.Missing(t, never)
		for what, secret := range map[string]string{"withdrawn": withdrawn, "expired": timed, "of a suspended host": kept} {
			_, err := club.Joining.Look(t.Context(), secret)
			if err == nil || err.Error() != never.Error() {
				t.Errorf("%s: %v", what, err)
			}
			if by := use(t, club, secret, guest); by != 0 {
				t.Errorf("%s: brought somebody in", what)
			}
		}
		_, _, err = club.Joining.Invite(t.Context(), club.Suspended, 1, 1)
		clubtest.Refused(t, err, "cannot invite")
	})
}

func TestInvitationsAreBounded(t *testing.T) {
	club := clubtest.SQLite(t)
	for _, c := range [][2]int{{0, 1}, {joining.MaxUses + 1, 1}, {1, 0}, {1, joining.MaxDays + 1}} {
		if _, _, err := club.Joining.Invite(t.Context(), club.Regular, c[0], c[1]); err == nil {
			t.Errorf("%d uses for %d days", c[0], c[1])
		}
	}
	for range 10 {
		_, _, err := club.Joining.Invite(t.Context(), club.Regular, 1, 1)
		clubtest.OK(t, err)
	}
	_, _, err := club.Joining.Invite(t.Context(), club.Regular, 1, 1)
	clubtest.Refused(t, err, "10 open invitations")
	club.Clock.Turn(25 * time.Hour)
	_, _, err = club.Joining.Invite(t.Context(), club.Regular, 1, 1)
	clubtest.OK(t, err)
}
