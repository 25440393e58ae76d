package handlers

import (
	"testing"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
)

// A row that leaves anything unsaid, or says what cannot be, stops the program.
func TestARouteSaysAllOfIt(t *testing.T) {
	handler := func(*Site, echo.Context) error { return nil }
	whole := on(post, "/x", handler, Member, NoScope, SameOrigin, Writes, "home")
	if !registers(whole) {
		t.Fatal("a whole row is refused")
	}
	read := whole
	if asRead(&read); !registers(read) {
		t.Fatal("a whole row of the API is refused")
	}
	for name, spoil := range map[string]func(*Route){
		"no path":                func(r *Route) { r.Path = "" },
		"a part of no kind":      func(r *Route) { r.Path = "/x/:parrot" },
		"no handler":             func(r *Route) { r.handler = nil },
		"no gate":                func(r *Route) { r.Gate = "" },
		"an unknown gate":        func(r *Route) { r.Gate = "friend" },
		"no rule":                func(r *Route) { r.CSRF = "" },
		"a safe post":            func(r *Route) { r.CSRF = Safe },
		"a get that writes":      func(r *Route) { r.Method = get },
		"no rate":                func(r *Route) { r.Rate = "" },
		"no surface":             func(r *Route) { r.Surface = "" },
		"an unlisted surface":    func(r *Route) { r.Surface = "tpoic" },
		"no size":                func(r *Route) { r.Body = 0 },
		"an unknown method":      func(r *Route) { r.Method = "BREW" },
		"another site's post":    func(r *Route) { r.CSRF = ProviderPost },
		"a member's asset":       func(r *Route) { r.Rate = Assets },
		"a post to a socket":     func(r *Route) { r.CSRF = Socket; r.Rate = Sockets },
		"the rate of sockets":    func(r *Route) { r.Rate = Sockets },
		"a token's page":         func(r *Route) { r.Gate = Token },
		"a scope on a page":      func(r *Route) { r.Scope = member.ReadPosts },
		"a made-up scope":        func(r *Route) { asRead(r); r.Scope = "posts:write" },
		"tokens elsewhere":       func(r *Route) { asRead(r); r.Path = "/x" },
		"a token's change":       func(r *Route) { asRead(r); r.Method, r.CSRF = post, SameOrigin },
		"a member in the API":    func(r *Route) { asRead(r); r.Gate = Member },
		"another pace":           func(r *Route) { asRead(r); r.Rate = Pages },
		"a row that stands here": func(r *Route) { r.Path = "/sign-out"; r.Gate = Anyone },
	} {
		row := whole
		spoil(&row)
		if registers(row) {
			t.Errorf("%s: registered", name)
		}
	}
}

// asRead makes a row that a token opens.
func asRead(r *Route) {
	r.Method, r.Path, r.Gate, r.Scope, r.CSRF, r.Rate = get, apiRoot+"x", Token, member.ReadPosts, Safe, Tokens
}

func registers(row Route) (ok bool) {
	defer func() { ok = recover() == nil }()
	new(Site).register(echo.New(), append(table(), row))
	return
}

func TestTheTableIsSound(t *testing.T) {
	for _, r := range Routes() {
		if err := r.check(); err != nil {
			t.Error(err)
		}
	}
}
