package leaks_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"strings"

	"guildhall/handlers/ways"
	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// listing is what `guildhall routes --json` prints.
type listing struct {
	Surfaces []ways.Listed `json:"surfaces"`
	Ways     []ways.Way    `json:"ways"`
}

// declared asks the program itself for its ways out.
func (w *world) declared() (l listing) {
	w.t.Helper()
	out := clubtest.Must(exec.Command(w.p.Path, "routes", "--json").Output())(w.t)
	clubtest.OK(w.t, json.Unmarshal(out, &l))
	return l
}

// gap is what a route leaves open.
var gap = regexp.MustCompile(`:([a-z]+)`)

// fillings are what stands in the gaps of an address: everything of a house that an id or a word
// names, and of the club what everybody knows. A gap with no filling is one of a new route: say here
// what stands there.
func (w *world) fillings(h *house, p part, reads bool) map[string][]string {
	strs := func(all ...id.ID) (s []string) {
		for _, one := range all {
			s = append(s, one.String())
		}
		return s
	}
	never := clubtest.Must(id.Parse("1afaxhwqBB1"))(w.t).String()
	secret, slug, tag := strings.Repeat("A", 43), "x", "x" // what one who is out would have to guess is not ours to tell
	if p.in {
		slug, tag = h.slug, canary(h.kind, "tag")
	}
	codes, handles := []string{secret}, []string{author, "mel"}
	if p.handle != "" && p.handle != "mel" {
		handles = append(handles, p.handle) // on their own page stands more
	}
	if reads { // looking uses nothing up
		codes = []string{w.invitation, w.link}
	}
	return map[string][]string{
		"space": {h.space.Slug}, "topic": strs(h.topic, h.hidden), "slug": {slug}, "post": strs(h.posts[0], h.posts[1], h.removed), "message": strs(h.message, w.few.message), "room": strs(w.few.room),
		"spacefeed": {h.space.Slug + ".atom"}, "tagfeed": {tag + ".atom"}, "topicfeed": {h.topic.String() + ".atom", h.hidden.String() + ".atom"},
		"file": strs(h.files...), "handle": handles, "provider": {"oidc"}, "hash": {w.picture}, "code": codes, "token": {secret, never}, "issued": {never},
		"tier": strs(w.patron.ID), "group": {never}, "grant": strs(w.grants["mel"]), "section": strs(w.section.ID),
		"session": {never}, "device": {never}, "invitation": {never}, "way": {never}, "flag": {h.flag.String(), never}, "draft": {never}, "key": {never}, "asked": {never}, "tag": {tag}, "label": {never}, "bookmark": {never},
		"name": {"rules", draftPage, memberPage, "never"}, "page": {w.drafted.String(), never}, "version": {"1", "2"}, "banner": {w.banner.String(), never},
		"line": {never}, "batch": {never}, "kept": {never}, "waiting": {never},
		"note": {never}, "letter": strs(w.letter), "letters": strs(w.thread), "begun": {never}, "farewell": {never + "." + "digest" + "." + secret},
	}
}

// paths are the addresses of a way with each filling in turn; a topic's first filling goes with the
// other gaps, so that their number stays small.
func (w *world) paths(way ways.Way, h *house, p part) (all []string) {
	w.t.Helper()
	path := strings.Replace(way.Path, "/static/*", w.asset(), 1)
	all = []string{path}
	for _, m := range gap.FindAllStringSubmatch(path, -1) {
		with, ok := w.fillings(h, p, way.Method == http.MethodGet)[m[1]]
		if !ok {
			w.t.Fatalf("%s: say in fillings what stands at %s", way.Name, m[0])
		}
		if strings.Contains(path, ":post") && m[1] == "topic" {
			with = with[:1]
		}
		var filled []string
		for _, one := range all {
			for _, word := range with {
				filled = append(filled, strings.Replace(one, m[0], word, 1))
			}
		}
		all = filled
	}
	return all
}

var assets = regexp.MustCompile(`/static/[^"]+/css/app\.css`)

// asset is the address of a sheet, as pages name it.
func (w *world) asset() string {
	if w.sheet == "" {
		w.sheet = assets.FindString(string(w.people["anonymous"].get(w.t, "/").body))
	}
	return w.sheet
}

// inside tells whether an address lies below a space.
func inside(way ways.Way) bool { return strings.Contains(way.Path, "/s/:space") }

// form is one that names what is gated in every field in which a form of ours may name anything.
func (w *world) form(h *house) url.Values {
	return form("key", w.key(), "title", "A title of some length", "text", "A text of some length.", "on", "thanks", "space", h.space.Slug, "topic", h.topic.String(),
		"post", h.posts[0].String(), "message", h.message.String(), "room", h.room.String(), "place", h.topic.String(), "to", h.space.Slug, "reason", "spam", "why", "For the test.",
		"words", "For the test.", "name", "A name", "handle", author, "scopes", "spaces:read", "days", "30", "decision", "removed", "q", marks[h.kind])
}

// ending are ways that end what the walk needs, and are looked at elsewhere.
var ending = map[string]bool{"POST /sign-out": true, "POST /settings/sessions/others": true, "POST /settings/sessions/:session/end": true}

// asks are the requests by which a way is tried: as a page, as a program, without the body and, if it
// changes things, as a form.
func (w *world) asks(way ways.Way, h *house, p part) (all []ask) {
	paths := w.paths(way, h, p)
	if way.Method == http.MethodGet && (way.Surface == "search" || way.Surface == "suggest") {
		paths = questions(way.Path)
	}
	if way.Surface == "complete" {
		paths = append(paths, paths[0]+"?kind=topic&q=about+about", paths[0]+"?kind=member&q=a", paths[0]+"?kind=emoji&q=sm")
	}
	for _, path := range paths {
		if way.Method != http.MethodGet {
			all = append(all, ask{method: way.Method, path: path, form: w.form(h), header: map[string]string{"Accept": "text/html"}},
				ask{method: way.Method, path: path, form: w.form(h), header: map[string]string{"Accept": "application/json"}})
			continue
		}
		all = append(all, ask{method: http.MethodGet, path: path, header: map[string]string{"Accept": "text/html"}},
			ask{method: http.MethodGet, path: path, header: map[string]string{"Accept": "application/json"}},
			ask{method: http.MethodHead, path: path})
		if hangs(way) {
			all = append(all, sideways(path)...)
		}
	}
	return all
}

// spellings are other ways to write an address, each of which is another address or none.
func spellings(path string) []string {
	return []string{path + "/", path + ".json", path + "?_format=json", strings.ToUpper(path), strings.Replace(path, "/s/", "/s/%2e/", 1), strings.Replace(path, "/s/", "//s/", 1), path + "%2f", path + ";x", path + "?post=2&after=1&before=9&show=all"}
}
