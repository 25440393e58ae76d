package main

import (
	"encoding/json"
	"fmt"
	"os"
	"text/tabwriter"

	"guildhall/handlers"
)

type routes struct {
	JSON bool `help:"For programs."`
}

// Run lists the table that the program serves by.
func (cmd routes) Run() error {
	if cmd.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(handlers.Routes())
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(out, "METHOD\tPATH\tGATE\tSCOPE\tCSRF\tRATE\tSURFACE\tBODY")
	for _, r := range handlers.Routes() {
		scope := r.Scope
		if scope == handlers.NoScope {
			scope = "-"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\n", r.Method, r.Path, r.Gate, scope, r.CSRF, r.Rate, r.Surface, r.Body)
	}
	return out.Flush()
}
