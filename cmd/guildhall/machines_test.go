package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/natsbox"
	"guildhall/models/founding"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/store"
	"guildhall/views"
)

// machines is a club with several rooms on one or two instances of the program, behind a balancer, with
// people who talk and people who listen, and what may go wrong between them.
type machines struct {
	*record
	t        *testing.T
	database string
	programs []*program
	balancer *balancer
	bus      *natsbox.Box // nil on SQLite

	rooms []room
	owner *person
}

// room is one with its address.
type room struct {
	id   id.ID
	path string
}

func assembled(t *testing.T, database string) *machines {
	t.Helper()
	m := &machines{t: t, database: database, programs: []*program{installed(t, database)}}
	if strings.HasPrefix(database, "postgres") {
		m.programs, m.bus = append(m.programs, installed(t, database)), natsbox.Open(t)
	}
	for _, p := range m.programs {
		p.Env = append(p.Env, "GUILDHALL_DRAIN=300ms")
		if m.bus != nil {
			p.Env = append(p.Env, "NATS_URL="+m.bus.URL)
		}
	}
	m.balancer = balanced(t, m.programs...)
	m.record = &record{t: t, began: time.Now(), news: make(chan struct{}, 1), heard: map[string][]heard{}}
	t.Cleanup(m.end)
	return m
}

// peopled founds the club and brings so many people in; the owner is not among them.
func (m *machines) peopled(n int) (people []*person) {
	t := m.t
	t.Helper()
	db := clubtest.Must(store.Open(t.Context(), m.database, store.System{}))(t)
	clubtest.OK(t, db.Migrate(t.Context()))
	club := models.Over(db)
	link := clubtest.Must(club.Founding.Link(t.Context()))(t)
	secret := clubtest.Must(club.Founding.Begin(t.Context(), link, founding.Setup{
		Name: "Northlight", Hue: 162, Zone: "Europe/London", Owner: member.Profile{Handle: "olive", Name: "Olive"}, Space: "Common room",
	}, member.From{}))(t)
	m.owner = m.person("olive", secret)
	first := clubtest.Must(club.Spaces.Seen(t.Context(), clubtest.Must(club.Members.SignedIn(t.Context(), secret))(t).Viewer))(t)[0]
	for i := range 3 {
		v := clubtest.Must(club.Members.SignedIn(t.Context(), secret))(t).Viewer
		sp := first
		if i > 0 {
			sp = clubtest.Must(club.Spaces.Add(t.Context(), v, space.Space{SectionID: first.SectionID, Slug: fmt.Sprint("room-", i), Name: fmt.Sprint("Room ", i), Icon: "i-chat", Kind: space.Questions, Chat: true}))(t)
			v = clubtest.Must(club.Members.SignedIn(t.Context(), secret))(t).Viewer
		}
		m.rooms = append(m.rooms, room{clubtest.Must(club.Chat.Room(t.Context(), v, sp.ID))(t).ID, views.RoomAddress(sp.Slug)})
	}
	for i := range n {
		handle, secret := fmt.Sprintf("person_%d", i), ""
		clubtest.OK(t, db.Write(t.Context(), func(tx *store.Tx) error {
			who, err := member.Join(tx, member.Newcomer{Profile: member.Profile{Handle: handle, Name: fmt.Sprint("Person ", i), Zone: "Europe/London"}})
			if err == nil {
				secret, err = club.Members.Establish(tx, who.ID, member.From{Method: "link"})
			}
			return err
		}))
		people = append(people, m.person(handle, secret))
	}
	clubtest.OK(t, club.Close())
	return people
}

