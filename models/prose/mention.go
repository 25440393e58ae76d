package prose

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A handle has this many characters of a-z, 0-9 and _.
const (
	minHandle = 2
	maxHandle = 30
)

// mention is "@handle" in a text. Whether such a member exists is not asked here.
type mention struct {
	ast.BaseInline
	handle string // lower case
	typed  string // as it stands in the source, with the @
}

var kindMention = ast.NewNodeKind("Mention")

func (m *mention) Kind() ast.NodeKind { return kindMention }

func (m *mention) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

type mentionParser struct{}

func (mentionParser) Trigger() []byte { return []byte{'@'} }

func (mentionParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before := block.Source()[:segment.Start]
	length := 0
	for length+1 < len(line) && inHandle(line[length+1]) {
		length++
	}
	// "_@june_" is June in italics: as many underscores as stand before belong to the style.
	bare := bytes.TrimRight(before, "_")
	for style := len(before) - len(bare); style > 0 && length > 0 && line[length] == '_'; style-- {
		length--
	}
	if length < minHandle || length > maxHandle || joins(bare) || continues(line[length+1:]) {
		return nil
	}
	block.Advance(length + 1)
	return &mention{
		handle: string(bytes.ToLower(line[1 : length+1])),
		typed:  string(line[:length+1]),
	}
}

func inHandle(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// joins: what stands before an @ makes it part of an e-mail address or of a path.
func joins(before []byte) bool {
	r, _ := utf8.DecodeLastRune(before)
	return r == '@' || r == '/' || unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// continues: the word goes on, so it is a longer word than a handle, or an address elsewhere
// ("@june@example.com").
func continues(after []byte) bool {
	r, _ := utf8.DecodeRune(bytes.TrimLeft(after, "_"))
	return r == '@' || unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// mention notes who is spoken to. Inside a link the words stay words.
func (s *settler) mention(n *mention, at spot) {
	if at.linked {
		replace(n, literal(n.typed))
	} else if !at.quoted {
		s.mentions.add(n.handle)
	}
}

func renderMention(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		handle := n.(*mention).handle
		_, _ = w.WriteString(`<a class="mention" href="/m/` + handle + `">@` + handle + `</a>`)
	}
	return ast.WalkContinue, nil
}
