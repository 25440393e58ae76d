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
	topic, slug          string // a question with an answer
	long, longSlug, post string // a topic with everything in it that a post may have, and a post of the member's own
	hidden, hiddenSlug   string
	message              string // the member's own
	changed              string // a post in the long topic that says something else now
	theirs, heard        string // a post in the long topic and a message, of somebody else
	link, arrival        string // of mails
	farewell             string // the link that ends letters
	invitation           string
	keys                 string // the owner link
	founding             string // the owner link of a club that is not founded
	tier, group          string
	page, banner         string // one of the club's own, and what is announced
	waiting              string // a topic that the member wrote for later
	direct               string // a room that the member has with one other
	confided, confessed  string // what they said there, and what the other did
	letters, letter      string // a correspondence of the member's, and what somebody else wrote in it
	begun                string // a letter that the member began
	kept                 string // what the member keeps
}

const (
	openBell = `document.querySelector("#bell").showPopover()`
	bellOpen = `document.querySelector("#bell-notes .note")`
	typeFilm = `(() => { const field = document.querySelector("#search-bar"); field.focus(); field.value = "film"; field.dispatchEvent(new Event("input", {bubbles: true})) })()`
	suggests = `document.querySelector("#suggestions [role=option] mark") || innerWidth < 821`
	openCare = `document.querySelector("#care").showPopover()`
	careOpen = `document.querySelector("#care:popover-open")`
	openDrop = `document.querySelector(".drop").open = true`
	openWall = `document.querySelector("#wall").showPopover()`
)

// cheered is a page that celebrates, as it does when the line brings such news, to somebody who
// heard of none before.
func cheered(as, news string) stop {
	return stop{
		who: theCheered, route: "/", as: as, before: `localStorage.clear(), sessionStorage.clear()`,
		then:  `import(document.querySelector("script[type=module]").src.replace("app.js", "cheer.js")).then((cheer) => cheer.` + news + `)`,
		until: `document.querySelector("dialog.cheer[open]")`,
	}
}

// tour leads through the club.
func tour(in found) []stop {
	topic, long := []string{"questions", in.topic, in.slug}, []string{"questions", in.long, in.longSlug}
	return append(append(outside(in, topic, long), inside(in, topic, long)...), office(in, topic, long)...)
}

func outside(in found, topic, long []string) []stop {
	return []stop{
		{who: theGuest, route: "/"},
		{who: theGuest, route: "/s/:space", gaps: []string{"questions"}},
		{who: theGuest, route: "/s/:space", gaps: []string{"print-masterclass"}, as: "door", status: http.StatusForbidden},
		{who: theGuest, route: "/s/:space/t/:topic/:slug", gaps: topic},
		{who: theGuest, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: theGuest, route: "/s/:space/t/:topic/p/:post/poll", gaps: []string{"questions", in.long, in.post}, query: "?poll=1"},
		{who: theGuest, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: theGuest, route: "/s/:space/chat/pins", gaps: []string{"introductions"}},
		{who: theGuest, route: "/s/:space/chat/m/:message/thread", gaps: []string{"introductions", in.message}},
		{who: theGuest, route: "/s/:space/chat/m/:message/history", gaps: []string{"introductions", in.message}},
		{who: theGuest, route: "/m/:handle", gaps: []string{"amara"}},
		{who: theGuest, route: "/m/:handle", gaps: []string{"billie"}, as: "long"},
		{who: theGuest, route: "/s/:space/t/:topic/p/:post/history", gaps: []string{"questions", in.long, in.changed}},
		{who: theGuest, route: "/membership"},
		{who: theGuest, route: "/writing"},
		{who: theGuest, route: "/latest"},
		{who: theGuest, route: "/latest", query: "?show=top&period=all", as: "top"},
		{who: theGuest, route: "/tags"},
		{who: theGuest, route: "/tags/:tag", gaps: []string{"film"}},
		{who: theGuest, route: "/pages/:name", gaps: []string{"about"}},
		{who: theGuest, route: "/pages/:name", gaps: []string{"privacy"}, as: "table"},
		{who: theGuest, route: "/keys"},
		{who: theGuest, route: "/spaces"},
		{who: theGuest, route: "/search"},
		{who: theGuest, route: "/search", query: "?q=push", as: "found"},
		{who: theGuest, route: "/nowhere", as: "404", status: http.StatusNotFound},
		{who: theGuest, route: "/sign-in"},
		{who: theGuest, route: "/sign-in", query: "?trouble=denied&by=google", as: "trouble"},
		{who: theGuest, route: "/sign-in/sent"},
		{who: theGuest, route: "/join/:code", gaps: []string{in.invitation}},
		{who: theGuest, route: "/join/:code", gaps: []string{"spent"}, as: "spent", status: http.StatusNotFound},
		{who: theGuest, route: "/setup/:code", gaps: []string{in.keys}, as: "keys"},
		{who: theDoorstep, route: "/sign-in/link/:token", gaps: []string{in.link}},
		{who: theDoorstep, route: "/welcome", before: `fetch("/sign-in/link/` + in.arrival + `", {method: "POST"})`, in: "light"},
		{who: theDoorstep, route: "/welcome", in: "dark"},
		{who: theDoorstep, route: "/welcome", in: "mobile"},
		{who: theGuest, route: "/unsubscribe/:farewell", gaps: []string{in.farewell}},
		{who: theFounder, route: "/", as: "unfounded", status: http.StatusServiceUnavailable},
		{who: theFounder, route: "/setup/:code", gaps: []string{in.founding}},

		{who: theNewcomer, route: "/", as: "newcomer"},
		{who: theNewcomer, route: "/s/:space", gaps: []string{"darkroom"}, as: "darkroom", status: http.StatusForbidden},
		{who: theNewcomer, route: "/s/:space", gaps: []string{"lens-library"}, as: "lens-library", status: http.StatusForbidden},
		{who: theNewcomer, route: "/s/:space", gaps: []string{"print-masterclass"}, as: "print-masterclass", status: http.StatusForbidden},
		{who: theNewcomer, route: "/s/:space", gaps: []string{"quiet-room"}, as: "quiet-room", status: http.StatusForbidden},
		{who: theNewcomer, route: "/s/:space", gaps: []string{"announcements"}, as: "glass"},
		{who: theNewcomer, route: "/s/:space/new", gaps: []string{"announcements"}, as: "glass", status: http.StatusForbidden},
		{who: theNewcomer, route: "/membership", as: "newcomer"},
	}
}

