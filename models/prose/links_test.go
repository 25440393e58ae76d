package prose

import (
	"strings"
	"testing"
)

func TestTarget(t *testing.T) {
	for _, good := range []string{
		"http://a.example", "https://a.example:8443/b?c=d&e=f#g", "https://a.example/b_(c)", "https://192.168.1.1/",
		"mailto:a@b.example", "mailto:a@b.example?subject=Hi", "/", "/s/a/t/b#p3", "/files/a?w=640",
	} {
		if got := target(good); got != good {
			t.Errorf("%q became %q", good, got)
		}
	}
	for _, bad := range []string{
		"", "a", "./a", "#a", "?a", "//a.example", `/\\a.example`, "/a b", "/a\tb", "/\x00", "/\u00e9",
		"javascript:alert(1)", "JAVASCRIPT:alert(1)", "vbscript:x", "data:text/html,x", "data:image/png;base64,A",
		"file:///etc/passwd", "ftp://a.example", "blob:https://a.example/1", "tel:123", "about:blank",
		"https:a.example", "https:/a.example", "https:///a.example", "https://:80", "https://", "http://a@b.example",
		"http://a:b@c.example", "http://[::1", "http://a b.example", "mailto:", "mailto:a",
		`https://a.example/"x`, "https://a.example/<x>", "https://a.example/`x", `https://a.example\\@b.example`,
		"https://a.example/" + strings.Repeat("b", maxAddress),
	} {
		if got := target(bad); got != "" {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

// Escapes and entities hide an address from a reader of the source, not from a browser.
func TestWrittenResolvesWhatBrowsersResolve(t *testing.T) {
	for source, want := range map[string]string{
		"/a&amp;b":                 "/a&b",
		"javascript&colon;alert":   "javascript:alert",
		"&#106;avascript&#x3A;x":   "javascript:x",
		`\/\/a.example`:            "//a.example",
		"/é ü":                     "/%C3%A9%20%C3%BC",
		"/a%20b":                   "/a%20b",
		"/&#92;a.example&Tab;&lt;": "/%5Ca.example%09%3C",
	} {
		if got := written([]byte(source)); got != want {
			t.Errorf("%q says %q and not %q", source, got, want)
		}
	}
}
