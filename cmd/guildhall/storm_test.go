package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guildhall/models/id"
	"guildhall/views"
)

// deed is one thing that a writer wants kept. It is sent under one key, again and again, until it is
// acknowledged or given up.
type deed struct {
	by    string
	place id.ID
	key   string
	text  string // no other has it

	acked  bool
	id     string // as the acknowledgement says, where it does
	number int64  // the post's number or the message's sequence, where it does
}

// storm is many members who write at once, each their next as soon as the last one is acknowledged.
// What they sent and what was acknowledged is noted here, outside the program that may die.
type storm struct {
	t        *testing.T
	over     atomic.Bool
	inFlight atomic.Int64
	again    atomic.Int64 // deliveries of a deed that was sent before
	writers  sync.WaitGroup

	mu    sync.Mutex
	deeds []*deed
	acked int
	given int           // up
	news  chan struct{} // one of the deeds was acknowledged
}

// delivery sends a deed. Nil is an acknowledgement, errCut anything that leaves the outcome open.
type delivery func(*deed) error

var errCut = errors.New("the line was cut")

// rage sets a storm going: of every three writers one posts by form, one speaks by form, and one
// speaks over a socket.
func (g *ground) rage(t *testing.T, p *program) *storm {
	t.Helper()
	s := &storm{t: t, news: make(chan struct{}, 1)}
	for i, handle := range g.writers {
		who, place := p.comes(handle), g.room
		var deliver delivery
		rest, leave := time.Duration(0), func() {}
		switch i % 3 {
		case 0:
			topic := g.topics[i/3%len(g.topics)]
			place, deliver = topic.ID, who.replies(views.ReplyAddress(g.space.Slug, topic.ID))
		case 1:
			deliver = who.speaks(views.RoomAddress(g.space.Slug))
		case 2:
			deliver, leave = who.talks(g.room)
			rest = pause
		}
		s.writers.Go(func() {
			defer leave()
			s.write(handle, place, deliver, rest)
		})
	}
	t.Cleanup(s.end)
	return s
}

// end lets everybody have their last deed acknowledged, and go. The program must be running.
func (s *storm) end() {
	s.over.Store(true)
	s.writers.Wait()
}

func (s *storm) write(by string, place id.ID, deliver delivery, rest time.Duration) {
	for i := 0; !s.over.Load(); i++ {
		time.Sleep(rest)
		d := &deed{by: by, place: place, key: fmt.Sprintf("%s-%d", by, i), text: fmt.Sprintf("Frame %d of %s is on the line.", i, by)}
		s.note(d)
		if !s.bring(d, deliver) {
			return
		}
	}
}

// bring delivers a deed until it is acknowledged. A third of those whose line was cut are given up:
// whether they were kept nobody asks.
func (s *storm) bring(d *deed, deliver delivery) (on bool) {
	for tries := 0; ; tries++ {
		s.inFlight.Add(1)
		err := deliver(d)
		s.inFlight.Add(-1)
		switch {
		case err == nil:
			s.ack(d)
			return true
		case !errors.Is(err, errCut):
			s.t.Errorf("%s: %v", d.key, err)
			return false
		case tries == 0 && rand.IntN(3) == 0:
			s.giveUp()
			return true
		case s.over.Load():
			return false
		}
		s.again.Add(1)
		time.Sleep(5 * time.Millisecond) // before knocking again at a closed door
	}
}

func (s *storm) note(d *deed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deeds = append(s.deeds, d)
}

func (s *storm) ack(d *deed) {
	s.mu.Lock()
	d.acked = true
	s.acked++
	s.mu.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
}

func (s *storm) giveUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given++
}

func (s *storm) counts() (deeds, acked, given int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.deeds), s.acked, s.given
}

// until waits for so many more acknowledgements.
func (s *storm) until(more int) {
	s.t.Helper()
	_, from, _ := s.counts()
	for {
		if _, now, _ := s.counts(); now >= from+more {
			return
		}
		select {
		case <-s.news:
		case <-time.After(time.Minute):
			s.t.Fatal("nothing is acknowledged any more")
		}
	}
}

// replies posts in a topic by its form.
func (w *person) replies(path string) delivery {
	return func(d *deed) error {
		to, err := w.submits(path, d)
		if err != nil {
			return err
		}
		_, number, _ := strings.Cut(to, "#p")
		d.number, err = strconv.ParseInt(number, 10, 64)
		return err
	}
}

// speaks says something in a room by its form.
func (w *person) speaks(path string) delivery {
	return func(d *deed) error {
		_, err := w.submits(path, d)
		return err
	}
}

// submits sends a deed's form. Only the way on that follows a change is an acknowledgement; any other
// whole answer is none that there should be.
func (w *person) submits(path string, d *deed) (to string, err error) {
	answer, err := w.post(path, url.Values{"key": {d.key}, "text": {d.text}})
	if err != nil {
		return "", fmt.Errorf("%w: %w", errCut, err)
	}
	if answer.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("answered %s", answer.Status)
	}
	return answer.Header.Get("Location"), nil
}
