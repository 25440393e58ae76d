package leaks_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/store"
)

// part is what a viewer is to the gated spaces.
type part struct {
	name   string
	handle string // of whom they are signed in as; empty for nobody
	in     bool   // entitled to the gated spaces
	token  bool
	keeps  bool // a moderator of the gated spaces, or an owner
}

// The parts. Those who are in are the positive control of everything that the others must not see.
var parts = []part{
	{name: "anonymous"},
	{name: "unverified"}, // has proved an account elsewhere and not finished the first visit
	{name: "below tier", handle: "bela"},
	{name: "lapsed", handle: "lars"}, // wrote there while they might
	{name: "suspended", handle: "sue"},
	{name: "moderator of another space", handle: "moe"},
	{name: "narrow token", handle: "mel", token: true},
	{name: "token of one scope", handle: "mel", token: true},
	{name: "token below tier", handle: "bela", token: true},
	{name: "moderator", handle: "mia", in: true, keeps: true},
	{name: "member", handle: "mel", in: true},
	{name: "owner", handle: "ona", in: true, keeps: true},
	{name: "token for this space", handle: "mel", in: true, token: true},
	{name: "blocked", handle: "bea", in: true},
}

// author writes what stands everywhere; whoever is entitled may read it.
const author = "avis"

// settle brings the whole cast in and fills a space of each kind with what it can hold.
func (w *world) settle() {
	w.t.Helper()
	for _, handle := range []string{author, "mel", "bela", "lars", "sue", "moe", "mia", "bea"} {
		w.comes(handle)
	}
	for _, handle := range []string{author, "mel", "lars", "sue", "mia", "bea"} {
		w.gives(handle)
	}
	for _, k := range kinds {
		w.houses[k] = w.furnish(k, w.builds(k, slugs[k], names[k]))
	}
	w.confides()
	ctx, a := w.t.Context(), w.club.Access
	clubtest.OK(w.t, a.Seat(ctx, w.again("ona"), w.houses[public].space.ID, w.viewer("moe").ID))
	for _, k := range gated {
		clubtest.OK(w.t, a.Seat(ctx, w.again("ona"), w.houses[k].space.ID, w.viewer("mia").ID))
	}
	if w.more != nil {
		w.more()
	}
	clubtest.OK(w.t, a.Withdraw(ctx, w.again("ona"), w.grants["lars"], "The dues ended."))
	w.suspends("sue")
	w.people["unverified"] = w.arrives("una")
	w.corresponds()
	w.issues()
	w.publishes()
	w.people["anonymous"] = newEye(w.t, "anonymous", w.p.URL)
	w.warm()
}

// What a locked space is called is on its door; an unlisted one has no name to others.
var (
	slugs = map[kind]string{public: "library", locked: "darkroom", unlisted: canary(unlisted, "slug")}
	names = map[kind]string{public: "Library", locked: "Darkroom", unlisted: canary(unlisted, "name")}
)

