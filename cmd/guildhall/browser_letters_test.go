package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/handlers/jobs"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/forum"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/views"
)

// post is the stage with the mail that leaves it.
type post struct {
	*stage
	desk *jobs.Desk
	box  *postbox.Box
}

func (s *stage) mails() *post {
	s.t.Helper()
	p := &post{stage: s, box: postbox.Open(s.t)}
	conf := handlers.Config{BaseURL: s.url, SMTP: handlers.Secret(p.box.URL()), MailFrom: "Northlight <club@example.org>"}
	mail := clubtest.Must(conf.Mailer())(s.t)
	p.desk = clubtest.Must(jobs.New(s.Club.Club, mail, s.url, handlers.NewLog(s.t.Output(), 0)))(s.t)
	return p
}

// after lets time go by, and returns the letters that left meanwhile.
func (p *post) after(by time.Duration) []postbox.Letter {
	p.t.Helper()
	p.Clock.Turn(by)
	for p.desk.Gather(p.t.Context()) {
	}
	for p.desk.Once(p.t.Context()) {
	}
	letters := p.box.Letters()
	p.box.Forget()
	return letters
}

// confirms gives a member a mailbox, by the link that is sent there.
func (p *post) confirms(v access.Viewer, address string) {
	p.t.Helper()
	clubtest.OK(p.t, p.Members.AddAddress(p.t.Context(), p.Again(v), address, "/"))
	letters := p.after(0)
	if len(letters) != 1 || letters[0].To != address {
		p.t.Fatalf("for %s came %+v", address, letters)
	}
	link := regexp.MustCompile(`/sign-in/link/([\w-]{43})`).FindStringSubmatch(letters[0].Text)
	_, err := p.Members.OpenLink(p.t.Context(), link[1], member.Hand{Viewer: p.Again(v)})
	clubtest.OK(p.t, err)
}

// Somebody replies, and whoever asked is not looking: after the pause a letter brings it, its link opens
// at the post, and one click of a mail program ends letters of the sort.
func TestAReplyComesByMail(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		p := s.mails()
		p.confirms(s.Regular, "rita@example.org")
		topic := clubtest.Must(s.Forum.Start(t.Context(), s.Again(s.Regular), s.Open.ID, forum.Draft{Key: s.Key(), Title: "Which beans first?", Text: "I cannot tell."}))(t)
		s.Clock.Turn(time.Minute)
		mods := s.visit("Mods", s.Moderator)
		mods.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
		mods.listens()
		mods.types(reply, "The **broad** ones.")
		mods.click("#reply .foot .primary")
		mods.sees("#posts .prose strong", "broad")

		if early := p.after(9 * time.Minute); len(early) != 0 {
			t.Fatalf("before the pause was over came %+v", early)
		}
		letters := p.after(2 * time.Minute)
		if len(letters) != 1 || letters[0].To != "rita@example.org" || !strings.Contains(letters[0].Text, "The broad ones.") || !strings.Contains(letters[0].HTML, "The broad ones.") {
			t.Fatalf("after the pause came %+v", letters)
		}
		letter := letters[0]
		link := regexp.MustCompile(regexp.QuoteMeta(s.url) + `(/s/[^\s"<]+#p2)`).FindStringSubmatch(letter.Text)
		if link == nil {
			t.Fatalf("the letter leads to no post:\n%s", letter.Text)
		}
		rita := s.visit("Rita", s.Regular)
		rita.open(link[1])
		rita.sees("#posts .prose strong", "broad")
		rita.until("the post in sight", `location.hash === "#p2" && (({top, bottom}) => bottom > 0 && top < innerHeight)(document.querySelector('#posts [data-number="2"]').getBoundingClientRect())`)

		end := strings.Trim(letter.Header.Get("List-Unsubscribe"), "<>")
		if letter.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(end, s.url) {
			t.Fatalf("the letter ends by %q", end)
		}
		wants := func() bool {
			return clubtest.Must(s.Bell.Wishes(t.Context(), s.Regular.ID))(t)[s.Regular.ID].Wants(notify.Replied, notify.ByMail)
		}
		if !wants() {
			t.Fatal("she wants no letters before")
		}
		answer := clubtest.Must(http.PostForm(end, url.Values{"List-Unsubscribe": {"One-Click"}}))(t) // a mail program has no cookies
		clubtest.OK(t, answer.Body.Close())
		if answer.StatusCode != http.StatusOK || wants() {
			t.Fatalf("one click is answered %s, and she is written to: %v", answer.Status, wants())
		}
		s.Clock.Turn(time.Minute)
		s.Reply(s.Owner, topic, "Or peas.")
		if more := p.after(time.Hour); len(more) != 0 {
			t.Errorf("after it came %+v", more)
		}
	})
}
