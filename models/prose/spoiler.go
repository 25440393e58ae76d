package prose

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// withheld stands for what a spoiler hides wherever nobody could open it: in excerpts, notifications,
// letters, and for search.
const withheld = "(hidden)"

// spoiler is "||words||": hidden until the reader asks for them.
type spoiler struct{ ast.BaseInline }

// hiddenBlock is what stands between ":::spoiler Summary" and ":::".
type hiddenBlock struct {
	ast.BaseBlock
	colons  int
	summary string
}

var (
	kindSpoiler     = ast.NewNodeKind("Spoiler")
	kindHiddenBlock = ast.NewNodeKind("HiddenBlock")
)

func (s *spoiler) Kind() ast.NodeKind     { return kindSpoiler }
func (h *hiddenBlock) Kind() ast.NodeKind { return kindHiddenBlock }

func (s *spoiler) Dump(source []byte, level int)     { ast.DumpHelper(s, source, level, nil, nil) }
func (h *hiddenBlock) Dump(source []byte, level int) { ast.DumpHelper(h, source, level, nil, nil) }

// bars pairs the marks of spoilers as those of emphasis are paired.
type bars struct{}

func (bars) IsDelimiter(b byte) bool                             { return b == '|' }
func (bars) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }
func (bars) OnMatch(int) ast.Node                                { return &spoiler{} }

type spoilerParser struct{}

func (spoilerParser) Trigger() []byte { return []byte{'|'} }

func (spoilerParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	mark := parser.ScanDelimiter(line, before, 2, bars{})
	if mark == nil || mark.OriginalLength != 2 || before == '|' {
		return nil
	}
	mark.Segment = segment.WithStop(segment.Start + 2)
	block.Advance(2)
	pc.PushDelimiter(mark)
	return mark
}

func (spoilerParser) CloseBlock(ast.Node, text.Reader, parser.Context) {}

// hiddenParser opens a block at ":::spoiler" and closes it at a line of as many colons or more.
type hiddenParser struct{}

const maxSummary = 200

func (hiddenParser) Trigger() []byte { return []byte{':'} }

func (hiddenParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	colons, rest, ok := fenced(reader, "spoiler")
	if !ok {
		return nil, parser.NoChildren
	}
	if len(rest) > maxSummary {
		rest = strings.ToValidUTF8(rest[:maxSummary], "")
	}
	if rest == "" {
		rest = "Spoiler"
	}
	toLineEnd(reader)
	return &hiddenBlock{colons: colons, summary: rest}, parser.HasChildren
}

func (hiddenParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	if closesFence(reader, node.(*hiddenBlock).colons) {
		toLineEnd(reader)
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (hiddenParser) Close(ast.Node, text.Reader, parser.Context) {}
func (hiddenParser) CanInterruptParagraph() bool                 { return true }
func (hiddenParser) CanAcceptIndentedLine() bool                 { return false }

// fenced reads a line that opens a block of ours: colons, its name, and what it is given.
func fenced(reader text.Reader, name string) (colons int, given string, ok bool) {
	line, _ := reader.PeekLine()
	line = bytes.TrimLeft(line, " ")
	rest := bytes.TrimLeft(line, ":")
	colons = len(line) - len(rest)
	word, given, _ := strings.Cut(strings.TrimSpace(string(rest)), " ")
	return colons, strings.Join(strings.Fields(given), " "), colons >= 3 && strings.EqualFold(word, name)
}

// closesFence: the line is nothing but as many colons as opened the block, or more.
func closesFence(reader text.Reader, colons int) bool {
	line, _ := reader.PeekLine()
	line = bytes.TrimSpace(line)
	return len(line) >= colons && len(bytes.Trim(line, ":")) == 0
}

func toLineEnd(reader text.Reader) {
	line, _ := reader.PeekLine()
	reader.Advance(len(bytes.TrimRight(line, "\n")))
}

// hides: something that a reader has to open stands within n. It cannot stand in a link, where
// opening it would lead away.
func hides(n ast.Node) bool {
	found := false
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if found = found || n.Kind() == kindSpoiler; found {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

// renderSpoiler draws a box to tick, and what it shows: so it opens without a script and by keyboard.
func renderSpoiler(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<label class="spoiler"><input type="checkbox" aria-label="Show what is hidden"><span class="veiled">`)
	} else {
		_, _ = w.WriteString(`</span></label>`)
	}
	return ast.WalkContinue, nil
}

func renderHiddenBlock(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<details class="spoiler"><summary>`)
		_, _ = w.Write(util.EscapeHTML([]byte(n.(*hiddenBlock).summary)))
		_, _ = w.WriteString("</summary>\n")
	} else {
		_, _ = w.WriteString("</details>\n")
	}
	return ast.WalkContinue, nil
}
