package main

import (
	"testing"

	"guildhall/cmd/guildhall/running"
)

func TestMain(m *testing.M) { running.Main(m) }

// program is the program as the tests of this package run it: its people come by one click.
type program struct {
	*running.Program
	t *testing.T
}

func installed(t *testing.T, database string, args ...string) *program {
	t.Helper()
	return &program{running.Installed(t, database, args...), t}
}
