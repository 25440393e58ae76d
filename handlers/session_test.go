package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
	"guildhall/models/member"
	"guildhall/models/store"
)

// who is a row that says who asks.
func who(path string, gate handlers.Gate) handlers.Route {
	return handlers.On(http.MethodGet, path, func(_ *handlers.Site, c echo.Context) error {
		return c.String(http.StatusOK, "viewer "+handlers.Of(c).ID.String())
	}, gate, handlers.NoScope, handlers.Safe, handlers.Pages, "lost")
}

func TestSigningInAndOut(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		back := w.post("/sign-in/dev", url.Values{"handle": {"rita"}, "return": {"/who"}}).wants(t, http.StatusSeeOther)
		if to := back.Header.Get("Location"); to != "/who" {
			t.Errorf("it leads to %q", to)
		}
		given := back.Cookies()
		if len(given) != 1 {
			t.Fatalf("cookies: %v", given)
		}
		ck := given[0]
		if ck.Name != cookieName || !ck.Secure || !ck.HttpOnly || ck.SameSite != http.SameSiteLaxMode || ck.Path != "/" || ck.Domain != "" || ck.MaxAge <= 0 {
			t.Errorf("the cookie is %s", ck)
		}
		w.get("/who", cookie(ck.Value)).wants(t, http.StatusOK).says(t, w.Regular.ID.String())

		again := w.post("/sign-in/dev", url.Values{"handle": {"paul"}}, cookie(ck.Value)).wants(t, http.StatusSeeOther)
		w.get("/who", cookie(again.Cookies()[0].Value)).says(t, w.Paying.ID.String())
		w.get("/who", cookie(ck.Value)).says(t, "viewer 11111111111") // whoever signed in over it ended it

		out := w.post("/sign-out", nil, cookie(again.Cookies()[0].Value)).wants(t, http.StatusSeeOther)
		gone := out.Cookies()
		if len(gone) != 2 || gone[0].Name != cookieName || gone[0].MaxAge >= 0 || gone[1].Name != "said" || out.Header.Get("Clear-Site-Data") == "" {
			t.Errorf("the browser keeps %v, Clear-Site-Data %q", gone, out.Header.Get("Clear-Site-Data"))
		}
		w.get("/who", cookie(again.Cookies()[0].Value)).says(t, "viewer 11111111111")
	}, who("/who", handlers.Anyone))
}

// Trap 3: a zero value in a condition must not find the first row, which is the owner's.
func TestAnEmptySecretOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		held := w.secretOf(w.Owner)
		w.get("/who", cookie(held)).says(t, w.Owner.ID.String()) // there is a session to be found
		for name, secret := range map[string]string{
			"none": "", "blank": " ", "short": held[:42], "long": held + "A", "another": strings.Repeat("A", 43), "the hash": member.Hash(held), "SQL": "' or 1=1 --" + strings.Repeat("x", 32),
		} {
			if got := w.get("/who", cookie(secret)).wants(t, http.StatusOK); got.body != "viewer 11111111111" {
				t.Errorf("%s: %s", name, got.body)
			}
		}
		if v, err := w.Members.SignedIn(t.Context(), ""); err != nil || v.Viewer.SignedIn() {
			t.Errorf("the models let nobody in as %v, %v", v.Member.Handle, err)
		}
	}, who("/who", handlers.Anyone))
}

func TestGates(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for path, may := range map[string]string{"/anyone": "guest rita olive", "/member": "rita olive", "/owner": "olive", "/fresh": "olive"} {
			for name, edit := range map[string]func(*http.Request){"guest": func(*http.Request) {}, "rita": w.as(w.Regular), "olive": w.as(w.Owner)} {
				a, want := w.get(path, edit), http.StatusForbidden
				switch {
				case strings.Contains(may, name):
					want = http.StatusOK
				case name == "guest":
					want = http.StatusSeeOther
				}
				if a.StatusCode != want {
					t.Errorf("%s at %s: %d, want %d", name, path, a.StatusCode, want)
				}
				if want == http.StatusSeeOther && a.Header.Get("Location") != "/sign-in?return="+url.QueryEscape(path) {
					t.Errorf("a guest is sent to %q", a.Header.Get("Location"))
				}
			}
		}
		w.get("/member", header("Accept", "application/json")).wants(t, http.StatusForbidden).says(t, `"sign_in"`)
		w.get("/member", header("HX-Request", "true")).wants(t, http.StatusOK)
	}, who("/anyone", handlers.Anyone), who("/member", handlers.Member), who("/owner", handlers.Owner), who("/fresh", handlers.Fresh))
}

