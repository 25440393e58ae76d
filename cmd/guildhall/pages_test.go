package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/handlers/ways"
)

// who looks at pages. Each has a window of their own for the whole tour.
const (
	theGuest    = "guest"
	theDoorstep = "doorstep" // a guest who is about to come in
	theMember   = "amara"
	theNewcomer = "wren"
	theOwner    = "saoirse"
	theFounder  = "founder" // before whom there is no club yet
	theCheered  = "june"    // a member whom a page celebrates, and the next one still if they do not answer
)

// noPages are the addresses that answer a GET with something other than a page.
var noPages = map[string]string{
	"/emoji.txt":                       "the list that the toolbar searches",
	"/healthz":                         "a word for whoever watches over the process",
	"/readyz":                          "a word for a load balancer",
	"/static/*":                        "sheets, scripts, fonts and pictures",
	"/pictures/:hash":                  "a picture",
	"/files/:file":                     "a file",
	"/files/:file/small":               "the smaller copy of a picture",
	"/api/openapi.json":                "the description of the API, for programs",
	"/api/asyncapi.json":               "the description of the live line, for programs",
	"/live":                            "the socket, which every page opens",
	"/s/:space/t/:topic":               "leads on to the address that has the title in it",
	"/standing/me":                     "leads on to one's own page",
	"/unread":                          "leads on to a list by a word of its own",
	"/top":                             "leads on to a list by a word of its own",
	"/suggest/members":                 "names for a script: what the field for the readers of a letter offers",
	"/letters/complete":                "a part of a page: what a word may become while one writes",
	"/suggest/tags":                    "names for a script: what the field for tags offers",
	"/s/:space/complete":               "a part of a page: what a word may become while one writes",
	"/s/:space/similar":                "a part of a page: topics like the one that is begun",
	"/search/suggest":                  "a part of a page: what the field in the bar opens on the tour",
	"/notifications/latest":            "a part of a page: what the bell opens on the tour",
	"/auth/:provider/callback":         "leads on, into the club or back to the door",
	"/s/:space/t/:topic/p/:post/polls": "a part of a page: the polls of a post that came over the line",
	"/manifest.webmanifest":            "what the club is as an app",
	"/robots.txt":                      "what search engines are asked",
	"/sitemap.xml":                     "addresses for search engines",
	"/sitemap/club":                    "addresses for search engines",
	"/sitemap/:topic":                  "addresses for search engines",
	"/feed/latest.atom":                "a feed",
	"/feed/s/:spacefeed":               "a feed",
	"/feed/t/:topicfeed":               "a feed",
	"/feed/tags/:tagfeed":              "a feed",
	"/feed/:key/latest.atom":           "a feed",
	"/feed/:key/s/:spacefeed":          "a feed",
	"/feed/:key/t/:topicfeed":          "a feed",
	"/feed/:key/tags/:tagfeed":         "a feed",
	"/sw.js":                           "the script that works while no page is open",
}

// beforeTheDoor are the surfaces that only somebody sees who is not in yet.
var beforeTheDoor = []ways.Surface{"sign-in", "welcome", "join", "set-up", "unsubscribe"}

// Every address that answers with a page is on the tour of everybody who may see it.
func TestEveryPageIsOnTheTour(t *testing.T) {
	seen := map[string][]string{}
	for _, s := range tour(found{}) {
		if s.wants() == http.StatusOK {
			seen[s.route] = append(seen[s.route], s.who)
		}
	}
	pages := map[string]bool{}
	for _, r := range handlers.Routes() {
		if r.Method != http.MethodGet || noPages[r.Path] != "" || r.Gate == handlers.Token {
			pages[r.Path] = r.Method != http.MethodGet
			continue
		}
		pages[r.Path] = true
		for _, who := range lookersAt(r) {
			if !slices.ContainsFunc(seen[r.Path], func(name string) bool { return slices.Contains(strings.Split(who, "|"), name) }) {
				t.Errorf("%s is not shown to: %s", r.Path, who)
			}
		}
	}
	for path := range noPages {
		if _, ok := pages[path]; !ok {
			t.Errorf("%s is said to be no page, and there is no such address", path)
		}
	}
	for path := range seen {
		if !pages[path] {
			t.Errorf("the tour leads to %s, which is no page", path)
		}
	}
}

// keepers are the surfaces of members who keep the space: what is at hand for others there is a refusal.
var keepers = []ways.Surface{"care", "care-log", "texts"}

// lookersAt lists who has to look at the page of a route, by the gate before it.
func lookersAt(r handlers.Route) []string {
	switch {
	case slices.Contains(beforeTheDoor, r.Surface) && r.Gate == handlers.Anyone:
		return []string{theGuest + "|" + theDoorstep + "|" + theFounder}
	case r.Gate == handlers.Anyone:
		return []string{theGuest, theMember, theOwner}
	case r.Gate == handlers.Member && !slices.Contains(keepers, r.Surface):
		return []string{theMember}
	}
	return []string{theOwner}
}

// Each page is looked at in daylight, at night and in a hand: axe finds nothing on it, nothing is
// wider than the hand or than a slim one, no markup asks for what the policy forbids, and the console is quiet.
func TestEveryPageIsLookedAt(t *testing.T) {
	h := openHouse(t, launch(t))
	walks := map[string][]stop{}
	var order []string
	for _, s := range tour(h.found) {
		if walks[s.who] == nil {
			order = append(order, s.who)
		}
		walks[s.who] = append(walks[s.who], s)
	}
	for _, who := range order {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			v := h.enter(t, who)
			for _, s := range walks[who] {
				v.look(s)
			}
		})
	}
}
