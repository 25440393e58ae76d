package main

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// What a source file may call on to reach another machine.
var dials = map[string][]string{
	"net/http":                     {"Client", "DefaultClient", "Transport", "DefaultTransport", "Get", "Head", "Post", "PostForm", "NewRequest", "NewRequestWithContext"},
	"net":                          {"Dial", "DialTimeout", "Dialer", "DialTCP", "DialUDP", "DialIP", "LookupHost", "LookupIP", "LookupAddr", "Resolver", "DefaultResolver"},
	"crypto/tls":                   {"Dial", "DialWithDialer", "Dialer"},
	"net/smtp":                     {"Dial", "NewClient", "SendMail"},
	"github.com/gorilla/websocket": {"Dialer", "DefaultDialer", "NewClient"},
}

// Who reaches other machines, and why what people type does not come to them.
var callers = map[string]string{
	"models/fetch":           "asks at each dial whether the address is public: this is the one for what people type",
	"handlers/signin":        "asks the providers that the settings name",
	"handlers/config.go":     "hands the way to those providers on",
	"cmd/guildhall/serve.go": "asks this very program whether it is ready",
	"cmd/loadtest":           "visits the club that whoever runs it names",
}

// Addresses that people type lead to models/fetch and nowhere else. What has a client of its own is set
// up by whoever runs the club.
func TestOneClientDialsWhatPeopleType(t *testing.T) {
	used := map[string]bool{}
	for _, folder := range []string{"models", "handlers", "views", "static", "cmd"} {
		for pkg, files := range sources(t, folder) {
			if below(pkg, scenery) || below(pkg, "guildhall/cmd/guildhall/running") {
				continue // for tests
			}
			for _, f := range files {
				ast.Inspect(f.tree, func(n ast.Node) bool {
					what := dialsBy(f, n)
					if what == "" {
						return true
					}
					by := slices.IndexFunc(keysOf(callers), func(c string) bool { return below(f.name, c) })
					if by < 0 {
						t.Errorf("%s uses %s: an address that somebody typed goes through models/fetch, and whoever else reaches out stands in callers of this test with a reason", f.name, what)
						return true
					}
					used[keysOf(callers)[by]] = true
					return true
				})
			}
		}
	}
	if !used["models/fetch"] || !used["handlers/signin"] {
		t.Fatalf("only %v were seen to reach out", used)
	}
}

// dialsBy is what n calls on to reach another machine, or "".
func dialsBy(f source, n ast.Node) string {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	for imported, names := range dials {
		if slices.Contains(f.imports, imported) && imported[strings.LastIndex(imported, "/")+1:] == pkg.Name && slices.Contains(names, s.Sel.Name) {
			return pkg.Name + "." + s.Sel.Name
		}
	}
	return ""
}

func keysOf(m map[string]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
