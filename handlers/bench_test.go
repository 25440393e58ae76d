package handlers_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/member"
	"guildhall/models/store"
	"guildhall/views"
)

// desk answers requests through the whole stack, without a network, and counts what they ask of the
// database.
type desk struct {
	*clubtest.Club
	b      testing.TB
	site   *handlers.Site
	asked  *clubtest.Statements
	secret string
	topic  forum.Topic
}

// atDesk is a club in which one topic has twenty posts, some with reactions, a page of topics stands
// beside it and a page of messages in the room; the newcomer is signed in.
func atDesk(b testing.TB, club *clubtest.Club) *desk {
	b.Helper()
	d := &desk{Club: club, b: b}
	conf := handlers.Config{BaseURL: "http://127.0.0.1:8080", Dev: true, RateFactor: 1e6, Log: handlers.NewLog(io.Discard, 0)}
	d.site = clubtest.Must(handlers.New(d.Club.Club, conf))(b)
	d.secret = clubtest.Must(d.Members.SignInDev(b.Context(), "newt", member.From{}))(b)
	for i := range 24 {
		d.topic = d.Topic(d.Open, fmt.Sprintf("How long do you fix fibre paper, %d", i))
		d.Reply(d.Regular, d.topic, "Two baths of four minutes, and a test strip each time the bath is old.")
	}
	people := []access.Viewer{d.Regular, d.Paying, d.Moderator, d.Stranger, d.Lapsed}
	for i := range forum.PostsPerPage - 2 {
		p := d.Reply(people[i%len(people)], d.topic, fmt.Sprintf("**%d minutes** here, with a [test strip](https://example.org) and a bit of patience.\n\n- agitate\n- drain\n- rinse", i+2))
		if i%3 == 0 {
			clubtest.Must(d.Forum.React(b.Context(), d.Again(d.Owner), p.ID, "thanks", true))(b)
		}
	}
	room := clubtest.Must(d.Chat.Room(b.Context(), d.Again(d.Owner), d.Open.ID))(b)
	for i := range chat.PageSize {
		draft := chat.Draft{Key: d.Key(), Text: fmt.Sprintf("Mine was *%d minutes* at 39 °C.", i)}
		clubtest.Must(d.Chat.Send(b.Context(), d.Again(people[i%len(people)]), room.ID, draft))(b)
	}
	d.asked = d.Statements()
	return d
}

// get asks for a page as the newcomer's browser would.
func (d *desk) get(path string) string {
	d.b.Helper()
	r := httptest.NewRequestWithContext(d.b.Context(), http.MethodGet, "http://127.0.0.1:8080"+path, nil)
	r.AddCookie(&http.Cookie{Name: cookieName, Value: d.secret})
	w := httptest.NewRecorder()
	d.site.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		d.b.Fatalf("%s: %d\n%s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func (d *desk) topicPath() string { return views.TopicAddress(d.Open.Slug, d.topic.ID, d.topic.Slug) }

// unread lets the newcomer come to the topic for the first time, once more.
func (d *desk) unread() {
	d.Write(func(tx *store.Tx) error {
		return tx.Exec("delete from topic_reads where member_id = ?", d.Newcomer.ID).Error
	})
}

func both(b *testing.B, fn func(b *testing.B, kind string)) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) { fn(b, kind) })
	}
}

// BenchmarkTopicPage draws a topic of twenty posts for a member who has read it, and for one to whom
// it is new: that is noted.
func BenchmarkTopicPage(b *testing.B) {
	both(b, func(b *testing.B, kind string) {
		b.Run("again", func(b *testing.B) {
			d := atDesk(b, clubtest.On(b, kind))
			if n := strings.Count(d.get(d.topicPath()), `id="post-`); n != forum.PostsPerPage {
				b.Fatalf("%d posts", n)
			}
			d.asked.Measure(b, func() { d.get(d.topicPath()) })
		})
		b.Run("unread", func(b *testing.B) {
			d := atDesk(b, clubtest.On(b, kind))
			d.get(d.topicPath())
			d.asked.Measure(b, func() {
				d.asked.Aside(b, d.unread)
				d.get(d.topicPath())
			})
		})
	})
}

// BenchmarkSpacePage draws a space's list of twenty topics.
func BenchmarkSpacePage(b *testing.B) {
	page(b, func(d *desk) string { return views.SpaceAddress(d.Open.Slug) })
}

// BenchmarkHome draws a member's home.
func BenchmarkHome(b *testing.B) { page(b, func(*desk) string { return "/" }) }

// BenchmarkRoomPage draws the last fifty messages of a room.
func BenchmarkRoomPage(b *testing.B) {
	page(b, func(d *desk) string { return views.RoomAddress(d.Open.Slug) })
}

func page(b *testing.B, path func(*desk) string) {
	both(b, func(b *testing.B, kind string) {
		d := atDesk(b, clubtest.On(b, kind))
		d.get(path(d))
		d.asked.Measure(b, func() { d.get(path(d)) })
	})
}
