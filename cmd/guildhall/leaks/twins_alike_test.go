package leaks_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// teller retells what one viewer was answered in one of two clubs in words that hold in both: an id
// is the number of its first appearance, an instant is an instant, and what is drawn by lot for each
// answer is left out. All else stays as it came.
type teller struct {
	from    time.Time // ids of before were not made here
	ids     map[id.ID]int
	secrets *strings.Replacer // what each of the clubs has of its own, by a name that they share
}

func newTeller(from time.Time, secrets ...string) *teller {
	return &teller{from: from, ids: map[id.ID]int{}, secrets: strings.NewReplacer(secrets...)}
}

// lots are what is drawn anew or told by the clock. A time is one of the element, a field or a header
// of that kind, so that no number of anything else passes for it.
var lots = []struct {
	of   *regexp.Regexp
	with string
}{
	{perAnswer, ""},
	{regexp.MustCompile(`(data-push=")[^"]*`), "${1}{key}"},                 // of the club, for its messages to browsers
	{regexp.MustCompile(`(?m)^(Etag: ")[\w-]{22}("\r?)$`), "${1}{sum}${2}"}, // of a body that is compared itself
	{regexp.MustCompile(`(<time\b[^>]*?) datetime=\\?"[^"]*"([^>]*>)[^<]*</time>`), `$1$2now</time>`},
	{regexp.MustCompile(`\b20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?Z`), "{instant}"},
	{regexp.MustCompile(`(name="key" value=")[^"]*`), "$1{key}"},
	{regexp.MustCompile(`(name="from" value=")[0-9a-f]{16}"`), `$1{sum}"`}, // of the text that stands beside it
	{regexp.MustCompile(`(?m)^(Last-Modified: ).*$`), "${1}{instant}"},
	{regexp.MustCompile(`(boundary=|--)[0-9a-f]{60}`), "${1}{boundary}"},
	{regexp.MustCompile(`(?m)^(Set-Cookie: [\w-]+=)[^;]*`), "$1{cookie}"},
}

var runs = regexp.MustCompile(`%[0-9A-Fa-f]{2}|[0-9A-Za-z_-]+`) // what is escaped in an address is no part of a word

func (tl *teller) tell(b []byte) string {
	for _, l := range lots {
		b = l.of.ReplaceAll(b, []byte(l.with))
	}
	said := tl.secrets.Replace(string(b))
	return runs.ReplaceAllStringFunc(said, tl.run)
}

// run retells a word that is an id, or a cursor with an id in it.
func (tl *teller) run(s string) string {
	if b, err := base64.RawURLEncoding.DecodeString(s); err == nil {
		if said := tl.cursor(b); said != "" {
			return said
		}
	}
	if len(s) < id.Length {
		return s
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' })
	for _, w := range words {
		if i, err := id.Parse(w); err == nil {
			if n := tl.number(i); n != "" {
				s = strings.Replace(s, w, n, 1)
			}
		}
	}
	return s
}

// cursor retells where a list goes on: an instant and an id, or as search has it, a page, what it is
// ordered by, likes and an id. Only an instant of this test is blurred.
func (tl *teller) cursor(b []byte) string {
	if len(b) != 16 && len(b) != 25 {
		return ""
	}
	n := tl.number(id.ID(binary.BigEndian.Uint64(b[len(b)-8:])))
	if n == "" || len(b) == 16 {
		return strings.Replace(n, "{", "{after ", 1)
	}
	by := fmt.Sprintf("%x", b[1:9])
	if at := time.UnixMicro(int64(binary.BigEndian.Uint64(b[1:]))); !at.Before(tl.from) && at.Before(time.Now().Add(time.Second)) {
		by = "instant"
	}
	return fmt.Sprintf("{after %d %s %x %s}", b[0], by, b[9:17], n)
}

// number is that of an id's first appearance, and empty for what only looks like an id: no other word
// tells a time between the beginning of the test and now.
func (tl *teller) number(i id.ID) string {
	if at := madeAt(i); at.Before(tl.from) || at.After(time.Now().Add(time.Second)) {
		return ""
	}
	if tl.ids[i] == 0 {
		tl.ids[i] = len(tl.ids) + 1
	}
	return fmt.Sprintf("{id %d}", tl.ids[i])
}

// madeAt is the time that an id tells.
func madeAt(i id.ID) time.Time {
	return time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(int64(i)>>22) * time.Millisecond)
}

