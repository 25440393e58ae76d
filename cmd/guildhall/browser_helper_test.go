package main

import (
	"context"
	"log/slog"
	"net"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
)

// patience is how long a browser may take to show what is looked for. It is a limit and no measure.
const patience = 20 * time.Second

// stage is a club behind its whole web side on a port of this machine, and one browser in which
// everybody who visits has a window of their own, with cookies of their own.
type stage struct {
	*clubtest.Club
	t       *testing.T
	url     string
	lines   *lines
	stop    func() // the web side
	browser context.Context
}

// eachStage runs a scene on every kind of database.
func eachStage(t *testing.T, scene func(t *testing.T, s *stage)) {
	browser := launch(t)
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) { scene(t, raise(t, browser, club)) })
}

// chromium finds the browser. The short pass does without.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("browsers are for the long pass")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			return at
		}
	}
	clubtest.Lacks(t, "browser", "install chromium")
	return ""
}

// raise puts the club on the web. Its clock is the browser's from here on: pages say how long ago
// something was, and sockets are held to the end of a login by the real time.
func raise(t *testing.T, browser context.Context, club *clubtest.Club) *stage {
	t.Helper()
	club.Clock.Set(time.Now())
	s := &stage{Club: club, t: t, browser: browser}
	s.listen("127.0.0.1:0")
	s.url = "http://localhost:" + strconv.Itoa(s.lines.Addr().(*net.TCPAddr).Port)
	s.serve()
	t.Cleanup(func() { s.stop() })
	return s
}

func (s *stage) listen(address string) {
	s.t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.lines = &lines{Listener: listener, open: map[net.Conn]bool{}}
}

func (s *stage) serve() {
	s.t.Helper()
	conf := handlers.Config{BaseURL: s.url, Dev: true, RateFactor: 1000, Log: slog.New(slog.DiscardHandler)}
	site, err := handlers.New(s.Club.Club, conf)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- site.ServeOn(ctx, s.lines, nil) }()
	s.stop = func() { cancel(); <-ended }
}

// restart stops the program's web side as a new version would, and begins it anew at the same place.
func (s *stage) restart() {
	s.t.Helper()
	address := s.lines.Addr().String()
	s.stop()
	s.listen(address)
	s.serve()
}

// launch starts one browser for all visitors of a test.
func launch(t *testing.T) context.Context {
	t.Helper()
	at := chromium(t)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(at), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
	}
	// Nothing moves: a click that meets a page in transition is lost.
	for _, flag := range []string{"force-prefers-reduced-motion", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	machine, closeMachine := chromedp.NewExecAllocator(context.Background(), options...)
	browser, closeBrowser := chromedp.NewContext(machine)
	t.Cleanup(func() { closeBrowser(); closeMachine() })
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return browser
}

// says puts a message into the room of the open space.
func (s *stage) says(who access.Viewer, text string) {
	s.t.Helper()
	room := clubtest.Must(s.Chat.Room(s.t.Context(), s.Again(who), s.Open.ID))(s.t)
	clubtest.Must(s.Chat.Send(s.t.Context(), s.Again(who), room.ID, chat.Draft{Key: s.Key(), Text: text}))(s.t)
}

// lines is a listener whose connections a test can cut, as a broken router would.
type lines struct {
	net.Listener
	mu   sync.Mutex
	open map[net.Conn]bool
}

func (l *lines) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[c] = true
	return &connection{c, l}, nil
}

// cut resets every connection that is open.
func (l *lines) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		_ = c.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
	}
	clear(l.open)
}

type connection struct {
	net.Conn
	lines *lines
}

func (c *connection) Close() error {
	c.lines.mu.Lock()
	delete(c.lines.open, c.Conn)
	c.lines.mu.Unlock()
	return c.Conn.Close()
}
