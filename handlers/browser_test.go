package handlers_test

import (
	"context"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
)

// What only a browser can show: that it keeps a __Host- cookie which it was given over plain http on
// its own machine, and that the policy lets our own files in and nothing else.
func TestABrowserKeepsTheCookieAndThePolicy(t *testing.T) {
	browser := chromium(t)
	held := make(chan string, 1)
	give := handlers.On(http.MethodGet, "/give", func(s *handlers.Site, c echo.Context) error {
		if err := s.Enter(c, <-held); err != nil {
			return err
		}
		return c.Redirect(http.StatusSeeOther, "/page")
	}, handlers.Anyone, handlers.NoScope, handlers.Safe, handlers.Pages, "lost")
	page := handlers.On(http.MethodGet, "/page", func(_ *handlers.Site, c echo.Context) error {
		nonce := templ.GetNonce(c.Request().Context())
		return c.HTML(http.StatusOK, `<!doctype html><title>t</title><style nonce="`+nonce+`">p{--inline:1}</style><link rel="stylesheet" href="/sheet.css">
			<p id="who">viewer `+handlers.Of(c).ID.String()+`</p><p id="ran"></p><img id="img" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
			<script>document.getElementById("ran").append("inline ")</script>
			<script nonce="`+nonce+`">addEventListener("load", () => {
				const p = getComputedStyle(document.getElementById("ran"))
				document.getElementById("ran").append("nonce", " sheet" + p.getPropertyValue("--sheet"), " style" + p.getPropertyValue("--inline"), " img" + document.getElementById("img").naturalWidth)
			})</script>`)
	}, handlers.Anyone, handlers.NoScope, handlers.Safe, handlers.Pages, "lost")
	sheet := handlers.On(http.MethodGet, "/sheet.css", func(_ *handlers.Site, c echo.Context) error {
		return c.Blob(http.StatusOK, "text/css; charset=utf-8", []byte("p{--sheet:1}"))
	}, handlers.Anyone, handlers.NoScope, handlers.Safe, handlers.Assets, "lost")
	w := build(t, clubtest.SQLite(t), nil, give, page, sheet)

	for _, name := range []string{"localhost", "127.0.0.1"} {
		held <- w.secretOf(w.Regular)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		address := strings.Replace(w.url, "127.0.0.1", name, 1) + "/give"
		dom, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", address).Output()
		if err != nil {
			t.Fatal(err)
		}
		if want := "viewer " + w.Regular.ID.String(); !strings.Contains(string(dom), want) {
			t.Errorf("at %s the cookie is lost:\n%s", name, dom)
		}
		if !strings.Contains(string(dom), `<p id="ran">nonce sheet1 style img0</p>`) {
			t.Errorf("at %s the policy is another:\n%s", name, dom)
		}
	}
}

// chromium finds the browser, or says that there is none.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			return at
		}
	}
	clubtest.Lacks(t, "browser", "install chromium")
	return ""
}