// answered retells an answer, an element to a line.
func (tl *teller) answered(a answer) []string {
	var b bytes.Buffer
	fmt.Fprintln(&b, a.status)
	if strings.Contains(a.header.Get("Content-Type"), "json") { // an instant has more digits or fewer there
		a.header = a.header.Clone()
		a.header.Set("Content-Length", "{length}")
	}
	_ = a.header.Write(&b) // to memory
	b.Write(a.body)
	return strings.Split(strings.ReplaceAll(tl.tell(b.Bytes()), "<", "\n<"), "\n")
}

// apart is where one telling first differs from another, and empty if they are the same.
func apart(a, b []string) string {
	for i := 0; i < len(a) || i < len(b); i++ {
		la, lb := "the end", "the end"
		if i < len(a) {
			la = a[i]
		}
		if i < len(b) {
			lb = b[i]
		}
		if la != lb || len(a) <= i || len(b) <= i {
			at := 0
			for at < len(la) && at < len(lb) && la[at] == lb[at] {
				at++
			}
			return fmt.Sprintf("\n\tA: %s\n\tB: %s", la[max(0, at-80):min(len(la), at+120)], lb[max(0, at-80):min(len(lb), at+120)])
		}
	}
	return ""
}

// The retelling leaves out what differs between any two clubs, and nothing that could tell of what is
// gated.
func TestTheTellerBlursNothing(t *testing.T) {
	from := time.Now().Add(-time.Minute)
	maker := id.NewMaker(1)
	x, y, z := maker.New(), maker.New(), maker.New()
	cursor := func(i id.ID) string {
		b := binary.BigEndian.AppendUint64(nil, uint64(time.Now().UnixMicro()))
		return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(b, uint64(i)))
	}
	page := func(status int, body string, header ...string) answer {
		a := answer{status: status, header: http.Header{}, body: []byte(body)}
		for i := 0; i < len(header); i += 2 {
			a.header.Add(header[i], header[i+1])
		}
		return a
	}
	same := func(a, b answer) bool {
		secrets := func(port string) *teller { return newTeller(from, "localhost:"+port, "{host}") }
		return apart(secrets("1001").answered(a), secrets("1002").answered(b)) == ""
	}
	link := func(i id.ID, title string) string {
		return `<a href="/s/library/t/` + i.String() + `/x">` + title + `</a>`
	}
	for name, pair := range map[string][2]answer{
		"ids":     {page(200, link(x, "One")+link(y, "Two")+link(x, "One")), page(200, link(y, "One")+link(z, "Two")+link(y, "One"))},
		"cursors": {page(200, `?after=`+cursor(x)+`"`), page(200, `?after=`+cursor(y)+`"`)},
		"times":   {page(200, `<time datetime="2026-11-22T01:02:03Z" data-when="ago">now</time> "at":"2026-11-22T01:02:03Z"`), page(200, `<time datetime="2026-11-22T01:02:09Z" data-when="ago">1 min</time> "at":"2026-11-22T01:02:09.123Z"`)},
		"lots":    {page(200, `<script nonce="abc">`, "Date", "x", "X-Request-Id", "a1"), page(200, `<script nonce="def">`, "Date", "y", "X-Request-Id", "b2")},
		"host":    {page(200, "http://localhost:1001/s"), page(200, "http://localhost:1002/s")},
	} {
		if !same(pair[0], pair[1]) {
			t.Errorf("%s make a difference", name)
		}
	}
	one := page(200, link(x, "One")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/")
	for name, other := range map[string]answer{
		"a number":             page(200, link(x, "One")+link(y, "Two")+`<b>13</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"a title":              page(200, link(x, "One")+link(y, "Too")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"a title of 11":        page(200, link(x, "invitations")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"the order":            page(200, link(x, "Two")+link(y, "One")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"another id":           page(200, link(x, "One")+link(x, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"an id that never was": page(200, link(x, "One")+link(never(t), "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"one more":             page(200, link(x, "One")+link(y, "Two")+`<b>12</b><b></b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"one less":             page(200, link(x, "One")+link(y, "Two"), "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"the status":           page(404, link(x, "One")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/"),
		"a header":             page(200, link(x, "One")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "said=x; Path=/", "Etag", "1"),
		"what a header says":   page(200, link(x, "One")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "public", "Set-Cookie", "said=x; Path=/"),
		"a cookie's name":      page(200, link(x, "One")+link(y, "Two")+`<b>12</b>`, "Cache-Control", "private", "Set-Cookie", "sad=x; Path=/"),
	} {
		if same(one, other) {
			t.Errorf("%s makes no difference", name)
		}
	}
	if !same(one, one) || clubtest.Must(id.Parse(x.String()))(t) != x {
		t.Error("an answer differs from itself")
	}
}
