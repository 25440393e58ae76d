package prose

import "github.com/yuin/goldmark/ast"

// headed gives a text's headings levels that fit the page around it: the highest of them is top, and
// none is more than one below the one before it, for whoever goes from heading to heading by ear.
func headed(tree ast.Node, top int) {
	var all []*ast.Heading
	least := 6
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it stops for no error
		if h, ok := n.(*ast.Heading); ok && entering {
			all, least = append(all, h), min(least, h.Level)
		}
		return ast.WalkContinue, nil
	})
	last := top - 1
	for _, h := range all {
		h.Level = min(top+h.Level-least, last+1, 6)
		last = h.Level
	}
}
