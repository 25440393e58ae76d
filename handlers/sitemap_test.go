package handlers_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
	"guildhall/views"
)

// mapped lists every page of the map, following its index.
func (w *town) mapped(t *testing.T, edit ...func(*http.Request)) (paths []string) {
	t.Helper()
	locs := func(path string) (all []string) {
		var doc struct {
			XMLName xml.Name
			All     []struct {
				At string `xml:"loc"`
			} `xml:",any"`
		}
		clubtest.OK(t, xml.Unmarshal([]byte(w.get(path, edit...).wants(t, http.StatusOK).body), &doc))
		if doc.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
			t.Errorf("%s is of %q", path, doc.XMLName.Space)
		}
		for _, e := range doc.All {
			at := clubtest.Must(url.Parse(e.At))(t)
			if !at.IsAbs() {
				t.Errorf("%s lists %q", path, e.At)
			}
			all = append(all, at.Path)
		}
		return all
	}
	for _, part := range locs("/sitemap.xml") {
		paths = append(paths, locs(part)...)
	}
	return paths
}

// What the map lists is what a stranger may read, whoever asks for it, and no line of robots.txt takes
// any of it back.
func TestTheMapIsWhatAStrangerMayRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		patron := access.Lock{{{Kind: access.TierKey, Ref: w.Patron.ID}}}
		spaces := []space.Space{w.Open, w.Space("Locked", map[access.Verb]access.Lock{access.Read: patron}), w.Space("Vault", map[access.Verb]access.Lock{access.See: patron})}
		var topics []forum.Topic
		for _, sp := range spaces {
			topics = append(topics, w.Topic(sp, "A topic of "+sp.Name))
		}
		topics = append(topics, w.Topic(w.Open, "A hidden topic"))
		clubtest.Must(w.Forum.Hide(t.Context(), w.Again(w.Owner), topics[3].ID, true))(t)
		slugs := map[string]string{}
		for i, topic := range topics {
			slugs[topic.Title] = views.TopicAddress(spaces[i%3].Slug, topic.ID, topic.Slug)
		}
		for name, edit := range map[string]func(*http.Request){"guest": func(*http.Request) {}, "owner": w.as(w.Owner), "paying": w.as(w.Paying)} {
			paths := w.mapped(t, edit)
			for _, topic := range topics {
				may := w.Again(w.Guest).CanRead(clubtest.Must(w.Access.Place(t.Context(), topic.ID))(t)) == nil
				if slices.Contains(paths, slugs[topic.Title]) != may {
					t.Errorf("to the %s %q is listed: %v, a stranger may read it: %v", name, topic.Title, !may, may)
				}
			}
			if slices.Contains(paths, "/s/locked") || slices.Contains(paths, "/s/vault") || !slices.Contains(paths, "/s/questions") || !slices.Contains(paths, "/") {
				t.Errorf("to the %s the map has %v", name, paths)
			}
			robots := w.get("/robots.txt", edit).wants(t, http.StatusOK).says(t, "/sitemap.xml").body
			for _, path := range paths {
				w.get(path).wants(t, http.StatusOK).says(t, `rel="canonical"`)
				for _, line := range regexp.MustCompile(`Disallow: (\S+)`).FindAllStringSubmatch(robots, -1) {
					if strings.HasPrefix(path, line[1]) {
						t.Errorf("%s is listed, and %q asks to leave it alone", path, line[0])
					}
				}
			}
		}
		if part := w.get("/sitemap/"+w.Store.NewID().String()).wants(t, http.StatusOK).body; strings.Count(part, "<loc>") != 1 {
			t.Errorf("from an id that nothing has: %s", part)
		}
	})
}

// What a page says outside: all of it to a stranger, of what a stranger may read, and nothing of the rest.
func TestWhatAPageSaysOutside(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Locked", map[access.Verb]access.Lock{access.Read: {{{Kind: access.SignedIn}}}})
		talk := w.Space("Talk", nil)
		talk.Kind = space.Talk
		clubtest.OK(t, w.Spaces.Change(t.Context(), w.Again(w.Owner), talk))
		at := func(sp space.Space, title string) (forum.Topic, string) {
			topic := w.Topic(sp, title)
			return topic, views.TopicAddress(sp.Slug, topic.ID, topic.Slug)
		}
		question, asked := at(w.Open, `Plans </script><b>"x"`)
		answer := w.Reply(w.Regular, question, "An answer of some length.")
		clubtest.Must(w.Forum.Accept(t.Context(), w.Again(w.Owner), answer.ID))(t)
		clubtest.Must(w.Forum.Vote(t.Context(), w.Again(w.Paying), answer.ID, true))(t)
		_, said := at(talk, "An open talk")
		_, within := at(locked, "A closed talk")

		page := w.get(asked).wants(t, http.StatusOK)
		for _, want := range []string{`property="og:title"`, `name="description" content="About Plans`, `name="twitter:card"`} {
			page.says(t, want)
		}
		if strings.Contains(page.body, "noindex") || strings.Contains(page.body, "</script><b>") {
			t.Error("a public page is not to be listed, or a title left its quotes")
		}
		data := map[string]any{}
		clubtest.OK(t, json.Unmarshal([]byte(linked(t, page.body)), &data))
		main, _ := data["mainEntity"].(map[string]any)
		accepted, _ := main["acceptedAnswer"].(map[string]any)
		if data["@type"] != "QAPage" || main["name"] != question.Title || main["answerCount"] != 1.0 || accepted["upvoteCount"] != 1.0 || accepted["text"] != "An answer of some length." {
			t.Errorf("it says %v", data)
		}
		clubtest.OK(t, json.Unmarshal([]byte(linked(t, w.get(said).body)), &data))
		if data["@type"] != "DiscussionForumPosting" || data["headline"] != "An open talk" {
			t.Errorf("it says %v", data)
		}
		picture := regexp.MustCompile(`og:image" content="https?://[^/]+(/[^"]+)"`).FindStringSubmatch(page.body)
		if a := w.get(picture[1]).wants(t, http.StatusOK); http.DetectContentType([]byte(a.body)) != "image/png" {
			t.Error("the picture is none")
		}
		for name, a := range map[string]outcome{
			"a member's": {w.get(asked, w.as(w.Paying)), http.StatusOK}, "a closed one": {w.get(within, w.as(w.Paying)), http.StatusOK},
			"a door": {w.get(within), http.StatusForbidden}, "nothing": {w.get("/nowhere"), http.StatusNotFound}, "the form": {w.get("/sign-in"), http.StatusOK},
		} {
			body := a.wants(t, a.status).body
			for _, tell := range []string{"og:", "application/ld+json", `rel="canonical"`, `name="description"`} {
				if strings.Contains(body, tell) {
					t.Errorf("%s page has %s", name, tell)
				}
			}
			if !strings.Contains(body, `name="robots" content="noindex"`) {
				t.Errorf("%s page may be listed", name)
			}
		}
	})
}

type outcome struct {
	answer
	status int
}

func linked(t *testing.T, body string) string {
	t.Helper()
	m := regexp.MustCompile(`(?s)<script type="application/ld\+json"[^>]*>(.*?)</script>`).FindStringSubmatch(body)
	if m == nil {
		t.Fatal("no words of schema.org")
	}
	return m[1]
}
