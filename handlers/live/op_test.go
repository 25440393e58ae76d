package live

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

func TestOperationsReachTheBackend(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(7)
	for frame, want := range map[string]Op{
		`{"op":"send","ref":"r","room":"Lobby111111","key":"k1","text":"Hallo","reply":"m"}`: {
			Name: "send", Room: lobby, Key: "k1", Text: "Hallo", Reply: "m"},
		`{"op":"edit","ref":"r","id":"m","text":"Hello"}`:           {Name: "edit", ID: "m", Text: "Hello"},
		`{"op":"remove","ref":"r","id":"m"}`:                        {Name: "remove", ID: "m"},
		`{"op":"react","ref":"r","id":"m","kind":"clap","on":true}`: {Name: "react", ID: "m", Kind: "clap", On: true},
		`{"op":"read","ref":"r","room":"Lobby111111","upto":12}`:    {Name: "read", Room: lobby, Upto: 12},
		`{"op":"remove","ref":"r","id":"m","by":9,"new":{"a":[1]}}`: {Name: "remove", ID: "m"},
	} {
		p.say(frame)
		g := p.expect("ack")
		var answer struct {
			Op Op
			By int64
		}
		if err := json.Unmarshal(g.Data, &answer); err != nil || g.Ref != "r" || answer.Op != want || answer.By != 7 {
			t.Errorf("%s arrived as %+v by %d with ref %q (%v)", frame, answer.Op, answer.By, g.Ref, err)
		}
	}
	if n := h.Snapshot().Ops; n["remove"] != 2 || n["send"] != 1 {
		t.Errorf("counted %v", n)
	}
}

func TestErrorsForPeopleAndOthers(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	for text, want := range map[string]got{
		"refuse": {Type: "error", Ref: "r", Code: "refused", Text: "Only members write here."},
		"break":  {Type: "error", Ref: "r", Code: "broken", Text: broken.text},
		"panic":  {Type: "error", Ref: "r", Code: "broken", Text: broken.text},
	} {
		p.say(`{"op":"send","ref":"r","room":"Lobby111111","key":"k","text":"` + text + `"}`)
		if g := p.next(); g.Type != want.Type || g.Ref != want.Ref || g.Code != want.Code || g.Text != want.Text {
			t.Errorf("%s: got %+v, want %+v", text, g, want)
		}
	}
	p.quiet()
	p.say(`{"op":"send","room":"Lobby111111","key":"k","text":"sign out"}`)
	p.closed(CloseSignedOut)
}

func TestRoomsThatNeverWere(t *testing.T) {
	h := open(t, Options{})
	h.club.close(1, studio)
	p := h.visit(1)
	for _, room := range []string{"short", strings.Repeat("1", 12), string(studio)} {
		p.say(`{"op":"join","ref":"r","room":"` + room + `","seq":0}`)
		if g := p.expect("error"); g.Code != "missing" || g.Ref != "r" || g.Text != "There is no such room." {
			t.Errorf("%s: got %+v", room, g)
		}
	}
	if h.Heard(studio) {
		t.Error("a refused join left a seat behind")
	}
	h.post(studio)
	h.settled()
	p.quiet()
}

func TestThreeBadFramesEndTheSocket(t *testing.T) {
	for name, frames := range map[string][3]struct{ frame, code string }{
		"no JSON":     {{`hello`, "malformed"}, {`{"op":`, "malformed"}, {`{"op":"ping"} x`, "malformed"}},
		"wrong shape": {{`[]`, "malformed"}, {`{"op":7}`, "malformed"}, {`{"op":"join","room":"Lobby111111","seq":"1"}`, "malformed"}},
		"unknown":     {{`{}`, "unknown_op"}, {`{"op":"sudo"}`, "unknown_op"}, {`null`, "unknown_op"}},
		"incomplete":  {{`{"op":"send","room":"Lobby111111"}`, "malformed"}, {`{"op":"react","id":"m"}`, "malformed"}, {`{"op":"leave"}`, "malformed"}},
		"bad values":  {{`{"op":"join","room":"Lobby111111","seq":-5}`, "malformed"}, {`{"op":"ping","ref":"` + strings.Repeat("r", 65) + `"}`, "malformed"}, {"{\"op\":\"ping\",\"ref\":\"\xff\"}", "malformed"}},
	} {
		h := open(t, Options{})
		p := h.visit(1)
		for _, f := range frames {
			p.say(f.frame)
			if g := p.expect("error"); g.Code != f.code || g.Text == "" {
				t.Errorf("%s: %s was answered with %+v", name, f.frame, g)
			}
		}
		p.closed(ClosePolicy)
		eventually(t, "the socket left", func() bool { return h.Snapshot().Open == 0 })
	}
}

