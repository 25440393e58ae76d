package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/views"
)

// read is a feed as a reader of feeds reads it.
func (a answer) feed(t *testing.T) (*gofeed.Feed, map[string]*gofeed.Item) {
	t.Helper()
	a.wants(t, http.StatusOK)
	if kind := a.Header.Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
		t.Errorf("a feed comes as %q", kind)
	}
	f, err := gofeed.NewParser().ParseString(a.body)
	clubtest.OK(t, err)
	if f.FeedType != "atom" || f.UpdatedParsed == nil {
		t.Fatalf("a feed of type %q: %s", f.FeedType, a.body)
	}
	items := map[string]*gofeed.Item{}
	for _, i := range f.Items {
		if i.GUID == "" || i.Title == "" || i.Link == "" || i.UpdatedParsed == nil || i.PublishedParsed == nil || len(i.Authors) != 1 || i.Authors[0].Name == "" {
			t.Errorf("an entry lacks what RFC 4287 asks for: %+v", i)
		}
		items[i.Title] = i
	}
	if len(items) != len(f.Items) {
		t.Errorf("%d entries of %d titles", len(f.Items), len(items))
	}
	return f, items
}

// key makes the key of a private feed.
func (w *town) feedKey(v access.Viewer, space id.ID) string {
	w.t.Helper()
	_, secret, err := w.Members.IssueFeed(w.t.Context(), w.Again(v), "A reader", space)
	clubtest.OK(w.t, err)
	return secret
}

// What a feed lists is what may be read, for the whole cast and each kind of space: with their session,
// and with a key, which has nothing of the powers of staff.
func TestAFeedListsWhatMayBeRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		patron := access.Lock{{{Kind: access.TierKey, Ref: w.Patron.ID}}}
		spaces := map[string]space.Space{
			"open": w.Open, "members": w.Space("Members", map[access.Verb]access.Lock{access.Read: {{{Kind: access.SignedIn}}}}),
			"locked": w.Space("Locked", map[access.Verb]access.Lock{access.Read: patron}), "unlisted": w.Space("Vault", map[access.Verb]access.Lock{access.See: patron}),
		}
		topics := map[string]forum.Topic{}
		for name, sp := range spaces {
			topics[name] = w.Topic(sp, "The topic of "+name)
		}
		topics["hidden"] = w.Topic(w.Open, "The topic of hidden")
		clubtest.Must(w.Forum.Hide(t.Context(), w.Again(w.Owner), topics["hidden"].ID, true))(t)

		met := map[string]bool{}
		look := func(who, root string, v access.Viewer, edit ...func(*http.Request)) {
			_, all := w.get(root+"/latest.atom", edit...).feed(t)
			for name, topic := range topics {
				place := clubtest.Must(w.Access.Place(t.Context(), topic.ID))(t)
				may := v.CanRead(place) == nil
				met[name] = met[name] || may
				if listed := all[topic.Title] != nil; listed != may {
					t.Errorf("%s: the topic of %s is listed: %v, may be read: %v", who, name, listed, may)
				}
				if a := w.get(root+"/t/"+topic.ID.String()+".atom", edit...); (a.StatusCode == http.StatusOK) != may || !may && a.StatusCode != http.StatusNotFound {
					t.Errorf("%s: the feed of the topic of %s answers %d, may be read: %v", who, name, a.StatusCode, may)
				}
			}
			for name, sp := range spaces {
				a := w.get(root+"/s/"+sp.Slug+".atom", edit...)
				want := http.StatusOK
				if v.CanSee(sp.ID) != nil {
					want = http.StatusNotFound
				} else if v.CanEnter(sp.ID) != nil {
					want = http.StatusForbidden
				}
				if a.StatusCode != want {
					t.Errorf("%s: the feed of %s answers %d, want %d", who, name, a.StatusCode, want)
				}
				if want != http.StatusOK && strings.Contains(a.body, topics[name].Title) {
					t.Errorf("%s: the answer for %s tells of what stands within", who, name)
				}
			}
		}
		for name, v := range w.Cast() {
			switch {
			case name == "guest":
				look(name, "/feed", v)
			case name != "suspended":
				look(name, "/feed", v, w.as(v))
				look(name+" by key", "/feed/"+w.feedKey(v, 0), v.Narrowed(0, w.Clock.Now().AddDate(1, 0, 0)))
				look(name+" by key of one space", "/feed/"+w.feedKey(v, w.Open.ID), v.Narrowed(w.Open.ID, w.Clock.Now().AddDate(1, 0, 0)))
			}
		}
		if len(met) != 5 || !met["open"] || !met["hidden"] || !met["unlisted"] {
			t.Errorf("nobody met some of it: %v", met)
		}
	})
}

