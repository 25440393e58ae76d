package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"guildhall/handlers"
	"guildhall/handlers/inbound"
	"guildhall/handlers/jobs"
	"guildhall/handlers/ways"
)

type routes struct {
	JSON bool `help:"For programs."`
}

// list is all that is declared: each way in and out of the club, and what shows at them.
type list struct {
	Surfaces []ways.Listed `json:"surfaces"`
	Ways     []ways.Way    `json:"ways"`
}

// Run lists what the program serves, sends and prints.
func (cmd routes) Run(cli *kong.Kong) error {
	all := list{ways.Surfaces(), slices.Concat(handlers.Ways(), inbound.Ways(), jobs.Ways(), commandWays(cli.Model))}
	if cmd.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(all)
	}
	return all.print(os.Stdout)
}

func (all list) print(to io.Writer) error {
	out := tabwriter.NewWriter(to, 0, 8, 2, ' ', 0)
	fmt.Fprintln(out, "KIND\tNAME\tWHO\tSCOPE\tCSRF\tRATE\tBODY\tSURFACE")
	for _, w := range all.Ways {
		body := "-"
		if w.Body > 0 {
			body = fmt.Sprint(w.Body)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", w.Kind, w.Name, cmp.Or(w.Gate, string(w.Audience)),
			cmp.Or(w.Scope, "-"), cmp.Or(w.CSRF, "-"), cmp.Or(w.Rate, "-"), body, w.Surface)
	}
	return out.Flush()
}

// commandWays lists the commands as ways out: each tells something to whoever runs it.
func commandWays(app *kong.Application) (all []ways.Way) {
	for _, c := range app.Leaves(false) {
		all = append(all, ways.Way{Kind: ways.Command, Name: c.Path(), Audience: ways.ToOperator, Surface: ways.Surface(c.Tag.Get("surface"))})
	}
	return all
}

// checkCommands says which command does not say what it prints.
func checkCommands(app *kong.Application) error {
	for _, w := range commandWays(app) {
		if err := w.Check(`cmd/guildhall/main.go, as surface:"…"`); err != nil {
			return err
		}
	}
	return nil
}
