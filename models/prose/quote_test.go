package prose

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	const path = "/s/darkroom/t/2Zk3mB9xQwE/two-stops"
	for _, c := range []struct{ what, name, source, markdown, html string }{
		{
			"a post", "Amara Okafor", "The only thing\r\nI reused.\n\n- one\n",
			"> [Amara Okafor](/m/amara), [post 3](" + path + "#p3):\n>\n> The only thing\n> I reused.\n>\n> - one\n\n",
			"<p>The only thing<br>\nI reused.</p>\n<ul>\n<li>one</li>\n</ul>",
		},
		{
			"a name full of marks", " A*m*a[ra]\n(x) `O'Kafor-B.` ", "a",
			"> [A\\*m\\*a\\[ra\\] \\(x\\) \\`O'Kafor-B.\\`](/m/amara), [post 3](" + path + "#p3):\n>\n> a\n\n",
			"<p>a</p>",
		},
		{
			"a post that quotes", "Amara", "> [June](/m/june), [post 1](/t/a#p1):\n>\n> Why?\n> > Deeper.\n\nBecause.\n\n> plain\n\nAnd so.",
			"> [Amara](/m/amara), [post 3](" + path + "#p3):\n>\n> Because.\n>\n> > plain\n>\n> And so.\n\n",
			"<p>Because.</p>\n<blockquote>\n<p>plain</p>\n</blockquote>\n<p>And so.</p>",
		},
		{
			"a post that begins with a blockquote", "Amara", "> plain\n\nMine.",
			"> [Amara](/m/amara), [post 3](" + path + "#p3):\n>\n> > plain\n>\n> Mine.\n\n",
			"<blockquote>\n<p>plain</p>\n</blockquote>\n<p>Mine.</p>",
		},
		{
			"code that never ends", "Amara", "```\na",
			"> [Amara](/m/amara), [post 3](" + path + "#p3):\n>\n> ```\n> a\n\n",
			"<pre tabindex=\"0\"><code>a\n</code></pre>",
		},
	} {
		quote := Quote("Amara", c.name, path, 3, c.source)
		if quote != c.markdown {
			t.Errorf("%s: %q\nand not %q", c.what, quote, c.markdown)
		}
		cooked, err := Post(quote + "Mine.")
		if err != nil {
			t.Fatal(err)
		}
		_, rest, isQuote := strings.Cut(cooked.HTML, `<blockquote class="quote"><cite><a href="/m/amara">`)
		_, rest, hasPost := strings.Cut(rest, `</a> <a href="`+path+`#p3">post 3</a></cite>`+"\n")
		if want := c.html + "\n</blockquote>\n<p>Mine.</p>"; !isQuote || !hasPost || rest != want {
			t.Errorf("%s: %s", c.what, cooked.HTML)
		}
		if cooked.Plain != "Mine." {
			t.Errorf("%s: plain is %q", c.what, cooked.Plain)
		}
	}
}

func TestQuoteOfAQuoteAlone(t *testing.T) {
	source := Quote("june", "June", "/t/a", 1, "Why?")
	if quote := Quote("amara", "", "/t/a", 2, source); !strings.Contains(quote, "[amara]") || !strings.Contains(quote, "> > Why?") {
		t.Errorf("%q", quote)
	}
}

func TestLongQuoteIsCut(t *testing.T) {
	quote := Quote("june", "June", "/t/a", 1, strings.Repeat("words and ", 1_000))
	if len(quote) > maxQuoted+100 || !strings.HasSuffix(quote, " …\n\n") {
		t.Errorf("%d bytes, ending %q", len(quote), quote[len(quote)-20:])
	}
	if whole := Quote("june", "June", "/t/a", 1, strings.Repeat("é", maxQuoted)); strings.Contains(whole, "\ufffd") {
		t.Error("a letter was cut in half")
	}
}

// Only what Quote writes is a quoted post: a blockquote that merely begins with links is not.
func TestOtherBlockquotesStayPlain(t *testing.T) {
	for _, source := range []string{
		"> a",
		"> [June](/m/june):\n> a",
		"> [June](/m/june), [post 1](/t/a#p1)\n> a",
		"> [June](/m/june), [post 1](/t/a):\n>\n> a",
		"> [June](/m/june), [post 1](https://a.example/t/a#p1):\n>\n> a",
		"> [June](https://a.example/m/june), [post 1](/t/a#p1):\n>\n> a",
		"> ![June](/m/june), [post 1](/t/a#p1):\n>\n> a",
	} {
		cooked, err := Post(source)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(cooked.HTML, "<blockquote>\n") {
			t.Errorf("%q became %s", source, cooked.HTML)
		}
	}
}