// A key follows its member: what they lose at this moment it does not read, and what ended it is nothing.
func TestAKeyFollowsItsMember(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Locked", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		w.Topic(locked, "Behind the door")
		lapsing := w.Join("lapsing")
		w.Give(lapsing, w.Patron, time.Hour)
		key := w.feedKey(lapsing, 0)
		reads := func() bool {
			_, all := w.get("/feed/" + key + "/latest.atom").feed(t)
			return all["Behind the door"] != nil
		}
		if !reads() {
			t.Fatal("with the tier it is not read")
		}
		w.Clock.Turn(time.Hour)
		if reads() {
			t.Error("the tier ended, and it is read")
		}
		w.get("/feed/"+key+"/s/"+locked.Slug+".atom").wants(t, http.StatusForbidden).says(t, "closed to you at present")
		w.Suspend(lapsing.ID, "Selling.")
		w.get("/feed/"+key+"/latest.atom").wants(t, http.StatusForbidden)

		rita := w.feedKey(w.Regular, 0)
		w.get("/feed/" + rita + "/latest.atom").feed(t)
		all := clubtest.Must(w.Members.Feeds(t.Context(), w.Regular))(t)
		if w.Members.Rest(); len(all) != 1 || len(clubtest.Must(w.Members.Tokens(t.Context(), w.Regular))(t)) != 0 {
			t.Fatalf("%d keys", len(all))
		}
		if used := clubtest.Must(w.Members.Feeds(t.Context(), w.Regular))(t)[0].LastUsedAt; used == nil {
			t.Error("its use was not noted")
		}
		w.get("/api/v1/me", bearing(rita)).wants(t, http.StatusForbidden)
		clubtest.OK(t, w.Members.RevokeToken(t.Context(), w.Regular, all[0].ID))
		gone := w.get("/feed/"+rita+"/latest.atom").wants(t, http.StatusNotFound)
		_, token := w.token(w.Regular, 0)
		for _, other := range []string{"gh_" + member.Secret(), token, "x"} {
			if a := w.get("/feed/"+other+"/latest.atom").wants(t, http.StatusNotFound); a.Header.Get("ETag") != "" || gone.Header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("%s opens a feed", other)
			}
		}
	})
}

