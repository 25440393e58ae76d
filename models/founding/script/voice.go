package script

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A voice turns a pattern into what one person says: "[a|b]" is a choice, "{film}" a slot. A slot keeps its value
// within one voice, so that an answer speaks of the film that the question named.
type voice struct {
	rng   *rand.Rand
	lists map[string][]string
	bound map[string]string // what the topic fills
	said  map[string]string // what this voice has filled
	lost  bool              // a slot had no value: what came out is not to be used
}

func (v *voice) say(pattern string) string {
	var out bytes.Buffer
	v.write(&out, pattern)
	return out.String()
}

func (v *voice) write(out *bytes.Buffer, s string) {
	for s != "" {
		i := strings.IndexAny(s, "[{")
		if i < 0 {
			out.WriteString(s)
			return
		}
		out.WriteString(s[:i])
		if s[i] == '[' {
			end := closing(s[i:])
			ways := choices(s[i+1 : i+end])
			v.write(out, ways[v.rng.IntN(len(ways))])
			s = s[i+end+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '}')
		value := v.slot(s[i+1 : i+end])
		if begins(out.String()) {
			value = upper(value)
		}
		if so := out.String(); vowel(value) && (strings.HasSuffix(so, " a ") || so == "A ") {
			out.Truncate(len(so) - 1)
			out.WriteString("n ")
		}
		out.WriteString(value)
		s = s[i+end+1:]
	}
}

// closing finds the bracket that closes the one at s[0].
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	panic("no closing bracket: " + s)
}

func choices(s string) (ways []string) {
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '|':
			if depth == 0 {
				ways, from = append(ways, s[from:i]), i+1
			}
		}
	}
	return append(ways, s[from:])
}

// slot fills a name from the topic, from what was said, from the lists, or as a number: {3-9}, in words {w3-9}.
func (v *voice) slot(name string) string {
	name = strings.ToLower(name)
	if s, found := v.said[name]; found {
		return s
	}
	if s, found := v.bound[name]; found {
		return s
	}
	value := v.number(name)
	if value == "" {
		value = v.fromList(name)
	}
	if value == "" {
		v.lost = true
	}
	v.said[name] = value
	return value
}

// fromList draws from the list called name, or for "film2" one of the films that was not said yet.
func (v *voice) fromList(name string) string {
	base := strings.TrimRight(name, "23")
	list := v.lists[base]
	if len(list) == 0 {
		return ""
	}
	value := list[v.rng.IntN(len(list))]
	for base != name && value == v.slot(base) {
		value = list[v.rng.IntN(len(list))]
	}
	return value
}

func (v *voice) number(name string) string {
	digits, inWords := strings.CutPrefix(name, "w")
	low, high, ranged := strings.Cut(digits, "-")
	if !ranged {
		high = low
	}
	a, err := strconv.Atoi(low)
	b, err2 := strconv.Atoi(high)
	if err != nil || err2 != nil {
		return ""
	}
	n := a + v.rng.IntN(b-a+1)
	if inWords {
		return numeral(n)
	}
	return strconv.Itoa(n)
}

var small = strings.Fields("none one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
	"fifteen sixteen seventeen eighteen nineteen")
var tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")

// numeral writes n in words up to ninety-nine; larger ones are rounded to the ten and stay figures.
func numeral(n int) string {
	switch {
	case n < 20:
		return small[n]
	case n > 99:
		return strconv.Itoa(n / 10 * 10)
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + "-" + small[n%10]
}

// begins says whether what follows stands at the start of a sentence.
func begins(before string) bool {
	before = strings.TrimRight(before, "*_")
	if before == "" {
		return true
	}
	trimmed := strings.TrimRight(before, " \n")
	return len(trimmed) < len(before) && strings.ContainsAny(trimmed[len(trimmed)-1:], ".?!")
}

// vowel says whether s wants "an" before it: an OM-1, an FM2, a utility room.
func vowel(s string) bool {
	if s == "" || strings.HasPrefix(s, "one") {
		return false
	}
	spelt := len(s) > 1 && (s[1] < 'a' || s[1] > 'z') // FM2 and LPL are read letter by letter
	return strings.HasPrefix(s, "11") || strings.IndexByte("AEIOaeio8", s[0]) >= 0 || spelt && strings.IndexByte("FHLMNRSX", s[0]) >= 0
}

func upper(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
