package handlers

import (
	"guildhall/handlers/live"
	"guildhall/handlers/ways"
)

// way is the row as it stands in the list of all ways.
func (r Route) way() ways.Way {
	return ways.Way{
		Kind: ways.Route, Name: r.Method + " " + r.Path, Gate: string(r.Gate), Scope: string(r.Scope), CSRF: string(r.CSRF),
		Rate: string(r.Rate), Surface: r.Surface, Method: r.Method, Path: r.Path, Body: r.Body, Suspended: r.Banned, Dev: r.Dev,
	}
}

// figures and written are the ways by which the program speaks to whoever runs it; by relayed its
// instances speak to each other.
var (
	figures = ways.Way{Kind: ways.Metrics, Name: metricsAt, Audience: ways.ToOperator, Surface: "metrics"}
	written = ways.Way{Kind: ways.Log, Name: "the log", Audience: ways.ToOperator, Surface: "log"}
	relayed = ways.Way{Kind: ways.Hint, Name: "what was done, and who is here", Audience: ways.ToOthers, Surface: "relay"}
)

// Ways lists every way in and out of what is served: the table of routes, what goes up and down a
// socket, the metrics, the log and the bus.
func Ways() (all []ways.Way) {
	var socket Route
	for _, r := range table() {
		if all = append(all, r.way()); r.CSRF == Socket {
			socket = r
		}
	}
	stray := lost.way()
	stray.Name, stray.Path = "anything else", ""
	all = append(all, stray)
	for _, op := range live.Operations() {
		op.Scope = string(socket.Scope) // who may not open the socket asks nothing over it
		all = append(all, op)
	}
	return append(append(all, live.Frames()...), figures, written, relayed)
}

// checkWays says what is not declared whole; rows of the table are checked as they are hung.
func checkWays() error {
	for _, w := range Ways() {
		if err := w.Check("handlers/declared.go"); err != nil {
			return err
		}
	}
	return nil
}
