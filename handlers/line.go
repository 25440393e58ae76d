package handlers

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
)

// line answers what the hub of sockets asks: it is the hub's door to the models.
type line struct{ s *Site }

// openLine begins the live line, and tells it what is committed from now on.
func (s *Site) openLine() error {
	// Who never says goodbye is cut off in time: one silent page is no reason to end badly.
	s.hub = live.New(line{s}, live.Options{Origins: s.conf.Origins(), Log: s.log, CloseWait: finishWithin / 2, Haste: s.conf.RateFactor, Several: s.conf.Bus != ""})
	s.news = make(chan []any, newsWaiting)
	if err := s.joinBus(); err != nil {
		return err
	}
	go s.announceAll()
	s.club.Listen(func(_ context.Context, events []any) {
		if s.relay != nil {
			s.pass(events)
		}
		select {
		case s.news <- events:
		default: // the hub finds what it was not told by the sequences, a second later
		}
	})
	return nil
}

// socket upgrades to the live line.
func (s *Site) socket(c echo.Context) error {
	return s.hub.Accept(c.Response(), c.Request())
}

// sitter is the person behind a socket.
type sitter struct {
	viewer  access.Viewer
	session id.ID // of the login; 0 for a guest
	name    string
	handle  string
}

func sitterOf(s *live.Session) sitter { return s.Viewer.(sitter) }

// Open finds out who asks for a socket.
func (l line) Open(ctx context.Context, r *http.Request) (*live.Session, error) {
	v, err := l.s.club.Members.SignedIn(ctx, l.s.secret(r))
	if err != nil {
		return nil, err
	}
	return seat(v)
}

func seat(v member.Visit) (*live.Session, error) {
	if _, _, out := v.Viewer.Suspended(); out {
		return nil, live.ErrBarred
	}
	epochs := v.Viewer.Epochs()
	return &live.Session{
		Member: int64(v.Viewer.ID), Epoch: epochs.Member, Club: epochs.Club, Until: earliest(v.Viewer.Until(), v.Session.ExpiresAt),
		Viewer: sitter{viewer: v.Viewer, session: v.Session.ID, name: v.Member.Name, handle: v.Member.Handle},
	}, nil
}

// earliest of two instants, of which the zero one never comes.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Join says whether a room may be heard. Hidden, closed and never-was answer alike.
func (l line) Join(ctx context.Context, s *live.Session, room live.Room) (time.Time, error) {
	v := sitterOf(s).viewer
	place, err := l.place(ctx, room)
	if err == nil {
		err = v.CanRead(place)
	}
	if problem.Of(err) != nil {
		err = noPlace
	}
	return v.Until(), err
}

func (l line) place(ctx context.Context, room live.Room) (access.Place, error) {
	key, err := id.Parse(string(room))
	if err != nil {
		return access.Place{}, noPlace
	}
	return l.s.club.Access.Place(ctx, key)
}

// Recheck asks anew whether a login stands, and which rooms it may still hear.
func (l line) Recheck(ctx context.Context, s *live.Session, rooms []live.Room) (live.Verdict, error) {
	visit, err := l.again(ctx, sitterOf(s))
	if err != nil {
		return live.Verdict{}, err
	}
	fresh, err := seat(visit)
	if err != nil {
		return live.Verdict{}, err
	}
	open := make(map[live.Room]time.Time, len(rooms))
	for _, room := range rooms { // a page hears two or three
		place, err := l.place(ctx, room)
		if err == nil {
			err = visit.Viewer.CanRead(place)
		}
		switch {
		case err == nil:
			open[room] = visit.Viewer.Until()
		case problem.Of(err) == nil:
			return live.Verdict{}, err
		}
	}
	return live.Verdict{Session: fresh, Open: open}, nil
}

func (l line) again(ctx context.Context, s sitter) (member.Visit, error) {
	if s.session == 0 {
		return l.s.club.Members.SignedIn(ctx, "")
	}
	visit, err := l.s.club.Members.Still(ctx, s.session)
	if err == nil && visit.Session.ID == 0 {
		return visit, live.ErrSignedOut
	}
	return visit, err
}

// Watch reads the sequences of rooms and the epochs of members.
func (l line) Watch(ctx context.Context, rooms []live.Room, members []int64) (live.Pulse, error) {
	places := make([]id.ID, 0, len(rooms))
	for _, r := range rooms {
		if key, err := id.Parse(string(r)); err == nil {
			places = append(places, key)
		}
	}
	seqs, err := l.s.club.Streams.Seqs(ctx, places)
	if err != nil {
		return live.Pulse{}, err
	}
	ids := make([]id.ID, len(members))
	for i, m := range members {
		ids[i] = id.ID(m)
	}
	club, epochs, err := l.s.club.Access.Epochs(ctx, ids)
	if err != nil {
		return live.Pulse{}, err
	}
	pulse := live.Pulse{Seqs: make(map[live.Room]int64, len(seqs)), Epochs: make(map[int64]int64, len(epochs)), Club: club}
	for place, seq := range seqs {
		pulse.Seqs[live.Room(place.String())] = seq
	}
	for m, epoch := range epochs {
		pulse.Epochs[int64(m)] = epoch
	}
	return pulse, nil
}

// told is a problem as the live line says it.
type told struct{ *problem.Problem }

// Code is the word for programs.
func (t told) Code() string { return kinds[t.Kind].code }

// Text is the sentence for people.
func (t told) Text() string { return t.Problem.Text }

// Unwrap gives the problem.
func (t told) Unwrap() error { return t.Problem }

// noPlace is the one answer about a thing that is hidden, closed or never was: over the line a thing
// is named without its space, so there is no door to show.
var noPlace = told{problem.Missing("There is nothing here, or nothing that is open to you.")}

// tellable lets a problem reach the person in its own words, unless those tell of what is closed.
func tellable(err error) error {
	p, shut := problem.Of(err), (*access.Shut)(nil)
	switch {
	case p == nil:
		return err
	case p.Kind == problem.KindMissing, errors.As(err, &shut) && (shut.Verb == access.See || shut.Verb == access.Read):
		return noPlace
	}
	return told{p}
}
