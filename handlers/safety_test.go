package handlers_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/safety"
)

// waiting is the address of the one matter on a page of the queue.
var waiting = regexp.MustCompile(`action="(/review/[^"]+)"`)

// TestAReportIsMadeAndDecidedByForms: from the post's own tool to the bell of its author.
func TestAReportIsMadeAndDecidedByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		newt, rita, mods, owner := w.as(w.Newcomer), w.as(w.Regular), w.as(w.Moderator), w.as(w.Owner)
		topic := w.Topic(w.Open, "A civil question")
		post := w.Reply(w.Regular, topic, "Zq7x you *fool*.")
		report := root(w.Open, topic) + "/p/" + post.ID.String() + "/report"
		w.get("/review", mods).wants(t, http.StatusOK).says(t, "Nothing needs a decision").says(t, "All is decided")
		w.get(at(w.Open, topic), newt).says(t, `href="`+report+`"`)
		if strings.Contains(w.get(at(w.Open, topic), rita).body, `href="`+report+`"`) {
			t.Error("one is offered to report oneself")
		}
		if strings.Contains(w.get(at(w.Open, topic)).body, "/report") {
			t.Error("a guest is offered to report")
		}
		w.get(report, newt).wants(t, http.StatusOK).says(t, "you <em>fool</em>").says(t, "The moderators of this space")
		w.post(report, form("words", "Kept as typed."), newt).wants(t, http.StatusUnprocessableEntity).says(t, "Choose what is wrong with it.").says(t, "Kept as typed.")
		w.post(report, form("reason", "other"), newt).wants(t, http.StatusUnprocessableEntity).says(t, "Say in a few words")
		w.post(report, form("reason", "hostile", "words", "Unkind <b>to me</b>."), rita).wants(t, http.StatusForbidden).says(t, "cannot report yourself")
		for range 2 {
			w.post(report, form("reason", "hostile", "words", "Unkind <b>to me</b>."), newt).wants(t, http.StatusSeeOther)
		}

		w.get("/", mods).says(t, `href="/review"`)
		queue := w.get("/review", mods).wants(t, http.StatusOK).says(t, "One thing needs a decision").says(t, "Zq7x you <em>fool</em>").says(t, "Unkind &lt;b&gt;to me&lt;/b&gt;.").says(t, "Newt").says(t, "Hostile")
		act := waiting.FindStringSubmatch(queue.body)[1]
		w.post(act, form("decision", "removed", "reason", " "), mods).wants(t, http.StatusUnprocessableEntity).says(t, "Say why this was decided.").says(t, " open")
		w.post(act, form("decision", "sung"), mods).wants(t, http.StatusUnprocessableEntity)
		w.post(act, form("decision", "removed", "reason", "That was unkind."), mods).wants(t, http.StatusSeeOther)
		w.post(act, form("decision", "dismissed"), owner).wants(t, http.StatusConflict).says(t, "before you")
		w.get(at(w.Open, topic), newt).says(t, "This post was removed.")
		bell := w.get("/notifications", rita).wants(t, http.StatusOK).says(t, "You were warned").says(t, "That was unkind.")
		if strings.Contains(bell.body, "Newt") {
			t.Error("the author learns who reported it")
		}

		said := w.message(t, w.Regular, "Zq7x in the room.")
		at := "/s/questions/chat/m/" + said.ID.String() + "/report"
		w.get("/s/questions/chat", newt).says(t, `href="`+at+`"`)
		w.get(at, newt).wants(t, http.StatusOK).says(t, "Report a message").says(t, "Zq7x in the room.")
		w.post(at, form("reason", "spam"), newt).wants(t, http.StatusSeeOther)
		w.get("/m/rita", newt).says(t, `href="/m/rita/report"`)
		w.get("/m/rita/report", newt).wants(t, http.StatusOK).says(t, "The owners of the club read it, and nobody else.")
		w.post("/m/rita/report", form("reason", "spam"), newt).wants(t, http.StatusSeeOther)
		w.get("/review", mods).says(t, "One thing needs a decision").says(t, "Zq7x in the room.")
		w.get("/review", owner).says(t, "Two things need a decision").says(t, "Reported as a person")
	})
}

func (w *town) message(t *testing.T, by access.Viewer, text string) chat.Message {
	t.Helper()
	room := clubtest.Must(w.Chat.Room(t.Context(), w.Again(by), w.Open.ID))(t)
	return clubtest.Must(w.Chat.Send(t.Context(), w.Again(by), room.ID, chat.Draft{Key: w.Key(), Text: text}))(t)
}

