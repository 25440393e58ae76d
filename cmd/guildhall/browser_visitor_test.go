package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"guildhall/models/access"
	"guildhall/models/clubtest"
)

// visitor is somebody at a browser of their own. Whatever their console complains of fails the test:
// a script that threw, a policy that was broken, a file that was not there.
type visitor struct {
	t    *testing.T
	s    *stage
	name string
	ctx  context.Context

	mu      sync.Mutex
	forgive []string
}

// visit opens a browser for a member, or for a guest.
func (s *stage) visit(name string, who access.Viewer) *visitor {
	s.t.Helper()
	ctx, leave := chromedp.NewContext(s.browser, chromedp.WithNewBrowserContext())
	s.t.Cleanup(leave)
	v := &visitor{t: s.t, s: s, name: name, ctx: ctx}
	v.do("open a window", chromedp.Do(ctx))
	go v.mind(chromedp.Console(ctx))
	if who.SignedIn() {
		m := clubtest.Must(s.Members.Get(s.t.Context(), who.ID))(s.t)
		v.open("/sign-in")
		v.run(fmt.Sprintf(`fetch("/sign-in/dev", {method: "POST", body: new URLSearchParams({handle: %q})}).then((r) => r.ok)`, m.Handle))
	}
	return v
}

func (v *visitor) mind(console func(func(chromedp.ConsoleMessage, error) bool)) {
	for m, err := range console {
		if err != nil {
			return
		}
		if (m.Type == "error" || m.IsException()) && !v.forgiven(m) {
			v.t.Errorf("%s's console, at %s:%d: %s", v.name, m.URL, m.Line+1, m)
		}
	}
}

// expects lets the console complain of something that the scene itself brings about.
func (v *visitor) expects(words ...string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.forgive = append(v.forgive, words...)
}

func (v *visitor) forgiven(m chromedp.ConsoleMessage) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, words := range v.forgive {
		if strings.Contains(m.String(), words) || strings.Contains(m.URL, words) {
			return true
		}
	}
	return false
}

func (v *visitor) do(what string, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatalf("%s: %s: %v\n%s", v.name, what, err, v.page())
	}
}

// page is what they see, for whoever reads the failure.
func (v *visitor) page() string {
	ctx, stop := context.WithTimeout(v.ctx, 5*time.Second)
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	if err != nil {
		return err.Error()
	}
	return text
}

// limited is their window for as long as one step may take.
func (v *visitor) limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(v.ctx, patience)
}

// open goes to a page and waits until its scripts have said what they want to hear.
func (v *visitor) open(path string) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	v.do("open "+path, chromedp.Do(ctx, chromedp.Navigate(v.s.url+path)))
}

// run evaluates a script, and waits if it gives a promise.
func (v *visitor) run(script string) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise))
	v.do(script, err)
}

// until waits for something to be true on the page; a page that comes in its place is asked too.
func (v *visitor) until(what, condition string) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	var err error
	for ctx.Err() == nil {
		var is bool
		if is, err = chromedp.Run(ctx, chromedp.Evaluate[bool](`Boolean(`+condition+`)`)); err == nil && is {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
	v.t.Fatalf("%s does not see %s (%s; %v)\n%s", v.name, what, condition, err, v.page())
}

// value is what a script gives at this moment.
func value[T any](v *visitor, script string) T {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	v.do(script, err)
	return got
}

// is tells whether something is true on the page now.
func (v *visitor) is(condition string) bool {
	v.t.Helper()
	return value[bool](v, `Boolean(`+condition+`)`)
}

// sees waits for words within what the selector finds.
func (v *visitor) sees(selector, words string) {
	v.t.Helper()
	v.until(fmt.Sprintf("%q in %s", words, selector), fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, selector, words))
}

// lost waits until there is nothing of that kind with those words.
func (v *visitor) lost(selector, words string) {
	v.t.Helper()
	v.until(fmt.Sprintf("%q gone from %s", words, selector), fmt.Sprintf(`![...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, selector, words))
}

// rests waits until something lies still, which on a page that is being drawn a click would miss.
func (v *visitor) rests(selector string) {
	v.t.Helper()
	v.until(selector+" at rest", fmt.Sprintf(`(() => {
		const e = document.querySelector(%q), was = window.restedAt;
		window.restedAt = e && document.readyState === "complete" ? JSON.stringify([%q, e.getBoundingClientRect()]) : "";
		return window.restedAt !== "" && window.restedAt === was;
	})()`, selector, selector))
}

func (v *visitor) click(selector string) {
	v.t.Helper()
	v.rests(selector)
	ctx, stop := v.limited()
	defer stop()
	v.do("click "+selector, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible)))
}

// types writes into a field as fingers do; "\n" is Enter.
func (v *visitor) types(selector, text string) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	v.do("write in "+selector, chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS(selector), text, chromedp.NodeVisible)))
}

// presses a key, with modifiers held down.
func (v *visitor) presses(key string, held ...string) {
	v.t.Helper()
	names := map[string]chromedp.Modifier{"ctrl": kb.ModifierCtrl, "shift": kb.ModifierShift}
	var modifiers []chromedp.Modifier
	for _, name := range held {
		modifiers = append(modifiers, names[name])
	}
	ctx, stop := v.limited()
	defer stop()
	v.do("press "+key, chromedp.Do(ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...))))
}

// follows clicks on what leads to another page, and waits for that page.
func (v *visitor) follows(selector string) {
	v.t.Helper()
	v.rests(selector)
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
	v.do("follow "+selector, err)
}

// scripts turns the pages' own scripts on or off; those of the test run all the same.
func (v *visitor) scripts(on bool) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	v.do("switch scripts", err)
}

// listens waits until the page's socket hears its rooms.
func (v *visitor) listens() {
	v.t.Helper()
	v.until("a live page", `document.documentElement.dataset.live === "joined"`)
}

// offline takes the network away from this visitor alone, sockets too, and gives it back.
func (v *visitor) offline(yes bool) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.Call(ctx, emulateNetwork, conditions{Offline: yes, Down: -1, Up: -1})
	v.do("go offline", err)
}

// The newer command, of rules, leaves sockets alone.
var emulateNetwork = cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

type conditions struct {
	Offline bool    `json:"offline"`
	Latency float64 `json:"latency"`
	Down    float64 `json:"downloadThroughput"`
	Up      float64 `json:"uploadThroughput"`
}
