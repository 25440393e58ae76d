package leaks_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// kind is how a space is closed.
type kind string

// Public opens to everybody. Locked is listed, and its door is there for all. Unlisted is as if it
// never was.
const (
	public   kind = "public"
	locked   kind = "locked"
	unlisted kind = "unlisted"
	among    kind = "among a few" // of no space: nobody who looks is one of them
)

var (
	kinds = []kind{public, locked, unlisted}
	gated = []kind{locked, unlisted}
)

// mark begins every canary of a kind: six letters of it, in whatever case, are a leak.
var marks = map[kind]string{public: "zqpubl", locked: "zqlock", unlisted: "zqhide", among: "zqfewz"}

// numbers are what the counts of a gated space stand at.
var numbers = map[kind]int64{locked: 710007, unlisted: 720009}

// canary is the word in a field of a kind of space: whole, it is what somebody entitled must see.
func canary(k kind, field string) string { return marks[k] + field + "vx" }

// finder looks for the canaries of a kind in whatever shape they may have left in.
type finder struct {
	kind    kind
	needles [][]byte // of bytes in lower case
	exact   [][]byte // of bytes as they are
	number  *regexp.Regexp
}

func finderOf(k kind) *finder {
	mark := marks[k]
	f := &finder{kind: k, needles: [][]byte{[]byte(mark), []byte(hex.EncodeToString([]byte(mark)))}}
	for _, spelled := range []string{mark, strings.ToUpper(mark), strings.ToUpper(mark[:1]) + mark[1:]} {
		f.exact = append(f.exact, inBase64(spelled)...)
		f.exact = append(f.exact, inUTF16(spelled, 0, 1), inUTF16(spelled, 1, 0))
	}
	if n := numbers[k]; n != 0 {
		digits := strconv.FormatInt(n, 10)
		f.number = regexp.MustCompile(`(^|[^0-9a-zA-Z])` + digits[:3] + `(,|\.| |&nbsp;|&#160;|\x{a0}|\x{202f}|)` + digits[3:] + `($|[^0-9a-zA-Z])`)
	}
	return f
}

// inBase64 is a word at each of the three places at which it may stand in a longer text.
func inBase64(word string) (all [][]byte) {
	for lead := range 3 {
		coded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", lead) + word))
		coded = coded[(lead*8+5)/6:]                       // what the lead had a part in
		all = append(all, []byte(coded[:len(word)*8/6-1])) // and what the next byte will
	}
	return all
}

func inUTF16(word string, low, high int) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(word)) {
		two := [2]byte{}
		two[low], two[high] = byte(unit), byte(unit>>8)
		b = append(b, two[:]...)
	}
	return b
}

var escaped = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}`)

// readings are the bytes as they came and as what reads them would decode them.
func readings(body []byte) [][]byte {
	all := [][]byte{body}
	text := string(body)
	if strings.ContainsRune(text, '&') {
		all = append(all, []byte(html.UnescapeString(text)))
	}
	if strings.ContainsRune(text, '\\') {
		all = append(all, []byte(escaped.ReplaceAllStringFunc(text, func(s string) string {
			n, _ := strconv.ParseUint(s[2:], 16, 16) // the pattern has digits alone
			return string(rune(n))
		})))
	}
	if strings.ContainsRune(text, '%') {
		if plain, err := url.PathUnescape(strings.ReplaceAll(text, "%", "%25")); err == nil {
			if again, err := url.PathUnescape(plain); err == nil {
				all = append(all, []byte(again))
			}
		}
	}
	return all
}

// find tells what of the kind is in the body, with what stands around it; empty for nothing.
func (f *finder) find(body []byte) string {
	for _, reading := range readings(body) {
		lower := bytes.ToLower(reading)
		for _, needle := range f.needles {
			if i := bytes.Index(lower, needle); i >= 0 {
				return around(reading, i)
			}
		}
		for _, needle := range f.exact {
			if i := bytes.Index(reading, needle); i >= 0 {
				return around(reading, i)
			}
		}
		if f.number != nil {
			if at := f.number.FindIndex(reading); at != nil {
				return around(reading, at[0])
			}
		}
	}
	return ""
}

func around(body []byte, i int) string {
	return fmt.Sprintf("%q", body[max(0, i-60):min(len(body), i+60)])
}

// The finder finds its canary in every shape that it is looked for in, and nothing where none is.
func TestTheFinderFinds(t *testing.T) {
	for _, k := range gated {
		f, word := finderOf(k), canary(k, "title")
		for name, body := range map[string]string{
			"plain": "x " + word, "cut": "x " + word[:6], "upper": strings.ToUpper(word), "entity": "&#122;" + word[1:], "json": `\u007a` + word[1:],
			"url": "%7A" + word[1:], "hex": hex.EncodeToString([]byte(word)), "base64": base64.StdEncoding.EncodeToString([]byte(word)),
			"base64 after one": base64.StdEncoding.EncodeToString([]byte("a" + word)), "base64 after two": base64.RawURLEncoding.EncodeToString([]byte("ab" + word)),
			"utf16": string(inUTF16(word, 0, 1)), "number": fmt.Sprint("posts ", numbers[k], "."), "grouped": "710,007 720,009",
		} {
			if f.find([]byte(body)) == "" {
				t.Errorf("%s: not found in %s", k, name)
			}
		}
		for _, other := range kinds {
			if other != k && f.find([]byte(canary(other, "title")+" 1710007 7200091 "+base64.StdEncoding.EncodeToString([]byte("nothing at all")))) != "" {
				t.Errorf("%s: found where it is not", k)
			}
		}
	}
}
