package prose

import (
	"strings"
	"testing"
	"time"
)

// A time of a poll or a date is that of the zone that was written.
const inBerlin = `<time datetime="2026-12-24T17:00:00Z" data-when="moment">24 December 2026, 18:00 (Europe/Berlin)</time>`

// dishesOfOurs are those of the marks that Markdown itself does not have.
var dishesOfOurs = []dish{
	{"coloured code", "```go\n// a < b\nvar s = \"x\" + 1\n```", `<pre tabindex="0"><code class="language-go"><span class="hl-c">// a &lt; b</span>` + "\n" +
		`<span class="hl-k">var</span> s = <span class="hl-s">&#34;x&#34;</span> + <span class="hl-m">1</span>` + "\n</code></pre>"},
	{"code in a language by another name", "```PY\nNone\n```", `<pre tabindex="0"><code class="language-PY"><span class="hl-k">None</span>` + "\n</code></pre>"},
	{"code in a language that nobody knows", "```klingon\nvar x = 1\n```", "<pre tabindex=\"0\"><code class=\"language-klingon\">var x = 1\n</code></pre>"},

	{"a spoiler", "It was ||the *butler*||.", `<p>It was <label class="spoiler"><input type="checkbox" aria-label="Show what is hidden"><span class="veiled">the <em>butler</em></span></label>.</p>`},
	{"bars that hide nothing", "a || b, c||d, ||| e |||", "<p>a || b, c||d, ||| e |||</p>"},
	{"a spoiler leads nowhere", "[||a||](https://b.example)", `<p><label class="spoiler"><input type="checkbox" aria-label="Show what is hidden"><span class="veiled">a</span></label></p>`},
	{"a spoiler in a picture's words", "![a ||b||](/files/c)", `<figure><img src="/files/c" alt="a (hidden)" loading="lazy"></figure>`},
	{"a hidden block", ":::spoiler The *end*\nHe\n\n- dies\n:::\nafter", "<details class=\"spoiler\"><summary>The *end*</summary>\n<p>He</p>\n<ul>\n<li>dies</li>\n</ul>\n</details>\n<p>after</p>"},
	{"a hidden block in another", "::::spoiler\n:::spoiler b\nc\n:::\n::::", "<details class=\"spoiler\"><summary>Spoiler</summary>\n<details class=\"spoiler\"><summary>b</summary>\n<p>c</p>\n</details>\n</details>"},
	{"a hidden block that never ends", "> :::spoiler b\n> c\n\nd", "<blockquote>\n<details class=\"spoiler\"><summary>b</summary>\n<p>c</p>\n</details>\n</blockquote>\n<p>d</p>"},
	{"colons of something else", ":::note\na\n:::", "<p>:::note<br>\na<br>\n:::</p>"},

	{"a date", "On [date=2026-12-24 18:00 Europe/Berlin].", "<p>On " + inBerlin + ".</p>"},
	{"a date without a zone", "[date=2026-12-24 18:00]", `<p><time datetime="2026-12-24T18:00:00Z" data-when="moment">24 December 2026, 18:00 (UTC)</time></p>`},
	{"a day", "[date=2026-12-24]", `<p><time datetime="2026-12-24">24 December 2026</time></p>`},
	{"no date", "[date=2026-02-30] [date=2026-12-24 25:00] [date=2026-12-24 18:00 Mars/Base]", "<p>[date=2026-02-30] [date=2026-12-24 25:00] [date=2026-12-24 18:00 Mars/Base]</p>"},

	{"emoji", "I :heart: it :+1: **:tada:**", "<p>I ❤️ it 👍 <strong>🎉</strong></p>"},
	{"colons that are no emoji", "10:30:20 a:b:c :heart:s `:heart:` :nothing:", "<p>10:30:20 a:b:c :heart:s <code>:heart:</code> :nothing:</p>"},

	{"a poll", ":::poll Which day :wave:?\n- Tue & Wed\n- *Thu*\nup to 2 answers\nuntil 2026-12-24 18:00 Europe/Berlin\nresults after closing\nnames shown\n:::",
		`<section class="poll" data-poll="1" data-most="2" data-results="closed" data-closes="2026-12-24T17:00:00Z" data-names="shown"><p><strong>Which day 👋?</strong></p>` +
			"\n<ul>\n<li>Tue &amp; Wed</li>\n<li>*Thu*</li>\n</ul>\n<p><small>Several answers. Results show when it is closed. Everybody sees who voted for what. Open until " + inBerlin + ".</small></p></section>"},
	{"a poll in a quote is only read", "> :::poll a\n> - b\n> - c\n> :::", "<blockquote>\n<section class=\"poll\"><p><strong>a</strong></p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n" +
		"<p><small>One answer. Results show once you have voted. Nobody sees who voted for what.</small></p></section>\n</blockquote>"},

	{"a film", "https://youtu.be/dQw4w9WgXcQ?t=42s", `<figure class="player"><a href="https://youtu.be/dQw4w9WgXcQ?t=42s"` + rel + `>https://youtu.be/dQw4w9WgXcQ?t=42s</a>` +
		`<button type="button" class="btn small" data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=42">Play from www.youtube-nocookie.com</button><small>This loads content from there.</small></figure>`},
	{"a film among words", "See https://youtu.be/dQw4w9WgXcQ", `<p>See <a href="https://youtu.be/dQw4w9WgXcQ"` + rel + `>https://youtu.be/dQw4w9WgXcQ</a></p>`},
	{"a film by other words", "[this](https://youtu.be/dQw4w9WgXcQ)", `<p><a href="https://youtu.be/dQw4w9WgXcQ"` + rel + `>this</a></p>`},
	{"a sound of our own", "[rain.mp3](/files/9aBcDeFgH12)", `<figure class="player"><a href="/files/9aBcDeFgH12">rain.mp3</a><button type="button" class="btn small" data-player="/files/9aBcDeFgH12">Play it here</button></figure>`},
}

