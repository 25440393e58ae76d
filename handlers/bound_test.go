package handlers_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
)

func prefixes(all ...string) (networks []netip.Prefix) {
	for _, s := range all {
		networks = append(networks, netip.MustParsePrefix(s))
	}
	return networks
}

// echoes says how much was typed.
func echoes(c echo.Context) error {
	return c.String(http.StatusOK, strconv.Itoa(len(handlers.Text(c).Text("text"))))
}

func TestBodies(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodPost, "/text", echoes), row(http.MethodPost, "/large", echoes).UpTo(256<<10))
	text := func(n int) url.Values { return url.Values{"text": {strings.Repeat("x", n)}} }
	w.post("/text", text(60<<10)).wants(t, http.StatusOK).says(t, strconv.Itoa(60<<10))
	w.post("/text", text(64<<10)).wants(t, http.StatusRequestEntityTooLarge).says(t, "more than fits here")
	w.post("/large", text(250<<10)).wants(t, http.StatusOK)
	w.post("/large", text(256<<10)).wants(t, http.StatusRequestEntityTooLarge)

	unsized := func(r *http.Request) { // no Content-Length: it is counted as it comes
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text(64<<10).Encode())), -1
	}
	w.post("/text", nil, unsized).wants(t, http.StatusRequestEntityTooLarge)

	for n, want := range map[int]int{60 << 10: http.StatusOK, 64 << 10: http.StatusRequestEntityTooLarge} {
		var body bytes.Buffer
		parts := multipart.NewWriter(&body)
		clubtest.OK(t, parts.WriteField("text", strings.Repeat("x", n)))
		clubtest.OK(t, parts.Close())
		w.ask(http.MethodPost, "/text", &body, header("Content-Type", parts.FormDataContentType())).wants(t, want)
	}
	w.ask(http.MethodPost, "/text", strings.NewReader("text=%zz"), typedForm).wants(t, http.StatusUnprocessableEntity)
}

// What a database could not keep never reaches one, and lines end in one way.
func TestWhatIsTypedIsClean(t *testing.T) {
	said := row(http.MethodPost, "/said", func(c echo.Context) error {
		return c.JSON(http.StatusOK, handlers.Text(c).Text("text"))
	})
	w := build(t, clubtest.SQLite(t), nil, said)
	w.post("/said", url.Values{"text": {"a\r\nb\rc\x00d\xffe"}}).wants(t, http.StatusOK).says(t, `"a\nb\ncd�e"`)
	w.post("/said?text=forged", nil).wants(t, http.StatusOK).says(t, `""`)
}

func TestAddressesHaveOneSpelling(t *testing.T) {
	space := row(http.MethodGet, "/trial/s/:space", func(c echo.Context) error { return c.String(http.StatusOK, c.Param("space")) })
	topic := row(http.MethodGet, "/trial/t/:topic", func(c echo.Context) error {
		return c.String(http.StatusOK, handlers.PathID(c, "topic").String())
	})
	w := build(t, clubtest.SQLite(t), nil, space, topic)
	w.get("/trial/s/film").wants(t, http.StatusOK)
	known := w.Open.ID.String()
	w.get("/trial/t/"+known).wants(t, http.StatusOK).says(t, known)
	nothing := w.get("/never-was").wants(t, http.StatusNotFound)
	for _, path := range []string{
		"/trial/s/film/", "/trial/s//film", "/trial/S/film", "/trial/s/film/x", "/trial/s/fil%6d", "/trial/s/film%2Fx", "/trial/s/film%00", "/trial/s/%ff", "/trial/s/a%0ab", "/trial/s/", "/trial/s/film?x=%00", "/trial/s/film?x=%ff", "/trial/s/film?x=%zz",
		"/trial/t/" + known + "/", "/trial/t/" + known[1:], "/trial/t/" + known + "1", "/trial/t/0", "/trial/t/00000000000", "/trial/t/11111111111", "/trial/t/zzzzzzzzzzz", "/trial/t/1", "/trial/t/-1", "/healthz/", "/sign-out/",
	} {
		a := w.get(path).wants(t, http.StatusNotFound)
		if neutral(a) != neutral(nothing) {
			t.Errorf("%s does not read like nothing:\n%s\n%s", path, neutral(a), neutral(nothing))
		}
	}
	if a := w.ask(http.MethodPost, "/trial/s/film", nil).wants(t, http.StatusMethodNotAllowed); !strings.Contains(a.Header.Get("Allow"), http.MethodGet) {
		t.Errorf("Allow: %q", a.Header.Get("Allow"))
	}
	w.ask("BREW", "/trial/s/film", nil).wants(t, http.StatusMethodNotAllowed)
	if a := w.ask(http.MethodHead, "/trial/s/film", nil).wants(t, http.StatusOK); a.body != "" {
		t.Errorf("HEAD answers %q", a.body)
	}
}

