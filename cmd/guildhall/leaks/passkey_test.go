package leaks_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/clubtest/softkey"
)

// holdKey adds a passkey and answers to it, as an owner does before they change rights.
func (e *eye) holdKey(t testing.TB) {
	t.Helper()
	key := softkey.New(e.base)
	made := clubtest.Must(key.Create(e.json(t, "/settings/passkeys/begin", nil)))(t)
	e.json(t, "/settings/passkeys/finish", map[string]any{"credential": json.RawMessage(made), "name": "Key"})
	got := clubtest.Must(key.Get(e.json(t, "/sign-in/again/begin", nil)))(t)
	e.json(t, "/sign-in/again/finish", map[string]any{"credential": json.RawMessage(got), "return": "/"})
}

// json sends what a script of ours would, and must be answered.
func (e *eye) json(t testing.TB, path string, said map[string]any) []byte {
	t.Helper()
	if said == nil {
		said = map[string]any{}
	}
	a := e.ask(t, ask{method: http.MethodPost, path: path, raw: string(clubtest.Must(json.Marshal(said))(t)),
		header: map[string]string{"Content-Type": "application/json", "Accept": "application/json"}})
	if a.status != http.StatusOK {
		t.Fatalf("%s posts to %s: %s", e.name, path, a)
	}
	return a.body
}

// leads is where a page goes on to by itself.
func leads(t testing.TB, a answer) string {
	t.Helper()
	to, ok := strings.CutPrefix(a.header.Get("Refresh"), "0; url=")
	if !ok {
		t.Fatalf("this leads nowhere: %s", a)
	}
	return to
}
