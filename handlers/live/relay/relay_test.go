package relay

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/nats-io/nats.go"

	"guildhall/handlers/live"
	"guildhall/models/clubtest/natsbox"
)

const (
	lobby  = live.Room("Lobby111111")
	studio = live.Room("Studio11111")
)

// doors is a Backend that lets everybody in and knows of nothing.
type doors struct{ live.Backend }

func (doors) Open(_ context.Context, r *http.Request) (*live.Session, error) {
	member, err := strconv.ParseInt(r.Header.Get("X-Member"), 10, 64)
	return &live.Session{Member: member}, err
}

func (doors) Join(context.Context, *live.Session, live.Room) (time.Time, error) {
	return time.Time{}, nil
}

func (doors) Missed(context.Context, live.Room, int64) (live.Replay, error) {
	return live.Replay{}, nil
}

// instance is one of several, with what it heard.
type instance struct {
	*Relay
	t   *testing.T
	hub *live.Hub
	url string

	mu    sync.Mutex
	heard []Hint
}

// beat is short, so that who dies is forgotten soon.
const beat = 200 * time.Millisecond

func joins(t *testing.T, bus *natsbox.Box, club string) *instance {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	i := &instance{t: t, hub: live.New(doors{}, live.Options{Origins: []string{"https://club.example"}, Every: -1, Log: quiet, Several: true})}
	server := httptest.NewServer(i.hub)
	r, err := Open(Options{URL: bus.URL, Club: club, Hub: i.hub, Log: quiet, Beat: beat, Hear: func(all []Hint) {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.heard = append(i.heard, all...)
	}})
	if err != nil {
		t.Fatal(err)
	}
	i.Relay, i.url = r, server.URL
	t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		_ = i.hub.Shutdown(ctx) // who is connected here does not say goodbye
		server.Close()
	})
	return i
}

// enters brings a member into a room; leave takes them out.
func (i *instance) enters(member int64, room live.Room) (leave func()) {
	i.t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{"guildhall.json.v1"}}
	ws, _, err := dialer.Dial("ws"+strings.TrimPrefix(i.url, "http"), http.Header{"Origin": {"https://club.example"}, "X-Member": {strconv.FormatInt(member, 10)}})
	if err == nil {
		err = ws.WriteJSON(map[string]any{"op": "join", "room": room})
	}
	if err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() { _ = ws.Close() })
	return func() { _ = ws.Close() }
}

func (i *instance) here(room live.Room, want ...int64) func() bool {
	return func() bool { return slices.Equal(i.hub.Here(room), want) }
}

func (i *instance) hears(want Hint) func() bool {
	return func() bool {
		i.mu.Lock()
		defer i.mu.Unlock()
		return slices.Contains(i.heard, want)
	}
}

func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never happened: %s", what)
		}
	}
}

// cut ends an instance's relay as a crash would: it says nothing more.
func (i *instance) cut() {
	i.bus.Close()
	i.t.Cleanup(i.Close)
}

func TestPresenceCrosses(t *testing.T) {
	bus := natsbox.Open(t)
	a, b := joins(t, bus, "https://one.example"), joins(t, bus, "https://one.example")
	stranger := joins(t, bus, "https://two.example")
	leave := a.enters(1, lobby)
	b.enters(2, lobby)
	b.enters(3, studio)
	eventually(t, "each knows all", func() bool {
		return a.here(lobby, 1, 2)() && b.here(lobby, 1, 2)() && a.here(studio, 3)()
	})
	c := joins(t, bus, "https://one.example")
	eventually(t, "who comes later learns of all", func() bool { return c.here(lobby, 1, 2)() && c.here(studio, 3)() })
	leave()
	eventually(t, "who leaves is gone everywhere", func() bool { return b.here(lobby, 2)() && c.here(lobby, 2)() })
	if here := stranger.hub.Here(lobby); len(here) != 0 || stranger.Snapshot().Instances != 0 {
		t.Errorf("another club hears of %v", here)
	}
	b.cut()
	eventually(t, "who died is forgotten", func() bool { return a.here(lobby)() && a.here(studio)() && a.Snapshot().Instances == 1 })
	c.Close()
	eventually(t, "who says goodbye too", func() bool { return a.Snapshot().Instances == 0 })
	a.Close()
	stranger.Close()
}