// What is in an entry, and what a reader that comes again is answered.
func TestWhatAFeedSays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		text := "See [the rules](/about) & <b>mark</b> @paul"
		topic := clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Regular), w.Open.ID, forum.Draft{Key: w.Key(), Title: "Plans & <more>", Text: text}))(t)
		_, all := w.get("/feed/latest.atom").feed(t)
		e := all["Plans & <more>"]
		if e == nil || e.Authors[0].Name != "Rita" || !strings.HasSuffix(e.Link, views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)) || !strings.HasPrefix(e.Link, "http") {
			t.Fatalf("the entry is %+v", e)
		}
		if links := regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(e.Content, -1); len(links) != 2 || slices.ContainsFunc(links, func(l []string) bool { return !strings.HasPrefix(l[1], "http") }) {
			t.Errorf("links of %s: %v", e.Content, links)
		}
		if strings.Contains(e.Content, "<b>mark") {
			t.Errorf("not sanitised: %s", e.Content)
		}

		a := w.get("/feed/t/" + topic.ID.String() + ".atom")
		f, _ := a.feed(t)
		if f.FeedLink != w.url+"/feed/t/"+topic.ID.String()+".atom" && !strings.HasSuffix(f.FeedLink, ".atom") {
			t.Errorf("its own address is %q", f.FeedLink)
		}
		for name, edit := range map[string]func(*http.Request){"its tag": header("If-None-Match", a.Header.Get("ETag")), "its time": header("If-Modified-Since", a.Header.Get("Last-Modified"))} {
			if again := w.get("/feed/t/"+topic.ID.String()+".atom", edit).wants(t, http.StatusNotModified); again.body != "" {
				t.Errorf("by %s it is sent again", name)
			}
		}
		w.Clock.Turn(time.Minute)
		gone := w.Reply(w.Paying, topic, "Never mind.")
		for range 33 {
			w.Reply(w.Paying, topic, "And on.")
		}
		w.get("/feed/t/"+topic.ID.String()+".atom", header("If-None-Match", a.Header.Get("ETag"))).wants(t, http.StatusOK)
		if f, _ = w.get("/feed/t/" + topic.ID.String() + ".atom").feed(t); len(f.Items) != 30 || !strings.Contains(f.Items[0].Title, "post 35") {
			t.Errorf("%d entries, the first %q", len(f.Items), f.Items[0].Title)
		}
		last := w.Reply(w.Paying, topic, "The very last word.")
		clubtest.Must(w.Forum.Remove(t.Context(), w.Again(w.Paying), last.ID))(t)
		if a = w.get("/feed/t/" + topic.ID.String() + ".atom"); strings.Contains(a.body, "very last word") || gone.Number != 2 {
			t.Error("what was removed is in the feed")
		}
		for _, path := range []string{"/", views.SpaceAddress(w.Open.Slug), views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)} {
			at := regexp.MustCompile(`<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"`).FindStringSubmatch(w.get(path).wants(t, http.StatusOK).body)
			if at == nil {
				t.Fatalf("%s names no feed", path)
			}
			w.get(at[1]).feed(t)
		}
	})
}

// A member makes a private feed, sees its address this once, and ends it.
func TestMakingAPrivateFeed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita := w.as(w.Regular)
		w.get("/settings/feeds", rita).wants(t, http.StatusOK).says(t, "No private feeds yet")
		w.post("/settings/feeds", url.Values{"name": {" "}}, rita).wants(t, http.StatusUnprocessableEntity).says(t, "Give it a name")
		made := w.post("/settings/feeds", url.Values{"name": {"Morning"}, "space": {w.Open.ID.String()}}, rita).wants(t, http.StatusCreated).says(t, "shown this once")
		at := regexp.MustCompile(`value="[^"]*(/feed/gh_[^"]+)"`).FindStringSubmatch(made.body)
		if at == nil || !strings.HasSuffix(at[1], "/s/"+w.Open.Slug+".atom") {
			t.Fatalf("the address is %v", at)
		}
		w.get(at[1]).feed(t)
		page := w.get("/settings/feeds", rita).wants(t, http.StatusOK).says(t, "Morning")
		if strings.Contains(page.body, "gh_") {
			t.Error("the address is shown again")
		}
		end := regexp.MustCompile(`/settings/feeds/[^/]+/revoke`).FindString(page.body)
		w.post(end, nil, w.as(w.Newcomer)).wants(t, http.StatusNotFound)
		w.post(end, nil, rita).to(t, "/settings/feeds")
		w.get(at[1]).wants(t, http.StatusNotFound)
		if log := fmt.Sprint(w.log.lines(t, "answered")); !strings.Contains(log, "/feed/:key/") || strings.Contains(log, "gh_") {
			t.Error("the log has the key")
		}
	})
}