func (m *machines) person(handle, secret string) *person {
	who := &person{handle: handle, base: m.balancer.URL, cookie: "__Host-guildhall=" + secret, http: http.Client{
		Transport: &http.Transport{}, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	m.t.Cleanup(who.http.CloseIdleConnections)
	return who
}

func (m *machines) starts() {
	for _, p := range m.programs {
		p.Start()
		m.balancer.sees(p, true)
	}
}

// Things that go wrong. Each is over when everything runs again, but for the bus.

func (m *machines) kills() {
	p := m.programs[rand.IntN(len(m.programs))]
	p.Kill()
	if len(m.programs) > 1 {
		m.until(20) // by those who are left
	}
	p.Start()
	m.balancer.sees(p, true)
}

// rolls restarts one instance after another, as an owner does with a new version.
func (m *machines) rolls() {
	for _, p := range m.programs {
		p.Stop()
		p.Start()
		m.balancer.sees(p, true)
		m.until(10)
	}
}

// visits asks for pages all the while. Whatever happens to a connection, no page says that anything broke.
func (m *machines) visits() {
	client := http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}
	for !m.over.Load() {
		r, err := http.NewRequest(http.MethodGet, m.balancer.URL+m.rooms[0].path, nil)
		if err != nil {
			m.t.Error(err)
			return
		}
		r.Header = m.owner.header()
		if answer, err := client.Do(r); err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				m.t.Errorf("a page is answered %s", answer.Status)
			}
			if err == nil {
				m.pages.Add(1)
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// keeps reads what the rooms hold in the end.
func (m *machines) keeps() {
	t := m.t
	t.Helper()
	db := clubtest.Must(store.Open(t.Context(), m.database, store.System{}))(t)
	defer func() { clubtest.OK(t, db.Close()) }()
	for _, r := range m.rooms {
		var all []struct {
			Seq                 int64
			SubjectID           id.ID
			Handle, Key, Source string
		}
		clubtest.OK(t, db.Read(t.Context()).Raw(`select changes.seq, subject_id, coalesce(handle, '') as handle, coalesce(key, '') as key, coalesce(source, '') as source from changes
			left join messages on messages.id = subject_id left join members on members.id = author_id where place_id = ? order by changes.seq`, r.id).Scan(&all).Error)
		for _, k := range all {
			m.kept = append(m.kept, change{r.id.String(), k.Seq, k.SubjectID.String(), k.Handle, k.Key, k.Source})
		}
	}
}

// What people saw of the rooms holds together whatever happened: instances were killed and restarted one after
// another, connections were cut, and the bus between the instances went and came back.
func TestHistoryHoldsTogether(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		m := assembled(t, database)
		people := m.peopled(13)
		m.starts()
		for i, who := range people[:9] {
			m.writer(who, m.rooms[i%len(m.rooms)], i%3 == 2)
		}
		for i, who := range people[9:] {
			m.reader(who, []string{asJSON, asHTML}[i%2], m.rooms)
		}
		m.tasks.Go(m.visits)

		m.until(60)
		for range 2 {
			m.balancer.cut()
			m.until(40)
			m.kills()
			m.until(40)
			if m.bus != nil {
				m.bus.Stop()
				m.until(60)
				m.balancer.cut()
				m.kills()
				m.until(40)
				m.bus.Start()
			}
			m.rolls()
			m.until(40)
		}
		m.rests()
		for _, r := range m.rooms {
			m.reach(r, m.owner.head(t, r.id))
		}
		m.end()
		for _, p := range m.programs {
			p.Stop()
		}
		m.keeps()

		h := m.history()
		t.Logf("%d messages, %d of them acknowledged, %d deliveries again; %d sockets of readers, %d told to come back later; %d connections cut, %d pages",
			len(h.sent), m.acked, m.again.Load(), m.sockets.Load(), m.dismissed.Load(), m.balancer.cuts, m.pages.Load())
		for _, fault := range h.faults() {
			t.Error(fault)
		}
		if m.again.Load() == 0 || m.dismissed.Load() == 0 || m.balancer.cuts == 0 || m.pages.Load() == 0 || len(h.kept) == 0 {
			t.Error("things went wrong when nothing was under way")
		}
		frames := h.heard[people[9].handle]
		h.heard[people[9].handle] = append(frames[:len(frames)/2:len(frames)/2], frames[len(frames)/2+1:]...)
		if len(h.faults()) == 0 {
			t.Error("nobody would notice if a reader had missed one")
		}
	})
}

// restarted tells whether a socket was closed by an instance that goes, with a time to come back.
func restarted(err error) bool {
	var bye *websocket.CloseError
	return errors.As(err, &bye) && bye.Code == websocket.CloseServiceRestart
}
