package jobs

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// One job that panics and one that fails stop neither the worker nor each other, and are put off.
func TestAPoisonedJobHarmsNoOther(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := New(club.Club, nil, "https://club.example", slog.New(slog.DiscardHandler))
		done := map[string]int{}
		d.kinds = map[string]func(context.Context, queue.Job) error{
			"test.panics": func(context.Context, queue.Job) error { done["panics"]++; panic("poison") },
			"test.fails":  func(context.Context, queue.Job) error { done["fails"]++; return errors.New("no") },
			"test.works":  func(context.Context, queue.Job) error { done["works"]++; return nil },
		}
		d.names = []string{"test.fails", "test.panics", "test.works"}
		club.Write(func(tx *store.Tx) error {
			for _, kind := range d.names {
				if err := queue.Add(tx, queue.Work{Kind: kind, Payload: struct{}{}}); err != nil {
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
