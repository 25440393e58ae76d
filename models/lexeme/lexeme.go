// Package lexeme cuts text into the words that it is found by, the same way when it is written down
// and when it is asked for. Accents, case and width are folded here and not by a database, so that
// both find the same and neither needs an extension or a locale for it.
package lexeme

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is one word as it is found, and where it stands in the text that it came from, in bytes.
type Word struct {
	Text       string
	Start, End int
}

// longest is the most bytes that are kept of one word: what is longer is found by its beginning.
const longest = 60

// alone are scripts that are written without blanks, and signs: each letter is a word of its own, and
// several of them in a row are asked for as a phrase.
var alone = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.So,
}

// plainly are letters that no decomposition makes plain.
var plainly = map[rune]string{
	'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ς': "σ",
}

// Of returns the words of text, in order. Bytes that are no letters of any script are skipped.
func Of(text string) (words []Word) {
	var word []byte
	start := 0
	end := func(at int) {
		if len(word) > 0 {
			words = append(words, Word{string(word), start, at})
		}
		word = nil
	}
	for at, r := range text {
		switch {
		case r == utf8.RuneError:
			end(at)
		case unicode.In(r, alone...) && !unicode.IsMark(r):
			end(at)
			words = append(words, Word{string(fold(nil, r)), at, at + utf8.RuneLen(r)})
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if len(word) == 0 {
				start = at
			}
			if more := fold(word, r); len(more) <= longest {
				word = more
			}
		case !unicode.IsMark(r): // an accent by itself belongs to the letter before it
			end(at)
		}
	}
	end(len(text))
	return words
}

func fold(word []byte, r rune) []byte {
	r = unicode.ToLower(r)
	if plain, ok := plainly[r]; ok {
		return append(word, plain...)
	}
	if r < utf8.RuneSelf {
		return append(word, byte(r))
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if part = unicode.ToLower(part); unicode.IsLetter(part) || unicode.IsNumber(part) || unicode.Is(unicode.So, part) {
			word = utf8.AppendRune(word, part)
		}
	}
	return word
}

// Texts are the words alone.
func Texts(words []Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Text
	}
	return all
}
