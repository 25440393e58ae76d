package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
	"guildhall/views"
)

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func at(sp space.Space, t forum.Topic) string { return views.TopicAddress(sp.Slug, t.ID, t.Slug) }

func root(sp space.Space, t forum.Topic) string { return "/s/" + sp.Slug + "/t/" + t.ID.String() }

// TestTheLoopByForms: a topic, a reply, a reaction, an answer, a message, all without a script.
func TestTheLoopByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		newt, rita := w.as(w.Newcomer), w.as(w.Regular)
		w.get("/s/questions/new", newt).wants(t, http.StatusOK).says(t, "Ask in Questions")
		made := w.post("/s/questions/new", form("key", "k1", "title", "Which bag for the cold?", "text", "My zip froze at **-8**."), newt).wants(t, http.StatusSeeOther)
		topic := made.Header.Get("Location")
		w.get(topic).wants(t, http.StatusOK).says(t, "Which bag for the cold?").says(t, "<strong>-8</strong>")

		reply := strings.TrimSuffix(topic, "/"+topic[strings.LastIndex(topic, "/")+1:]) + "/reply"
		to := w.post(reply, form("key", "k2", "text", "One with two zips."), rita).wants(t, http.StatusSeeOther).Header.Get("Location")
		if !strings.HasSuffix(to, "?post=2#p2") {
			t.Fatalf("the reply leads to %s", to)
		}
		page := w.get(topic, newt).wants(t, http.StatusOK).says(t, "One with two zips.").body
		act := regexp.MustCompile(`action="([^"]+)/accept"`).FindStringSubmatch(page)
		if act == nil {
			t.Fatal("the asker is offered no answer to accept")
		}
		w.post(act[1]+"/react", form("on", "thanks"), newt).wants(t, http.StatusSeeOther)
		w.post(act[1]+"/accept", nil, newt).wants(t, http.StatusSeeOther)
		w.get(topic, rita).says(t, "accepted by Newt").says(t, "Solved")
		w.get("/s/questions?show=solved", rita).says(t, "Which bag for the cold?")
		w.get("/notifications", rita).says(t, "accepted your answer in")

		w.post("/s/questions/chat", form("key", "k3", "text", "Anybody in?"), newt).wants(t, http.StatusSeeOther)
		w.get("/s/questions/chat", rita).wants(t, http.StatusOK).says(t, "Anybody in?")
		w.get("/m/rita", rita).wants(t, http.StatusOK).says(t, "Why is my score").says(t, "Answers accepted")
		if body := w.get("/m/rita", newt).wants(t, http.StatusOK).body; strings.Contains(body, "What counted") {
			t.Fatal("another member reads the ledger")
		}
		w.get("/standing", newt).wants(t, http.StatusOK).says(t, "What counts here")
		w.get("/", newt).wants(t, http.StatusOK).says(t, "Newt")
		w.get("/").wants(t, http.StatusOK).says(t, "Which bag for the cold?")
	})
}

// TestWhatCannotBeTakenComesBack with what was typed, and nothing of it kept.
func TestWhatCannotBeTakenComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		newt := w.as(w.Newcomer)
		topic := w.Topic(w.Open, "Standing water")
		w.post("/s/questions/new", form("key", "k1", "title", "No", "text", "What I wrote <b>stays</b>."), newt).
			wants(t, http.StatusUnprocessableEntity).says(t, "at least 4 letters").says(t, "What I wrote &lt;b&gt;stays&lt;/b&gt;.")
		long := strings.Repeat("word ", 7000)
		w.post(root(w.Open, topic)+"/reply", form("key", "k2", "text", long), newt).
			wants(t, http.StatusRequestEntityTooLarge).says(t, "at most 32000").says(t, long[:2000])
		w.post(root(w.Open, topic)+"/reply", form("key", "k3", "text", "  "), newt).wants(t, http.StatusUnprocessableEntity).says(t, "Write something first")
		w.post(root(w.Open, topic)+"/reply", form("key", "k4", "text", "*how*", "preview", "1"), newt).wants(t, http.StatusOK).says(t, "<em>how</em>")
		w.post("/s/questions/chat", form("key", "k5", "text", strings.Repeat("x", 4001)), newt).wants(t, http.StatusRequestEntityTooLarge).says(t, strings.Repeat("x", 4001))
		w.post("/settings/profile", form("name", "Newt", "handle", "A B", "zone", "Europe/London", "bio", "About me."), newt).
			wants(t, http.StatusUnprocessableEntity).says(t, "small letters").says(t, "About me.")
		l := clubtest.Must(w.Forum.Topic(t.Context(), w.Again(w.Newcomer), topic.ID))(t)
		if l.Posts != 1 {
			t.Fatalf("%d posts were kept", l.Posts)
		}
	})
}

