package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/space"
	"guildhall/models/store"
)

// operation is one of the API with its gaps filled.
type operation struct {
	at    string
	scope member.Scope
	below bool // below a space
}

// operations are those of the table, for a space and a topic in it.
func operations(w *town, slug string, topic id.ID) (all []operation) {
	w.t.Helper()
	fill := strings.NewReplacer(":space", slug, ":topic", topic.String(), ":handle", "rita")
	for _, r := range handlers.Routes() {
		if r.Gate == handlers.Token {
			all = append(all, operation{fill.Replace(r.Path), r.Scope, strings.Contains(r.Path, ":space")})
		}
	}
	if len(all) != 10 {
		w.t.Fatalf("%d operations", len(all))
	}
	return all
}

// estate is a club with spaces of each kind, and in each a topic, what was said in it, and a room.
type estate struct {
	*town
	open, locked, unlisted             space.Space
	inOpen, inLocked, inUnlisted, gone forum.Topic
}

const canary = "zq7x-within"

func furnished(t *testing.T, w *town) *estate {
	t.Helper()
	patron := access.Lock{{{Kind: access.TierKey, Ref: w.Patron.ID}}, {{Kind: access.StatusKey, Amount: 5}}}
	e := &estate{town: w, open: w.Open}
	e.locked = w.Space("Lens library", map[access.Verb]access.Lock{access.Read: patron})
	e.unlisted = w.Space("Vault", map[access.Verb]access.Lock{access.See: patron})
	e.inOpen, e.inLocked, e.inUnlisted = e.topic(e.open, "Garden plans"), e.topic(e.locked, canary+"-title"), e.topic(e.unlisted, canary+"-title")
	e.gone = w.Topic(e.open, canary+"-hidden")
	clubtest.Must(w.Forum.Hide(t.Context(), w.Again(w.Owner), e.gone.ID, true))(t)
	return e
}

func (e *estate) topic(sp space.Space, title string) forum.Topic {
	e.t.Helper()
	t := e.Topic(sp, title)
	word := "a public word"
	if sp.ID != e.Open.ID {
		word = canary
	}
	e.Reply(e.Paying, t, word+" for @rita and @paul")
	room := clubtest.Must(e.Chat.Room(e.t.Context(), e.Again(e.Owner), sp.ID))(e.t)
	clubtest.Must(e.Chat.Send(e.t.Context(), e.Again(e.Owner), room.ID, chat.Draft{Key: e.Key(), Text: word + " said to @rita and @paul"}))(e.t)
	return t
}

// kind of space, as the matrix of answers has them.
func (e *estate) kinds() map[string][]operation {
	return map[string][]operation{
		"open": operations(e.town, e.open.Slug, e.inOpen.ID), "locked": operations(e.town, e.locked.Slug, e.inLocked.ID),
		"unlisted": operations(e.town, e.unlisted.Slug, e.inUnlisted.ID), "never": operations(e.town, "never-was", e.Store.NewID()),
	}
}

