package leaks_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"guildhall/cmd/guildhall/running"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/models/store"
)

// world is a club that runs, everybody who looks at it, and what stands in it.
type world struct {
	t       *testing.T
	p       *running.Program
	metrics string
	returns string // where mail comes in
	box     *postbox.Box
	issuer  *elsewhere.World

	db    *store.Store // the same database, under the hands of the test
	club  *models.Club
	owner access.Viewer

	base, patron access.Tier
	section      space.Section
	houses       map[kind]*house
	few          few             // what is said among a few, none of whom looks
	people       map[string]*eye // by handle; those who look are in eyes
	grants       map[string]id.ID
	used         *atomic.Int64 // keys
	folder       string        // of uploads
	more         func()        // what else happens in the gated spaces while everybody is in

	thread, letter id.ID // of a correspondence, and what was delivered of it

	drafted, banner id.ID // a page that is a draft, and an announcement for the tier

	invitation, link, picture, sheet string // what opens something to whoever holds it
}

// house is one space with everything in it that a space can hold.
type house struct {
	kind    kind
	space   space.Space
	topic   id.ID // a question with answers
	slug    string
	hidden  id.ID // a topic that its keepers took away
	posts   []id.ID
	removed id.ID // a post
	room    id.ID
	message id.ID
	flag    id.ID   // a report of a post
	files   []id.ID // uploads: a note and a picture in the first post, and one that stands nowhere
}

func (h *house) at() string { return "/s/" + h.space.Slug }

// page is the address of the topic's page; below thread is what can be done there.
func (h *house) page() string   { return h.thread() + "/" + h.slug }
func (h *house) thread() string { return h.at() + "/t/" + h.topic.String() }

// open runs the program on an empty database, and founds the club by the link that it prints.
func open(t *testing.T, database, program string) *world {
	t.Helper()
	w := &world{t: t, folder: t.TempDir(), used: new(atomic.Int64), houses: map[kind]*house{}, people: map[string]*eye{}, grants: map[string]id.ID{}}
	w.starts(database, program)
	w.found()
	w.takes(database)
	w.owner = w.viewer("ona")
	w.base = clubtest.Must(w.club.Access.Tiers(t.Context()))(t)[0]
	w.patron = clubtest.Must(w.club.Access.SaveTier(t.Context(), w.owner, access.Tier{Name: "Patron", Ticket: 3}))(t)
	w.section = clubtest.Must(w.club.Spaces.AddSection(t.Context(), w.again("ona"), "Rooms"))(t)
	return w
}

// starts runs the program on a database, with more in its environment.
func (w *world) starts(database, program string, more ...string) {
	t := w.t
	t.Helper()
	w.box, w.issuer, w.metrics, w.returns = postbox.Open(t), elsewhere.Open(t), running.FreeAddress(t), running.FreeAddress(t)
	w.p = running.Installed(t, database)
	w.p.Path = program
	w.p.URL = strings.Replace(w.p.URL, "127.0.0.1", "localhost", 1) // passkeys want a name
	w.p.Env = append(w.p.Env, "GUILDHALL_BASE_URL="+w.p.URL, "GUILDHALL_METRICS_ADDR="+w.metrics, "GUILDHALL_FILES="+w.folder, "GUILDHALL_LOG_LEVEL=debug", "GUILDHALL_RATE_FACTOR=100000",
		"GUILDHALL_SMTP_URL="+w.box.URL(), "GUILDHALL_MAIL_FROM=Northlight <club@example.org>", "GUILDHALL_INBOUND_ADDR="+w.returns, "GUILDHALL_INBOUND_DOMAIN=club.example",
		"GUILDHALL_OIDC_NAME=Keyring", "GUILDHALL_OIDC_ISSUER="+w.issuer.Live(w.p.URL), "GUILDHALL_OIDC_ID="+elsewhere.ID("oidc"), "GUILDHALL_OIDC_SECRET="+elsewhere.Secret("oidc"))
	w.p.Env = append(w.p.Env, more...)
	w.p.Start()
}

