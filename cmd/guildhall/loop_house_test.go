package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"guildhall/handlers"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/founding"
	"guildhall/models/member"
	"guildhall/models/space"
)

const quietRoom = "/s/quiet-room"

// society is the program as an owner runs it: their database, their settings, a club founded by
// the owner link, and members who come by an account elsewhere.
type society struct {
	*stage
	issuer string
}

func openSociety(t *testing.T, browser context.Context, database string) *society {
	t.Helper()
	club := clubtest.Must(models.Open(t.Context(), database))(t)
	t.Cleanup(func() { clubtest.OK(t, club.Close()) })
	founded(t, club)

	listener := clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t)
	h := &society{stage: &stage{t: t, browser: browser}}
	h.url = "http://localhost:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	world := elsewhere.Open(t)
	world.People = friends
	h.issuer = world.Live(h.url)
	var complaints bytes.Buffer
	site := clubtest.Must(handlers.New(club, handlers.Config{
		BaseURL: h.url, RateFactor: 1, Log: handlers.NewLog(&complaints, slog.LevelWarn),
		Keys: handlers.Keys{OIDC: handlers.Issuer{Name: "Keyring", Issuer: h.issuer, ID: elsewhere.ID("oidc"), Secret: handlers.Secret(elsewhere.Secret("oidc"))}},
	}))(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- site.ServeOn(ctx, listener, nil) }()
	t.Cleanup(func() {
		stop()
		clubtest.OK(t, <-ended)
		if complaints.Len() > 0 {
			t.Errorf("the program complains:\n%s", complaints.String())
		}
	})
	return h
}

// founded sets the club up as its first page does, and gives it a room that opens at a status.
func founded(t *testing.T, club *models.Club) {
	t.Helper()
	ctx := t.Context()
	link := clubtest.Must(club.Founding.Link(ctx))(t)
	session := clubtest.Must(club.Founding.Begin(ctx, link, founding.Setup{
		Name: "Northlight", Tagline: "Film and darkroom club", Hue: 162, Zone: daylight(time.Now()),
		Owner: member.Profile{Handle: "olive", Name: "Olive Orr"}, Space: "Lounge",
	}, member.From{}))(t)
	owner := clubtest.Must(club.Members.SignedIn(ctx, session))(t).Viewer
	lounge := clubtest.Must(club.Spaces.BySlug(ctx, owner, "lounge"))(t)
	clubtest.Must(club.Spaces.Add(ctx, owner, space.Space{
		SectionID: lounge.SectionID, Slug: "questions", Name: "Questions", Icon: "i-question", Kind: space.Questions, Chat: true, Scores: true,
	}))(t)
	quiet := clubtest.Must(club.Spaces.Add(ctx, owner, space.Space{
		SectionID: lounge.SectionID, Slug: "quiet-room", Name: "Quiet room", Icon: "i-armchair", Kind: space.Talk, Chat: true, Scores: true,
	}))(t)
	owner = clubtest.Must(club.Members.Viewer(ctx, owner.ID))(t)
	familiar := access.Key{Kind: access.StatusKey, Amount: 2}
	clubtest.OK(t, club.Access.SetLocks(ctx, owner, quiet.ID, map[access.Verb]access.Lock{access.Read: {{familiar}}}))
}

// daylight is a zone in which no day ends soon: the first visit on another day would count again.
func daylight(now time.Time) string {
	if now.UTC().Hour() >= 22 {
		return "Asia/Tokyo"
	}
	return "UTC"
}

// friend is somebody with an account elsewhere, at a browser of their own.
type friend struct {
	*visitor
	elsewhere.Person
	h *society

	noted  sync.Mutex
	failed []string
}

func (h *society) friend(n int) *friend {
	h.t.Helper()
	p := &friend{visitor: h.visit(friends[n].Name, access.Viewer{}), Person: friends[n], h: h}
	p.expects("the server responded with a status of 403") // what was refused is counted below
	clubtest.OK(h.t, chromedp.Listen(p.ctx, p.note))
	return p
}