func inside(in found, topic, long []string) []stop {
	return []stop{
		{who: theMember, route: "/"},
		{who: theMember, route: "/", as: "bell", then: openBell, until: bellOpen},
		{who: theMember, route: "/", as: "wall", then: openWall, in: "mobile"},
		cheered("rose", `rose({name: "Mentor", pin: 5, rung: 5}, ["Print masterclass", "Quiet room"])`),
		cheered("badge", `badge({name: "Good answer", icon: "bulb", words: "Gave an answer that was accepted."})`),
		{who: theMember, route: "/new"},
		{who: theMember, route: "/latest"},
		{who: theMember, route: "/latest", query: "?show=new", as: "new"},
		{who: theMember, route: "/tags"},
		{who: theMember, route: "/tags/:tag", gaps: []string{"film"}, then: openDrop},
		{who: theMember, route: "/bookmarks"},
		{who: theMember, route: "/bookmarks", query: "?q=zzzz", as: "nothing"},
		{who: theMember, route: "/bookmarks/:bookmark", gaps: []string{in.kept}},
		{who: theMember, route: "/search", query: "?q=film+in%3Atopics", as: "found"},
		{who: theMember, route: "/search", query: "?q=film+order%3Alatest", as: "latest"},
		{who: theMember, route: "/search", query: "?q=zzzz", as: "nothing"},
		{who: theMember, route: "/search", as: "history"},
		{who: theMember, route: "/standing", as: "suggest", then: typeFilm, until: suggests},
		{who: theMember, route: "/s/:space", gaps: []string{"questions"}},
		{who: theMember, route: "/s/:space", gaps: []string{"questions"}, query: "?show=unanswered", as: "unanswered"},
		{who: theMember, route: "/s/:space", gaps: []string{"developing"}, query: "?show=unread", as: "read"},
		{who: theMember, route: "/s/:space", gaps: []string{"reading-room"}, as: "empty"},
		{who: theMember, route: "/s/:space/new", gaps: []string{"questions"}},
		{who: theMember, route: "/s/:space/t/:topic/:slug", gaps: topic},
		{who: theMember, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: theMember, route: "/s/:space/t/:topic/p/:post/poll", gaps: []string{"questions", in.long, in.post}, query: "?poll=1"},
		{who: theMember, route: "/s/:space/t/:topic/p/:post/edit", gaps: []string{"questions", in.long, in.post}},
		{who: theMember, route: "/s/:space/t/:topic/p/:post/history", gaps: []string{"questions", in.long, in.changed}},
		{who: theMember, route: "/drafts"},
		{who: theNewcomer, route: "/drafts", as: "empty"},
		{who: theMember, route: "/s/:space/t/:topic/p/:post/report", gaps: []string{"questions", in.long, in.theirs}},
		{who: theMember, route: "/s/:space/chat/m/:message/report", gaps: []string{"introductions", in.heard}},
		{who: theMember, route: "/m/:handle/report", gaps: []string{"billie"}},
		{who: theMember, route: "/settings/blocked"},
		{who: theMember, route: "/settings/reading"},
		{who: theMember, route: "/review", as: "403", status: http.StatusForbidden},
		{who: theMember, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: theMember, route: "/s/:space/chat", gaps: []string{"reading-room"}, as: "empty"},
		{who: theMember, route: "/s/:space/chat/pins", gaps: []string{"introductions"}},
		{who: theMember, route: "/s/:space/chat/m/:message/thread", gaps: []string{"introductions", in.message}},
		{who: theMember, route: "/s/:space/chat/m/:message/history", gaps: []string{"introductions", in.message}},
		{who: theMember, route: "/s/:space/chat/pins", gaps: []string{"reading-room"}, as: "empty"},
		{who: theMember, route: "/s/:space/chat/threads", gaps: []string{"introductions"}},
		{who: theNewcomer, route: "/s/:space/chat/threads", gaps: []string{"introductions"}, as: "followed"},
		{who: theMember, route: "/s/:space/chat/m/:message/forward", gaps: []string{"introductions", in.message}},
		{who: theMember, route: "/s/:space/chat/topic", gaps: []string{"introductions"}},
		{who: theMember, route: "/s/:space/chat/m/:message", gaps: []string{"introductions", in.message}},
		{who: theMember, route: "/rooms"},
		{who: theOwner, route: "/rooms", as: "empty"},
		{who: theMember, route: "/rooms/:room", gaps: []string{in.direct}},
		{who: theMember, route: "/rooms/:room/people", gaps: []string{in.direct}},
		{who: theMember, route: "/rooms/:room/threads", gaps: []string{in.direct}},
		{who: theMember, route: "/rooms/:room/pins", gaps: []string{in.direct}},
		{who: theMember, route: "/rooms/:room/m/:message/thread", gaps: []string{in.direct, in.confided}},
		{who: theMember, route: "/rooms/:room/m/:message/history", gaps: []string{in.direct, in.confided}},
		{who: theMember, route: "/rooms/:room/m/:message/forward", gaps: []string{in.direct, in.confided}},
		{who: theMember, route: "/rooms/:room/m/:message", gaps: []string{in.direct, in.confided}},
		{who: theMember, route: "/rooms/:room/m/:message/report", gaps: []string{in.direct, in.confessed}},
		{who: theMember, route: "/m/:handle", gaps: []string{"amara"}, as: "own"},
		{who: theMember, route: "/m/:handle", gaps: []string{"tomasz"}},
		{who: theMember, route: "/letters"},
		{who: theMember, route: "/letters", query: "?in=answer", as: "answer"},
		{who: theMember, route: "/letters", query: "?in=away", as: "empty"},
		{who: theMember, route: "/letters", query: "?in=drafts", as: "drafts"},
		{who: theMember, route: "/letters/new"},
		{who: theMember, route: "/letters/new/:begun", gaps: []string{in.begun}, query: "?draft=on"},
		{who: theMember, route: "/letters/:letters", gaps: []string{in.letters}},
		{who: theMember, route: "/letters/:letters/l/:letter/report", gaps: []string{in.letters, in.letter}},
		{who: theMember, route: "/scheduled"},
		{who: theMember, route: "/scheduled/:waiting", gaps: []string{in.waiting}},
		{who: theMember, route: "/standing"},
		{who: theMember, route: "/notifications"},
		{who: theMember, route: "/notifications", query: "?show=mentions", as: "mentions"},
		{who: theMember, route: "/settings/notifications"},
		{who: theOwner, route: "/manage/letters"},
		{who: theMember, route: "/membership"},
		{who: theMember, route: "/writing"},
		{who: theMember, route: "/settings"},
		{who: theMember, route: "/settings/ways"},
		{who: theGuest, route: "/offline"},
		{who: theMember, route: "/offline"},
		{who: theOwner, route: "/offline"},
		{who: theMember, route: "/settings/devices"},
		{who: theMember, route: "/settings/sessions"},
		{who: theMember, route: "/settings/invitations"},
		{who: theMember, route: "/settings/tokens"},
		{who: theMember, route: "/settings/feeds"},
		{who: theMember, route: "/settings/files"},
		{who: theNewcomer, route: "/settings/files", as: "empty"},
		{who: theNewcomer, route: "/settings/tokens", as: "empty"},
		{who: theMember, route: "/sign-in/again"},
		{who: theMember, route: "/pages/:name", gaps: []string{"rules"}},
		{who: theMember, route: "/keys"},
		{who: theMember, route: "/spaces"},
		{who: theMember, route: "/rules/agree"},
		{who: theMember, route: "/settings/rules"},
		{who: theMember, route: "/settings/keys"},
		{who: theMember, route: "/manage", as: "403", status: http.StatusForbidden},
		{who: theMember, route: "/nowhere", as: "404", status: http.StatusNotFound},
	}
}

