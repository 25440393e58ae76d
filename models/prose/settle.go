package prose

import (
	"bytes"
	"slices"
	"time"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// settler walks a parsed tree once and makes of every part what it may be.
type settler struct {
	source   []byte
	expanded int // bytes that references have repeated so far
	mentions gathered
	files    gathered
	links    gathered
	cites    []Cite
	polls    []Poll
	flaw     string        // the first thing that is wrong, in a sentence
	coloured int           // bytes of code
	spent    time.Duration // on colouring them
}

// spot is where in the tree the settler stands.
type spot struct {
	quoted    bool // inside a quoted post
	linked    bool // inside a link or a picture's description, where no link may begin
	described bool // inside a picture's description
	hidden    bool // inside what a reader opens
	styles    int  // how many styles are around
}

func (s *settler) children(parent ast.Node, at spot) {
	for n := parent.FirstChild(); n != nil; {
		if dissolves(n, at) {
			n = unwrap(n)
			continue
		}
		next := n.NextSibling()
		s.settle(n, at)
		n = next
	}
}

func (s *settler) settle(n ast.Node, at spot) {
	switch n := n.(type) {
	case *ast.Blockquote:
		s.quote(n, at)
	case *ast.Paragraph:
		s.children(n, at)
		figureOf(n)
		if !at.quoted {
			s.playedOf(n)
		}
	case *ast.Emphasis, *extast.Strikethrough:
		at.styles++
		s.children(n, at)
	case *ast.Link:
		s.link(n, at)
	case *ast.AutoLink:
		s.autoLink(n, at)
	case *ast.Image:
		s.image(n, at)
	case *mention:
		s.mention(n, at)
	case *spoiler:
		at.hidden = true
		s.children(n, at)
	case *pollBlock:
		s.poll(n, at)
	case *extast.Table:
		n.SetAttributeString("tabindex", []byte("0")) // as wide code: it scrolls
		s.children(n, at)
	case *ast.FencedCodeBlock:
		s.colour(n)
	default:
		s.children(n, at)
	}
}

// dissolves: n has no part of its own where it stands, only its words do.
func dissolves(n ast.Node, at spot) bool {
	switch n.(type) {
	case *ast.Emphasis, *extast.Strikethrough:
		return at.styles >= maxStyles
	case *ast.Image:
		return at.described
	case *spoiler:
		return at.hidden
	}
	return false
}

// words is the text that a reader will see of n's children.
func (s *settler) words(n ast.Node) string {
	var out bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := finish.Render(&out, s.source, c); err != nil {
			return ""
		}
	}
	return plain(out.String())
}

// unwrap puts n's children in its place, and returns what then comes first there.
func unwrap(n ast.Node) ast.Node {
	parent, first := n.Parent(), n.FirstChild()
	if first == nil {
		first = n.NextSibling()
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
	return first
}

func replace(n, by ast.Node) {
	n.Parent().ReplaceChild(n.Parent(), n, by)
}

// literal is text that means itself: no entity, no escape.
func literal(words string) *ast.String {
	n := ast.NewString([]byte(words))
	n.SetRaw(true)
	return n
}

// gathered keeps the first of each thing that it is given, up to fifty.
type gathered struct{ list []string }

func (g *gathered) add(thing string) {
	if len(g.list) < 50 && !slices.Contains(g.list, thing) {
		g.list = append(g.list, thing)
	}
}
