package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
)

// TestALinkLeavesByMail: what the pages ask for is sent by what `serve` runs beside them.
func TestALinkLeavesByMail(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		box := postbox.Open(t)
		conf := handlers.Config{BaseURL: "http://localhost:8080", SMTP: handlers.Secret(box.URL()), MailFrom: "Northlight <club@example.org>", RateFactor: 1, Log: handlers.NewLog(t.Output(), 0)}
		site := clubtest.Must(handlers.New(club.Club, conf))(t)
		done, stop, err := work(t.Context(), club.Club, conf, site)
		clubtest.OK(t, err)
		defer func() { stop(); <-done }()

		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost:8080/sign-in/link", strings.NewReader(url.Values{"email": {"ada@example.org"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://localhost:8080")
		w := httptest.NewRecorder()
		site.Handler().ServeHTTP(w, r)
		if w.Code >= 400 {
			t.Fatalf("asked for a link: %d\n%s", w.Code, w.Body)
		}
		letter := box.Wait(t.Context(), 1)[0]
		if letter.To != "ada@example.org" || !regexp.MustCompile(`http://localhost:8080/sign-in/link/[\w-]{43}`).MatchString(letter.Text) {
			t.Fatalf("the letter to %s has no link:\n%s", letter.To, letter.Text)
		}
	})
}
