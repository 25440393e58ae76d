package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
	"guildhall/views"
)

// Where the ways to a place within a topic lead, for a reader in London whose day begins an hour
// before that of the club's database in summer.
func TestJumpsWithinATopic(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Clock.Set(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
		topic := w.Topic(w.Open, "Garden plans")
		for i := range 30 { // two a day: at 23:30 of London, and half an hour after its midnight
			w.Clock.Set(time.Date(2026, 6, 2+i/2, 22, 30, 0, 0, time.UTC).Add(time.Duration(i%2) * time.Hour))
			w.Reply(w.Regular, topic, fmt.Sprintf("Reply %d.", i))
		}
		at := views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)
		for ask, want := range map[string]int64{
			"at=2026-06-01": 1, "at=2026-06-02": 2, "at=2026-06-03": 3, "at=2026-06-04": 5, "at=2025-01-01": 1, "at=2027-01-01": 31,
			"to=7": 7, "to=31": 31, "to=900": 31,
		} {
			a := w.get(at+"?"+ask, w.as(w.Regular)).wants(t, http.StatusSeeOther)
			if got := a.Header.Get("Location"); got != views.PostInTime(w.Open, topic, want) {
				t.Errorf("%s leads to %s, want post %d", ask, got, want)
			}
		}
		for ask, says := range map[string]string{"at=tomorrow": "Write the day as 2026-06-1", "at=2026-13-01": "Write the day as", "to=none": "Give the number of a post"} {
			a := w.get(at+"?"+ask, w.as(w.Regular)).wants(t, http.StatusUnprocessableEntity)
			if _, typed, _ := strings.Cut(ask, "="); !strings.Contains(a.body, says) || !strings.Contains(a.body, `value="`+typed+`"`) {
				t.Errorf("%s is answered without %q or what was typed", ask, says)
			}
		}
	})
}

// In a space of questions the most helpful answer comes first, and a vote is a form.
func TestAnswersByVotes(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		w.Reply(w.Moderator, topic, "The lesser answer.")
		better := w.Reply(w.Regular, topic, "The better answer.")
		at := views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)
		first := func(address string) string {
			body := w.get(address, w.as(w.Paying)).wants(t, http.StatusOK).body
			if strings.Index(body, "The better answer.") < strings.Index(body, "The lesser answer.") {
				return "better"
			}
			return "lesser"
		}
		if first(at) != "lesser" {
			t.Fatal("without votes it is not as it was written")
		}
		react := fmt.Sprintf("/s/%s/t/%s/p/%s/react", w.Open.Slug, topic.ID, better.ID)
		w.post(react, url.Values{"on": {forum.Voted}}, w.as(w.Paying)).wants(t, http.StatusSeeOther)
		for order, want := range map[string]string{"": "better", "?order=votes": "better", "?order=oldest": "lesser", "?order=newest": "better", "?order=none": "better"} {
			if got := first(at + order); got != want {
				t.Errorf("%q shows the %s one first", order, got)
			}
		}
		if own := w.get(at, w.as(w.Regular)).wants(t, http.StatusOK).body; !strings.Contains(own, `data-kind="vote"`) {
			t.Error("an author does not see the votes")
		}
		w.post(react, url.Values{"off": {forum.Voted}}, w.as(w.Paying)).wants(t, http.StatusSeeOther)
		if first(at) != "lesser" {
			t.Error("a vote that was taken back counts")
		}

		talk := w.Open
		talk.Kind = space.Talk
		clubtest.OK(t, w.Spaces.Change(t.Context(), w.Again(w.Owner), talk))
		w.post(react, url.Values{"on": {forum.Voted}}, w.as(w.Paying)).wants(t, http.StatusForbidden)
		if first(at+"?order=votes") != "lesser" {
			t.Error("a conversation is read by votes")
		}
	})
}

// A page in the order of votes marks as read only what leaves nothing out.
func TestReadingByVotesLeavesNothingOut(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		for i := range 39 {
			w.Reply(w.Regular, topic, fmt.Sprintf("Answer %d.", i))
		}
		last := w.Reply(w.Moderator, topic, "The best answer.")
		clubtest.Must(w.Forum.Vote(t.Context(), w.Again(w.Paying), last.ID, true))(t)
		at := views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)
		read := func() int64 {
			return clubtest.Must(w.Forum.Topic(t.Context(), w.Paying, topic.ID))(t).ReadNumber
		}
		w.get(at, w.as(w.Paying)).wants(t, http.StatusOK)
		if n := read(); n != 19 {
			t.Fatalf("the first page, of 1 to 19 and the last, marks %d as read", n)
		}
		w.get(at+"?view=summary", w.as(w.Paying)).wants(t, http.StatusOK)
		if n := read(); n != 19 {
			t.Fatalf("the summary marks %d as read", n)
		}
		w.get(at+"?post=20", w.as(w.Paying)).wants(t, http.StatusOK)
		if n := read(); n != 39 {
			t.Fatalf("the second page marks %d as read", n)
		}
	})
}

// The best of a long topic: a tenth of its posts at the most, the first and the accepted among them.
func TestTheBestOfATopic(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		var posts []forum.Post
		for i := range 59 {
			posts = append(posts, w.Reply(w.Regular, topic, fmt.Sprintf("Reply %d.", i)))
		}
		for i, p := range posts[10:20] { // ten are liked, of which six are the best of sixty
			clubtest.Must(w.Forum.React(t.Context(), w.Again(w.Paying), p.ID, "thanks", true))(t)
			if i < 6 {
				clubtest.Must(w.Forum.Vote(t.Context(), w.Again(w.Newcomer), p.ID, true))(t)
			}
		}
		clubtest.Must(w.Forum.Accept(t.Context(), w.Again(w.Owner), posts[40].ID))(t)
		listed := clubtest.Must(w.Forum.Topic(t.Context(), w.Newcomer, topic.ID))(t)
		best := clubtest.Must(w.Forum.Summary(t.Context(), w.Newcomer, listed))(t)
		var got []int64
		for _, p := range best.Posts {
			got = append(got, p.Number)
		}
		if fmt.Sprint(got) != "[1 12 13 14 15 16 17 42]" {
			t.Fatalf("the best are %v", got)
		}
		body := w.get(views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)+"?view=summary", w.as(w.Newcomer)).wants(t, http.StatusOK).body
		for _, want := range []string{"10 posts left out", "24 posts left out", "18 posts left out", "The best of 60 posts."} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if body = w.get(views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug), w.as(w.Newcomer)).body; !strings.Contains(body, "?view=summary") {
			t.Error("the summary is not offered")
		}
	})
}
