package leaks_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"

	"guildhall/handlers/ways"
)

// neverSlug is a space that never was, of the length of the one that is not listed.
var neverSlug = strings.Repeat("n", len(slugs[unlisted]))

// perAnswer is what differs between any two answers to one question.
var perAnswer = regexp.MustCompile(`(?m)nonce="[^"]*"|'nonce-[^']*'|^(Date|X-Request-Id): .*$|"request":"[^"]*"`)

// likeNever holds an answer about the unlisted space to that about a space that never was: byte for
// byte, but for what the asker said themselves.
func (m *matrix) likeNever(way ways.Way, p part, k kind, q ask, a answer) {
	if k != unlisted || p.in || !inside(way) {
		m.likeNoFile(way, p, k, q, a)
		return
	}
	other := q
	other.path = strings.Replace(q.path, slugs[unlisted], neverSlug, 1)
	if q.form != nil {
		other.form = m.form(m.houses[k])
	}
	b := m.eye(p, k).ask(m.t, other)
	got, nowhere := plain(a, slugs[unlisted]), plain(b, neverSlug)
	if !bytes.Equal(got, nowhere) {
		m.finds(&m.leaks, "%s (%s) can be told from a space that never was by %s: %s %s\n%s\n%s", k, surfaceOf(way), p.name, q.method, q.path, firstApart(got, nowhere), firstApart(nowhere, got))
	}
}

func plain(a answer, slug string) []byte {
	var b bytes.Buffer
	b.WriteString(http.StatusText(a.status) + "\n")
	b.Write(perAnswer.ReplaceAll(a.bytes(), nil))
	return bytes.ReplaceAll(b.Bytes(), []byte(slug), []byte("…"))
}

// firstApart is where a begins to differ from b.
func firstApart(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return around(a, i)
}
