package leaks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/models/id"
)

// The two subprotocols: what pages speak, and what apps do.
var protocols = []string{"guildhall.html.v1", "guildhall.json.v1"}

// pace keeps a socket to the twenty frames a second that it may send.
const pace = time.Second / 18

// patience is how long an answer may take on a machine that does other things too.
const patience = 20 * time.Second

// tap is an open socket that keeps every frame that comes down it, and when it came.
type tap struct {
	ws    *websocket.Conn
	write sync.Mutex

	mu     sync.Mutex
	frames []frame
	closed int // the code, when it is
	asked  int
	change *sync.Cond
}

type frame struct {
	at   time.Time
	body []byte
	said struct {
		Type, Ref, Code, Kind, ID, Room string
		Seq                             int64
		Data                            json.RawMessage
	}
}

// listens opens a socket as the viewer, or says with which status it was refused.
func (e *eye) listens(t testing.TB, protocol string) (*tap, int) {
	t.Helper()
	h := http.Header{"Origin": {e.base}}
	for name, value := range e.jar {
		h.Add("Cookie", name+"="+value)
	}
	if e.bearer != "" {
		h.Set("Authorization", "Bearer "+e.bearer)
	}
	dialer := websocket.Dialer{Subprotocols: []string{protocol}, HandshakeTimeout: patience}
	ws, answer, err := dialer.Dial("ws"+strings.TrimPrefix(e.base, "http")+"/live", h)
	if err != nil {
		if answer == nil {
			t.Fatalf("%s opens no socket: %v", e.name, err)
		}
		return nil, answer.StatusCode
	}
	tp := &tap{ws: ws}
	tp.change = sync.NewCond(&tp.mu)
	t.Cleanup(func() { _ = ws.Close() })
	go tp.follow()
	return tp, http.StatusSwitchingProtocols
}

func (tp *tap) follow() {
	for {
		_, body, err := tp.ws.ReadMessage()
		tp.mu.Lock()
		if err != nil {
			tp.closed = websocket.CloseAbnormalClosure
			if said, ok := err.(*websocket.CloseError); ok {
				tp.closed = said.Code
			}
		} else {
			f := frame{at: time.Now(), body: body}
			_ = json.Unmarshal(body, &f.said) // what cannot be read is searched all the same
			tp.frames = append(tp.frames, f)
		}
		tp.change.Broadcast()
		tp.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// until waits for a frame that passes, or for the end of the socket, and tells which.
func (tp *tap) until(passes func(frame) bool) (f frame, ok bool) {
	begun := time.Now()
	stop := time.AfterFunc(patience, func() {
		tp.mu.Lock()
		defer tp.mu.Unlock()
		tp.change.Broadcast()
	})
	defer stop.Stop()
	tp.mu.Lock()
	defer tp.mu.Unlock()
	for next := 0; ; {
		for ; next < len(tp.frames); next++ {
			if passes(tp.frames[next]) {
				return tp.frames[next], true
			}
		}
		if tp.closed != 0 || time.Since(begun) >= patience {
			return f, false
		}
		tp.change.Wait()
	}
}

// ask sends a frame and returns its answer: an acknowledgement or an error.
func (tp *tap) ask(t testing.TB, op string, fields map[string]any) frame {
	t.Helper()
	tp.mu.Lock()
	tp.asked++
	ref := fmt.Sprintf("ask-%d", tp.asked)
	tp.mu.Unlock()
	said := map[string]any{"op": op, "ref": ref}
	for name, value := range fields {
		said[name] = value
	}
	tp.write.Lock()
	time.Sleep(pace)
	err := tp.ws.WriteJSON(said)
	tp.write.Unlock()
	if err != nil {
		return frame{}
	}
	f, _ := tp.until(func(f frame) bool { return f.said.Ref == ref })
	return f
}

func (tp *tap) join(t testing.TB, room id.ID) frame {
	t.Helper()
	return tp.ask(t, "join", map[string]any{"room": room.String(), "seq": 0})
}

// all is every frame that came down.
func (tp *tap) all() []frame {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	return slices.Clone(tp.frames)
}

// last is when the last frame came that passes; the zero time for none.
func (tp *tap) last(passes func(frame) bool) (at time.Time) {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	for _, f := range tp.frames {
		if passes(f) {
			at = f.at
		}
	}
	return at
}

// over tells whether the socket was closed.
func (tp *tap) over() bool {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	return tp.closed != 0
}
