package member_test

import (
	"strings"
	"testing"

	"guildhall/models/member"
)

func TestAddressesAreReadStrictly(t *testing.T) {
	for _, good := range []string{"ada@example.org", "a.b+c@mail.example.co.uk", " Ada@Example.Org\n"} {
		if got, err := member.ParseAddress(good); err != nil || got != strings.ToLower(strings.TrimSpace(good)) {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{
		"", "ada", "@example.org", "ada@", "ada@localhost", "ada@[127.0.0.1]", "ada@127.0.0.1", "Ada <ada@example.org>", "<ada@example.org>",
		"ada@example.org (a comment)", "ada(comment)@example.org", `"ada"@example.org`, `"a@b"@example.org`, "=?utf-8?q?ada?=@example.org",
		"ada@=?utf-8?q?example?=.org", "ada@example.org, eve@example.org", "ada@example.org;eve@example.org", "ada@example.org\r\nBcc: eve@example.org",
		"ada@exam\x00ple.org", "ada\x7f@example.org", "a..b@example.org", ".a@example.org", "a.@example.org", "ada@-example.org", "ada@example-.org",
		"ada@example..org", "ada@example.org.", "ádá@example.org", "ada@exämple.org", "ada@example.org%00", "ada @example.org", "ada@@example.org",
		strings.Repeat("a", 65) + "@example.org", "a@" + strings.Repeat("a.", 130) + "org", "ada@" + strings.Repeat("a", 64) + ".org",
	} {
		if got, err := member.ParseAddress(bad); err == nil {
			t.Errorf("%q was read as %q", bad, got)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("ada@example.org")
	f.Add(`"a b"@example.org`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := member.ParseAddress(text)
		if err != nil {
			return
		}
		again, err := member.ParseAddress(got)
		if err != nil || again != got || strings.ContainsAny(got, "\r\n\x00 <>\"(),;:\\[]") || strings.Count(got, "@") != 1 || len(got) > 254 {
			t.Errorf("%q was read as %q, and that as %q: %v", text, got, again, err)
		}
	})
}
