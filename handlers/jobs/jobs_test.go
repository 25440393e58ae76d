package jobs_test

import (
	"bytes"
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/handlers/jobs"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/mailer"
	"guildhall/models/member"
)

// desk is a desk whose letters arrive in a box.
type desk struct {
	*jobs.Desk
	club *clubtest.Club
	box  *postbox.Box
	log  *bytes.Buffer
}

func open(t *testing.T, club *clubtest.Club) *desk {
	t.Helper()
	d := &desk{club: club, box: postbox.Open(t), log: &bytes.Buffer{}}
	mail := clubtest.Must(mailer.Open(d.box.URL(), "Northlight <club@example.org>"))(t)
	d.Desk = clubtest.Must(jobs.New(club.Club, mail, "https://club.example", slog.New(slog.NewTextHandler(d.log, nil))))(t)
	return d
}

// all does jobs until none is due.
func (d *desk) all(ctx context.Context) {
	for d.Once(ctx) {
	}
}

var linkIn = regexp.MustCompile(`https://club\.example/sign-in/link/([A-Za-z0-9_-]{43})`)

// secret is what the link of a letter holds, in both of its forms.
func secret(t *testing.T, l postbox.Letter) string {
	t.Helper()
	plain, dressed := linkIn.FindStringSubmatch(l.Text), linkIn.FindStringSubmatch(l.HTML)
	if plain == nil || dressed == nil || plain[1] != dressed[1] {
		t.Fatalf("no link in both forms of %q and %q", l.Text, l.HTML)
	}
	return plain[1]
}

func TestALinkIsMailedAndOpens(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		clubtest.OK(t, club.Members.SendLink(t.Context(), "hana@example.org", "/s/questions"))
		d.all(t.Context())
		got := d.box.Letters()
		if len(got) != 1 || got[0].To != "hana@example.org" || got[0].Header.Get("Subject") != "Your link to Northlight" {
			t.Fatalf("the box holds %+v", got)
		}
		out, err := club.Members.OpenLink(t.Context(), secret(t, got[0]), member.Hand{})
		clubtest.OK(t, err)
		if out.Arrival == "" || out.ReturnTo != "/s/questions" {
			t.Errorf("the link ended with %+v", out)
		}
		if strings.Contains(d.log.String(), secret(t, got[0])) {
			t.Error("the log holds the secret")
		}
	})
}

func TestEachPurposeHasItsLetter(t *testing.T) {
	club := clubtest.SQLite(t)
	d := open(t, club)
	clubtest.OK(t, club.Members.AddAddress(t.Context(), club.Regular, "rita@example.org", "/"))
	state, _, err := club.Members.Depart(t.Context(), "google", "b", "/", member.Visit{})
	clubtest.OK(t, err)
	j := clubtest.Must(club.Members.Return(t.Context(), "google", "b", state))(t)
	out, err := club.Members.ComeIn(t.Context(), j, member.Proof{Provider: "google", Subject: "1", Address: "hana@example.org"}, member.From{})
	clubtest.OK(t, err)
	clubtest.OK(t, club.Members.ProveAddress(t.Context(), out.Arrival))
	d.all(t.Context())
	var subjects []string
	for _, l := range d.box.Letters() {
		subjects = append(subjects, l.Header.Get("Subject"))
		secret(t, l)
	}
	if strings.Join(subjects, "; ") != "Confirm your address for Northlight; Is it you at Northlight?" {
		t.Errorf("letters: %q", subjects)
	}
}

func TestALetterIsTriedAgainAfterAWhile(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		d.box.Refuse(451)
		clubtest.OK(t, club.Members.SendLink(t.Context(), "hana@example.org", "/"))
		d.all(t.Context())
		if n := len(d.box.Letters()); n != 0 {
			t.Fatalf("%d letters came through a refusal", n)
		}
		club.Clock.Turn(time.Minute)
		d.all(t.Context())
		got := d.box.Letters()
		if len(got) != 1 {
			t.Fatalf("%d letters after the server had recovered", len(got))
		}
		_, err := club.Members.OpenLink(t.Context(), secret(t, got[0]), member.Hand{})
		clubtest.OK(t, err)
	})
}

func TestALetterRefusedForGoodIsLetGo(t *testing.T) {
	club := clubtest.SQLite(t)
	d := open(t, club)
	d.box.Refuse(550)
	clubtest.OK(t, club.Members.SendLink(t.Context(), "nobody@example.org", "/"))
	d.all(t.Context())
	club.Clock.Turn(time.Minute)
	d.all(t.Context())
	if n := len(d.box.Letters()); n != 0 || !strings.Contains(d.log.String(), "refused for good") {
		t.Errorf("%d letters; the log: %s", n, d.log)
	}
}

func TestWorkersShareTheWork(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
			clubtest.OK(t, club.Members.SendLink(t.Context(), name+"@example.org", "/"))
		}
		var workers sync.WaitGroup
		for range 4 {
			workers.Go(func() { d.all(t.Context()) })
		}
		workers.Wait()
		to := map[string]int{}
		for _, l := range d.box.Letters() {
			to[l.To]++
		}
		for name, n := range to {
			if n != 1 {
				t.Errorf("%s was sent %d letters", name, n)
			}
		}
		if len(to) != 6 {
			t.Errorf("letters went to %v", to)
		}
	})
}

func TestWorkersWakeWhenThereIsWorkAndEndWhenTold(t *testing.T) {
	club := clubtest.SQLite(t)
	d := open(t, club)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		d.Run(ctx, 2)
		close(ended)
	}()
	clubtest.OK(t, club.Members.SendLink(t.Context(), "hana@example.org", "/"))
	waiting, give := context.WithTimeout(t.Context(), time.Minute)
	defer give()
	d.box.Wait(waiting, 1)
	stop()
	<-ended
}

func TestWithoutAMailerLettersWait(t *testing.T) {
	club := clubtest.SQLite(t)
	none := clubtest.Must(jobs.New(club.Club, nil, "https://club.example", slog.New(slog.DiscardHandler)))(t)
	clubtest.OK(t, club.Members.SendLink(t.Context(), "hana@example.org", "/"))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	none.Run(ctx, 2)
	d := open(t, club)
	d.all(t.Context())
	if n := len(d.box.Letters()); n != 1 {
		t.Errorf("%d letters once there was a mailer", n)
	}
}
