package jobs

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
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
