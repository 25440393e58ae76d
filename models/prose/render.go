package prose

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// finish renders a settled tree. Line ends within a paragraph are kept, as people
// expect where they talk.
var finish = renderer.NewRenderer(renderer.WithNodeRenderers(
	util.Prioritized(parts{}, 100),
	util.Prioritized(extension.NewTableHTMLRenderer(
		extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500), // no style attribute passes the page's policy
	util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
	util.Prioritized(html.NewRenderer(html.WithHardWraps()), 1000),
))

// parts are the kinds of node that are ours, or drawn our way.
type parts struct{}

func (parts) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindMention, renderMention)
	r.Register(kindPicture, renderPicture)
	r.Register(kindFigure, renderFigure)
	r.Register(kindCite, renderCite)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindCodeBlock, renderCode)
	r.Register(ast.KindFencedCodeBlock, renderCode)
	r.Register(extast.KindTaskCheckBox, renderTask)
}

// renderCode draws a block of code. It may be wider than the page, so the keyboard must
// reach it to scroll it.
func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code`)
	if fenced, ok := n.(*ast.FencedCodeBlock); ok && len(fenced.Language(source)) > 0 {
		_, _ = w.WriteString(` class="language-`)
		_, _ = w.Write(util.EscapeHTML(fenced.Language(source)))
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(line.Value(source)))
	}
	return ast.WalkContinue, nil
}

// renderTask draws the box of a task. Nothing else on the page labels it.
func renderTask(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		state := `aria-label="To do"`
		if n.(*extast.TaskCheckBox).IsChecked {
			state = `checked aria-label="Done"`
		}
		_, _ = w.WriteString(`<input type="checkbox" disabled ` + state + `> `)
	}
	return ast.WalkContinue, nil
}