// Whoever missed a message notices by the next number, and asks for all.
func TestAMissedMessageIsMadeUpFor(t *testing.T) {
	bus := natsbox.Open(t)
	a, b := joins(t, bus, ""), joins(t, bus, "")
	defer a.Close()
	defer b.Close()
	leave := a.enters(1, lobby)
	eventually(t, "it is known", b.here(lobby, 1))
	b.mu.Lock()
	b.Relay.mu.Lock()
	b.others[a.me].rev-- // as if the last had not come
	b.hub.Only(a.me, nil)
	b.Relay.mu.Unlock()
	b.mu.Unlock()
	eventually(t, "it is known again", b.here(lobby, 1))
	leave()
	eventually(t, "and goes on", b.here(lobby))
}

// While the bus is away nobody waits for it, and nothing is kept for later.
func TestHintsNeverWait(t *testing.T) {
	bus := natsbox.Open(t)
	a, b := joins(t, bus, ""), joins(t, bus, "")
	defer a.Close()
	defer b.Close()
	first := Hint{Kind: Changed, Room: lobby, Seq: 1}
	eventually(t, "a hint crosses", func() bool {
		a.Say(first)
		return b.hears(first)()
	})
	if a.hears(first)() {
		t.Error("it heard itself")
	}
	bus.Stop()
	eventually(t, "the loss is noticed", func() bool { return !a.Snapshot().Connected })
	lost := a.Snapshot().Dropped
	for seq := range int64(2 * waiting) {
		a.Say(Hint{Kind: Told, Member: 1, ID: seq + 1})
	}
	eventually(t, "what nobody hears is counted", func() bool { return a.Snapshot().Dropped == lost+2*waiting })
	bus.Start()
	last := Hint{Kind: Changed, Room: lobby, Seq: 2}
	eventually(t, "a hint crosses again", func() bool {
		a.Say(last)
		return b.hears(last)()
	})
	if n := a.Snapshot(); !n.Connected || n.Reconnects == 0 {
		t.Errorf("it counts %+v", n)
	}
	if b.hears(Hint{Kind: Told, Member: 1, ID: 1})() {
		t.Error("what was said to nobody came later")
	}
}

// A club that starts before its bus finds it, and rubbish on the bus hurts nobody.
func TestTheBusComesLater(t *testing.T) {
	bus := natsbox.Open(t)
	bus.Stop()
	a := joins(t, bus, "")
	defer a.Close()
	a.enters(1, lobby)
	bus.Start()
	b := joins(t, bus, "")
	defer b.Close()
	eventually(t, "they find each other", b.here(lobby, 1))
	for _, body := range []string{"", "{", `[]`, `{"from":""}`, `{"from":"x","rev":-1,"whole":true,"who":{"":[1],"short":[1],"` + string(lobby) + `":null}}`, `{"from":"x","hints":[{"kind":"no such"}]}`, `{"hints":7}`} {
		for _, subject := range []string{a.on.here, a.on.hints} {
			if err := a.Relay.bus.Publish(subject, []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
	}
	mark := Hint{Kind: Seen, Member: 5}
	a.Say(mark)
	eventually(t, "it goes on", b.hears(mark))
	eventually(t, "who was made up is forgotten", func() bool { return b.Snapshot().Instances == 1 && b.here(lobby, 1)() })
}

func TestCheck(t *testing.T) {
	bus := natsbox.Open(t)
	if server, err := Check(bus.URL); err != nil || !strings.HasPrefix(server, "NATS ") {
		t.Errorf("%q, %v", server, err)
	}
	bus.Stop()
	if _, err := Check(bus.URL); err == nil || strings.Contains(err.Error(), nats.DefaultURL) {
		t.Errorf("without a server: %v", err)
	}
}

func TestChangesOfOneRoomAreOne(t *testing.T) {
	r := &Relay{out: make(chan Hint, 8)}
	for _, h := range []Hint{{Kind: Typing, Room: lobby, Member: 1}, {Kind: Changed, Room: studio, Seq: 2}, {Kind: Changed, Room: lobby, Seq: 9}, {Kind: Changed, Room: lobby, Seq: 8}} {
		r.Say(h)
	}
	got := r.gather(Hint{Kind: Changed, Room: lobby, Seq: 7})
	want := []Hint{{Kind: Changed, Room: lobby, Seq: 9}, {Kind: Typing, Room: lobby, Member: 1}, {Kind: Changed, Room: studio, Seq: 2}}
	if !slices.Equal(got, want) {
		t.Errorf("gathered %+v", got)
	}
}