// furnish fills a space: a question with an answer that is accepted, a post that was edited, one that
// was removed, a topic that was hidden, messages, reactions, mentions.
func (w *world) furnish(k kind, sp space.Space) *house {
	w.t.Helper()
	h := &house{kind: k, space: sp}
	at, by := h.at(), w.people[author]
	word := func(field string) string { return canary(k, field) }
	uploads := w.brings(h)
	start := func(field string) id.ID {
		to := by.post(w.t, at+"/new", "key", w.key(), "title", "About "+word(field), "tags", word("tag"), "text", "It says "+word("text")+". ![a "+word("alt")+"](https://pictures.example/x.png)\n\n"+uploads+"\n\n```\n"+word("code")+"\n```")
		return idIn(w.t, to, `/t/(\w{11})`)
	}
	h.topic, h.hidden = start("title"), start("hidden")
	own := map[string]string{} // files, which are listed for whoever brought them, and how much room all of theirs take
	for _, who := range []string{"mel", "lars", "sue", "bea"} {
		if sp.Slug == slugs[k] { // and not what only one of two clubs has: that is no secret from themselves
			own[who] = "[mine](/files/" + w.uploads(who, "mine.txt", []byte("It is of "+who+".")).String() + ")"
		}
		w.people[who].post(w.t, h.thread()+"/reply", "key", w.key(), "text", "@"+author+" has "+word("reply")+" from "+who+" "+own[who])
	}
	by.post(w.t, h.thread()+"/reply", "key", w.key(), "text", "Taken back: "+word("removed")+". @mel @lars @bela")
	w.read(&h.posts, "select id from posts where topic_id = ? order by number", h.topic)
	h.removed = h.posts[len(h.posts)-1]
	post := func(i int) string { return h.thread() + "/p/" + h.posts[i].String() }
	w.people["mel"].post(w.t, post(1)+"/edit", "text", "@"+author+" has "+word("reply")+" and "+word("edited")+" "+own["mel"]+"\n\n:::poll Is it "+word("poll")+"?\n- yes\n- no\nresults always\nnames shown\n:::", "reason", "It says "+word("why"))
	w.people["mel"].post(w.t, h.thread()+"/reply", "key", w.key(), "draft", "on", "text", "Not yet: "+word("draft"))
	for _, who := range []string{"mel", author, "lars"} {
		w.people[who].post(w.t, post(1)+"/poll", "poll", "1", "choice", "1")
	}
	by.post(w.t, post(1)+"/accept")
	for _, who := range []string{"mel", "lars"} {
		w.people[who].post(w.t, post(0)+"/react", "on", "thanks")
	}
	for _, who := range []string{"mel", "lars", "sue"} {
		w.people[who].post(w.t, post(0)+"/bookmark", "on", "true")
	}
	by.post(w.t, h.thread()+"/p/"+h.removed.String()+"/remove")
	w.people["mel"].post(w.t, post(2)+"/report", "reason", "hostile", "words", "It is "+word("flag"))
	w.people["ona"].post(w.t, at+"/t/"+h.hidden.String()+"/hide", "on", "true")
	w.cares(h)
	for _, who := range []string{"mel", author, "lars"} {
		w.people[who].post(w.t, at+"/chat", "key", w.key(), "text", "@mel @"+author+" "+word("message")+" by "+who)
	}
	w.read(&h.slug, "select slug from topics where id = ?", h.topic)
	var rooms, messages []id.ID
	w.read(&h.flag, "select id from flags where subject_id = ?", h.posts[2])
	w.read(&rooms, "select id from rooms where space_id = ?", sp.ID)
	w.read(&messages, "select id from messages where room_id = ? order by id desc", rooms[0])
	h.room, h.message = rooms[0], messages[0]
	said := at + "/chat/m/" + h.message.String()
	w.people["lars"].post(w.t, said, "text", "@mel @"+author+" "+word("message")+" said as "+word("former"))
	w.people["lars"].post(w.t, said, "text", "@mel @"+author+" "+word("message")+" by lars")
	by.post(w.t, said+"/thread", "key", w.key(), "text", "It is answered with "+word("thread"))
	w.people["ona"].post(w.t, said+"/pin", "on", "true")
	if n := numbers[k]; n != 0 {
		w.do("update topics set posts = ? where id = ?", n, h.topic)
	}
	return h
}

// cares does in a space what those who look after it do: a topic that is unlisted, slow, timed and has a
// notice, one that was merged into it, texts that are kept, and one that waits to be published.
func (w *world) cares(h *house) {
	w.t.Helper()
	at, ona, by := h.at(), w.people["ona"], w.people[author]
	word := func(field string) string { return canary(h.kind, field) }
	start := func(field string) string {
		return at + "/t/" + idIn(w.t, by.post(w.t, at+"/new", "key", w.key(), "title", "About "+word(field), "text", "Of "+word(field)), `/t/(\w{11})`).String()
	}
	quiet, twin := start("quiet"), start("merged")
	ona.post(w.t, quiet+"/unlist", "on", "true", "why", "As "+word("why"))
	ona.post(w.t, quiet+"/slow", "seconds", "60", "why", "As "+word("slow"))
	ona.post(w.t, quiet+"/timer", "do", "close", "quiet", "30", "why", "As "+word("timer"))
	ona.post(w.t, twin+"/merge", "into", w.p.URL+quiet, "why", "As "+word("twice"))
	ona.post(w.t, h.thread()+"/p/"+h.posts[1].String()+"/notice", "notice", "We say "+word("notice"))
	ona.post(w.t, at+"/texts/reply", "name", "One "+word("saved"), "text", "With "+word("saved"))
	ona.post(w.t, at+"/texts/template", "name", "One "+word("template"), "text", "With "+word("template"))
	by.post(w.t, at+"/new", "key", w.key(), "title", "Waits "+word("scheduled"), "text", "For "+word("scheduled"), "at", "2027-06-01T12:00")
}

