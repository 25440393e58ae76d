package main

import (
	"os"
	"runtime"
)

// headroom is what more may be thrown away before the collector looks for it: a small club would
// otherwise have its few megabytes looked through many times a second.
const headroom = 128 << 20

// seldomCollected makes room that is counted and never touched, so it takes no memory itself; end gives
// it back. An operator who sets GOGC or GOMEMLIMIT has decided otherwise.
func seldomCollected() (end func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	room := make([]byte, headroom) // at GOGC=100 as much again as is held may be thrown away
	return func() { runtime.KeepAlive(room) }
}
