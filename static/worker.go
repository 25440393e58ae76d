package static

import (
	_ "embed"
	"fmt"
)

//go:embed worker.js
var workerScript []byte

// Worker is the script that works for the club's pages while none is open. It names the build, so that
// browsers take a new one and what goes with it.
func Worker() []byte { return fmt.Appendf(nil, "// %s\n%s", tree().root, workerScript) }