// TestTheQueueIsForThoseWhoLookAfterThings: others are refused alike, whether anything waits or not, and
// a moderator of another space finds, counts and decides nothing.
func TestTheQueueIsForThoseWhoLookAfterThings(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		other := w.Space("Darkroom", nil)
		mona := w.Join("mona")
		clubtest.OK(t, w.Access.Seat(t.Context(), w.Owner, other.ID, mona.ID))
		second := w.as(mona)
		post := w.Reply(w.Regular, w.Topic(w.Open, "A civil question"), "Zq7x.")
		before := w.get("/review", w.as(w.Newcomer)).wants(t, http.StatusForbidden).says(t, "Only the moderators and owners").body
		empty := w.get("/review", second).wants(t, http.StatusOK).body

		clubtest.OK(t, w.Safety.Report(t.Context(), w.Again(w.Paying), safety.Complaint{Kind: safety.OfPost, Subject: post.ID, Reason: safety.Spam}))
		act := waiting.FindStringSubmatch(w.get("/review", w.as(w.Moderator)).body)[1]
		if after := w.get("/review", w.as(w.Newcomer)).wants(t, http.StatusForbidden).body; mask(after) != mask(before) {
			t.Error("somebody else is told that something waits")
		}
		if after := w.get("/review", second).wants(t, http.StatusOK).body; mask(after) != mask(empty) {
			t.Error("a moderator of another space is told that something waits")
		}
		w.get("/review").wants(t, http.StatusSeeOther)
		for who, sign := range map[string]func(*http.Request){"newcomer": w.as(w.Newcomer), "lapsed": w.as(w.Lapsed), "suspended": w.as(w.Suspended)} {
			if a := w.post(act, form("decision", "dismissed"), sign); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s decides: %s", who, a.Status)
			}
		}
		a := w.post(act, form("decision", "dismissed"), second).wants(t, http.StatusNotFound)
		b := w.post("/review/"+w.Store.NewID().String(), form("decision", "dismissed"), second).wants(t, http.StatusNotFound)
		if mask(strings.ReplaceAll(a.body, a.Request.URL.Path, "")) != mask(strings.ReplaceAll(b.body, b.Request.URL.Path, "")) {
			t.Error("a report elsewhere can be told from one that never was")
		}
		w.post(act, form("decision", "dismissed"), w.as(w.Moderator)).wants(t, http.StatusSeeOther)
	})
}

// What is behind a door is not reported through it, and the answer is the door's.
func TestWhatIsClosedIsNotReported(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		topic := w.Topic(locked, "Zq7x inside")
		post := w.Reply(w.Owner, topic, "Zq7x an answer.")
		path := root(locked, topic) + "/p/" + post.ID.String() + "/report"
		never := root(locked, topic) + "/p/" + w.Store.NewID().String() + "/report"
		for _, p := range []string{path, never} {
			if a := w.get(p, w.as(w.Newcomer)).wants(t, http.StatusForbidden).says(t, "Masterclass"); strings.Contains(a.body, "Zq7x") {
				t.Error("the door shows what is behind it")
			}
			w.post(p, form("reason", "spam"), w.as(w.Newcomer)).wants(t, http.StatusForbidden).says(t, "Masterclass")
		}
		w.get(path, w.as(w.Paying)).wants(t, http.StatusOK).says(t, "Zq7x an answer.")
		w.get(never, w.as(w.Paying)).wants(t, http.StatusNotFound)
		through := "/s/questions/t/" + topic.ID.String() + "/p/" + post.ID.String() + "/report"
		w.get(through, w.as(w.Newcomer)).wants(t, http.StatusNotFound)
	})
}

func TestAMemberIsWarnedAndSuspendedByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		const page = "/manage/members/newt"
		w.get(page, owner).says(t, "Nothing was ever decided about them.")
		w.post(page+"/warn", form("reason", " "), owner).wants(t, http.StatusUnprocessableEntity).says(t, "Say why this was decided.").says(t, `id="warn-reason-fault"`)
		w.post(page+"/warn", form("reason", "Not how we talk here."), owner).wants(t, http.StatusSeeOther)
		w.get(page, owner).says(t, "Warned").says(t, "Not how we talk here.").says(t, "Decided by Olive.")
		w.get("/notifications", newt).says(t, "The reason given: Not how we talk here.")

		w.post(page+"/suspend", form("reason", "Kept as typed.", "until", "2020-01-01"), owner).wants(t, http.StatusUnprocessableEntity).says(t, "That lies in the past.").says(t, "Kept as typed.").says(t, `value="2020-01-01"`)
		w.get("/s/questions", newt).wants(t, http.StatusOK)
		w.post(page+"/suspend", form("reason", "Selling in every topic.", "until", "2026-03-05"), owner).wants(t, http.StatusSeeOther)
		w.get("/s/questions", newt).wants(t, http.StatusForbidden).says(t, "You are suspended until 6 March 2026, 00:00 UTC. The reason given: Selling in every topic.")
		w.post("/s/questions/chat", form("key", "k", "text", "Buy."), newt).wants(t, http.StatusForbidden)
		w.get(page, owner).says(t, "Lift it now")
		w.Clock.Set(time.Date(2026, 3, 5, 23, 59, 59, 0, time.UTC))
		w.get("/s/questions", newt).wants(t, http.StatusForbidden)
		w.Clock.Turn(time.Second)
		w.get("/s/questions", newt).wants(t, http.StatusOK)
		owner = w.as(w.Owner)
		w.post(page+"/suspend", form("reason", "Again."), owner).wants(t, http.StatusSeeOther)
		w.get("/", newt).wants(t, http.StatusForbidden).says(t, "until the owners lift it")
		w.post(page+"/lift", nil, owner).wants(t, http.StatusSeeOther)
		w.get("/", newt).wants(t, http.StatusOK)
		w.post(page+"/lift", nil, owner).wants(t, http.StatusConflict).says(t, "not suspended")
		w.post("/manage/members/olive/suspend", form("reason", "r"), owner).wants(t, http.StatusForbidden)
		w.get("/manage/members/olive", owner).says(t, "Nothing is decided here about an owner of the club.")
		w.post("/manage/members/nobody_here/warn", form("reason", "r"), owner).wants(t, http.StatusNotFound)
	})
}

func TestAMemberIsRemovedByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		topic := w.Topic(w.Open, "A civil question")
		post := w.Reply(w.Newcomer, topic, "What I wrote.")
		const page = "/manage/members/newt/remove"
		w.get(page, owner).wants(t, http.StatusOK).says(t, "Type newt to be sure")
		w.post(page, form("handle", "rita", "reason", "Kept as typed.", "words", "on"), owner).wants(t, http.StatusUnprocessableEntity).says(t, "Type newt to say that you mean them.").says(t, "Kept as typed.").says(t, " checked")
		w.get("/", newt).wants(t, http.StatusOK).says(t, "Newt")
		w.post(page, form("handle", "newt", "reason", "Selling."), owner).wants(t, http.StatusSeeOther)
		if strings.Contains(w.get("/", newt).wants(t, http.StatusOK).body, "Newt") {
			t.Error("they are signed in still")
		}
		w.get("/m/newt", owner).wants(t, http.StatusNotFound)
		w.get("/manage/members/newt", owner).wants(t, http.StatusNotFound)
		thread := w.get(at(w.Open, topic), w.as(w.Regular)).says(t, "What I wrote.").says(t, "A former member")
		if strings.Contains(thread.body, "Newt") {
			t.Error("their name stands somewhere")
		}
		w.post("/manage/members/rita/remove", form("handle", "rita", "reason", "Selling.", "words", "on"), owner).wants(t, http.StatusSeeOther)
		w.get(root(w.Open, topic)+"/p/"+post.ID.String()+"/report", owner).wants(t, http.StatusOK) // what a former member wrote can be reported
	})
}

// TestABlockIsNobodyElsesKnowledge: every page of the blocked one is the same before and after.
func TestABlockIsNobodyElsesKnowledge(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		newt, rita := w.as(w.Newcomer), w.as(w.Regular)
		topic := clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Newcomer), w.Open.ID, forum.Draft{Key: w.Key(), Title: "Of Newt's", Text: "Mine."}))(t)
		w.Reply(w.Newcomer, topic, "Hello @rita.")
		paths := []string{"/", "/m/newt", "/s/questions", at(w.Open, topic), "/s/questions/chat", "/notifications", "/settings/blocked"}
		before := map[string]string{}
		for range 2 { // the second time nothing is new
			for _, p := range paths {
				before[p] = unkeyed(w.get(p, rita).wants(t, http.StatusOK).body)
			}
		}
		w.get("/settings/blocked", newt).says(t, "Nobody.")
		w.get("/m/rita", newt).says(t, `action="/m/rita/block"`)
		w.post("/m/rita/block", nil, newt).wants(t, http.StatusSeeOther)
		w.get("/m/rita", newt).says(t, `action="/m/rita/unblock"`)
		w.get("/settings/blocked", newt).says(t, "Rita")
		for _, p := range paths {
			if unkeyed(w.get(p, rita).wants(t, http.StatusOK).body) != before[p] {
				t.Errorf("%s tells the blocked one", p)
			}
		}
		w.Reply(w.Regular, topic, "An answer, @newt.")
		if strings.Contains(w.get("/notifications", newt).body, "Rita") {
			t.Error("the blocked are told of")
		}
		to := w.post("/m/rita/unblock", form("from", "list"), newt).wants(t, http.StatusSeeOther).Header.Get("Location")
		if to != "/settings/blocked" {
			t.Errorf("it leads to %q", to)
		}
		w.post("/m/newt/block", nil, newt).wants(t, http.StatusForbidden).says(t, "yourself")
		w.post("/m/nobody_here/block", nil, newt).wants(t, http.StatusNotFound)
		w.post("/m/rita/block", nil).wants(t, http.StatusForbidden)
	})
}

var formKeys = regexp.MustCompile(`name="key" value="[^"]*"`)

// unkeyed is mask without the keys of forms, which are anew on every page.
func unkeyed(body string) string { return formKeys.ReplaceAllString(mask(body), "…") }

func TestKeepersKnock(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, v := range w.Cast() {
			want := http.StatusForbidden
			edit := func(*http.Request) {}
			if v.SignedIn() {
				edit = w.as(v)
			}
			switch name {
			case "guest":
				want = http.StatusSeeOther
			case "owner", "moderator":
				want = http.StatusOK
			}
			if a := w.get("/keeper", edit); a.StatusCode != want {
				t.Errorf("%s: %s, want %d", name, a.Status, want)
			}
		}
	}, who("/keeper", handlers.Keeper))
}
