package handlers_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/problem"
	"guildhall/models/site"
)

// fails is a row that ends in an error.
func fails(path string, err error) handlers.Route {
	return row(http.MethodGet, path, func(echo.Context) error { return err })
}

func TestEveryErrorHasItsAnswer(t *testing.T) {
	for path, test := range map[string]struct {
		err    error
		status int
		code   string
		text   string
	}{
		"/invalid":     {problem.Invalid("title", "Give it a title."), http.StatusUnprocessableEntity, "invalid", "Give it a title."},
		"/missing":     {problem.Missing("There is no such topic."), http.StatusNotFound, "missing", "There is no such topic."},
		"/refused":     {problem.Refused("Only for owners."), http.StatusForbidden, "refused", "Only for owners."},
		"/conflict":    {problem.Conflict("It was edited meanwhile."), http.StatusConflict, "conflict", "It was edited meanwhile."},
		"/too-soon":    {problem.TooSoon(90*time.Second, "Wait a little."), http.StatusTooManyRequests, "too_soon", "Wait a little."},
		"/too-large":   {problem.TooLarge("text", "Too long."), http.StatusRequestEntityTooLarge, "too_large", "Too long."},
		"/body":        {fmt.Errorf("read: %w", &http.MaxBytesError{Limit: 7}), http.StatusRequestEntityTooLarge, "too_large", "more than fits here"},
		"/wrapped":     {fmt.Errorf("reply: %w", problem.Missing("There is no such topic.")), http.StatusNotFound, "missing", "There is no such topic."},
		"/signed-out":  {live.ErrSignedOut, http.StatusForbidden, "sign_in", "Sign in to do this."},
		"/barred":      {live.ErrBarred, http.StatusForbidden, "refused", "not open to you"},
		"/no-socket":   {&live.Refused{Status: http.StatusUpgradeRequired, Text: "Live updates need HTTP/1.1."}, http.StatusUpgradeRequired, "socket", "Live updates need"},
		"/not-founded": {site.ErrNotFounded, http.StatusServiceUnavailable, "not_founded", "not set up yet"},
		"/ours":        {errors.New("pq: relation acts does not exist"), http.StatusInternalServerError, "broken", "Something broke on our side"},
		"/theirs":      {&problem.Problem{Kind: 99, Text: "?"}, http.StatusInternalServerError, "broken", "Something broke on our side"},
	} {
		t.Run(path, func(t *testing.T) {
			w := build(t, clubtest.SQLite(t), nil, fails(path, test.err))
			page := w.get(path).wants(t, test.status).says(t, test.text)
			if kind := page.Header.Get("Content-Type"); kind != "text/html; charset=UTF-8" {
				t.Errorf("a page of %q", kind)
			}
			var said struct {
				Error struct{ Code, Text, Field string }
			}
			asked := w.get(path, header("Accept", "application/json")).wants(t, test.status)
			if err := json.Unmarshal([]byte(asked.body), &said); err != nil {
				t.Fatal(err)
			}
			if said.Error.Code != test.code || !strings.Contains(said.Error.Text, test.text) {
				t.Errorf("programs read %+v", said.Error)
			}
			if p := problem.Of(test.err); p != nil && test.code != "broken" && said.Error.Field != p.Field {
				t.Errorf("the field is %q", said.Error.Field)
			}
			if got := page.Header.Get("Retry-After"); (test.code == "too_soon") != (got == "90") {
				t.Errorf("Retry-After: %q", got)
			}
			logged := w.log.lines(t, "failed")
			if (test.code == "broken") != (len(logged) == 2) {
				t.Errorf("it was logged %d times", len(logged))
			}
			if strings.Contains(page.body+asked.body, "pq:") {
				t.Error("the person reads what is ours")
			}
		})
	}
}

// A closed space answers with its door, and programs read what opens it.
func TestAClosedSpaceIsADoor(t *testing.T) {
	club := clubtest.SQLite(t)
	vault := club.Space("Vault", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
	w := build(t, club, nil, row(http.MethodGet, "/trial/vault", func(c echo.Context) error {
		if err := handlers.Of(c).CanEnter(vault.ID); err != nil {
			return err
		}
		return c.String(http.StatusOK, "inside")
	}))
	w.get("/trial/vault", w.as(w.Paying)).wants(t, http.StatusOK).says(t, "inside")
	for _, edit := range []func(*http.Request){func(*http.Request) {}, w.as(w.Regular), w.as(w.Lapsed)} {
		w.get("/trial/vault", edit).wants(t, http.StatusForbidden).says(t, "Patron")
		w.get("/trial/vault", edit, header("Accept", "application/json")).wants(t, http.StatusForbidden).says(t, `"Vault opens with Patron."`)
	}
}

// A space that went between the refusal and its door is one that never was.
func TestADoorThatWent(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil, fails("/trial/gone", &access.Shut{Problem: problem.Refused("Vault opens with Patron."), Space: 7}))
	if a := w.get("/trial/gone").wants(t, http.StatusNotFound); strings.Contains(a.body, "Vault") {
		t.Error("it is still told of")
	}
}

