package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// begun is a form that has come as far as the handler that reads it, and whose body is held back.
type begun struct {
	conn net.Conn
	in   *bufio.Reader
	body string
}

// begins sends a deed's form but for its body. The server says that it goes on as soon as somebody
// wants to read that: from then on the request is under way.
func (w *person) begins(t *testing.T, path string, d *deed) *begun {
	t.Helper()
	conn := clubtest.Must(net.Dial("tcp", strings.TrimPrefix(w.base, "http://")))(t)
	t.Cleanup(func() { _ = conn.Close() })
	b := &begun{conn: conn, in: bufio.NewReader(conn), body: url.Values{"key": {d.key}, "text": {d.text}}.Encode()}
	clubtest.OK(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		path, conn.RemoteAddr(), w.base, w.cookie, len(b.body))
	if line := clubtest.Must(b.in.ReadString('\n'))(t); !strings.Contains(line, " 100 ") {
		t.Fatalf("the server says %q", line)
	}
	clubtest.Must(b.in.ReadString('\n'))(t)
	return b
}

// ends sends the body and reads the answer.
func (b *begun) ends(t *testing.T) *http.Response {
	t.Helper()
	clubtest.Must(b.conn.Write([]byte(b.body)))(t)
	answer := clubtest.Must(http.ReadResponse(b.in, nil))(t)
	_ = answer.Body.Close()
	return answer
}

// leaves asks the program to stop, and returns when its door is shut.
func (p *program) leaves() {
	p.t.Helper()
	clubtest.OK(p.t, p.Cmd.Process.Signal(syscall.SIGTERM))
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
		if err == nil {
			_ = conn.Close()
		}
		if time.Now().After(end) {
			p.t.Fatalf("the door stays open: %v", err)
		}
	}
}

// dismissed reads a socket to its end, which is a restart's, with a time at which to come back.
func (s socket) dismissed(t *testing.T) {
	t.Helper()
	for {
		_, err := s.next()
		if err == nil {
			continue
		}
		var bye *websocket.CloseError
		var back struct {
			In *int `json:"retry_ms"`
		}
		if !errors.As(err, &bye) || bye.Code != websocket.CloseServiceRestart {
			t.Fatalf("a socket ended with %v", err)
		}
		if err := json.Unmarshal([]byte(bye.Text), &back); err != nil || back.In == nil || *back.In < 0 || *back.In > 8000 {
			t.Errorf("it is to come back as %q says", bye.Text)
		}
		return
	}
}

// Asked to stop in the middle of writing, the program finishes what is under way, tells every socket
// when to come back, loses nothing that it acknowledged, and ends well, also where somebody is silent.
func TestStoppedWhileWriting(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		p := installed(t, database, "--dev")
		g := settled(t, database, 9)
		p.Start()
		owner := p.comes("olive")
		last := &deed{by: "olive", place: g.topics[0].ID, key: "olive-last", text: "The last one to leave turns off the light."}
		form := owner.begins(t, views.ReplyAddress(g.space.Slug, last.place), last)
		var sockets []socket
		for range 4 {
			line := clubtest.Must(owner.connects(asHTML))(t)
			t.Cleanup(func() { _ = line.Close() })
			clubtest.OK(t, line.ask(map[string]any{"op": "join", "ref": "j", "room": g.room.String()}))
			if f := clubtest.Must(line.next())(t); f.Type != "ack" {
				t.Fatalf("a join is answered %+v", f)
			}
			sockets = append(sockets, line)
		}
		s := g.rage(t, p)
		s.until(60)
		p.leaves()
		answer := form.ends(t)
		if answer.StatusCode != http.StatusSeeOther {
			t.Errorf("what was under way is answered %s", answer.Status)
		}
		_, number, _ := strings.Cut(answer.Header.Get("Location"), "#p")
		last.number = clubtest.Must(strconv.ParseInt(number, 10, 64))(t)
		s.note(last)
		s.ack(last)
		for _, line := range sockets[1:] { // the first reads nothing, and never says goodbye
			line.dismissed(t)
		}
		p.Over()
		s.end()
		sent, acked, _ := s.counts()
		t.Logf("%d sent, %d acknowledged", sent, acked)
		g.audit(t, s)
	})
}

// Whoever asks a second time does not want to wait.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	database := t.TempDir() + "/club.db"
	p := installed(t, database, "--dev")
	g := settled(t, database, 0)
	p.Start()
	d := &deed{key: "olive-held", text: "Still typing."}
	p.comes("olive").begins(t, views.ReplyAddress(g.space.Slug, g.topics[0].ID), d) // and never ends
	p.leaves()
	clubtest.OK(t, p.Cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-p.Ended:
	case <-time.After(patience):
		t.Fatal("it goes on waiting")
	}
	if status, ok := p.Cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
		t.Errorf("it ended with %v, as if by itself", p.How)
	}
}
