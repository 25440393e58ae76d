package main

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"testing"
)

// Traps of the libraries that the sources must keep clear of, whatever a test happens to reach.

// Trap 4: gorm runs a string that First and its like are given in the place of a condition as SQL.
// So a condition there is written out; what a person typed is never one.
func TestConditionsAreWrittenOut(t *testing.T) {
	finders := []string{"First", "Take", "Last", "Find", "Delete", "FirstOrInit", "FirstOrCreate"}
	seen := 0
	calls(t, "models", finders, func(where string, call *ast.CallExpr) {
		if len(call.Args) < 2 || ofOurs(call) {
			return
		}
		seen++
		if !literal(call.Args[1]) {
			t.Errorf("%s: the condition is not written out", where)
		}
	})
	if seen < 10 {
		t.Fatalf("only %d conditions were seen", seen)
	}
}

// Trap 3: gorm drops zero values from a condition that is a struct, so an empty secret finds the
// first row. So no condition is a struct or a map.
func TestConditionsAreNoStructs(t *testing.T) {
	seen := 0
	calls(t, "models", []string{"Where", "Or", "Not", "First", "Take", "Last", "Find", "Delete"}, func(where string, call *ast.CallExpr) {
		if ofOurs(call) {
			return
		}
		for i, arg := range call.Args {
			if i == 0 && (len(call.Args) > 1 || isFinder(call)) {
				continue // what is filled, or the text of the condition
			}
			seen++
			if u, ok := arg.(*ast.UnaryExpr); ok && u.Op == token.AND {
				arg = u.X
			}
			if _, ok := arg.(*ast.CompositeLit); ok && !isList(arg) {
				t.Errorf("%s: a condition is a struct or a map", where)
			}
		}
	})
	if seen < 50 {
		t.Fatalf("only %d arguments were seen", seen)
	}
}

// Trap 2: Echo's Bind merges path, query and body, so that a body names another id than the one
// that was asked about.
func TestNothingIsBound(t *testing.T) {
	calls(t, "handlers", []string{"Bind", "BindBody", "BindQueryParams", "BindPathParams", "FormValue", "FormParams"}, func(where string, _ *ast.CallExpr) {
		t.Errorf("%s: what came is read by name, from the path or from typed(c)", where)
	})
}

// Only one place hangs routes, so that none can do without a declaration.
func TestOnlyTheTableRegisters(t *testing.T) {
	verbs := []string{"Add", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "Any", "Match", "Static", "StaticFS", "File", "FileFS", "Group", "RouteNotFound", "Host"}
	registered := 0
	calls(t, "handlers", verbs, func(where string, call *ast.CallExpr) {
		on, ok := call.Fun.(*ast.SelectorExpr).X.(*ast.Ident)
		if !ok || on.Name != "e" {
			return
		}
		registered++
		if where != "handlers/route.go" {
			t.Errorf("%s registers a route past the table", where)
		}
	})
	if registered == 0 {
		t.Fatal("nobody registers anything")
	}
	news := 0
	calls(t, "handlers", []string{"New"}, func(where string, call *ast.CallExpr) {
		if pkg, ok := call.Fun.(*ast.SelectorExpr).X.(*ast.Ident); ok && pkg.Name == "echo" {
			if news++; where != "handlers/site.go" {
				t.Errorf("%s makes an echo of its own", where)
			}
		}
	})
	if news != 1 {
		t.Errorf("%d echos are made", news)
	}
}

// Only one place hands letters over, which sends what is declared and nothing else.
func TestOnlyTheDeskMails(t *testing.T) {
	handed := 0
	calls(t, "handlers", []string{"Send"}, func(where string, call *ast.CallExpr) {
		on, ok := call.Fun.(*ast.SelectorExpr).X.(*ast.SelectorExpr)
		if !ok || on.Sel.Name != "mail" {
			return
		}
		if handed++; where != "handlers/jobs/letters.go" {
			t.Errorf("%s hands a letter over past handlers/jobs/declared.go", where)
		}
	})
	if handed != 1 {
		t.Errorf("letters are handed over in %d places", handed)
	}
	written := 0
	for _, folder := range []string{"handlers", "models", "views", "cmd"} {
		for _, files := range sources(t, folder) {
			for _, f := range files {
				ast.Inspect(f.tree, func(n ast.Node) bool {
					s, ok := n.(*ast.SelectorExpr)
					if !ok || s.Sel.Name != "Letter" {
						return true
					}
					if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "mailer" {
						if written++; path.Dir(f.name) != "handlers/jobs" {
							t.Errorf("%s writes a letter that the desk did not draw", f.name)
						}
					}
					return true
				})
			}
		}
	}
	if written == 0 {
		t.Error("nobody writes letters")
	}
}

// calls visits every call of a method or function with one of the names, below a folder.
func calls(t *testing.T, folder string, names []string, visit func(where string, call *ast.CallExpr)) {
	t.Helper()
	for _, files := range sources(t, folder) {
		for _, f := range files {
			ast.Inspect(f.tree, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if s, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(names, s.Sel.Name) {
						visit(f.name, call)
					}
				}
				return true
			})
		}
	}
}

// ofOurs tells whether a call is of the models' own, which begin with a context where gorm's begin
// with what is to be filled.
func ofOurs(call *ast.CallExpr) bool {
	if len(call.Args) == 0 {
		return false
	}
	if on, ok := call.Fun.(*ast.SelectorExpr).X.(*ast.Ident); ok && slices.Contains([]string{"slices", "maps", "audit"}, on.Name) {
		return true
	}
	switch first := call.Args[0].(type) {
	case *ast.Ident:
		return first.Name == "ctx"
	case *ast.CallExpr:
		s, ok := first.Fun.(*ast.SelectorExpr)
		return ok && s.Sel.Name == "Context"
	}
	return false
}

func isFinder(call *ast.CallExpr) bool {
	return !slices.Contains([]string{"Where", "Or", "Not"}, call.Fun.(*ast.SelectorExpr).Sel.Name)
}

func isList(e ast.Expr) bool {
	_, ok := e.(*ast.CompositeLit).Type.(*ast.ArrayType)
	return ok
}

// literal tells whether an expression is text in the source itself.
func literal(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.BinaryExpr:
		return literal(e.X) && literal(e.Y)
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return false
}