func TestMarksOfOurs(t *testing.T) {
	for _, dish := range dishesOfOurs {
		cooked, err := Post(dish.source)
		if err != nil || cooked.Flaw != "" {
			t.Errorf("%s: %v %s", dish.name, err, cooked.Flaw)
		}
		if cooked.HTML != dish.html {
			t.Errorf("%s: %q\nbecame    %s\ninstead of %s", dish.name, dish.source, cooked.HTML, dish.html)
		}
		if found := append(flaws(cooked.HTML), promises(cooked)...); len(found) > 0 {
			t.Errorf("%s: %q", dish.name, found)
		}
	}
}

// What is hidden is told by nothing that is made of the text but the page itself.
func TestSpoilersStayHidden(t *testing.T) {
	const source = "Before ||moonlight|| after.\n\n:::spoiler The end\nmoonlight\n\n> moonlight\n:::\n\n![||moonlight||](/files/a)\n\n# ||moonlight||\n\n[||moonlight||](/b)"
	cooked, err := Post(source)
	if err != nil || strings.Count(cooked.HTML, "moonlight") != 5 {
		t.Fatalf("%v: %s", err, cooked.HTML)
	}
	if want := "Before (hidden) after. (hidden) (hidden) (hidden) (hidden)"; cooked.Plain != want {
		t.Errorf("plain is %q", cooked.Plain)
	}
	abroad := Abroad(cooked.HTML)
	if strings.Contains(abroad, "moonlight") || !strings.Contains(abroad, "Before (hidden) after.") {
		t.Errorf("abroad it is %s", abroad)
	}
	long := "||moonlight " + strings.Repeat("so ", 1_000) + "||"
	quoted, err := Post(Quote("june", "June", "/t/a", 1, long))
	if err != nil || !strings.Contains(quoted.HTML, `<span class="veiled">moonlight`) {
		t.Errorf("%v: the cut quote shows %.200s", err, quoted.HTML)
	}
}

func TestAbroadNothingIsPlayedOrTicked(t *testing.T) {
	for source, want := range map[string]string{
		"https://youtu.be/dQw4w9WgXcQ": `<figure class="player"><a href="https://youtu.be/dQw4w9WgXcQ"` + rel + `>https://youtu.be/dQw4w9WgXcQ</a></figure>`,
		"a **b** ![c](/files/d)":       `<p>a <strong>b</strong> <img src="/files/d" alt="c" loading="lazy"></p>`,
	} {
		cooked, err := Post(source)
		if got := Abroad(cooked.HTML); err != nil || got != want {
			t.Errorf("%q is %s abroad", source, got)
		}
	}
}

// Markup in a message is that of a post, but for polls: those have a place of their own.
func TestMessagesHaveNoPolls(t *testing.T) {
	cooked, err := Message(":::poll a\n- b\n- c\n:::\n\n||d|| :heart:")
	if err != nil || strings.Contains(cooked.HTML, "<section") || len(cooked.Polls) > 0 || !strings.Contains(cooked.HTML, `class="spoiler"`) || !strings.Contains(cooked.HTML, "❤️") {
		t.Errorf("%v: %s", err, cooked.HTML)
	}
}