// note keeps what was not answered as it was asked for. What a page no longer waits for when it is
// left was not refused.
func (p *friend) note(event any) {
	p.noted.Lock()
	defer p.noted.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			p.failed = append(p.failed, fmt.Sprintf("%d %s", e.Response.Status, e.Response.URL))
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			p.failed = append(p.failed, fmt.Sprintf("%s (%s)", e.ErrorText, e.Type))
		}
	}
}

// wasRefused holds what did not go through to what was meant to: their looks at a closed door.
func (p *friend) wasRefused(paths ...string) {
	p.t.Helper()
	p.noted.Lock()
	defer p.noted.Unlock()
	for i, path := range paths {
		paths[i] = "403 " + p.h.url + path
	}
	if !slices.Equal(p.failed, paths) {
		p.t.Errorf("%s's requests that failed, where %d looks at the door should:\n%s", p.name, len(paths), strings.Join(p.failed, "\n"))
	}
}

// isAt waits until a page is there with all that it brings.
func (p *friend) isAt(origin, path string) {
	p.t.Helper()
	p.until("to be at "+path, fmt.Sprintf(`location.origin === %q && location.pathname === %q && document.readyState === "complete"`, origin, path))
}

// enters follows a link within what the selector finds, to a page that lets them in.
func (p *friend) enters(within, path string) {
	p.t.Helper()
	ctx, stop := p.limited()
	defer stop()
	answer, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(fmt.Sprintf("%s a[href=%q]", within, path)), chromedp.NodeVisible))
	p.do("enter "+path, err)
	if answer.Status != http.StatusOK {
		p.t.Fatalf("%s is answered %d at %s", p.name, answer.Status, path)
	}
	p.isAt(p.h.url, path)
}

// fills writes over what stands in a field.
func (p *friend) fills(selector, text string) {
	p.t.Helper()
	p.run(fmt.Sprintf("document.querySelector(%q).select()", selector))
	p.types(selector, text)
}

func (p *friend) chooses(selector, option string) {
	p.t.Helper()
	ctx, stop := p.limited()
	defer stop()
	p.do("choose "+option, chromedp.Do(ctx, chromedp.SetValue(chromedp.CSS(selector), option)))
}

// hearsNews waits until news of their own arrive: the socket is open, and the other end knows whose
// it is.
func (v *visitor) hearsNews() {
	v.t.Helper()
	v.until("a live page", `["open", "joined"].includes(document.documentElement.dataset.live)`)
	v.run(`import(document.querySelector("script[type=module]").src.replace(/app\.js$/, "live.js")).then(({ line }) => line.ask({ op: "ping" }))`)
}

// stays marks the page that is open, which another page in its place would not be.
func (p *friend) stays() {
	p.t.Helper()
	p.run(`window.stays = true`)
}

func (p *friend) stayed() {
	p.t.Helper()
	if !p.is(`window.stays`) {
		p.t.Errorf("%s's page was loaded anew", p.name)
	}
}

// isCheered waits for each of the loud moments, in whatever order they come, ends them, and gives
// what they said.
func (p *friend) isCheered(titles ...string) (all string) {
	p.t.Helper()
	for len(titles) > 0 {
		p.until("one of "+strings.Join(titles, ", "), fmt.Sprintf(`%q.split("|").includes(document.querySelector("dialog.cheer[open] h2")?.innerText)`, strings.Join(titles, "|")))
		title := value[string](p.visitor, `document.querySelector("dialog.cheer[open] h2").innerText`)
		all += value[string](p.visitor, `document.querySelector("dialog.cheer[open]").innerText`) + "\n"
		p.click("dialog.cheer[open] button")
		p.lost("dialog.cheer h2", title)
		titles = slices.DeleteFunc(titles, func(t string) bool { return t == title })
	}
	return all
}

// leavesCheers ends whatever they are cheered for just now.
func (p *friend) leavesCheers() {
	p.t.Helper()
	for p.is(`document.querySelector("dialog.cheer[open]")`) {
		p.isCheered(value[string](p.visitor, `document.querySelector("dialog.cheer[open] h2").innerText`))
	}
}
