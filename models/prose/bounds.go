package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The parser takes time in the square or cube of what is nested or left open: 32,000 bytes
// of "- " once cost it a minute, a table of empty cells 280 MB. No honest post comes
// near these numbers; what goes beyond them stays plain text.
const (
	maxDepth      = 24      // blocks in blocks; a list counts twice, for it and its item
	maxStyles     = 16      // emphasis in emphasis
	maxDelimiters = 4_000   // runs of * _ ~ in one text
	maxBrackets   = 1_000   // [ in one text
	maxCells      = 3_000   // cells of all tables in one text, empty ones too
	maxExpanded   = 16_000  // bytes of addresses that references ([a], [a][b]) repeat
	maxSearched   = 1 << 20 // bytes read in vain for the end of code that ` opens
)

var (
	delimitersSpent = parser.NewContextKey()
	bracketsSpent   = parser.NewContextKey()
	cellsSpent      = parser.NewContextKey()
	searchSpent     = parser.NewContextKey()
)

// spend takes n from what one text may use of a thing, and says whether there was enough.
func spend(pc parser.Context, thing parser.ContextKey, n, limit int) bool {
	spent, _ := pc.Get(thing).(int)
	if spent+n > limit {
		return false
	}
	pc.Set(thing, spent+n)
	return true
}

// shallow opens no quote or list deeper than maxDepth. It counts the parents and not the
// open blocks, since those still hold what this very line is about to close.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// fewDelimiters lets a text open and close at most maxDelimiters runs of emphasis.
type fewDelimiters struct{ parser.InlineParser }

func (f fewDelimiters) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if !spend(pc, delimitersSpent, 1, maxDelimiters) {
		return nil
	}
	return f.InlineParser.Parse(parent, block, pc)
}

// fewBrackets lets a text open at most maxBrackets links and pictures.
type fewBrackets struct{ parser.InlineParser }

func (f fewBrackets) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	opens := line[0] == '[' || bytes.HasPrefix(line, []byte("!["))
	if opens && !spend(pc, bracketsSpent, 1, maxBrackets) {
		return nil
	}
	return f.InlineParser.Parse(parent, block, pc)
}

// CloseBlock turns brackets that never closed back into text.
func (f fewBrackets) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	f.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// shortSearch looks for the end of code while the text has searches left to spend. One that
// finds nothing has read the paragraph to its end.
type shortSearch struct{ parser.InlineParser }

func (s shortSearch) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if !spend(pc, searchSpent, 0, maxSearched) {
		return nil
	}
	_, here := block.PeekLine()
	n := s.InlineParser.Parse(parent, block, pc)
	if _, found := n.(*ast.CodeSpan); !found {
		end := parent.Lines().At(parent.Lines().Len() - 1)
		searched, _ := pc.Get(searchSpent).(int)
		pc.Set(searchSpent, searched+end.Stop-here.Start)
	}
	return n
}

// smallTable makes a table of a paragraph while the text has cells left to spend. The width
// of a table is that of its line of dashes: shorter rows are filled up with empty cells.
type smallTable struct{ parser.ParagraphTransformer }

func (s smallTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	columns := 0
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		if value := line.Value(reader.Source()); len(bytes.Trim(value, "-:| \t\n")) == 0 {
			columns = max(columns, bytes.Count(value, []byte("|"))+1)
		}
	}
	if columns > 0 && spend(pc, cellsSpent, columns*node.Lines().Len(), maxCells) {
		s.ParagraphTransformer.Transform(node, reader, pc)
	}
}
