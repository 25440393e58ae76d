package handlers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"guildhall/models/clubtest"
)

// eventsIn are the types that the first type switch of a function in a file tells apart.
func eventsIn(t *testing.T, file, function string) (all []string) {
	t.Helper()
	parsed := clubtest.Must(parser.ParseFile(token.NewFileSet(), file, nil, 0))(t)
	ast.Inspect(parsed, func(n ast.Node) bool {
		f, ok := n.(*ast.FuncDecl)
		if !ok || f.Name.Name != function {
			return true
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if c, ok := n.(*ast.CaseClause); ok {
				for _, e := range c.List {
					if s, ok := e.(*ast.SelectorExpr); ok {
						all = append(all, s.X.(*ast.Ident).Name+"."+s.Sel.Name)
					}
				}
			}
			return true
		})
		return false
	})
	slices.Sort(all)
	return all
}

// What becomes news on the pages of one instance becomes a hint to the others.
func TestAllNewsCross(t *testing.T) {
	news, hints := eventsIn(t, "announce.go", "announce"), eventsIn(t, "hearsay.go", "hint")
	if len(news) < 10 || !slices.Equal(news, hints) {
		t.Errorf("announce.go makes news of\n%v, and hearsay.go has hints for\n%v", news, hints)
	}
}
