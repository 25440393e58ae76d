// Guildhall is a community forum and members' club in one program: it serves the club, and has the
// few commands that look after one. Settings come from the environment; the README lists them.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // members live in zones that the machine may not know

	"github.com/alecthomas/kong"

	"guildhall/handlers"
)

// commands are what the program can be told to do, each with the surface of what it prints.
var commands struct {
	Serve   serve   `cmd:"" surface:"terminal-link" help:"Serve the club."`
	Owner   owner   `cmd:"" surface:"terminal-link" help:"Print a link that sets the club up or signs its first owner in, once."`
	Seed    seed    `cmd:"" surface:"terminal" help:"Add a crowd of members with topics of theirs, to see how a large club behaves."`
	Migrate migrate `cmd:"" surface:"terminal" help:"Bring the database up to this program, and stop."`
	Doctor  doctor  `cmd:"" surface:"terminal" help:"Say how the database is set up, and what is wrong with it."`
	Routes  routes  `cmd:"" surface:"terminal" help:"List every way in and out (addresses, sockets, jobs, mails, commands) and what is promised about it."`
	Healthy healthy `cmd:"" surface:"terminal" help:"Ask the club that is served here whether it is ready."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	cli := kong.Parse(&commands, kong.Name("guildhall"), kong.UsageOnError(),
		kong.Description("A community forum and members' club."), kong.BindTo(ctx, (*context.Context)(nil)))
	err := checkCommands(cli.Model)
	if err == nil {
		err = cli.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "guildhall:", err)
		os.Exit(1)
	}
}

// settings are those of the environment, with a log that goes to where errors go.
func settings() (handlers.Config, error) {
	conf, err := handlers.ReadConfig(os.Environ())
	conf.Log = handlers.NewLog(os.Stderr, conf.LogLevel)
	return conf, err
}