// neutral is an answer without what tells one request from another.
func neutral(a answer) string {
	body := strings.ReplaceAll(a.body, strings.ReplaceAll(a.Request.URL.Path, "&", "&amp;"), "ADDRESS")
	if at := strings.Index(body, " You asked for "); at >= 0 {
		if end := strings.Index(body[at:], "</p>"); end >= 0 {
			body = body[:at] + body[at+end:]
		}
	}
	head := a.Header.Clone()
	for _, name := range []string{"Date", "X-Request-Id", "Content-Security-Policy", "Content-Length"} {
		head.Del(name)
	}
	var said bytes.Buffer
	_ = head.Write(&said)
	return a.Status + "\n" + said.String() + body
}

// Trap 2: with Echo's Bind an id in the body or the query took the place of the one in the path.
func TestThePathAloneNamesWhatIsMeant(t *testing.T) {
	says := func(c echo.Context) error {
		return c.String(http.StatusOK, handlers.PathID(c, "topic").String())
	}
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodGet, "/trial/t/:topic", says), row(http.MethodPost, "/trial/t/:topic", says))
	meant, other := w.Open.ID.String(), w.Section.ID.String()
	for name, a := range map[string]answer{
		"query":          w.get("/trial/t/" + meant + "?topic=" + other),
		"form":           w.post("/trial/t/"+meant, url.Values{"topic": {other}, "id": {other}}),
		"query and form": w.post("/trial/t/"+meant+"?topic="+other, url.Values{"topic": {other}}),
		"JSON": w.ask(http.MethodPost, "/trial/t/"+meant, strings.NewReader(`{"topic":"`+other+`","id":"`+other+`"}`),
			header("Content-Type", "application/json")),
	} {
		if a.StatusCode != http.StatusOK || a.body != meant {
			t.Errorf("%s: %d %s, want %s", name, a.StatusCode, a.body, meant)
		}
	}
}

func TestRates(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	mail := handlers.On(http.MethodPost, "/mail", func(_ *handlers.Site, c echo.Context) error { return c.NoContent(http.StatusNoContent) },
		handlers.Anyone, handlers.NoScope, handlers.SameOrigin, handlers.Mails, "lost")
	w := build(t, clubtest.SQLite(t), func(c *handlers.Config) {
		c.RateFactor, c.Trusted, c.Clock = 1, prefixes("127.0.0.0/8"), func() time.Time { return now }
	}, mail)
	at := func(address string) func(*http.Request) { return header("X-Forwarded-For", address) }
	until429 := func(edit ...func(*http.Request)) (passed int, last answer) {
		for range 50 {
			if last = w.post("/mail", nil, edit...); last.StatusCode == http.StatusTooManyRequests {
				return passed, last
			}
			passed++
		}
		t.Fatal("there is no limit")
		return
	}
	passed, last := until429(at("198.51.100.1"))
	if passed != 5 {
		t.Errorf("%d passed", passed)
	}
	last.says(t, "Wait 12 minutes")
	wait, err := strconv.Atoi(last.Header.Get("Retry-After"))
	if err != nil || wait != 12*60 {
		t.Errorf("Retry-After: %q", last.Header.Get("Retry-After"))
	}
	w.post("/mail", nil, at("198.51.100.2")).wants(t, http.StatusNoContent)
	if passed, _ := until429(at("2001:db8:1:2::1")); passed != 5 {
		t.Errorf("%d passed", passed)
	}
	w.post("/mail", nil, at("2001:db8:1:2:ffff::1")).wants(t, http.StatusTooManyRequests) // the same /64
	w.post("/mail", nil, at("2001:db8:1:3::1")).wants(t, http.StatusNoContent)

	signed := w.as(w.Regular) // a member is one wherever they are
	for i := range 5 {
		w.post("/mail", nil, signed, at("198.51.101."+strconv.Itoa(i))).wants(t, http.StatusNoContent)
	}
	w.post("/mail", nil, signed, at("198.51.101.9")).wants(t, http.StatusTooManyRequests)
	w.post("/mail", nil, at("198.51.101.9")).wants(t, http.StatusNoContent)

	now = now.Add(time.Duration(wait) * time.Second)
	w.post("/mail", nil, at("198.51.100.1")).wants(t, http.StatusNoContent)
}

func TestARequestHasItsTime(t *testing.T) {
	var left time.Duration
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodGet, "/time", func(c echo.Context) error {
		ends, ok := c.Request().Context().Deadline()
		if left = time.Until(ends); !ok {
			left = 0
		}
		return context.DeadlineExceeded // what a statement returns when the time is over
	}))
	a := w.get("/time").wants(t, http.StatusServiceUnavailable).says(t, "took longer")
	if left <= 0 || left > 10*time.Second || a.Header.Get("Retry-After") == "" {
		t.Errorf("it had %s, Retry-After %q", left, a.Header.Get("Retry-After"))
	}
}
