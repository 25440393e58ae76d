package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"
)

// bare is the server that a club is compared with: the usual hub of gorilla's own example, with a
// goroutine for each socket's writes, and a handler of Echo that sends a page out of memory. It knows
// nobody, keeps nothing, and sends frames and pages that are as large as the club's.
type bare struct {
	Listen string `help:"Where to listen." default:"127.0.0.1:0"`
	Size   int    `help:"Bytes of a frame, and of a page." default:"400"`
}

// Run serves until it is told to stop.
func (b bare) Run(ctx context.Context) error {
	l, err := net.Listen("tcp", b.Listen)
	if err != nil {
		return err
	}
	fmt.Println("http://" + l.Addr().String())
	served := http.Server{Handler: bareHandler(b.Size), ReadHeaderTimeout: answerWithin}
	stop := context.AfterFunc(ctx, func() { _ = served.Close() }) // Serve tells why it ended
	defer stop()
	if err := served.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func bareHandler(size int) http.Handler {
	h := &bareHub{size: size, rooms: map[string]map[*bareSocket]struct{}{}, seqs: map[string]int64{}}
	e := echo.New()
	e.GET("/live", h.serve)
	page := strings.Repeat("x", size)
	e.GET("/*", func(c echo.Context) error { return c.HTML(http.StatusOK, page) })
	return e
}

type bareHub struct {
	size  int
	mu    sync.Mutex
	rooms map[string]map[*bareSocket]struct{}
	seqs  map[string]int64
}

type bareSocket struct {
	out chan *websocket.PreparedMessage
}

var bareUpgrader = websocket.Upgrader{ReadBufferSize: 512, WriteBufferSize: 1024, Subprotocols: []string{"guildhall.json.v1"}}

func (h *bareHub) serve(c echo.Context) error {
	ws, err := bareUpgrader.Upgrade(c.Response(), c.Request(), nil)
	if err != nil {
		return err
	}
	s := &bareSocket{out: make(chan *websocket.PreparedMessage, 256)}
	go func() {
		for m := range s.out {
			_ = ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if ws.WritePreparedMessage(m) != nil {
				_ = ws.Close() // reading ends too, and tells
			}
		}
	}()
	defer h.leave(s, ws)
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			return nil
		}
		var op struct{ Op, Room, Ref, Text string }
		if err := json.Unmarshal(data, &op); err != nil {
			return nil
		}
		h.act(s, op.Op, op.Room, op.Ref, op.Text)
	}
}

func (h *bareHub) leave(s *bareSocket, ws *websocket.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, in := range h.rooms {
		delete(in, s)
	}
	close(s.out)
	_ = ws.Close() // it is gone already, or goes now
}

func (h *bareHub) act(s *bareSocket, op, room, ref, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if op == "join" {
		if h.rooms[room] == nil {
			h.rooms[room] = map[*bareSocket]struct{}{}
		}
		h.rooms[room][s] = struct{}{}
	} else {
		h.seqs[room]++
		said := fmt.Sprintf(`{"type":"change","room":%q,"seq":%d,"data":{"text":%q,"more":"`, room, h.seqs[room], text)
		said += strings.Repeat("x", max(0, h.size-len(said)-3)) + `"}}`
		m := prepared(said)
		for to := range h.rooms[room] {
			select {
			case to.out <- m:
			default: // it is slow, and misses this one
			}
		}
	}
	s.out <- prepared(fmt.Sprintf(`{"type":"ack","ref":%q,"seq":%d}`, ref, h.seqs[room]))
}

func prepared(text string) *websocket.PreparedMessage {
	m, err := websocket.NewPreparedMessage(websocket.TextMessage, []byte(text))
	if err != nil {
		panic(err) // a text message is always well formed
	}
	return m
}

// startBare starts a bare server in a process of its own, so that what it spends is its own.
func startBare(size int) (t *target, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(self, "baseline", fmt.Sprintf("--size=%d", size))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	stop = func() {
		_ = cmd.Process.Kill() // it keeps nothing
		_ = cmd.Wait()
	}
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil {
		stop()
		return nil, nil, fmt.Errorf("the bare server does not open: %w", err)
	}
	return &target{URL: address, PID: cmd.Process.Pid}, stop, nil
}

// compare runs something against the club and then against a bare server whose frames or pages are as
// large as what it found there, and prints both.
func compare(club *target, title string, run func(*target, []visitor) (r report, size int, err error), who []visitor) error {
	r, size, err := run(club, who)
	if err != nil {
		return err
	}
	bare, stop, err := startBare(size)
	if err != nil {
		return err
	}
	defer stop()
	beside, _, err := run(bare, make([]visitor, len(who)))
	if err != nil {
		return err
	}
	r.print(os.Stdout, title, beside)
	return nil
}
