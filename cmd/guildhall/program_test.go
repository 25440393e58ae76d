package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
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

// The program itself, built from the sources and run as a process of its own: what it promises when
// it is killed cannot be asked of a function.

var workshop string // the folder of the built program

var built = sync.OnceValues(func() (at string, err error) {
	if workshop, err = os.MkdirTemp("", "guildhall-test"); err != nil {
		return "", err
	}
	at = filepath.Join(workshop, "guildhall")
	said, err := exec.Command("go", "build", "-buildvcs=false", "-o", at, ".").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("build the program: %w\n%s", err, said)
	}
	return at, err
})

func TestMain(m *testing.M) {
	m.Run()
	if workshop != "" {
		_ = os.RemoveAll(workshop)
	}
}

// program is a run of it after another, always at one address.
type program struct {
	t    *testing.T
	url  string
	dir  string // where it is started
	env  []string
	args []string

	cmd   *exec.Cmd // nil where it does not run
	said  *transcript
	ended chan struct{}
	how   error // it ended
}

// installed is the program on a database, not yet started; without one it keeps to its default.
func installed(t *testing.T, database string, args ...string) *program {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds and runs the program: not in -short")
	}
	addr := freeAddress(t)
	p := &program{t: t, url: "http://" + addr, dir: t.TempDir(), args: append([]string{"serve"}, args...)}
	p.env = append(os.Environ(), "GUILDHALL_ADDR="+addr, "GUILDHALL_BASE_URL="+p.url, "GUILDHALL_METRICS_ADDR=", "GUILDHALL_RATE_FACTOR=1000", "GUILDHALL_LOG_LEVEL=warn")
	if database != "" {
		p.env = append(p.env, "DATABASE_URL="+database)
	}
	t.Cleanup(p.kill)
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// start returns when the program has opened its door.
func (p *program) start() {
	p.t.Helper()
	at, err := built()
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd = exec.Command(at, p.args...)
	p.cmd.Dir, p.cmd.Env = p.dir, p.env
	p.said = &transcript{open: make(chan struct{})}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd.Stderr = p.said
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.ended = make(chan struct{})
	go func() {
		defer close(p.ended)
		p.said.follow(out)
		p.how = p.cmd.Wait()
	}()
	select {
	case <-p.said.open:
	case <-p.ended:
		p.t.Fatalf("the program ended instead of serving: %v\n%s", p.how, p.said)
	case <-time.After(5 * time.Minute): // a demo club is founded first, on whatever machine
		p.t.Fatalf("the program does not open its door:\n%s", p.said)
	}
}

// kill ends it as a loss of power would, with no time to say anything.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.ended
	p.hush()
	p.cmd = nil
}

// stop asks it to end, and wants it to do so well.
func (p *program) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	p.over()
}

// over waits for the end of what was asked to end: status 0.
func (p *program) over() {
	p.t.Helper()
	select {
	case <-p.ended:
		if p.how != nil {
			p.t.Fatalf("the program ended with %v\n%s", p.how, p.said)
		}
	case <-time.After(time.Minute):
		p.t.Fatalf("the program does not end:\n%s", p.said)
	}
	p.hush()
	p.cmd = nil
}

// hush fails the test if the program called anything broken.
func (p *program) hush() {
	p.t.Helper()
	if said := p.said.String(); strings.Contains(said, `"level":"ERROR"`) || strings.Contains(said, "panic") {
		p.t.Errorf("the program says:\n%s", said)
	}
}

// transcript is what a program prints, and whether its door is open.
type transcript struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	open chan struct{}
}

func (s *transcript) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(b)
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func (s *transcript) follow(out io.Reader) {
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