// Colours change nothing of what the code says, and a language that never ends costs no more than it may.
func TestColoursKeepTheCode(t *testing.T) {
	for name := range languages {
		if lexerOf(name) == nil {
			t.Errorf("nobody reads %s", name)
		}
	}
	const code = "func (a *b) c() <d> { \"e\\n\": 'f' } // & #g\n\tif x == 0x1F { return `h` }\n"
	want, err := Post("```\n" + code + "```")
	if err != nil {
		t.Fatal(err)
	}
	for name := range languages {
		cooked, err := Post("```" + name + "\n" + code + "```")
		if err != nil || cooked.Plain != want.Plain {
			t.Errorf("in %s (%v) the code reads %q", name, err, cooked.Plain)
		}
	}
	long, err := Post("```go\n" + strings.Repeat("var a = 1\n", maxColoured/10+1) + "```")
	if err != nil || strings.Contains(long.HTML, "<span") {
		t.Errorf("%v: code beyond the bound has colours", err)
	}
}

func TestPolls(t *testing.T) {
	cooked, err := Post(":::poll Which?\n- a :heart:\n- b\nseveral answers\nuntil 2026-12-24\n:::\n\nBetween\n\n:::poll And?\n- c\n- d\nresults always\n:::")
	if err != nil || cooked.Flaw != "" {
		t.Fatal(err, cooked.Flaw)
	}
	want := []Poll{
		{Question: "Which?", Options: []string{"a ❤️", "b"}, Most: 2, Closes: time.Date(2026, 12, 24, 23, 59, 0, 0, time.UTC), Results: AfterVoting},
		{Question: "And?", Options: []string{"c", "d"}, Most: 1, Results: Always},
	}
	parts := Parts(cooked.HTML)
	if len(parts) != 3 || len(cooked.Polls) != 2 {
		t.Fatalf("%d parts, %d polls", len(parts), len(cooked.Polls))
	}
	whole := ""
	for i, p := range parts {
		whole += p.HTML
		if i == 1 {
			continue
		}
		n := i / 2
		if p.Number != n+1 || !alike(p.Poll, want[n]) || !alike(cooked.Polls[n], want[n]) {
			t.Errorf("poll %d is %+v, read back %+v", n+1, cooked.Polls[n], p.Poll)
		}
	}
	if whole != cooked.HTML {
		t.Errorf("the parts make %s", whole)
	}
}

func alike(a, b Poll) bool {
	return a.Question == b.Question && strings.Join(a.Options, "|") == strings.Join(b.Options, "|") &&
		a.Most == b.Most && a.Closes.Equal(b.Closes) && a.Results == b.Results && a.Named == b.Named
}

// What a poll lacks is said in a sentence, where it was written.
func TestPollsThatCannotBe(t *testing.T) {
	for source, says := range map[string]string{
		":::poll\n- a\n- b\n:::":                                "needs a question",
		":::poll Q\n- a\n:::":                                   "at least two options",
		":::poll Q\n" + strings.Repeat("- a\n", 21) + ":::":     "at most 20 options",
		":::poll Q\n- a\n- a\n:::":                              "are the same",
		":::poll Q\n- a\n- b\nmaybe\n:::":                       "“maybe” is neither",
		":::poll Q\n- a\n- b\nuntil Christmas\n:::":             "cannot end at “Christmas”",
		":::poll Q\n- a\n- b\nresults after closing\n:::":       "need an end",
		":::poll Q\n- a\n- b\nup to 0 answers\n:::":             "at least one answer",
		":::poll " + strings.Repeat("q", 201) + "\n- a\n- b":    "at most 200 bytes",
		":::poll Q\n- a\n- " + strings.Repeat("b", 201):         "at most 200 bytes",
		strings.Repeat(":::poll Q\n- a\n- b\n:::\n", 6):         "hold 5 polls",
		"> :::poll Q\n> - a\n> :::\n\n:::poll Q\n- a\n- b\n:::": "",
	} {
		cooked, err := Post(source)
		if err != nil || !strings.Contains(cooked.Flaw, says) || says == "" && cooked.Flaw != "" {
			t.Errorf("%q: %v %q", source, err, cooked.Flaw)
		}
	}
}
