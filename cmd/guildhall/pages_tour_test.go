package main

import (
	"net/http"
	"regexp"
	"strings"
)

// stop is one page as one person sees it.
type stop struct {
	who    string
	route  string   // as the table has it
	gaps   []string // what fills ":space" and the like, in their order
	query  string
	as     string // what is special about it, in the names of its pictures
	status int    // http.StatusOK if 0
	in     string // the one light in which to look; all if empty
	before string // a script that is run elsewhere first
	then   string // a script that opens something on the page
	until  string // what must be true then
}

func (s stop) wants() int {
	if s.status == 0 {
		return http.StatusOK
	}
	return s.status
}

var gap = regexp.MustCompile(`:[a-z]+`)

func (s stop) path() string {
	n := -1
	path := gap.ReplaceAllStringFunc(s.route, func(string) string {
		if n++; n < len(s.gaps) {
			return s.gaps[n]
		}
		return "-"
	})
	return path + s.query
}

func (s stop) String() string { return s.who + " at " + s.path() }

// name is that of its pictures, by what stands at the address and not by what was made there.
func (s stop) name() string {
	name := strings.Trim(strings.NewReplacer("/", "-", ":", "").Replace(s.route), "-")
	if name == "" {
		name = "home"
	}
	if s.as != "" {
		name += "-" + s.as
	}
	return name + "." + s.who
}

// found is what the tour needs to know of the club that it leads through.
type found struct {
	topic                string // a question with an answer
	long, longSlug, post string // a topic with everything in it that a post may have, and a post of the member's own
	message              string // the member's own
	link, arrival        string // of mails
	invitation           string
	keys                 string // the owner link
	founding             string // the owner link of a club that is not founded
	tier, group          string
}

const (
	openBell = `document.querySelector("#bell").showPopover()`
	bellOpen = `document.querySelector("#bell-notes .note")`
	openWall = `document.querySelector("#wall").showPopover()`
)

// tour leads through the club.
func tour(in found) []stop {
	topic, long := []string{"questions", in.topic}, []string{"questions", in.long, in.longSlug}
	return append(append(outside(in, topic, long), inside(in, topic, long)...), office(in, topic, long)...)
}

func outside(in found, topic, long []string) []stop {
	return []stop{
		{who: guest, route: "/"},
		{who: guest, route: "/s/:space", gaps: []string{"questions"}},
		{who: guest, route: "/s/:space", gaps: []string{"print-masterclass"}, as: "door", status: http.StatusForbidden},
		{who: guest, route: "/s/:space/t/:topic", gaps: topic},
		{who: guest, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: guest, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: guest, route: "/m/:handle", gaps: []string{"amara"}},
		{who: guest, route: "/m/:handle", gaps: []string{"billie"}, as: "long"},
		{who: guest, route: "/membership"},
		{who: guest, route: "/nowhere", as: "404", status: http.StatusNotFound},
		{who: guest, route: "/sign-in"},
		{who: guest, route: "/sign-in", query: "?trouble=denied&by=google", as: "trouble"},
		{who: guest, route: "/sign-in/sent"},
		{who: guest, route: "/join/:code", gaps: []string{in.invitation}},
		{who: guest, route: "/join/:code", gaps: []string{"spent"}, as: "spent", status: http.StatusNotFound},
		{who: guest, route: "/setup/:code", gaps: []string{in.keys}, as: "keys"},
		{who: doorstep, route: "/sign-in/link/:token", gaps: []string{in.link}},
		{who: doorstep, route: "/welcome", before: `fetch("/sign-in/link/` + in.arrival + `", {method: "POST"})`, in: "light"},
		{who: doorstep, route: "/welcome", in: "dark"},
		{who: doorstep, route: "/welcome", in: "mobile"},
		{who: founder, route: "/", as: "unfounded", status: http.StatusServiceUnavailable},
		{who: founder, route: "/setup/:code", gaps: []string{in.founding}},

		{who: newcomer, route: "/", as: "newcomer"},
		{who: newcomer, route: "/s/:space", gaps: []string{"darkroom"}, as: "darkroom", status: http.StatusForbidden},
		{who: newcomer, route: "/s/:space", gaps: []string{"lens-library"}, as: "lens-library", status: http.StatusForbidden},
		{who: newcomer, route: "/s/:space", gaps: []string{"print-masterclass"}, as: "print-masterclass", status: http.StatusForbidden},
		{who: newcomer, route: "/s/:space", gaps: []string{"quiet-room"}, as: "quiet-room", status: http.StatusForbidden},
		{who: newcomer, route: "/s/:space", gaps: []string{"announcements"}, as: "glass"},
		{who: newcomer, route: "/s/:space/new", gaps: []string{"announcements"}, as: "glass", status: http.StatusForbidden},
		{who: newcomer, route: "/membership", as: "newcomer"},
	}
}