func TestTwoBadFramesAreForgiven(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.say(`{"op":"sudo","ref":"a"}`)
	if g := p.expect("error"); g.Ref != "a" {
		t.Errorf("the ref was lost: %+v", g)
	}
	if err := p.ws.WriteMessage(websocket.BinaryMessage, []byte(`{"op":"ping"}`)); err != nil {
		t.Fatal(err)
	}
	p.expect("error")
	p.quiet()
}

func TestFrameOfTheLargestSizeAndOneMore(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	frame := `{"op":"send","room":"Lobby111111","key":"k","text":"`
	fits := frame + strings.Repeat("x", 64<<10-len(frame)-2) + `"}`
	p.say(fits)
	p.expect("ack")
	p.say(fits + " ")
	p.closed(websocket.CloseMessageTooBig)
}

// Fragments add up: a limit on each of them alone would be none.
func TestFragmentsCountTogether(t *testing.T) {
	h := open(t, Options{Frame: 100})
	p := h.visit(1)
	p.raw(1, make([]byte, 60))
	p.raw(0, make([]byte, 60))
	p.closed(websocket.CloseMessageTooBig)
}

func TestHaste(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Rate: 2, Burst: 4, Clock: turned.now})
	p := h.visit(1)
	ping := `{"op":"ping"}`
	for range 4 {
		p.say(ping)
		p.expect("ack")
	}
	p.say(ping)
	if g := p.expect("error"); g.Code != "too_soon" {
		t.Fatalf("got %+v, want too_soon", g)
	}
	turned.turn(time.Second)
	for range 2 {
		p.say(ping)
		p.expect("ack")
	}
	for range 4 {
		p.say(ping)
		p.expect("error")
	}
	p.say(ping)
	p.closed(ClosePolicy)
}

func TestPingsOfTheProtocolCostTokensToo(t *testing.T) {
	h := open(t, Options{Burst: 3, Clock: newClock().now})
	p := h.visit(1)
	for range 7 {
		p.raw(0x80|9, nil)
	}
	p.closed(ClosePolicy)
}

func TestRoomsPerSocket(t *testing.T) {
	h := open(t, Options{Rooms: 2})
	p := h.visit(1)
	p.join("Room1111111", 0)
	p.join("Room1111112", 0)
	p.say(`{"op":"join","room":"Room1111113"}`)
	if g := p.expect("error"); g.Code != "too_many_rooms" {
		t.Fatalf("got %+v", g)
	}
	p.join("Room1111112", 0) // again is not one more
	p.say(`{"op":"leave","room":"Room1111111"}`)
	p.expect("ack")
	p.say(`{"op":"leave","room":"Room1111111"}`) // twice is no error
	p.expect("ack")
	p.join("Room1111113", 0)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"op":"join","room":"Lobby111111","seq":3,"ref":"1"}`, `{"op":"send","room":"r","key":"k","text":"\ud800"}`,
		`{"op":"react","id":"m","kind":"clap","on":true}`, `null`, `[]`, `{"op":"ping","ref":"` + strings.Repeat("x", 70) + `"}`,
	} {
		f.Add(websocket.TextMessage, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		u, err := parse(kind, data)
		if err != nil {
			said, ok := err.(ForPeople)
			if !ok || said.Text() == "" || len(u.Ref) > longestRef {
				t.Fatalf("%q: %v with ref %q", data, err, u.Ref)
			}
			return
		}
		if _, ok := operations[u.Name]; !ok || !utf8.ValidString(u.Text) || u.Seq != nil && *u.Seq < 0 {
			t.Fatalf("%q was let through as %+v", data, u)
		}
	})
}
