package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/models/id"
)

// socket is the live line as a client has it; see handlers/live/PROTOCOL.md.
type socket struct{ *websocket.Conn }

// told is a frame that comes down.
type told struct {
	Type, Ref, Kind, ID, Code, Text, HTML string
	Room                                  string
	Seq                                   int64
	Data                                  json.RawMessage
}

// asJSON is the subprotocol of apps, asHTML that of our pages.
const (
	asJSON = "guildhall.json.v1"
	asHTML = "guildhall.html.v1"
)

// connects opens a socket as the person.
func (w *person) connects(protocol string) (socket, error) {
	dialer := websocket.Dialer{Subprotocols: []string{protocol}, HandshakeTimeout: patience}
	ws, answer, err := dialer.Dial("ws"+strings.TrimPrefix(w.base, "http")+"/live", w.header())
	if err != nil && answer != nil {
		return socket{}, fmt.Errorf("the handshake is answered %s", answer.Status)
	}
	return socket{ws}, err
}

func (s socket) ask(frame map[string]any) error { return s.WriteJSON(frame) }

// next reads a frame, as long as one may take to come.
func (s socket) next() (f told, err error) {
	if err := s.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return f, err
	}
	return f, s.ReadJSON(&f)
}

// pause between two messages of a socket, which may say twenty a second.
const pause = time.Second / 18

// talks says something in a room over a socket, which is opened again where it broke.
func (w *person) talks(room id.ID) (deliver delivery, leave func()) {
	var line socket
	leave = func() {
		if line.Conn != nil {
			_ = line.Close() // it may be broken
			line.Conn = nil
		}
	}
	return func(d *deed) (err error) {
		if line.Conn == nil {
			if line, err = w.connects(asJSON); err != nil {
				return fmt.Errorf("%w: %w", errCut, err)
			}
		}
		if err = line.says(d, room); errors.Is(err, errCut) {
			leave()
		}
		return err
	}, leave
}

// says sends a deed and waits for what is answered to it.
func (s socket) says(d *deed, room id.ID) error {
	if err := s.ask(map[string]any{"op": "send", "ref": d.key, "room": room.String(), "key": d.key, "text": d.text}); err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	for {
		f, err := s.next()
		switch {
		case err != nil:
			return fmt.Errorf("%w: %w", errCut, err)
		case f.Type == "error":
			return fmt.Errorf("answered %s: %s", f.Code, f.Text)
		case f.Type == "ack" && f.Ref == d.key:
			var kept struct {
				ID  string
				Seq int64
			}
			err := json.Unmarshal(f.Data, &kept)
			d.id, d.number = kept.ID, kept.Seq
			return err
		}
	}
}

// head is where the sequence of a place stands.
func (w *person) head(t *testing.T, place id.ID) int64 {
	t.Helper()
	line, err := w.connects(asJSON)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	if err := line.ask(map[string]any{"op": "join", "ref": "head", "room": place.String()}); err != nil {
		t.Fatal(err)
	}
	for {
		f, err := line.next()
		if err != nil || f.Type == "error" {
			t.Fatalf("%+v, %v", f, err)
		}
		if f.Ref == "head" {
			return f.Seq
		}
	}
}
