package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
	"guildhall/views"
)

// A message is kept by a plain form, stands among the bookmarks with the way to it, and is let go the same way.
func TestAMessageIsKeptByForm(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		m, rita := w.message(t, w.Paying, "Beans like company"), w.as(w.Regular)
		at := views.RoomAddress(w.Open.Slug) + "/m/" + m.ID.String() + "/bookmark"
		there := views.SaidAddress(w.Open.Slug, m.Seq, m.ID)
		w.post(at, url.Values{"on": {"true"}}).wants(t, http.StatusForbidden)
		w.post(at, url.Values{"on": {"true"}}, rita).to(t, there)
		w.get(views.BookmarksAddress, rita).wants(t, http.StatusOK).says(t, "Beans like company").says(t, strings.ReplaceAll(there, "&", "&amp;"))
		w.get(strings.Split(there, "#")[0], rita).wants(t, http.StatusOK).says(t, "Beans like company")
		w.post(at, url.Values{"on": {"false"}}, rita).to(t, there)
		if strings.Contains(w.get(views.BookmarksAddress, rita).wants(t, http.StatusOK).body, "Beans like company") {
			t.Error("it is kept still")
		}
	})
}

// What owners announce stands on home, and goes from there and leads back there.
func TestHomeAnnounces(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic, newt := w.Topic(w.Open, "The hall is closed in June"), w.as(w.Newcomer)
		clubtest.OK(t, w.Members.CaughtUp(t.Context(), w.Again(w.Newcomer)))
		clubtest.Must(w.Forum.Announce(t.Context(), w.Again(w.Owner), topic.ID, true, nil))(t)
		form := `action="/s/` + w.Open.Slug + `/t/` + topic.ID.String() + `/dismiss"`
		w.get("/", newt).wants(t, http.StatusOK).says(t, form)
		w.post("/s/"+w.Open.Slug+"/t/"+topic.ID.String()+"/dismiss", url.Values{"from": {"/"}}, newt).to(t, "/")
		if strings.Contains(w.get("/", newt).body, form) {
			t.Error("what was dismissed stands on home still")
		}
	})
}

// A tag has a feed of what its reader may read.
func TestATagHasAFeed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Locked", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		start := func(in space.Space, title string, tags ...string) {
			clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Owner), in.ID, forum.Draft{Key: w.Key(), Title: title, Text: "Of it.", Tags: tags}))(t)
		}
		start(w.Open, "In the open", "beans")
		start(w.Open, "Of something else", "peas")
		start(locked, "Behind a door", "beans", "velvet")
		for _, c := range []struct {
			as   []func(*http.Request)
			want int
		}{{nil, 1}, {[]func(*http.Request){w.as(w.Regular)}, 1}, {[]func(*http.Request){w.as(w.Paying)}, 2}} {
			f, items := w.get("/feed/tags/beans.atom", c.as...).feed(t)
			if f.Title != "# beans" || len(items) != c.want || items["In the open"] == nil {
				t.Errorf("the feed %q lists %d and not %d", f.Title, len(items), c.want)
			}
		}
		key := w.feedKey(w.Paying, 0)
		if _, items := w.get("/feed/" + key + "/tags/beans.atom").feed(t); len(items) != 2 {
			t.Errorf("with a key it lists %d", len(items))
		}
		w.get("/feed/tags/velvet.atom", w.as(w.Regular)).wants(t, http.StatusNotFound)
		w.get("/feed/tags/velvet.atom", w.as(w.Paying)).wants(t, http.StatusOK)
		w.get("/feed/tags/beans", w.as(w.Paying)).wants(t, http.StatusNotFound)
	})
}

// One's own files by the page: they stand there with where they hang, and what hangs on nothing is removed.
func TestOnesOwnFilesOnAPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita := w.as(w.Regular)
		loose, hung := w.uploads(t, w.Regular, "loose.txt", "nowhere"), w.uploads(t, w.Regular, "hung.txt", "in a post")
		clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Regular), w.Open.ID, forum.Draft{Key: w.Key(), Title: "It hangs here", Text: hung.Markdown}))(t)
		w.get(views.FilesAddress).wants(t, http.StatusSeeOther) // to sign in
		remove := func(address string) string {
			return views.FilesAddress + strings.TrimPrefix(address, "/files") + "/remove"
		}
		page := w.get(views.FilesAddress, rita).wants(t, http.StatusOK).says(t, "loose.txt").says(t, "It hangs here").says(t, remove(loose.Address))
		if strings.Contains(page.body, remove(hung.Address)) {
			t.Error("what hangs on a post can be removed")
		}
		if strings.Contains(w.get(views.FilesAddress, w.as(w.Paying)).wants(t, http.StatusOK).body, "loose.txt") {
			t.Error("somebody else finds it in their list")
		}
		w.post(remove(hung.Address), nil, rita).wants(t, http.StatusConflict)
		w.post(remove(loose.Address), nil, w.as(w.Paying)).wants(t, http.StatusNotFound)
		w.post(remove(loose.Address), nil, rita).to(t, views.FilesAddress)
		w.get(loose.Address, rita).wants(t, http.StatusNotFound)
		w.get(hung.Address, rita).wants(t, http.StatusOK)
	})
}