// An owner whose sign-in asked for no passkey is asked for one, or told to add one.
func TestFreshWantsAPasskey(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var held string
		w.Write(func(tx *store.Tx) (err error) {
			held, err = w.Members.Establish(tx, w.Owner.ID, member.From{Method: "google"})
			return err
		})
		w.get("/owner", cookie(held)).wants(t, http.StatusOK)
		w.get("/fresh", cookie(held)).wants(t, http.StatusForbidden).says(t, "Add one in your settings")
		w.Write(func(tx *store.Tx) error {
			return tx.Table("passkeys").Create(map[string]any{"id": tx.NewID(), "member_id": w.Owner.ID, "credential": "c", "name": "Key", "detail": "{}", "created_at": tx.Now, "used_at": tx.Now}).Error
		})
		if to := w.get("/fresh", cookie(held)).wants(t, http.StatusSeeOther).Header.Get("Location"); to != "/sign-in/again?return=%2Ffresh" {
			t.Errorf("the owner is sent to %q", to)
		}
		visit := clubtest.Must(w.Members.SignedIn(t.Context(), held))(t)
		held = clubtest.Must(w.Members.Rotate(t.Context(), visit.Session.ID))(t)
		w.get("/fresh", cookie(held)).wants(t, http.StatusOK)
		w.Clock.Turn(member.Sureness)
		w.get("/fresh", cookie(held)).wants(t, http.StatusSeeOther)
		w.get("/owner", cookie(held)).wants(t, http.StatusOK)
	}, who("/owner", handlers.Owner), who("/fresh", handlers.Fresh))
}

// A suspended member reads why, whatever they ask for: the notice comes before any lookup.
func TestTheSuspendedReadWhy(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		held := w.secretOf(w.Suspended)
		before := w.get("/who", cookie(held)).wants(t, http.StatusForbidden).says(t, "Selling in every topic.")
		if strings.Contains(before.body, "viewer") {
			t.Error("the page is there all the same")
		}
		w.get("/who", cookie(held), header("Accept", "application/json")).wants(t, http.StatusForbidden).says(t, `"suspended"`)
		w.get("/never-was", cookie(held)).wants(t, http.StatusForbidden)
		w.get("/healthz", cookie(held)).wants(t, http.StatusOK)
		w.post("/sign-out", nil, cookie(held)).wants(t, http.StatusSeeOther)
		w.get("/who", cookie(held)).wants(t, http.StatusOK)
	}, who("/who", handlers.Anyone))
}

func TestAVisitIsNoted(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		held := w.secretOf(w.Regular)
		seen := func() time.Time {
			return clubMember(w).SeenAt
		}
		before := seen()
		w.Clock.Turn(time.Minute)
		w.get("/who", cookie(held))
		if !seen().Equal(before) {
			t.Error("a visit is written at every request")
		}
		w.Clock.Turn(time.Hour)
		w.get("/healthz", cookie(held))
		if !seen().Equal(before) {
			t.Error("an asset counts as a visit")
		}
		w.get("/who", cookie(held))
		if !seen().Equal(w.Clock.Now()) {
			t.Errorf("seen at %s, and it is %s", seen(), w.Clock.Now())
		}
	}, who("/who", handlers.Anyone))
}

func clubMember(w *town) member.Member {
	m, err := w.Members.Get(w.t.Context(), w.Regular.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func TestTheCookieByBaseURL(t *testing.T) {
	for base, want := range map[string]string{
		"https://club.example.org":        "__Host-guildhall; Secure",
		"http://localhost:8080":           "__Host-guildhall; Secure",
		"http://127.0.0.1:8080":           "__Host-guildhall; Secure",
		"http://club.example.org":         "guildhall",
		"http://localhost.example.org:80": "guildhall",
	} {
		if got := handlers.CookieAt(base); got != want {
			t.Errorf("%s: %q, want %q", base, got, want)
		}
	}
}