func (w *world) read(into any, statement string, args ...any) {
	w.t.Helper()
	clubtest.OK(w.t, w.db.Read(w.t.Context()).Raw(statement, args...).Scan(into).Error)
}

func (w *world) do(statement string, args ...any) {
	w.t.Helper()
	clubtest.OK(w.t, w.db.Write(w.t.Context(), func(tx *store.Tx) error { return tx.Exec(statement, args...).Error }))
}

// suspends keeps a member out.
func (w *world) suspends(handle string) {
	w.t.Helper()
	clubtest.OK(w.t, w.db.Write(w.t.Context(), func(tx *store.Tx) error {
		member := w.viewer(handle).ID
		row := map[string]any{"id": tx.NewID(), "member_id": member, "kind": "suspended", "starts_at": tx.Now, "reason": "Selling."}
		if err := tx.Table("sanctions").Create(row).Error; err != nil {
			return err
		}
		return access.Raise(tx, member)
	}))
}

// issues hands out what opens something to its holder: tokens, an invitation, the owner's link; and a
// picture, which is as public as the name beside it.
func (w *world) issues() {
	w.t.Helper()
	ctx, mel := w.t.Context(), w.again("mel")
	every := w.everyScope()
	for _, k := range kinds {
		_, secret, err := w.club.Members.IssueToken(ctx, mel, member.TokenDraft{Name: "For " + string(k), Scopes: every, Space: w.houses[k].space.ID, Days: 7})
		clubtest.OK(w.t, err)
		e := newEye(w.t, "token for "+string(k), w.p.URL)
		e.bearer = secret
		w.people[e.name] = e
	}
	w.people["narrow token"] = w.people["token for public"]
	for name, of := range map[string]struct {
		handle string
		scopes []member.Scope
	}{"token of one scope": {"mel", []member.Scope{member.ReadMe}}, "token below tier": {"bela", every}} {
		_, secret, err := w.club.Members.IssueToken(ctx, w.again(of.handle), member.TokenDraft{Name: name, Scopes: of.scopes, Days: 7})
		clubtest.OK(w.t, err)
		w.people[name] = newEye(w.t, name, w.p.URL)
		w.people[name].bearer = secret
	}
	var err error
	_, w.invitation, err = w.club.Joining.Invite(ctx, mel, 3, 7)
	clubtest.OK(w.t, err)
	w.link = clubtest.Must(w.club.Founding.Link(ctx))(w.t)
	w.picture = w.draws("mel")
	w.people[author].post(w.t, "/m/bea/block")
}

// everyScope is all that a token may hold.
func (w *world) everyScope() (every []member.Scope) {
	for _, way := range w.declared().Ways {
		if way.Scope != "" {
			every = append(every, member.Scope(way.Scope))
		}
	}
	slices.Sort(every)
	return slices.Compact(every)
}

// draws gives a member a picture, and returns its name.
func (w *world) draws(handle string) (hash string) {
	w.t.Helper()
	var body bytes.Buffer
	mixed := multipart.NewWriter(&body)
	file := clubtest.Must(mixed.CreateFormFile("picture", "me.png"))(w.t)
	clubtest.OK(w.t, png.Encode(file, image.NewRGBA(image.Rect(0, 0, 64, 64))))
	clubtest.OK(w.t, mixed.Close())
	a := w.people[handle].ask(w.t, ask{method: http.MethodPost, path: "/settings/picture", raw: body.String(), header: map[string]string{"Content-Type": mixed.FormDataContentType()}})
	if a.status != http.StatusSeeOther {
		w.t.Fatalf("the picture is answered %s", a)
	}
	w.read(&hash, "select picture from members where handle = ?", handle)
	return hash
}

// warm fills every cache that there is, as those see the pages who may.
func (w *world) warm() {
	w.t.Helper()
	for _, who := range []string{"ona", "mia", "mel"} {
		for _, k := range kinds {
			for _, path := range []string{"/", w.houses[k].at(), w.houses[k].page(), w.houses[k].at() + "/chat"} {
				w.people[who].get(w.t, path)
			}
		}
	}
}

// A viewer of each part stands ready, and those who are in see what the others must not.
func TestTheCastStands(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		w := open(t, database, "")
		w.settle()
		for _, k := range gated {
			page := w.people["mel"].get(t, w.houses[k].page())
			for _, field := range []string{"title", "text", "alt", "code", "reply", "edited"} {
				if !strings.Contains(string(page.body), canary(k, field)) {
					t.Errorf("%s: mel does not see the %s", k, field)
				}
			}
		}
	})
}
