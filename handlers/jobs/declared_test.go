package jobs

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"guildhall/handlers/ways"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/mailer"
	"guildhall/models/member"
	"guildhall/models/queue"
	"guildhall/views/letters"
)

// Work and letters that are not declared, or not whole, stop the program, and it says where.
func TestAJobAndALetterSayAllOfIt(t *testing.T) {
	if _, err := declare(queue.Kinds(), letters.Kinds(), table, mails); err != nil || len(queue.Kinds()) == 0 || len(letters.Kinds()) < 3 {
		t.Fatalf("of %v and %v: %v", queue.Kinds(), letters.Kinds(), err)
	}
	for name, spoil := range map[string]func(j *job, m *mail){
		"a job without an audience":    func(j *job, _ *mail) { j.to = "" },
		"a job without access":         func(j *job, _ *mail) { j.access = "" },
		"a job without a surface":      func(j *job, _ *mail) { j.surface = "" },
		"a job that shows the unknown": func(j *job, _ *mail) { j.surface = "tpoic" },
		"a job that nobody does":       func(j *job, _ *mail) { j.do = nil },
		"a job of no kind":             func(j *job, _ *mail) { j.kind = queue.Kind{} },
		"a letter without a recipient": func(_ *job, m *mail) { m.to = "" },
		"a letter without access":      func(_ *job, m *mail) { m.access = "" },
		"a letter without a surface":   func(_ *job, m *mail) { m.surface = "" },
		"a letter of no kind":          func(_ *job, m *mail) { m.kind = letters.Kind{} },
		"a letter that nobody writes":  func(_ *job, m *mail) { m.by = queue.Kind{} },
		"a letter that does not ask":   func(_ *job, m *mail) { m.access = ways.AskedAgain },
	} {
		jobs, letter := append([]job(nil), table...), append([]mail(nil), mails...)
		spoil(&jobs[0], &letter[0])
		if _, err := declare(queue.Kinds(), letters.Kinds(), jobs, letter); err == nil || !strings.Contains(err.Error(), declaredAt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, left := range map[string]func() (declaration, error){
		"a kind of work without a line": func() (declaration, error) { return declare(queue.Kinds(), nil, nil, nil) },
		"a letter without a line":       func() (declaration, error) { return declare(queue.Kinds(), letters.Kinds(), table, mails[1:]) },
		"a job on two lines": func() (declaration, error) {
			return declare(nil, nil, append(table[:len(table):len(table)], table[0]), nil)
		},
		"a letter on two lines": func() (declaration, error) {
			return declare(nil, nil, table, append(mails[:len(mails):len(mails)], mails[0]))
		},
	} {
		if _, err := left(); err == nil || !strings.Contains(err.Error(), declaredAt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A letter goes out as what it is declared, by the job it is declared for, or not at all.
func TestWhatIsNotDeclaredIsNotSent(t *testing.T) {
	club, box := clubtest.SQLite(t), postbox.Open(t)
	mail := clubtest.Must(mailer.Open(box.URL(), "Northlight <club@example.org>"))(t)
	d := clubtest.Must(New(club.Club, mail, "https://club.example", slog.New(slog.DiscardHandler)))(t)
	named := clubtest.Must(club.Site.Club(t.Context()))(t)
	whole, send := letters.SignIn(named, "https://club.example/x", 15), func(j queue.Job, l letters.Letter) error {
		return d.send(context.Background(), j, l, "hana@example.org", "1")
	}
	blank := letters.Letter{Club: whole.Club, Subject: whole.Subject, Lead: whole.Lead}
	if err := send(queue.Job{Kind: member.MailLink}, blank); err == nil || !strings.Contains(err.Error(), declaredAt) {
		t.Errorf("a letter of no kind: %v", err)
	}
	if err := send(queue.Job{}, whole); err == nil || !strings.Contains(err.Error(), declaredAt) {
		t.Errorf("another job's letter: %v", err)
	}
	clubtest.OK(t, send(queue.Job{Kind: member.MailLink}, whole))
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters went out", n)
	}
}
