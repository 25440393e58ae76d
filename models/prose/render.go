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
	r.Register(kindPlayed, renderPlayed)
	r.Register(kindSpoiler, renderSpoiler)
	r.Register(kindHiddenBlock, renderHiddenBlock)
	r.Register(kindMoment, renderMoment)
	r.Register(kindPoll, renderPoll)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindCodeBlock, renderCode)
	r.Register(ast.KindFencedCodeBlock, renderCode)
	r.Register(extast.KindTaskCheckBox, renderTask)
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
