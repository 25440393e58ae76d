package jobs

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/preview"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// One job that panics and one that fails stop neither the worker nor each other, and are put off.
func TestAPoisonedJobHarmsNoOther(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := clubtest.Must(New(club.Club, nil, "https://club.example", slog.New(slog.DiscardHandler)))(t)
		done := map[string]int{}
		line := d.declared.jobs[member.MailLink]
		line.do = func(_ *Desk, _ context.Context, j queue.Job) error {
			var what string
			clubtest.OK(t, j.Read(&what))
			switch done[what]++; what {
			case "panics":
				panic("poison")
			case "fails":
				return errors.New("no")
			}
			return nil
		}
		d.declared.jobs[member.MailLink], d.kinds = line, []queue.Kind{member.MailLink}
		club.Write(func(tx *store.Tx) error {
			for _, what := range []string{"fails", "panics", "works"} {
				if err := queue.Add(tx, queue.Work{Kind: member.MailLink, Payload: what}); err != nil {
					return err
				}
			}
			return nil
		})
		for d.Once(t.Context()) {
		}
		if done["panics"] != 1 || done["fails"] != 1 || done["works"] != 1 {
			t.Errorf("done at once: %v", done)
		}
		club.Clock.Turn(time.Minute)
		for d.Once(t.Context()) {
		}
		if done["panics"] != 2 || done["fails"] != 2 || done["works"] != 1 {
			t.Errorf("done after a minute: %v", done)
		}
	})
}

// A job that ends its worker each time it is tried is given up like one that fails each time.
func TestAJobThatEndsItsWorkersIsGivenUp(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		kinds := []queue.Kind{member.MailLink}
		club.Write(func(tx *store.Tx) error {
			return queue.Add(tx, queue.Work{Kind: member.MailLink, Payload: "deadly"})
		})
		taken := 0
		for range queue.MaxAttempts + 3 {
			_, ok, err := club.Queue.Take(t.Context(), kinds)
			clubtest.OK(t, err)
			if ok {
				taken++
			}
			club.Clock.Turn(queue.Lease + time.Second)
		}
		if taken != queue.MaxAttempts {
			t.Errorf("it was tried %d times", taken)
		}
		clubtest.OK(t, club.Queue.Sweep(t.Context()))
		var state string
		clubtest.OK(t, club.Store.Read(t.Context()).Raw("select state from jobs where kind = ?", member.MailLink.String()).Scan(&state).Error)
		if state != "dead" {
			t.Errorf("it is %s, and nobody sees it", state)
		}
	})
}

// Work for a server that answers nothing keeps nobody else's work waiting, however much there is of it.
func TestSlowServersOutsideHoldNobodyUp(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := clubtest.Must(New(club.Club, nil, "https://club.example", slog.New(slog.DiscardHandler)))(t)
		slow := d.declared.jobs[preview.Ask]
		ctx, stop := context.WithCancel(t.Context())
		held, done := make(chan struct{}, 8), make(chan queue.Kind, 8)
		slow.do = func(_ *Desk, ctx context.Context, _ queue.Job) error {
			held <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		}
		d.declared.jobs[preview.Ask] = slow
		others := []queue.Kind{preview.Redraw, notify.Pushed}
		for _, kind := range others {
			other := d.declared.jobs[kind]
			other.do = func(*Desk, context.Context, queue.Job) error { done <- kind; return nil }
			d.declared.jobs[kind] = other
		}
		d.lanes = lanesOf(append(others, preview.Ask))
		ended := make(chan struct{})
		go func() { defer close(ended); d.Run(ctx, 2) }()
		defer func() { stop(); <-ended }()

		club.Write(func(tx *store.Tx) error {
			ask := queue.Work{Kind: preview.Ask, Payload: "1"}
			return queue.Add(tx, ask, ask, ask, ask)
		})
		for range 2 {
			<-held
		}
		for _, kind := range others {
			club.Write(func(tx *store.Tx) error { return queue.Add(tx, queue.Work{Kind: kind, Payload: 0}) })
			select {
			case got := <-done:
				if got != kind {
					t.Errorf("%s was done, and not %s", got, kind)
				}
			case <-time.After(time.Minute):
				t.Fatalf("%s waits for pages outside", kind)
			}
		}
	})
}
