package handlers_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/safety"
)

// line is a socket of a member in one room, as apps have it.
type line struct {
	*websocket.Conn
	t *testing.T
}

// opens a socket as a member and joins a room.
func (w *town) opens(t *testing.T, v access.Viewer, room id.ID) line {
	t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{"guildhall.json.v1"}, HandshakeTimeout: 10 * time.Second}
	header := http.Header{"Origin": {w.url}, "Cookie": {cookieName + "=" + w.secretOf(v)}}
	ws, _, err := dialer.Dial("ws"+strings.TrimPrefix(w.url, "http")+"/live", header)
	clubtest.OK(t, err)
	t.Cleanup(func() { _ = ws.Close() })
	p := line{ws, t}
	clubtest.OK(t, p.WriteJSON(map[string]any{"op": "join", "ref": "j", "room": room.String()}))
	return p
}

// until reads frames until one is wanted, and returns those that came before it.
func (p line) until(wanted func(heard) bool) (before []heard) {
	p.t.Helper()
	clubtest.OK(p.t, p.SetReadDeadline(time.Now().Add(20*time.Second)))
	for {
		var f heard
		if err := p.ReadJSON(&f); err != nil {
			p.t.Fatalf("it never came: %v, after %+v", err, before)
		}
		if wanted(f) {
			return before
		}
		before = append(before, f)
	}
}

// heard is a frame that comes down.
type heard struct {
	Type, Ref string
	Data      json.RawMessage
}

// shows tells whether a frame says that exactly these are here.
func shows(handles ...string) func(heard) bool {
	return func(f heard) bool {
		var said struct {
			Here  []struct{ Handle string }
			Count int
		}
		if f.Type != "presence" || json.Unmarshal(f.Data, &said) != nil || said.Count != len(handles) || len(said.Here) != len(handles) {
			return false
		}
		for _, h := range handles {
			found := false
			for _, s := range said.Here {
				found = found || s.Handle == h
			}
			if !found {
				return false
			}
		}
		return true
	}
}

// TestWhoBlocksIsNotShownToTheBlocked: while somebody whom they block is in the room, neither in its
// frames nor on any page, by name or by number; and again once that one left.
func TestWhoBlocksIsNotShownToTheBlocked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Clock.Set(time.Now()) // sockets keep the machine's time
		room := clubtest.Must(w.Chat.Room(t.Context(), w.Again(w.Newcomer), w.Open.ID))(t)
		newt := w.opens(t, w.Newcomer, room.ID)
		paul := w.opens(t, w.Paying, room.ID)
		paul.until(shows("newt", "paul"))
		rita := w.opens(t, w.Regular, room.ID)
		rita.until(shows("newt", "paul", "rita"))

		clubtest.OK(t, w.Bell.Block(t.Context(), w.Again(w.Newcomer), w.Regular.ID))
		rita.until(shows("paul", "rita"))
		newt.until(shows("paul", "rita")) // told alike to all
		for who, v := range map[string]access.Viewer{"the blocked": w.Regular, "another": w.Paying} {
			for path, number := range map[string]string{"/s/questions/chat": "2 here", "/s/questions": "", "/": ""} {
				body := w.get(path, w.as(v)).wants(t, http.StatusOK).says(t, number).body
				if strings.Contains(body, `href="/m/newt"`) {
					t.Errorf("%s reads on %s who is there", who, path)
				}
				if !strings.Contains(body, `</span>2<span class="sr"> here now`) {
					t.Errorf("%s counts another number on %s", who, path)
				}
			}
		}

		clubtest.OK(t, newt.WriteJSON(map[string]any{"op": "typing", "ref": "t", "room": room.ID.String()}))
		newt.until(func(f heard) bool {
			if f.Type == "error" {
				t.Errorf("who types is told: %s", f.Data)
			}
			return f.Ref == "t"
		})
		clubtest.OK(t, paul.WriteJSON(map[string]any{"op": "typing", "ref": "t", "room": room.ID.String()}))
		for _, f := range rita.until(func(f heard) bool { return f.Type == "typing" && strings.Contains(string(f.Data), "paul") }) {
			if f.Type == "typing" {
				t.Errorf("the blocked is told who types: %s", f.Data)
			}
		}

		clubtest.OK(t, rita.Close())
		paul.until(shows("newt", "paul"))
		if body := w.get("/s/questions/chat", w.as(w.Regular)).body; strings.Contains(body, `href="/m/newt"`) {
			t.Error("the blocked reads who is there before they are")
		}
		w.get("/s/questions/chat", w.as(w.Moderator)).says(t, `href="/m/newt"`)
	})
}

// TestSanctionsCloseSockets: who is suspended or removed hears nothing from the commit on, and is told
// by which of the two.
func TestSanctionsCloseSockets(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Clock.Set(time.Now())
		room := clubtest.Must(w.Chat.Room(t.Context(), w.Again(w.Newcomer), w.Open.ID))(t)
		newt, paul, rita := w.opens(t, w.Newcomer, room.ID), w.opens(t, w.Paying, room.ID), w.opens(t, w.Regular, room.ID)
		for _, l := range []line{newt, paul, rita} {
			l.until(func(f heard) bool { return f.Ref == "j" })
		}
		clubtest.OK(t, w.Safety.Suspend(t.Context(), w.Again(w.Owner), w.Newcomer.ID, nil, "Selling."))
		clubtest.OK(t, w.Safety.Remove(t.Context(), w.Again(w.Owner), w.Paying.ID, safety.Removal{Typed: "paul", Reason: "Selling."}))
		if code := newt.closed(); code != 4403 {
			t.Errorf("the suspended is cut off with %d", code)
		}
		if code := paul.closed(); code != 4401 {
			t.Errorf("the removed is cut off with %d", code)
		}
		w.message(t, w.Owner, "Zq7x after that.")
		rita.until(func(f heard) bool { return f.Type == "change" && strings.Contains(string(f.Data), "Zq7x") })
		header := http.Header{"Origin": {w.url}, "Cookie": {cookieName + "=" + w.secretOf(w.Newcomer)}}
		_, answer, err := (&websocket.Dialer{Subprotocols: []string{"guildhall.json.v1"}}).Dial("ws"+strings.TrimPrefix(w.url, "http")+"/live", header)
		if err == nil || answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("a suspended member opens a socket: %v", err)
		}
	})
}

// closed reads on until the line is cut, and returns the code.
func (p line) closed() int {
	p.t.Helper()
	clubtest.OK(p.t, p.SetReadDeadline(time.Now().Add(20*time.Second)))
	for {
		if _, _, err := p.ReadMessage(); err != nil {
			if cut := (*websocket.CloseError)(nil); errors.As(err, &cut) {
				return cut.Code
			}
			p.t.Fatalf("it was not cut: %v", err)
		}
	}
}
