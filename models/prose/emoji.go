package prose

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Emoji is the list of what can be written between colons, grouped as pickers group it: a line "# group",
// then for each emoji itself, its names joined by commas, and further words to find it by. It is made
// from gemoji (MIT), whose notice stands beside it.
//
//go:embed emoji.txt
var Emoji string

// emojiByName reads the list once it is needed.
var emojiByName = sync.OnceValue(func() map[string]string {
	named := map[string]string{}
	for line := range strings.Lines(Emoji) {
		parts := strings.Fields(line)
		if len(parts) < 2 || parts[0] == "#" {
			continue
		}
		for name := range strings.SplitSeq(parts[1], ",") {
			named[name] = parts[0]
		}
	}
	return named
})

const maxEmojiName = 40

var emojiForm = regexp.MustCompile(`^:([a-z0-9_+-]{1,40}):`)

// emojiParser makes ":heart:" a heart where it stands by itself: "10:30:00" and "a:b:c" stay.
type emojiParser struct{}

func (emojiParser) Trigger() []byte { return []byte{':'} }

func (emojiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	found, length := emojiAt(line)
	if found == "" || inWord(lastRune(block.Source()[:segment.Start])) {
		return nil
	}
	block.Advance(length)
	return literal(found)
}

// emojiAt is the emoji whose name line begins with, and how long that is.
func emojiAt(line []byte) (found string, length int) {
	m := emojiForm.FindSubmatch(line[:min(len(line), maxEmojiName+2)])
	if m == nil {
		return "", 0
	}
	after, _ := utf8.DecodeRune(line[len(m[0]):])
	if inWord(after) {
		return "", 0
	}
	return emojiByName()[string(m[1])], len(m[0])
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func lastRune(b []byte) rune {
	r, _ := utf8.DecodeLastRune(b)
	return r
}

// withEmoji is a line of plain words in which the names of emoji have become them.
func withEmoji(words string) string {
	var out strings.Builder
	for i := 0; i < len(words); {
		if words[i] == ':' && !inWord(lastRune([]byte(words[:i]))) {
			if found, length := emojiAt([]byte(words[i:])); found != "" {
				out.WriteString(found)
				i += length
				continue
			}
		}
		out.WriteByte(words[i])
		i++
	}
	return out.String()
}

// EmojiLike returns names of emoji that begin so, the shortest first, with what each stands for: at
// most size.
func EmojiLike(begins string, size int) (names, signs []string) {
	all := emojiByName()
	for name := range all {
		if strings.HasPrefix(name, begins) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	names = names[:min(size, len(names))]
	for _, name := range names {
		signs = append(signs, all[name])
	}
	return names, signs
}
