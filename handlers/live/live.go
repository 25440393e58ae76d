// Package live carries what happens now: one websocket per open page, the rooms those pages
// listen to, who is here, who is typing. It knows no tables. Whatever concerns rights, stored
// changes or operations it asks of a Backend; PROTOCOL.md says what goes over the wire.
//
// Three promises hold for every socket and room. A change arrives once and in sequence, or the
// page is told to draw itself anew. Nothing is sent past the instant up to which the Backend
// gave leave. One slow page never holds up another: it is cut off and catches up.
package live

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// Room names something that has a sequence of changes: a chat room, a topic. It is opaque here
// and exactly roomLength bytes long; anything else is a room that never was.
type Room string

const roomLength = 11

// Fits tells whether r could be a room at all.
func (r Room) Fits() bool { return len(r) == roomLength }

// FromNow as the sequence of a join means: no replay, only what comes.
const FromNow int64 = -1

// Backend answers what the hub cannot know. Every method may be called by many goroutines at
// once and must give up when ctx ends. An error that is ForPeople reaches the person in its own
// words; ErrSignedOut and ErrBarred close the socket; any other error is logged and reads as broken.
type Backend interface {
	// Open finds out who asks, before the upgrade. It must not keep r.
	Open(ctx context.Context, r *http.Request) (*Session, error)

	// Join says whether s may hear room, and until when without being asked again; the zero
	// time means for as long as no Recheck says otherwise. A room that is hidden, closed or
	// never was gets one and the same error. A cached Viewer will do: the hub asks again where
	// a Recheck came between.
	Join(ctx context.Context, s *Session, room Room) (until time.Time, err error)

	// Missed reads the changes of room after since, drawn exactly as Tell is given them, for
	// both formats: one answer may be shared by many sockets. It is asked only on behalf of
	// those who may hear the room. With FromNow it gives the sequence alone.
	Missed(ctx context.Context, room Room, since int64) (Replay, error)

	// Recheck asks anew for somebody who is connected already: is the login still good, and
	// which of rooms may still be heard. It must read what is committed now, not a cache.
	Recheck(ctx context.Context, s *Session, rooms []Room) (Verdict, error)

	// Do carries out a send, edit, remove, react or read for a member; the answer goes into
	// the acknowledgement as JSON, so it returns only after the commit.
	Do(ctx context.Context, s *Session, op Op) (answer any, err error)

	// Typing draws what others in the room see while s writes, if s may write there.
	Typing(ctx context.Context, s *Session, room Room) (Note, error)

	// Present draws who is here; here is sorted and may be long.
	Present(ctx context.Context, room Room, here []int64) (Note, error)

	// Watch reads the sequences of rooms and the epochs of members in one go, once a second.
	Watch(ctx context.Context, rooms []Room, members []int64) (Pulse, error)
}

// Session is the person behind a socket as the Backend last saw them. It is never changed once
// handed over, so the sockets of one login may share it, and are then asked about together.
type Session struct {
	Member int64     // 0 for somebody who is not signed in
	Epoch  int64     // the member's epoch that Viewer was made under
	Club   int64     // the club's epoch that Viewer was made under
	Until  time.Time // from here on the login must be asked about anew; zero: never by itself
	Viewer any       // the Backend's own
}

// Replay is what Missed found: the room's sequence when it was read and every change after the
// one asked for up to it, in order. Reset says that they are too many or no longer kept.
type Replay struct {
	Seq     int64
	Changes []Change
	Reset   bool
}

// Change is one step of a room's sequence, drawn alike for everybody who may hear the room.
// A page that speaks HTML is given JSON where HTML is empty (a removal, say).
type Change struct {
	Seq  int64
	Kind string
	ID   string
	HTML string
	JSON json.RawMessage
}

// Note is what a frame without a sequence carries: nice to have at once, never repeated.
type Note struct {
	HTML string
	JSON json.RawMessage
}

// Verdict is the answer to a Recheck. A room that was asked about and is not in Open is closed;
// the time is that of Join.
type Verdict struct {
	Session *Session
	Open    map[Room]time.Time
}

// Pulse is what Watch read. A room or member left out counts as unchanged.
type Pulse struct {
	Seqs   map[Room]int64
	Epochs map[int64]int64
	Club   int64
}

// ErrSignedOut and ErrBarred end a socket (4401, 4403), whichever question about a Session they
// answer, and refuse the upgrade where they answer Open.
var (
	ErrSignedOut = errors.New("live: signed out")
	ErrBarred    = errors.New("live: barred")
)

// ForPeople is an error that may be shown: Code for programs, Text a whole sentence.
type ForPeople interface {
	error
	Code() string
	Text() string
}

// refusal is the hub's own ForPeople.
type refusal struct{ code, text string }

func (r refusal) Error() string { return r.code + ": " + r.text }
func (r refusal) Code() string  { return r.code }
func (r refusal) Text() string  { return r.text }

var (
	broken = refusal{"broken", "Something broke on our side. Please try again."}
	noRoom = refusal{"missing", "There is no such room."}

	noMember = refusal{"refused", "Sign in to take part."}
)