func inside(in found, topic, long []string) []stop {
	return []stop{
		{who: member, route: "/"},
		{who: member, route: "/", as: "bell", then: openBell, until: bellOpen},
		{who: member, route: "/", as: "wall", then: openWall, in: "mobile"},
		{who: member, route: "/new"},
		{who: member, route: "/s/:space", gaps: []string{"questions"}},
		{who: member, route: "/s/:space", gaps: []string{"questions"}, query: "?show=unanswered", as: "unanswered"},
		{who: member, route: "/s/:space", gaps: []string{"developing"}, query: "?show=unread", as: "read"},
		{who: member, route: "/s/:space", gaps: []string{"reading-room"}, as: "empty"},
		{who: member, route: "/s/:space/new", gaps: []string{"questions"}},
		{who: member, route: "/s/:space/t/:topic", gaps: topic},
		{who: member, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: member, route: "/s/:space/t/:topic/p/:post/edit", gaps: []string{"questions", in.long, in.post}},
		{who: member, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: member, route: "/s/:space/chat", gaps: []string{"reading-room"}, as: "empty"},
		{who: member, route: "/s/:space/chat/m/:message", gaps: []string{"introductions", in.message}},
		{who: member, route: "/m/:handle", gaps: []string{"amara"}, as: "own"},
		{who: member, route: "/m/:handle", gaps: []string{"tomasz"}},
		{who: member, route: "/standing"},
		{who: member, route: "/notifications"},
		{who: member, route: "/membership"},
		{who: member, route: "/settings"},
		{who: member, route: "/settings/ways"},
		{who: member, route: "/settings/sessions"},
		{who: member, route: "/settings/invitations"},
		{who: member, route: "/sign-in/again"},
		{who: member, route: "/manage", as: "403", status: http.StatusForbidden},
		{who: member, route: "/nowhere", as: "404", status: http.StatusNotFound},
	}
}

func office(in found, topic, long []string) []stop {
	return []stop{
		{who: owner, route: "/"},
		{who: owner, route: "/s/:space", gaps: []string{"questions"}},
		{who: owner, route: "/s/:space", gaps: []string{"critique"}, as: "hidden"},
		{who: owner, route: "/s/:space/t/:topic", gaps: topic},
		{who: owner, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: owner, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: owner, route: "/m/:handle", gaps: []string{"amara"}},
		{who: owner, route: "/membership"},
		{who: owner, route: "/manage"},
		{who: owner, route: "/manage/tiers"},
		{who: owner, route: "/manage/tiers/new"},
		{who: owner, route: "/manage/tiers/:tier", gaps: []string{in.tier}},
		{who: owner, route: "/manage/members"},
		{who: owner, route: "/manage/members", query: "?q=zzz", as: "nobody"},
		{who: owner, route: "/manage/members/:handle", gaps: []string{"billie"}},
		{who: owner, route: "/manage/groups"},
		{who: owner, route: "/manage/groups/:group", gaps: []string{in.group}},
		{who: owner, route: "/manage/spaces"},
		{who: owner, route: "/manage/spaces/new"},
		{who: owner, route: "/manage/spaces/:space", gaps: []string{"questions"}},
		{who: owner, route: "/manage/spaces/:space/locks", gaps: []string{"print-masterclass"}},
	}
}
