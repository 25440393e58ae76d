package prose

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const rel = ` rel="nofollow ugc noopener noreferrer"`

type dish struct{ name, source, html string }

// dishes are texts and the HTML that each must become.
var dishes = []dish{
	{"paragraphs", "One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"},
	{"line ends are kept", "one\ntwo\r\nthree\rfour", "<p>one<br>\ntwo<br>\nthree<br>\nfour</p>"},
	{"styles", "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"},
	{"headings move down", "# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F",
		"<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h6>D</h6>\n<h6>E</h6>\n<h6>F</h6>"},
	{"headings begin at the top and skip none", "### A\n\n# B\n\n#### C", "<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>"},
	{"underlined headings too", "A\n===\n\nB\n---", "<h3>A</h3>\n<h4>B</h4>"},
	{"a rule", "a\n\n***", "<p>a</p>\n<hr>"},
	{"lists", "- a\n- b\n\n3. c\n4. d", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>"},
	{"tasks", "- [ ] a\n- [x] b", "<ul>\n<li><input type=\"checkbox\" disabled=\"\" aria-label=\"To do\"> a</li>\n" +
		"<li><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\"> b</li>\n</ul>"},
	{"a table", "|a|b|\n|:-|-:|\n|1|2|", "<table tabindex=\"0\">\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n" +
		"<tbody>\n<tr>\n<td align=\"left\">1</td>\n<td align=\"right\">2</td>\n</tr>\n</tbody>\n</table>"},
	{"a blockquote", "> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"},
	{"code", "```c++\na < b && c\n```", "<pre tabindex=\"0\"><code class=\"language-c++\">a &lt; b &amp;&amp; c\n</code></pre>"},
	{"code in no language", "```\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>"},
	{"indented code", "    a\n    @june", "<pre tabindex=\"0\"><code>a\n@june\n</code></pre>"},
	{"entities", "&copy; &amp; <3 \"q\"", "<p>© &amp; &lt;3 &#34;q&#34;</p>"},

	{"a link", "[a](https://a.example/?b=1&c=2 \"t\")", `<p><a href="https://a.example/?b=1&amp;c=2"` + rel + `>a</a></p>`},
	{"a link within", "[a](/s/a/t/b#p3)", `<p><a href="/s/a/t/b#p3">a</a></p>`},
	{"a link home", "[a](/)", `<p><a href="/">a</a></p>`},
	{"a link to write to", "[a](mailto:a@b.example)", `<p><a href="mailto:a@b.example">a</a></p>`},
	{"a link without words", "[](https://a.example)", `<p><a href="https://a.example"` + rel + `>https://a.example</a></p>`},
	{"a link that may not be", "[a *b*](javascript:x)", "<p>a <em>b</em></p>"},
	{"a link to a fragment", "[a](#b) [c](d)", "<p>a c</p>"},
	{"a reference", "[a][b]\n\n[b]: https://a.example", `<p><a href="https://a.example"` + rel + `>a</a></p>`},
	{"a bare address", "see https://a.example/b_c_(d), ok", `<p>see <a href="https://a.example/b_c_(d)"` + rel + `>https://a.example/b_c_(d)</a>, ok</p>`},
	{"a bare address in another alphabet", "https://de.a.example/Bär.", `<p><a href="https://de.a.example/B%C3%A4r"` + rel + `>https://de.a.example/Bär</a>.</p>`},
	{"a bare www", "www.a.example", `<p><a href="http://www.a.example"` + rel + `>www.a.example</a></p>`},
	{"a bare word that is no address", "www.oops http://localhost", "<p>www.oops http://localhost</p>"},
	{"a bare e-mail address", "june@a.example", `<p><a href="mailto:june@a.example">june@a.example</a></p>`},
	{"angle brackets", "<https://a.example/?b&c> <june@a.example>", `<p><a href="https://a.example/?b&amp;c"` + rel + `>https://a.example/?b&amp;c</a> <a href="mailto:june@a.example">june@a.example</a></p>`},
	{"no link in a link", "[a <https://b.example> c](/d)", `<p><a href="/d">a https://b.example c</a></p>`},

	{"a picture in a line", "a ![b *c*](/files/d)", `<p>a <img src="/files/d" alt="b c" loading="lazy"></p>`},
	{"a picture alone", "![a](/files/b?w=640)", `<figure><img src="/files/b?w=640" alt="a" loading="lazy"></figure>`},
	{"a picture with a caption", "![a](/files/b \"c &amp; d\")", `<figure><img src="/files/b" alt="a" loading="lazy"><figcaption>c &amp; d</figcaption></figure>`},
	{"a picture that links", "[![a](/files/b)](https://c.example)", `<p><a href="https://c.example"` + rel + `><img src="/files/b" alt="a" loading="lazy"></a></p>`},
	{"links in a picture's words", "![a [b](https://b.example) https://c.example @june](/files/d)", `<figure><img src="/files/d" alt="a b https://c.example @june" loading="lazy"></figure>`},
	{"a foreign picture", "![a](https://b.example/c.png)", `<p><a href="https://b.example/c.png"` + rel + `>a</a></p>`},
	{"a foreign picture without words", "![](https://b.example/c.png)", `<p><a href="https://b.example/c.png"` + rel + `>https://b.example/c.png</a></p>`},
	{"a foreign picture that links", "[![a](https://b.example/c.png)](/d)", `<p><a href="/d">a</a></p>`},
	{"a picture that may not be", "![a](data:image/png;base64,AAAA)", "<p>a</p>"},

	{"nothing", "", ""},
	{"blanks", " \n\t\n", ""},
	{"a definition alone", "[a]: https://a.example", ""},
}

func TestPost(t *testing.T) {
	for _, dish := range dishes {
		cooked, err := Post(dish.source)
		if err != nil {
			t.Errorf("%s: %v", dish.name, err)
		}
		if cooked.HTML != dish.html {
			t.Errorf("%s: %q\nbecame    %s\ninstead of %s", dish.name, dish.source, cooked.HTML, dish.html)
		}
		if found := append(flaws(cooked.HTML), promises(cooked)...); len(found) > 0 {
			t.Errorf("%s: %q", dish.name, found)
		}
	}
}

func TestMessageIsPlainer(t *testing.T) {
	for _, dish := range []struct{ source, html string }{
		{"# A", "<p># A</p>"},
		{"A\n---", "<p>A</p>\n<hr>"},
		{"|a|\n|-|\n|1|", "<p>|a|<br>\n|-|<br>\n|1|</p>"},
		{"![a](/files/b)", `<figure><img src="/files/b" alt="a" loading="lazy"></figure>`},
		{"![a](https://b.example/c)", `<p><a href="https://b.example/c"` + rel + `>a</a></p>`},
		{"[![a](/files/b)](/c)", `<p><a href="/c"><img src="/files/b" alt="a" loading="lazy"></a></p>`},
		{"> *a*\n- `b` @june", "<blockquote>\n<p><em>a</em></p>\n</blockquote>\n<ul>\n<li><code>b</code> <a class=\"mention\" href=\"/m/june\">@june</a></li>\n</ul>"},
	} {
		cooked, err := Message(dish.source)
		if err != nil || cooked.HTML != dish.html {
			t.Errorf("%q became %s (%v) instead of %s", dish.source, cooked.HTML, err, dish.html)
		}
	}
}

func TestCookedFields(t *testing.T) {
	cooked, err := Post("# Plans\r\nFor @June and @kofi,\vsee https://a.example/x and [this](/s/a).\x00\n\n" +
		"![a lamp](/files/b \"At night\") is ![far](https://b.example/c.png); https://a.example/x again, @JUNE.\n\n" +
		"> [Hana](/m/hana), [post 3](/s/a/t/b/c#p3):\n>\n> Ask @tomasz or https://c.example.\n\nGlued*to*gether")
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(cooked.Source, "\r\v\x00") || !strings.Contains(cooked.Source, "kofi,\nsee") {
		t.Errorf("source is %q", cooked.Source)
	}
	const plain = "Plans For @june and @kofi, see https://a.example/x and this.\ufffd a lamp is far; https://a.example/x again, @june. Gluedtogether"
	if cooked.Plain != plain {
		t.Errorf("plain is %q", cooked.Plain)
	}
	if want := []string{"june", "kofi"}; !slices.Equal(cooked.Mentions, want) {
		t.Errorf("mentions are %q", cooked.Mentions)
	}
	if want := []string{"https://a.example/x", "https://b.example/c.png", "https://c.example"}; !slices.Equal(cooked.Links, want) {
		t.Errorf("links are %q", cooked.Links)
	}
}

func TestAtMostFiftyAreNoted(t *testing.T) {
	var source strings.Builder
	for i := range 60 {
		name := string(rune('a'+i/26)) + string(rune('a'+i%26))
		source.WriteString("@" + name + " https://" + name + ".example\n")
	}
	cooked, err := Post(source.String())
	if err != nil {
		t.Fatal(err)
	}
	if len(cooked.Mentions) != 50 || len(cooked.Links) != 50 || cooked.Mentions[49] != "bx" {
		t.Errorf("%d mentions, %d links", len(cooked.Mentions), len(cooked.Links))
	}
	if n := strings.Count(cooked.HTML, `class="mention"`); n != 60 {
		t.Errorf("only %d of 60 are shown as mentions", n)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name   string
		cook   func(string) (Cooked, error)
		source string
		err    error
	}{
		{"a full post", Post, strings.Repeat("a", MaxPost), nil},
		{"a full post with line ends of two bytes", Post, strings.Repeat("a\r\n", MaxPost/2), nil},
		{"a post too long", Post, strings.Repeat("a", MaxPost+1), ErrTooLong},
		{"a full message", Message, strings.Repeat("a", MaxMessage), nil},
		{"a message too long", Message, strings.Repeat("a", MaxMessage+1), ErrTooLong},
		{"bytes that are no text", Post, "a\xff", ErrNotText},
		{"half a surrogate pair", Message, "\xed\xa0\x80", ErrNotText},
	} {
		if _, err := c.cook(c.source); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A fault in a parser that we did not write is an error, and not the end of the process.
func TestFaultIsAnError(t *testing.T) {
	broken := recipe{parser: parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(util.Prioritized(faulty{}, 1)))}
	if _, err := cook("fine", MaxPost, broken); err != nil {
		t.Fatal(err)
	}
	if cooked, err := cook("not !", MaxPost, broken); err == nil || cooked.HTML != "" {
		t.Errorf("%q, %v", cooked.HTML, err)
	}
}

type faulty struct{}

func (faulty) Trigger() []byte { return []byte{'!'} }

func (faulty) Parse(ast.Node, text.Reader, parser.Context) ast.Node { panic("a fault") }