// TestModeratorsCareByForms and nobody else does.
func TestModeratorsCareByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		mods, rita := w.as(w.Moderator), w.as(w.Regular)
		topic := w.Topic(w.Open, "Selling a Mamiya")
		other := w.Space("Market", nil)
		for _, what := range []string{"pin", "close"} {
			w.post(root(w.Open, topic)+"/"+what, form("on", "true"), rita).wants(t, http.StatusForbidden)
			w.post(root(w.Open, topic)+"/"+what, form("on", "true"), mods).wants(t, http.StatusSeeOther)
		}
		w.get("/s/questions").says(t, "Pinned: ").says(t, "Closed: ")
		w.post(root(w.Open, topic)+"/title", form("title", "Selling a Mamiya 7"), mods).wants(t, http.StatusSeeOther)
		w.post(root(w.Open, topic)+"/hide", form("on", "true"), mods).wants(t, http.StatusSeeOther)
		gone := w.get(at(w.Open, topic), rita).wants(t, http.StatusNotFound).body
		never := w.get("/s/questions/t/"+w.Store.NewID().String()+"/selling-a-mamiya", rita).wants(t, http.StatusNotFound).body
		if mask(gone) != mask(never) {
			t.Fatal("a hidden topic and one that never was can be told apart")
		}
		w.get(at(w.Open, topic), mods).wants(t, http.StatusOK).says(t, "Hidden")
		w.post(root(w.Open, topic)+"/hide", form("on", "false"), mods).wants(t, http.StatusSeeOther)
		w.post(root(w.Open, topic)+"/move", form("space", other.Slug), w.as(w.Owner)).wants(t, http.StatusSeeOther)
		if to := w.get(at(w.Open, topic), rita).wants(t, http.StatusSeeOther).Header.Get("Location"); !strings.HasPrefix(to, "/s/market/t/") {
			t.Fatalf("the old address leads to %s", to)
		}
	})
}

var moving = regexp.MustCompile(`nonce="[^"]*"|[A-Za-z0-9_-]{11,}/[a-z-]+`)

// mask blanks what differs between any two answers: the nonce, and the address that was asked for.
func mask(body string) string { return moving.ReplaceAllString(body, "…") }

// TestDoorsHoldForEveryAddressBelow: closed answers with the door, unlisted never was, whether the
// thing is there or not; and what stands behind one door cannot be found through another.
func TestDoorsHoldForEveryAddressBelow(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		cellar := w.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		inside, below := w.Topic(locked, "Zq7xlocked canary"), w.Topic(cellar, "Zq7xcellar canary")
		never := w.Store.NewID().String()
		for who, sign := range map[string]func(*http.Request){"guest": func(*http.Request) {}, "newcomer": w.as(w.Newcomer), "lapsed": w.as(w.Lapsed)} {
			for _, path := range []string{"", "/chat", "/t/" + inside.ID.String() + "/x", "/t/" + never + "/x", "/t/" + below.ID.String() + "/x"} {
				if a := w.get("/s/masterclass"+path, sign).wants(t, http.StatusForbidden).says(t, "Masterclass"); strings.Contains(a.body, "Zq7x") {
					t.Errorf("%s: the door of %q shows what is behind it", who, path)
				}
			}
			for _, path := range []string{"", "/chat", "/t/" + below.ID.String() + "/x"} {
				a, b := w.get("/s/cellar"+path, sign).wants(t, http.StatusNotFound), w.get("/s/neverly"+path, sign).wants(t, http.StatusNotFound)
				if strings.ReplaceAll(mask(a.body), "cellar", "neverly") != mask(b.body) {
					t.Errorf("%s: %q of an unlisted space can be told from one that never was", who, path)
				}
			}
			for _, key := range []string{inside.ID.String(), below.ID.String()} {
				a, b := w.get("/s/questions/t/"+key+"/x", sign).wants(t, http.StatusNotFound), w.get("/s/questions/t/"+never+"/x", sign).wants(t, http.StatusNotFound)
				if mask(a.body) != mask(b.body) {
					t.Errorf("%s: a closed topic can be told from one that never was, through an open space", who)
				}
			}
			for _, path := range []string{"/", "/s/questions", "/m/olive"} {
				if a := w.get(path, sign).wants(t, http.StatusOK); strings.Contains(a.body, "Zq7x") || strings.Contains(a.body, "Cellar") {
					t.Errorf("%s: %s leaks", who, path)
				}
			}
		}
		w.get(at(locked, inside), w.as(w.Paying)).wants(t, http.StatusOK).says(t, "Zq7xlocked") // the canary sings
		w.get(at(cellar, below), w.as(w.Owner)).wants(t, http.StatusOK).says(t, "Zq7xcellar")
		w.get("/m/olive", w.as(w.Paying)).says(t, "Zq7xlocked")
	})
}

// TestAnInvitationLeadsIn and a dead one names nobody.
func TestAnInvitationLeadsIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita := w.as(w.Regular)
		w.post("/settings/invitations", form("uses", "0", "days", "7"), rita).wants(t, http.StatusUnprocessableEntity).says(t, "1 to 25 people")
		page := w.post("/settings/invitations", form("uses", "1", "days", "7"), rita).wants(t, http.StatusCreated).body
		link := regexp.MustCompile(`/join/[\w-]{43}`).FindString(page)
		w.get(link).wants(t, http.StatusOK).says(t, "Rita invites you in")
		kept := w.post(link, nil).wants(t, http.StatusSeeOther)
		if c := kept.Header.Get("Set-Cookie"); !strings.Contains(c, "invited") || !strings.Contains(c, "HttpOnly") {
			t.Fatalf("the invitation is kept as %q", c)
		}
		dead := w.get("/join/"+strings.Repeat("x", 43)).wants(t, http.StatusNotFound)
		if strings.Contains(dead.body, "Rita") {
			t.Fatal("a dead link names somebody")
		}
	})
}