func office(in found, topic, long []string) []stop {
	return []stop{
		{who: theOwner, route: "/"},
		{who: theOwner, route: "/s/:space", gaps: []string{"questions"}},
		{who: theOwner, route: "/s/:space", gaps: []string{"critique"}, as: "hidden"},
		{who: theOwner, route: "/s/:space/t/:topic/:slug", gaps: []string{"critique", in.hidden, in.hiddenSlug}, as: "hidden"},
		{who: theOwner, route: "/s/:space/t/:topic/:slug", gaps: topic},
		{who: theOwner, route: "/s/:space/t/:topic/:slug", gaps: long, as: "long"},
		{who: theOwner, route: "/s/:space", gaps: []string{"questions"}, query: "?pick=on", as: "pick"},
		{who: theOwner, route: "/s/:space/t/:topic/:slug", gaps: topic, as: "care", then: openCare, until: careOpen},
		{who: theOwner, route: "/s/:space/t/:topic/care", gaps: topic[:2]},
		{who: theOwner, route: "/s/:space/t/:topic/split", gaps: long[:2]},
		{who: theOwner, route: "/s/:space/t/:topic/log", gaps: topic[:2]},
		{who: theOwner, route: "/s/:space/t/:topic/replies", gaps: topic[:2]},
		{who: theOwner, route: "/s/:space/log", gaps: []string{"critique"}},
		{who: theOwner, route: "/s/:space/texts", gaps: []string{"questions"}},
		{who: theOwner, route: "/s/:space/bulk/:batch", gaps: topic[:2]},
		{who: theOwner, route: "/bulk/:batch", gaps: topic[1:2]},
		{who: theOwner, route: "/s/:space/t/:topic/p/:post/poll", gaps: []string{"questions", in.long, in.post}, query: "?poll=1"},
		{who: theOwner, route: "/s/:space/chat/care", gaps: []string{"introductions"}},
		{who: theOwner, route: "/s/:space/chat", gaps: []string{"introductions"}},
		{who: theOwner, route: "/s/:space/chat/pins", gaps: []string{"introductions"}},
		{who: theOwner, route: "/s/:space/chat/m/:message/thread", gaps: []string{"introductions", in.message}},
		{who: theOwner, route: "/s/:space/chat/m/:message/history", gaps: []string{"introductions", in.message}},
		{who: theOwner, route: "/s/:space/t/:topic/p/:post/history", gaps: []string{"questions", in.long, in.changed}, query: "?version=1", as: "first"},
		{who: theOwner, route: "/m/:handle", gaps: []string{"amara"}},
		{who: theOwner, route: "/membership"},
		{who: theOwner, route: "/writing"},
		{who: theOwner, route: "/search", query: "?q=print", as: "found"},
		{who: theOwner, route: "/latest"},
		{who: theOwner, route: "/tags"},
		{who: theOwner, route: "/tags/:tag", gaps: []string{"film"}},
		{who: theOwner, route: "/manage"},
		{who: theOwner, route: "/manage/tags"},
		{who: theOwner, route: "/pages/:name", gaps: []string{"committee-notes"}, as: "draft"},
		{who: theOwner, route: "/keys"},
		{who: theOwner, route: "/spaces"},
		{who: theOwner, route: "/manage/pages"},
		{who: theOwner, route: "/manage/pages/new"},
		{who: theOwner, route: "/manage/pages/:page", gaps: []string{in.page}},
		{who: theOwner, route: "/manage/pages/:page/v/:version", gaps: []string{in.page, "1"}},
		{who: theOwner, route: "/manage/agreements"},
		{who: theOwner, route: "/manage/banners"},
		{who: theOwner, route: "/manage/banners/new"},
		{who: theOwner, route: "/manage/banners/:banner", gaps: []string{in.banner}},
		{who: theOwner, route: "/manage/previews"},
		{who: theOwner, route: "/manage/tiers"},
		{who: theOwner, route: "/manage/tiers/new"},
		{who: theOwner, route: "/manage/tiers/:tier", gaps: []string{in.tier}},
		{who: theOwner, route: "/manage/members"},
		{who: theOwner, route: "/manage/members", query: "?q=zzz", as: "nobody"},
		{who: theOwner, route: "/manage/members/:handle", gaps: []string{"billie"}},
		{who: theOwner, route: "/manage/members/:handle/remove", gaps: []string{"billie"}},
		{who: theOwner, route: "/review"},
		{who: theOwner, route: "/manage/groups"},
		{who: theOwner, route: "/manage/groups/:group", gaps: []string{in.group}},
		{who: theOwner, route: "/manage/spaces"},
		{who: theOwner, route: "/manage/spaces/new"},
		{who: theOwner, route: "/manage/spaces/:space", gaps: []string{"questions"}},
		{who: theOwner, route: "/manage/spaces/:space/locks", gaps: []string{"print-masterclass"}},
	}
}
