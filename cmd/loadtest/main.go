// Loadtest measures a club under load: how fast pages come, how fast what is said in a room reaches
// everybody, how a crowd comes back after a restart, and what each of that costs the server. It runs
// against a club that serves already, and measures the same of a bare server in the same run, so that
// each figure is a ratio too. README.md in this folder says how to prepare a club and read the report.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

var commands struct {
	Pages  pages  `cmd:"" help:"Ask for pages at a fixed rate, whether or not the last ones have come."`
	FanOut fanOut `cmd:"" name:"fan-out" help:"Say so many messages a second in one room, to so many sockets."`
	Rooms  rooms  `cmd:"" name:"many-rooms" help:"The same in many rooms at once."`
	Send   send   `cmd:"" help:"Say messages as fast as they are acknowledged."`
	Storm  storm  `cmd:"" name:"reconnect-storm" help:"Cut all sockets at once and see them come back, while others read pages."`
	Bare   bare   `cmd:"" name:"baseline" help:"Serve what the bare server of each report is: a gorilla hub and an Echo handler."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cli := kong.Parse(&commands, kong.Name("loadtest"), kong.UsageOnError(),
		kong.Description("Measure a club under load."), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := cli.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}
