package handlers_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
)

// serving is a site on real listeners, as the program has it.
type serving struct {
	pages, metrics string
	stop           context.CancelFunc
	ended          chan error
}

func serve(t *testing.T, change func(*handlers.Config), rows ...handlers.Route) *serving {
	t.Helper()
	listen := func() net.Listener { return clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t) }
	pages, metrics := listen(), listen()
	conf := handlers.Config{BaseURL: "http://" + pages.Addr().String(), RateFactor: 1, Log: handlers.NewLog(io.Discard, 0)}
	if change != nil {
		change(&conf)
	}
	site, err := handlers.NewWith(clubtest.SQLite(t).Club, conf, rows...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &serving{pages: pages.Addr().String(), metrics: metrics.Addr().String(), stop: stop, ended: make(chan error, 1)}
	go func() { s.ended <- site.ServeOn(ctx, pages, metrics) }()
	t.Cleanup(stop)
	return s
}

func (s *serving) over(t *testing.T) {
	t.Helper()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not end")
	}
}

// ask opens a connection of its own and leaves the answer to be read.
func ask(t *testing.T, address, path string) *http.Response {
	t.Helper()
	conn := clubtest.Must(net.Dial("tcp", address))(t)
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: club\r\nConnection: close\r\n\r\n", path)
	return clubtest.Must(http.ReadResponse(bufio.NewReader(conn), nil))(t)
}

// What is under way is finished, whoever is connected is told to come back, and nobody new is let in.
func TestStoppingGently(t *testing.T) {
	began, finish := make(chan struct{}), make(chan struct{})
	slow := row(http.MethodGet, "/slow", func(c echo.Context) error {
		close(began)
		<-finish
		return c.String(http.StatusOK, "finished")
	})
	s := serve(t, func(c *handlers.Config) { c.BaseURL, c.Drain = "http://club.example.org", time.Second }, slow)

	dialer := websocket.Dialer{Subprotocols: []string{"guildhall.json.v1"}}
	ws, _, err := dialer.Dial("ws://"+s.pages+"/live", http.Header{"Origin": {"http://club.example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ws.Close() }()
	if got := ask(t, s.pages, "/readyz").StatusCode; got != http.StatusOK {
		t.Fatalf("/readyz: %d", got)
	}
	answered := make(chan string, 1)
	go func() {
		body, _ := io.ReadAll(ask(t, s.pages, "/slow").Body)
		answered <- string(body)
	}()
	<-began
	s.stop()
	for ask(t, s.pages, "/readyz").StatusCode != http.StatusServiceUnavailable { // until it has noticed, within the drain
		time.Sleep(time.Millisecond)
	}
	if got := ask(t, s.pages, "/healthz").StatusCode; got != http.StatusOK {
		t.Errorf("while it drains, /healthz is %d", got)
	}
	for {
		if _, _, err = ws.ReadMessage(); err != nil {
			break
		}
	}
	if !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
		t.Errorf("the socket ended with %v", err)
	}
	close(finish)
	if got := <-answered; got != "finished" {
		t.Errorf("what was under way got %q", got)
	}
	s.over(t)
	if _, err := net.Dial("tcp", s.pages); err == nil {
		t.Error("the door is still open")
	}
}

func TestMetricsHaveAPortOfTheirOwn(t *testing.T) {
	s := serve(t, nil)
	ask(t, s.pages, "/healthz")
	ask(t, s.pages, "/wp-login.php")
	body := clubtest.Must(io.ReadAll(ask(t, s.metrics, "/metrics").Body))(t)
	for _, want := range []string{
		`guildhall_request_seconds_count{method="GET",route="/healthz",status="2xx"} 1`,
		`guildhall_request_seconds_count{method="GET",route="lost",status="4xx"} 1`,
		`guildhall_live{what="sockets"} 0`, `guildhall_live_total{what="opened"} 0`, "go_goroutines", "process_open_fds",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(string(body), "wp-login") {
		t.Error("an address is a label")
	}
	if got := ask(t, s.pages, "/metrics").StatusCode; got != http.StatusNotFound {
		t.Errorf("members read them: %d", got)
	}
	if got := ask(t, s.metrics, "/").StatusCode; got != http.StatusNotFound {
		t.Errorf("the port answers for more: %d", got)
	}
	s.stop()
	s.over(t)
}

// Trap 8: whoever sends no end of headers, or none at all, does not hold a connection.
func TestHeadersHaveASize(t *testing.T) {
	s := serve(t, nil)
	conn := clubtest.Must(net.Dial("tcp", s.pages))(t)
	defer func() { _ = conn.Close() }()
	fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: club\r\nX-Long: %s\r\n\r\n", strings.Repeat("x", 64<<10))
	res := clubtest.Must(http.ReadResponse(bufio.NewReader(conn), nil))(t)
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("64 KB of headers: %d", res.StatusCode)
	}
	for name, got := range handlers.ServerTimes() {
		if got <= 0 || got > 60*time.Second {
			t.Errorf("%s is %s", name, got)
		}
	}
	s.stop()
	s.over(t)
}

// Whoever came in without proof is out once the club is served for real.
func TestDevSessionsEnd(t *testing.T) {
	club := clubtest.SQLite(t)
	w := build(t, club, nil)
	held := w.secretOf(club.Owner)
	start := func(dev bool) {
		ctx, stop := context.WithCancel(context.Background())
		site, err := handlers.New(club.Club, handlers.Config{
			Addr: "127.0.0.1:0", BaseURL: "http://localhost", Dev: dev, RateFactor: 1, Log: handlers.NewLog(io.Discard, 0), Started: func(net.Addr) { stop() },
		})
		clubtest.OK(t, err)
		clubtest.OK(t, site.Serve(ctx))
	}
	start(true)
	if v := clubtest.Must(club.Members.SignedIn(t.Context(), held))(t); v.Viewer.ID != club.Owner.ID {
		t.Fatal("--dev ended a session of its own")
	}
	start(false)
	if v := clubtest.Must(club.Members.SignedIn(t.Context(), held))(t); v.Viewer.SignedIn() {
		t.Error("a session without proof is still open")
	}
}
