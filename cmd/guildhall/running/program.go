// Package running builds the program and runs it as a process of its own, for tests: what it
// promises when it is killed, or to somebody who sees it from outside alone, cannot be asked of a
// function.
package running

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var workshop string // the folder of the built program

var built = sync.OnceValues(func() (at string, err error) {
	if workshop, err = os.MkdirTemp("", "guildhall-test"); err != nil {
		return "", err
	}
	at = filepath.Join(workshop, "guildhall")
	return at, Build(at)
})

// Build builds the program from the sources, with more arguments to go build, as a file at.
func Build(at string, more ...string) error {
	args := append([]string{"build", "-buildvcs=false", "-o", at}, more...)
	said, err := exec.Command("go", append(args, "guildhall/cmd/guildhall")...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, said)
	}
	return nil
}

// Main is what TestMain of a package that runs the program calls: it clears away what was built.
func Main(m *testing.M) {
	m.Run()
	if workshop != "" {
		_ = os.RemoveAll(workshop)
	}
}

// Program is a run of it after another, always at one address.
type Program struct {
	URL  string
	Dir  string // where it is started
	Env  []string
	Args []string
	Path string // of the built program; if empty, the sources are built as they are

	Cmd   *exec.Cmd // nil where it does not run
	Said  *Transcript
	Ended chan struct{}
	How   error // it ended

	t testing.TB
}

// Installed is the program on a database, not yet started; without one it keeps to its default. It
// is killed when the test ends.
func Installed(t testing.TB, database string, args ...string) *Program {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds and runs the program: not in -short")
	}
	addr := FreeAddress(t)
	p := &Program{t: t, URL: "http://" + addr, Dir: t.TempDir(), Args: append([]string{"serve"}, args...)}
	p.Env = append(os.Environ(), "GUILDHALL_ADDR="+addr, "GUILDHALL_BASE_URL="+p.URL, "GUILDHALL_METRICS_ADDR=", "GUILDHALL_RATE_FACTOR=1000", "GUILDHALL_LOG_LEVEL=warn")
	if database != "" {
		p.Env = append(p.Env, "DATABASE_URL="+database)
	}
	t.Cleanup(p.Kill)
	return p
}

// FreeAddress is a host and port of this machine at which nobody listens, nor will by chance: it is below
// those that the system hands out by itself, and no other call of this process was given it.
func FreeAddress(t testing.TB) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 12000+rand.IntN(20000))
		if _, taken := given.LoadOrStore(addr, true); taken {
			continue
		}
		if l, err := net.Listen("tcp", addr); err == nil {
			_ = l.Close() // it was opened only to see that it can be
			return addr
		}
	}
	t.Fatal("no free address found")
	return ""
}

var given sync.Map // the addresses that FreeAddress gave

// Built sees to it that there is a program at Path.
func (p *Program) Built() (err error) {
	if p.Path == "" {
		p.Path, err = built()
	}
	return err
}

// Start returns when the program has opened its door.
func (p *Program) Start() {
	p.t.Helper()
	if err := p.Built(); err != nil {
		p.t.Fatal(err)
	}
	p.Cmd = exec.Command(p.Path, p.Args...)
	p.Cmd.Dir, p.Cmd.Env = p.Dir, p.Env
	p.Said = &Transcript{open: make(chan struct{})}
	out, err := p.Cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	p.Cmd.Stderr = p.Said
	if err := p.Cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.Ended = make(chan struct{})
	go func() {
		defer close(p.Ended)
		p.Said.follow(out)
		p.How = p.Cmd.Wait()
	}()
	select {
	case <-p.Said.open:
	case <-p.Ended:
		p.t.Fatalf("the program ended instead of serving: %v\n%s", p.How, p.Said)
	case <-time.After(5 * time.Minute): // a demo club is founded first, on whatever machine
		p.t.Fatalf("the program does not open its door:\n%s", p.Said)
	}
}

// Kill ends it as a loss of power would, with no time to say anything.
func (p *Program) Kill() {
	if p.Cmd == nil {
		return
	}
	_ = p.Cmd.Process.Kill() // it may have ended by itself
	<-p.Ended
	p.Hush()
	p.Cmd = nil
}

// Stop asks it to end, and wants it to do so well.
func (p *Program) Stop() {
	p.t.Helper()
	if err := p.Cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	p.Over()
}

// Over waits for the end of what was asked to end: status 0.
func (p *Program) Over() {
	p.t.Helper()
	select {
	case <-p.Ended:
		if p.How != nil {
			p.t.Fatalf("the program ended with %v\n%s", p.How, p.Said)
		}
	case <-time.After(time.Minute):
		p.t.Fatalf("the program does not end:\n%s", p.Said)
	}
	p.Hush()
	p.Cmd = nil
}

// Hush fails the test if the program called anything broken.
func (p *Program) Hush() {
	p.t.Helper()
	if said := p.Said.String(); strings.Contains(said, `"level":"ERROR"`) || strings.Contains(said, "panic") {
		p.t.Errorf("the program says:\n%s", said)
	}
}

// Transcript is what a program prints, and whether its door is open.
type Transcript struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	open chan struct{}
}

func (s *Transcript) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(b)
}

func (s *Transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func (s *Transcript) follow(out io.Reader) {
	in := bufio.NewReader(out)
	for open := false; ; {
		line, err := in.ReadString('\n')
		_, _ = s.Write([]byte(line)) // a buffer takes all
		if strings.Contains(line, "The club is at") && !open {
			open = true
			close(s.open)
		}
		if err != nil {
			return
		}
	}
}
