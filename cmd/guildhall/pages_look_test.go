package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// light is how a page is looked at.
type light struct {
	name          string
	scheme        string // "light" or "dark"
	width, height int64
	small         bool
}

var (
	day   = light{"light", "light", 1280, 900, false}
	night = light{"dark", "dark", 1280, 900, false}
	hand  = light{"mobile", "light", 390, 844, true}
	slim  = light{"slim", "light", 320, 640, true} // a page of 1280 at 400 %: it flows anew, and nothing is cut off
)

// rules are those of axe to which a page is held in that light. After dark it is the page of the
// day, which stands there still: nothing but its colours can have gone wrong.
func (l light) rules() string {
	if l.scheme == "dark" {
		return `["color-contrast", "link-in-text-block"]`
	}
	return `["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]`
}

// look goes to a stop of the tour and says all that is wrong there.
func (v *visitor) look(s stop) {
	v.t.Helper()
	if s.wants() >= 400 {
		v.expects(v.s.url + s.path()) // that page says so in the console
	}
	for _, in := range []light{day, night, hand} {
		if s.in != "" && s.in != in.name {
			continue
		}
		v.show(in)
		if in != night || s.in != "" { // which is the page of the day, after dark
			v.arrive(s)
		}
		faults := append(v.axe(in.rules()), v.overflow(in)...)
		if in == day {
			faults = append(faults, v.inline(asSent)...)
		}
		for _, fault := range faults {
			v.t.Errorf("%s, %s: %s", s, in.name, fault)
		}
		v.photograph(s, in)
		if in == hand {
			v.show(slim) // the page of the hand, which stands there still
			for _, fault := range v.overflow(slim) {
				v.t.Errorf("%s, %s: %s", s, slim.name, fault)
			}
		}
	}
}

// arrive opens the page and does there what the stop says. It must be that page, and no other.
func (v *visitor) arrive(s stop) {
	v.t.Helper()
	if s.before != "" {
		v.open("/sign-in/sent") // a page that asks nothing of anybody
		v.run(s.before)
	}
	ctx, stop := v.limited()
	defer stop()
	answer, err := chromedp.RunResponse(ctx, chromedp.Navigate(v.s.url+s.path()))
	v.do("open "+s.path(), err)
	if got := value[string](v, `location.pathname + location.search`); int(answer.Status) != s.wants() || got != s.path() {
		v.t.Fatalf("%s: %d at %s, want %d at %s\n%s", s, answer.Status, got, s.wants(), s.path(), v.page())
	}
	if value[bool](v, `document.querySelector("dialog[open]") !== null`) {
		v.t.Errorf("%s: a dialogue stands before the page", s)
	}
	if s.then != "" {
		v.run(s.then)
	}
	if s.until != "" {
		v.until("what was opened", s.until)
	}
}

// show sets the light, and the size of the window.
func (v *visitor) show(in light) {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: in.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	v.do("set the light", err)
	size := []chromedp.EmulateViewportOption{}
	if in.small {
		size = append(size, chromedp.EmulateMobile)
	}
	v.do("set the window", chromedp.Do(ctx, chromedp.EmulateViewport(in.width, in.height, size...)))
}

var axeScript = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("testdata/axe.min.js")
	return string(text) + "\n;0", err
})

// axeRun gives the violations, and how many rules held: none would mean that nobody looked. Axe judges
// no colour upon a gradient, and one paints the wall behind everything: it is away for the moment.
const axeRun = `(async () => {
	const level = new CSSStyleSheet();
	level.replaceSync(".app { background-image: none !important }");
	document.adoptedStyleSheets.push(level);
	const r = await axe.run(document, {runOnly: %s, resultTypes: ["violations"]});
	document.adoptedStyleSheets.pop();
	return JSON.stringify({
		held: r.passes.length,
		faults: r.violations.map((v) => v.id + " (" + v.help + "): " + v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " ")).slice(0, 3).join("; ")),
	});
})()`

// axe is what axe finds wrong with the page as it stands.
func (v *visitor) axe(rules string) []string {
	v.t.Helper()
	if !value[bool](v, `"axe" in window`) {
		text, err := axeScript()
		v.do("read axe", err)
		v.run(text)
	}
	said := promised(v, fmt.Sprintf(axeRun, rules))
	var found struct {
		Held   int
		Faults []string
	}
	v.do("read what axe says", json.Unmarshal([]byte(said), &found))
	if found.Held == 0 {
		v.t.Fatalf("axe held the page to nothing: %s", said)
	}
	return found.Faults
}

// wide is what reaches past the right edge of a window of that width. The window itself is not
// asked: a phone makes it as wide as what it has to show.
const wide = `((width) => {
	if (document.scrollingElement.scrollWidth <= width) return "";
	return [...document.querySelectorAll("main, main *, header, nav, aside")].filter((e) => e.scrollWidth > e.clientWidth || e.getBoundingClientRect().right > width + 1).slice(0, 4).map((e) => e.tagName + "." + e.className).join(", ");
})(%d)`

func (v *visitor) overflow(in light) []string {
	v.t.Helper()
	if found := value[string](v, fmt.Sprintf(wide, in.width)); found != "" {
		return []string{"wider than the window: " + found}
	}
	return nil
}

// asSent is the page as the server sends it, before any script has touched it.
const asSent = `fetch(location.href).then((answer) => answer.text())`

// barred finds the markup that the content policy would block: styles and scripts of its own.
const barred = `.then((markup) => {
	const faults = [];
	const search = (root) => root.querySelectorAll("*").forEach((e) => {
		const tag = "<" + e.localName + ">";
		if (e.localName === "style" || e.localName === "script" && !e.src && e.type !== "application/ld+json") faults.push(tag);
		for (const a of e.attributes) if (a.name === "style" || a.name.startsWith("on") || /^\s*javascript:/i.test(a.value)) faults.push(tag + " " + a.name + "=" + a.value);
		if (e.localName === "template") search(e.content);
	});
	search(new DOMParser().parseFromString(markup, "text/html"));
	return faults.join("\n");
})`

// inline is what is barred in the markup that a promise brings.
func (v *visitor) inline(promise string) []string {
	v.t.Helper()
	if found := promised(v, promise+barred); found != "" {
		return strings.Split(found, "\n")
	}
	return nil
}

// promised is the text that a script's promise brings.
func promised(v *visitor, script string) string {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	v.do(script, err)
	return text
}

// photograph keeps a picture of the whole page in the folder that GUILDHALL_SHOTS names.
func (v *visitor) photograph(s stop, in light) {
	v.t.Helper()
	folder := os.Getenv("GUILDHALL_SHOTS")
	if folder == "" {
		return
	}
	v.do("make the folder", os.MkdirAll(folder, 0o755))
	ctx, stop := v.limited()
	defer stop()
	tall := in
	tall.height = max(in.height, min(value[int64](v, `document.scrollingElement.scrollHeight`), 8000))
	v.show(tall) // so that what stands at the foot of the window stands at the foot of the picture
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	v.do("take a picture", err)
	v.do("keep the picture", os.WriteFile(filepath.Join(folder, s.name()+"."+in.name+".png"), picture, 0o644))
	v.show(in)
}

// enter opens a window for somebody on the tour.
func (h *house) enter(t *testing.T, who string) *visitor {
	t.Helper()
	here := *h.stage
	if who == theFounder {
		here = *h.unfounded
	}
	here.t = t
	return here.visit(who, h.viewers[who])
}
