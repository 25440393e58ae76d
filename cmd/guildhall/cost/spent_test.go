package cost_test

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/cmd/guildhall/running"
)

// ticks of processor time in a second, as /proc counts on Linux.
const ticks = 100

// stat reads the numbers of a process behind its name; nil if there is no such process.
func stat(pid string) []string {
	line, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	if err != nil {
		return nil
	}
	return strings.Fields(string(line[bytes.LastIndexByte(line, ')')+1:]))
}

// seconds sums fields of stat: 11 and 12 are user and system time, 13 and 14 those of children that ended.
func seconds(fields []string, which ...int) (sum float64) {
	for _, i := range which {
		n, _ := strconv.ParseFloat(fields[i], 64) // the kernel wrote it
		sum += n / ticks
	}
	return sum
}

// processor is the processor time that a process has spent, in seconds.
func processor(b testing.TB, pid int) float64 {
	b.Helper()
	fields := stat(strconv.Itoa(pid))
	if fields == nil {
		b.Skip("processor time is read from /proc")
	}
	return seconds(fields, 11, 12)
}

// family is what a process and all its children have spent, with those that ended: a Postgres server.
func family(parent string) (sum float64) {
	own := stat(parent)
	if own == nil {
		return 0
	}
	sum = seconds(own, 11, 12, 13, 14)
	all, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is well formed
	for _, path := range all {
		if f := stat(filepath.Base(filepath.Dir(path))); f != nil && f[1] == parent {
			sum += seconds(f, 11, 12)
		}
	}
	return sum
}

// bareSize names the variable that turns this test's program into a bare server, for as many bytes.
const bareSize = "GUILDHALL_COST_BARE"

// serveBare sends so many bytes to whoever asks, until it is killed.
func serveBare(size string) {
	n, err := strconv.Atoi(size)
	if err != nil {
		panic(err)
	}
	e, body := echo.New(), bytes.Repeat([]byte("<p>Some words.</p>"), n/18+1)[:n]
	e.GET("/", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, body) })
	panic(http.ListenAndServe(os.Getenv("GUILDHALL_ADDR"), e)) // it ends by being killed
}

// bare starts a bare server of so many bytes.
func bare(b testing.TB, size int) (pid int, address string) {
	b.Helper()
	at := running.FreeAddress(b)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", bareSize, size), "GUILDHALL_ADDR="+at)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill() // it ends no other way
		_ = cmd.Wait()
	})
	for range 200 {
		if c, err := net.Dial("tcp", at); err == nil {
			_ = c.Close()
			return cmd.Process.Pid, "http://" + at
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.Fatal("the bare server does not open its door")
	return 0, ""
}
