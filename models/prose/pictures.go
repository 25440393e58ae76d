package prose

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// picture is an image that the club itself keeps. No other is ever shown: to fetch it would
// tell its host who reads.
type picture struct {
	ast.BaseInline
	address string
	words   string // what it shows, for those who do not see it
	caption []byte // as in the source; seen only below a figure
}

// figure is a picture that stands alone in its paragraph.
type figure struct{ ast.BaseBlock }

var (
	kindPicture = ast.NewNodeKind("Picture")
	kindFigure  = ast.NewNodeKind("Figure")
)

func (p *picture) Kind() ast.NodeKind { return kindPicture }
func (f *figure) Kind() ast.NodeKind  { return kindFigure }

func (p *picture) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }
func (f *figure) Dump(source []byte, level int)  { ast.DumpHelper(f, source, level, nil, nil) }

var ownFile = regexp.MustCompile(`^/files/[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*(\?[A-Za-z0-9=&_-]+)?$`)

// image settles an image: our own is a picture, a foreign one a link with its words, and one
// that may not even be linked is its words alone.
func (s *settler) image(n *ast.Image, at spot) {
	within := at
	within.linked, within.described = true, true
	s.children(n, within)
	words := s.words(n)
	address := target(written(n.Destination))
	if !s.afford(n.Reference, address) {
		address = ""
	}

	switch {
	case ownFile.MatchString(address):
		s.keeps(address)
		replace(n, &picture{address: address, words: words, caption: n.Title})
	case address == "" || at.linked:
		replace(n, literal(words))
	default:
		link := ast.NewLink()
		if words == "" {
			words = address
		}
		link.AppendChild(link, literal(words))
		replace(n, link)
		s.lead(link, address)
	}
}

// figureOf turns a settled paragraph into a figure if one picture is all that it holds.
func figureOf(n *ast.Paragraph) {
	only, ok := n.FirstChild().(*picture)
	if !ok || only.NextSibling() != nil {
		return
	}
	f := &figure{}
	replace(n, f)
	f.AppendChild(f, only)
}

func renderFigure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<figure>")
		return ast.WalkContinue, nil
	}
	if caption := n.FirstChild().(*picture).caption; len(caption) > 0 {
		_, _ = w.WriteString("<figcaption>")
		html.DefaultWriter.Write(w, caption)
		_, _ = w.WriteString("</figcaption>")
	}
	_, _ = w.WriteString("</figure>\n")
	return ast.WalkContinue, nil
}

func renderPicture(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		p := n.(*picture)
		_, _ = w.WriteString(`<img src="`)
		_, _ = w.Write(util.EscapeHTML([]byte(p.address)))
		_, _ = w.WriteString(`" alt="`)
		_, _ = w.Write(util.EscapeHTML([]byte(p.words)))
		_, _ = w.WriteString(`" loading="lazy">`)
	}
	return ast.WalkContinue, nil
}