// takes opens the same database for the hands of the test.
func (w *world) takes(database string) {
	t := w.t
	t.Helper()
	w.db = clubtest.Must(store.Open(t.Context(), database, store.System{}))(t)
	w.club = models.Over(w.db)
	t.Cleanup(func() { clubtest.OK(t, w.club.Close()) })
}

var setUp = regexp.MustCompile(`/setup/[\w-]+`)

// found follows the one-time link, and gives the owner the passkey that keys and rights ask for.
func (w *world) found() {
	w.t.Helper()
	ona := newEye(w.t, "owner", w.p.URL)
	ona.post(w.t, setUp.FindString(w.p.Said.String()), "name", "Northlight", "tagline", "Film club", "hue", "162", "zone", "UTC", "owner_name", "Ona", "handle", "ona", "space", "Hall")
	ona.holdKey(w.t)
	w.people["ona"] = ona
}

// comes brings a member in by an account elsewhere and the page of the first visit.
func (w *world) comes(handle string) *eye {
	w.t.Helper()
	e := w.arrives(handle)
	e.post(w.t, "/welcome", "name", strings.ToUpper(handle[:1])+handle[1:], "handle", handle, "zone", "UTC", "agreed", "on")
	w.people[handle] = e
	return e
}

// arrives is somebody who proved an account elsewhere, and has not finished the first visit.
func (w *world) arrives(handle string) *eye {
	w.t.Helper()
	e := newEye(w.t, handle, w.p.URL)
	w.issuer.Person = elsewhere.Person{Subject: "account-of-" + handle, Name: handle}
	a := e.ask(w.t, ask{method: http.MethodPost, path: "/auth/oidc", form: form("return", "/")})
	step := w.issuer.Consent(leads(w.t, a))
	if a = e.get(w.t, step.URL.RequestURI()); a.status != http.StatusOK && a.status != http.StatusSeeOther {
		w.t.Fatalf("%s comes back to %d\n%s", handle, a.status, a.body)
	}
	return e
}

func (w *world) viewer(handle string) access.Viewer {
	w.t.Helper()
	m := clubtest.Must(w.club.Members.ByHandle(w.t.Context(), handle))(w.t)
	return clubtest.Must(w.club.Members.Viewer(w.t.Context(), m.ID))(w.t)
}

// again is a member as the database has them now.
func (w *world) again(handle string) access.Viewer { w.t.Helper(); return w.viewer(handle) }

// key is one that no client made yet.
func (w *world) key() string { return fmt.Sprintf("key-%d", w.used.Add(1)) }

// gives grants the tier that opens the gated spaces.
func (w *world) gives(handle string) {
	w.t.Helper()
	g := access.Grant{MemberID: w.viewer(handle).ID, TierID: w.patron.ID, Reason: "For the test.", Key: w.key()}
	w.grants[handle] = clubtest.Must(w.club.Access.Give(w.t.Context(), w.again("ona"), g))(w.t).ID
}

// lock is what closes a kind of space.
func (w *world) lock(k kind) map[access.Verb]access.Lock {
	patrons := access.Lock{{{Kind: access.TierKey, Ref: w.patron.ID}}}
	switch k {
	case locked:
		return map[access.Verb]access.Lock{access.Read: patrons}
	case unlisted:
		return map[access.Verb]access.Lock{access.See: patrons}
	}
	return nil
}

// builds makes an empty space of a kind.
func (w *world) builds(k kind, slug, name string) space.Space {
	w.t.Helper()
	sp := clubtest.Must(w.club.Spaces.Add(w.t.Context(), w.again("ona"), space.Space{
		SectionID: w.section.ID, Slug: slug, Name: name, About: "About it.", Icon: "i-chat", Kind: space.Questions, Chat: true, Scores: k == public,
	}))(w.t)
	clubtest.OK(w.t, w.club.Access.SetLocks(w.t.Context(), w.again("ona"), sp.ID, w.lock(k)))
	return sp
}

// idIn is the id that stands in an address, where the pattern has it.
func idIn(t testing.TB, address, pattern string) id.ID {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(address)
	if m == nil {
		t.Fatalf("%q has no %s", address, pattern)
	}
	return clubtest.Must(id.Parse(m[1]))(t)
}
