package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/handlers"
	"guildhall/models"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/natsbox"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// pair is one club on Postgres with two instances of the program, and the bus between them.
type pair struct {
	*town
	second string // where the other instance listens
	bus    *natsbox.Box
}

func twoInstances(t *testing.T) *pair {
	t.Helper()
	p := &pair{bus: natsbox.Open(t)}
	club := clubtest.On(t, "postgres")
	p.town = build(t, club, p.joins(club.URL, ""))
	p.Clock.Set(time.Now()) // sockets keep the machine's time

	db := clubtest.Must(store.Open(t.Context(), club.URL, club.Clock))(t)
	other := models.Over(db)
	t.Cleanup(func() { _ = other.Close() })
	conf := handlers.Config{Dev: true, RateFactor: 1000, Log: handlers.NewLog(p.log, 0)}
	p.joins(club.URL, p.url)(&conf)
	site := clubtest.Must(handlers.New(other, conf))(t)
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	p.second = server.URL
	return p
}

func (p *pair) joins(database, base string) func(*handlers.Config) {
	return func(c *handlers.Config) {
		c.Database, c.Bus = database, handlers.Secret(p.bus.URL)
		if base != "" {
			c.BaseURL = base
		}
	}
}

// at opens a socket at one of the two, and joins rooms.
func (p *pair) at(t *testing.T, address string, v access.Viewer, rooms ...id.ID) line {
	t.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{"guildhall.json.v1"}, HandshakeTimeout: time.Minute}
	ws, _, err := dialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/live", http.Header{"Origin": {p.url}, "Cookie": {cookieName + "=" + p.secretOf(v)}})
	clubtest.OK(t, err)
	t.Cleanup(func() { _ = ws.Close() })
	l := line{ws, t}
	for _, room := range rooms {
		clubtest.OK(t, l.WriteJSON(map[string]any{"op": "join", "ref": room.String(), "room": room.String(), "seq": 0}))
		l.until(func(f heard) bool { return f.Type == "ack" && f.Ref == room.String() })
	}
	return l
}

// says tells whether a frame of a kind holds words in its data.
func says(kind, words string) func(heard) bool {
	return func(f heard) bool { return f.Type == kind && strings.Contains(string(f.Data), words) }
}

// What is done at one instance is seen at the other: messages, who is there and who writes, what is
// unread and was told, what was earned, and rights that are lost. Nothing of it crosses the bus in words.
func TestTwoInstancesActAsOne(t *testing.T) {
	p := twoInstances(t)
	p.bus.Listen()
	room := clubtest.Must(p.Chat.Room(t.Context(), p.Again(p.Paying), p.Open.ID))(t).ID
	paul := p.at(t, p.url, p.Paying, room)
	rita := p.at(t, p.second, p.Regular, room)

	t.Run("presence", func(t *testing.T) {
		paul.until(shows("paul", "rita"))
		rita.until(shows("paul", "rita"))
	})
	t.Run("typing", func(t *testing.T) {
		clubtest.OK(t, paul.WriteJSON(map[string]any{"op": "typing", "room": room.String()}))
		rita.until(says("typing", "paul"))
	})
	t.Run("messages", func(t *testing.T) {
		clubtest.OK(t, paul.WriteJSON(map[string]any{"op": "send", "ref": "s", "key": "zq7x", "room": room.String(), "text": "zq7x, @rita"}))
		var bell, change bool
		rita.until(func(f heard) bool { // a mention rings too, in whichever order
			change = change || says("change", "zq7x")(f)
			bell = bell || says("notice", `"unread":`)(f)
			return change && bell
		})
	})
	t.Run("what was read", func(t *testing.T) {
		elsewhere := p.at(t, p.url, p.Regular)
		clubtest.OK(t, elsewhere.WriteJSON(map[string]any{"op": "read", "ref": "r", "room": room.String(), "upto": 1}))
		rita.until(says("unread", `"seq":1`))
		topic := p.Topic(p.Open, "Zq7x title")
		p.Reply(p.Again(p.Paying), topic, "zq7x")
		clubtest.OK(t, elsewhere.WriteJSON(map[string]any{"op": "read", "ref": "t", "room": topic.ID.String(), "upto": 2}))
		rita.until(says("unread", `"upto":2`))
	})
	t.Run("standing", func(t *testing.T) {
		p.Reply(p.Again(p.Regular), p.Topic(p.Open, "Another zq7x title"), "zq7x")
		rita.until(says("standing", `"points"`))
		for _, badge := range clubtest.Must(p.Standing.Badges(t.Context()))(t) {
			if badge.Rule == standing.RuleHand {
				clubtest.OK(t, p.Standing.Hand(t.Context(), p.Again(p.Owner), badge.ID, p.Regular.ID, "zq7x"))
				rita.until(says("badge", badge.Name))
			}
		}
	})
	t.Run("rights", func(t *testing.T) {
		p.Suspend(p.Regular.ID, "zq7x")
		_, _, err := rita.ReadMessage()
		for err == nil {
			_, _, err = rita.ReadMessage()
		}
		if !websocket.IsCloseError(err, 4403) {
			t.Errorf("the socket of a suspended member ended with %v", err)
		}
		paul.until(shows("paul"))
	})
	if said := p.bus.Said(); !strings.Contains(said, room.String()) || strings.Contains(strings.ToLower(said), "zq7x") || strings.Contains(said, "paul") {
		t.Errorf("over the bus went %s", said)
	}
}

