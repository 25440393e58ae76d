package leaks_test

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"guildhall/cmd/guildhall/running"
)

// summary is what all tests of the package together came to.
var summary struct {
	mu                                               sync.Mutex
	surfaces, viewers, cells, leaks, mutants, killed int
	sudden                                           map[string]time.Duration // the worst revocation, by where
}

// sum adds to the summary.
func sum(add func()) {
	summary.mu.Lock()
	defer summary.mu.Unlock()
	add()
}

// TestMain prints the summary as its last line, and writes it to the file that GUILDHALL_LEAKS_REPORT
// names, since go test shows nothing of what passes.
func TestMain(m *testing.M) {
	running.Main(m)
	if summary.cells+summary.mutants+len(summary.sudden) == 0 {
		return
	}
	line := fmt.Sprintf("%d surfaces, %d viewers, %d cells, %d leaks, %d of %d mutants killed, worst revocation time %s on one instance and %s on another",
		summary.surfaces, summary.viewers, summary.cells, summary.leaks, summary.killed, summary.mutants,
		summary.sudden[oneInstance].Round(time.Millisecond), summary.sudden[otherInstance].Round(time.Millisecond))
	fmt.Println(line)
	if at := os.Getenv("GUILDHALL_LEAKS_REPORT"); at != "" {
		if err := os.WriteFile(at, []byte(line+"\n"), 0o600); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}