// TestOperationsAndWhoMayUseThem is the matrix: each operation × who asks × the kind of space.
func TestOperationsAndWhoMayUseThem(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := furnished(t, w)
		revoked, was := w.token(w.Paying, 0)
		clubtest.OK(t, w.Members.RevokeToken(t.Context(), w.Paying, revoked.ID))
		kept := w.Join("kept")
		_, out := w.token(kept, 0)
		w.Suspend(kept.ID, "Selling.")
		lapsing := w.Join("lapsing")
		w.Give(lapsing, w.Patron, time.Hour)
		_, lapsed := w.token(lapsing, 0)
		_, lapsedHere := w.token(lapsing, e.locked.ID)
		_, lapsedThere := w.token(lapsing, e.unlisted.ID)
		w.get("/api/v1/s/"+e.locked.Slug, bearing(lapsedHere)).wants(t, http.StatusOK)
		w.get("/api/v1/s/"+e.unlisted.Slug, bearing(lapsedThere)).wants(t, http.StatusOK)
		w.Clock.Turn(time.Hour)

		all := func(status int) map[string]int {
			return map[string]int{"": status, "open": status, "locked": status, "unlisted": status, "never": status}
		}
		plain := map[string]int{"": 200, "open": 200, "locked": 403, "unlisted": 404, "never": 404}
		for _, who := range []struct {
			name   string
			edit   func(*http.Request)
			status map[string]int // "" is of what stands below no space
		}{
			{"entitled", w.with(w.Paying, 0), map[string]int{"": 200, "open": 200, "locked": 200, "unlisted": 200, "never": 404}},
			{"below", w.with(w.Regular, 0), plain},
			{"lapsed", bearing(lapsed), plain},
			{"owner", w.with(w.Owner, 0), plain}, // a token has none of the powers of staff
			{"moderator", w.with(w.Moderator, 0), plain},
			{"for this", w.with(w.Paying, e.locked.ID), map[string]int{"": 200, "open": 404, "locked": 200, "unlisted": 404, "never": 404}},
			{"for another", w.with(w.Paying, e.open.ID), map[string]int{"": 200, "open": 200, "locked": 404, "unlisted": 404, "never": 404}},
			{"for this, lapsed", bearing(lapsedHere), all(403)},
			{"for the unlisted, lapsed", bearing(lapsedThere), all(401)},
			{"revoked", bearing(was), all(401)},
			{"unknown", bearing("gh_" + member.Secret()), all(401)},
			{"suspended", bearing(out), all(403)},
			{"nobody", func(*http.Request) {}, all(401)},
			{"the owner's cookie", w.as(w.Owner), all(401)},
		} {
			met := false
			for kind, ops := range e.kinds() {
				for _, op := range ops {
					if op.below {
						met = e.asks(t, who.name, kind, op, who.edit, who.status[kind]) || met
					} else {
						met = e.asks(t, who.name, kind, op, who.edit, who.status[""]) || met
					}
				}
			}
			if entitled := who.name == "entitled" || who.name == "for this"; met != entitled {
				t.Errorf("%s met what stands within: %v", who.name, met)
			}
		}
	})
}

// asks tells whether what stands within a gated space was in the answer.
func (e *estate) asks(t *testing.T, who, kind string, op operation, edit func(*http.Request), status int) bool {
	t.Helper()
	a := e.get(op.at, edit)
	if a.StatusCode != status {
		t.Errorf("%s: %s of the %s answers %d, want %d: %s", who, op.at, kind, a.StatusCode, status, a.body)
	}
	if h := a.Header; h.Get("Content-Type") != "application/json" || h.Get("Cache-Control") != "private, no-store" || h.Get("Set-Cookie") != "" {
		t.Errorf("%s: %s comes with %v", who, op.at, h)
	}
	if !json.Valid([]byte(a.body)) {
		t.Errorf("%s: %s answers %q", who, op.at, a.body)
	}
	return strings.Contains(a.body, canary)
}