// Without the bus nothing is lost but what is only of the moment, and it comes back by itself.
func TestTheBusGoesAndComesBack(t *testing.T) {
	p := twoInstances(t)
	room := clubtest.Must(p.Chat.Room(t.Context(), p.Again(p.Paying), p.Open.ID))(t).ID
	paul := p.at(t, p.url, p.Paying, room)
	rita := p.at(t, p.second, p.Regular, room)
	rita.until(shows("paul", "rita"))

	p.bus.Stop()
	if got := p.get("/readyz"); got.StatusCode != http.StatusOK {
		t.Errorf("without the bus the program is %s", got.Status)
	}
	for _, key := range []string{"first", "second"} {
		clubtest.OK(t, paul.WriteJSON(map[string]any{"op": "send", "ref": key, "key": key, "room": room.String(), "text": "The " + key + " word."}))
		paul.until(func(f heard) bool { return f.Type == "ack" && f.Ref == key })
		rita.until(says("change", "The "+key+" word."))
	}
	p.bus.Start()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	for p.bus.Clients() < 2 && ctx.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	mods := p.at(t, p.url, p.Moderator, room)
	rita.until(shows("mods", "paul", "rita"))
	_ = mods.Close()
	rita.until(shows("paul", "rita"))
}

func TestABusWantsPostgres(t *testing.T) {
	for _, environ := range [][]string{
		{"NATS_URL=nats://127.0.0.1:4222"},
		{"NATS_URL=nats://127.0.0.1:4222", "DATABASE_URL=club.db"},
	} {
		if _, err := handlers.ReadConfig(environ); err == nil || !strings.Contains(err.Error(), "Postgres") {
			t.Errorf("%v: %v", environ, err)
		}
	}
	for _, url := range []string{"127.0.0.1:4222", "http://bus.example.org", "nats://", "nats://a.example.org,http://b.example.org"} {
		if _, err := handlers.ReadConfig([]string{"DATABASE_URL=postgres://localhost/club", "NATS_URL=" + url}); err == nil || !strings.Contains(err.Error(), "NATS_URL") {
			t.Errorf("%s: %v", url, err)
		}
	}
	c, err := handlers.ReadConfig([]string{"DATABASE_URL=postgres://localhost/club", "NATS_URL=nats://u:secret@a.example.org:4222, tls://b.example.org"})
	clubtest.OK(t, err)
	if printed, _ := json.Marshal(c); string(c.Bus) != "nats://u:secret@a.example.org:4222,tls://b.example.org" || strings.Contains(string(printed), "secret@") {
		t.Errorf("read as %q", string(c.Bus))
	}
}