// A panic ends one request: its page tells the number that stands in the log, once.
func TestAPanicIsAPage(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodGet, "/panics", func(echo.Context) error { panic("on purpose") }))
	a := w.get("/panics").wants(t, http.StatusInternalServerError).says(t, "Something broke on our side")
	logged := w.log.lines(t, "failed")
	if len(logged) != 1 {
		t.Fatalf("logged %d times", len(logged))
	}
	number := logged[0]["request"].(string)
	if number == "" || number != a.Header.Get("X-Request-Id") || !strings.Contains(a.body, number) {
		t.Errorf("the log has number %q, the header %q", number, a.Header.Get("X-Request-Id"))
	}
	if said := logged[0]["error"].(string); !strings.Contains(said, "on purpose") || !strings.Contains(said, "fail_test.go") {
		t.Errorf("the log says %s", said)
	}
	if strings.Contains(a.body, "on purpose") || strings.Contains(a.body, ".go") {
		t.Error("the person reads what is ours")
	}
	w.get("/healthz").wants(t, http.StatusOK)
}

// One line for each request, which tells of no address, no cookie, no form.
func TestTheLogTellsNoSecrets(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodGet, "/trial/t/:topic", func(c echo.Context) error { return c.String(http.StatusOK, "") }))
	held := w.secretOf(w.Regular)
	w.get("/trial/t/"+w.Open.ID.String()+"?q=zq7x-query", cookie(held), header("User-Agent", "zq7x-agent"), header("Referer", w.url+"/zq7x-referer"))
	w.get("/zq7x-lost")
	w.post("/sign-out", map[string][]string{"text": {"zq7x-form"}}, cookie(held))
	lines := w.log.lines(t, "answered")
	if len(lines) != 3 {
		t.Fatalf("%d lines for 3 requests", len(lines))
	}
	if first := lines[0]; first["route"] != "/trial/t/:topic" || first["status"] != float64(http.StatusOK) || first["member"] != w.Regular.ID.String() || first["method"] != http.MethodGet {
		t.Errorf("the line is %v", first)
	}
	if lines[1]["route"] != "lost" {
		t.Errorf("the line is %v", lines[1])
	}
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	for _, hidden := range []string{"zq7x", held, w.Open.ID.String()} {
		if strings.Contains(w.log.buf.String(), hidden) {
			t.Errorf("%s is in the log", hidden)
		}
	}
}

// A form that could not be taken comes back with its status and what is wrong with it.
func TestAFormIsDrawnAgain(t *testing.T) {
	form := func(path string, err error) handlers.Route {
		return row(http.MethodPost, path, func(c echo.Context) error {
			return handlers.Redraw(c, err, func(p *problem.Problem) templ.Component {
				return templ.Raw("<p>" + p.Field + ": " + p.Text + " You wrote " + handlers.Text(c).Text("title") + "</p>")
			})
		})
	}
	w := build(t, clubtest.SQLite(t), nil, form("/invalid", problem.Invalid("title", "Shorter, please.")), form("/refused", problem.Refused("Only for owners.")), form("/ours", errors.New("no")))
	typed := map[string][]string{"title": {"Garden plans"}}
	w.post("/invalid", typed).wants(t, http.StatusUnprocessableEntity).says(t, "title: Shorter, please. You wrote Garden plans")
	w.post("/invalid", typed, header("Accept", "application/json")).wants(t, http.StatusUnprocessableEntity).says(t, `"field":"title"`)
	w.post("/refused", typed).wants(t, http.StatusForbidden).says(t, "Only for owners.")
	w.post("/ours", typed).wants(t, http.StatusInternalServerError)
}

// A page that fails while it is drawn is a page about that, and never half of one.
func TestHalfAPageIsNone(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodGet, "/half", func(c echo.Context) error {
		return handlers.Draw(c, http.StatusOK, templ.Join(templ.Raw("first half"), templ.Raw("", errors.New("no more"))))
	}))
	if a := w.get("/half").wants(t, http.StatusInternalServerError); strings.Contains(a.body, "first half") {
		t.Error("half of it went out")
	}
}