// A token for one space is told of what happened there, and of nothing else.
func TestNotificationsOfOneSpace(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := furnished(t, w)
		said := func(space id.ID) (spaces map[string]int) {
			var page struct{ Items []struct{ Space string } }
			clubtest.OK(t, json.Unmarshal([]byte(w.get("/api/v1/notifications", w.with(w.Paying, space)).wants(t, http.StatusOK).body), &page))
			spaces = map[string]int{}
			for _, n := range page.Items {
				spaces[n.Space]++
			}
			return spaces
		}
		if all := said(0); all[e.open.Slug] == 0 || all[e.locked.Slug] == 0 || all[""] == 0 {
			t.Fatalf("told of %v", all)
		}
		if one := said(e.locked.ID); len(one) != 1 || one[e.locked.Slug] == 0 {
			t.Errorf("told of %v", one)
		}
		w.Clock.Turn(time.Minute)
		w.Write(func(tx *store.Tx) error {
			for range 40 { // more than a page of what is the club's own
				if err := notify.Tell(tx, notify.Line{Kind: notify.Won, Subject: tx.NewID()}, w.Paying.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if one := said(e.locked.ID); len(one) != 1 || one[e.locked.Slug] == 0 {
			t.Errorf("behind a page of other news it is told of %v", one)
		}
	})
}

// What is not listed answers as what never was, byte for byte but for the number of the request.
func TestWhatIsNotListedNeverWas(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := furnished(t, w)
		entitled := w.with(w.Paying, 0)
		for name, edit := range map[string]func(*http.Request){"below": w.with(w.Regular, 0), "another space": w.with(w.Paying, e.open.ID)} {
			gone, never := e.kinds()["unlisted"], e.kinds()["never"]
			hidden := operations(w, e.open.Slug, e.gone.ID)
			for i, op := range gone {
				if op.below {
					alike(t, name, w.get(op.at, edit), w.get(never[i].at, edit))
				}
				if strings.Contains(op.at, "/t/") {
					no := w.get(operations(w, e.open.Slug, w.Store.NewID())[i].at, edit).wants(t, http.StatusNotFound)
					alike(t, name, w.get(hidden[i].at, edit), no)
					elsewhere := operations(w, e.open.Slug, e.inUnlisted.ID)
					alike(t, name, w.get(elsewhere[i].at, edit), no)
					elsewhere = operations(w, e.open.Slug, e.inLocked.ID)
					alike(t, name, w.get(elsewhere[i].at, edit), no)
					w.get(elsewhere[i].at, entitled).wants(t, http.StatusNotFound) // it does not stand here
				}
			}
		}
	})
}

func alike(t *testing.T, who string, a, b answer) {
	t.Helper()
	for _, h := range []http.Header{a.Header, b.Header} {
		h.Del("X-Request-Id")
		h.Del("Date")
	}
	if a.StatusCode != http.StatusNotFound || b.StatusCode != http.StatusNotFound || a.body != b.body || fmt.Sprint(a.Header) != fmt.Sprint(b.Header) {
		t.Errorf("%s: %s and %s can be told apart:\n%d %s %v\n%d %s %v", who, a.Request.URL, b.Request.URL, a.StatusCode, a.body, a.Header, b.StatusCode, b.body, b.Header)
	}
}

// Below a closed door nothing is told apart, and programs read the keys that people read.
func TestProgramsReadTheDoor(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := furnished(t, w)
		edit := w.with(w.Regular, 0)
		real, unreal := e.kinds()["locked"], operations(w, e.locked.Slug, w.Store.NewID())
		for i, op := range real {
			if !op.below {
				continue
			}
			a := w.get(op.at, edit).wants(t, http.StatusForbidden)
			if b := w.get(unreal[i].at, edit); a.body != b.body {
				t.Errorf("%s and %s can be told apart: %s %s", op.at, unreal[i].at, a.body, b.body)
			}
			var said struct {
				Error struct {
					Code, Text string
					Door       struct {
						Space, Name string
						Ways        [][]struct {
							Key             string
							Met             bool
							Have, Want, Gap int64
						}
					}
				}
			}
			clubtest.OK(t, json.Unmarshal([]byte(a.body), &said))
			d := said.Error.Door
			if said.Error.Code != "refused" || !strings.Contains(said.Error.Text, "opens with Patron") || d.Space != e.locked.Slug || len(d.Ways) != 2 {
				t.Fatalf("the door says %s", a.body)
			}
			if n := d.Ways[1][0]; d.Ways[0][0].Key != "Patron" || n.Key != "Mentor" || n.Want != 500 || n.Gap != n.Want-n.Have || n.Have == 0 {
				t.Errorf("the keys are %+v", d.Ways)
			}
		}
		clubtest.OK(t, w.Spaces.SetDoor(t.Context(), w.Again(w.Owner), e.locked.ID, space.Doorway{Taster: e.inLocked.ID}))
		for i, op := range real { // the taster, and it alone, is let through its door
			if strings.Contains(op.at, "/t/") {
				w.get(op.at, edit).wants(t, http.StatusOK).says(t, canary)
				w.get(unreal[i].at, edit).wants(t, http.StatusForbidden)
			}
		}
	})
}
