package live

import (
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

var (
	errSlow  = errors.New("live: client too slow")
	errEnded = errors.New("live: connection ended")
)

// sink is the net.Conn handed to gorilla and the only way out to a socket. What is handed to
// send is whole frames, and send never blocks: bytes that the socket does not take at once are
// finished by drain before anything else goes out, so frames of any origin cannot mix.
type sink struct {
	net.Conn
	raw  syscall.RawConn // nil where no direct write is possible (TLS): then all goes by drain
	most int             // bytes that may wait
	wait time.Duration   // for drain's writes

	mu       sync.Mutex
	tail     net.Buffers
	pending  int // bytes in tail and in drain's hands
	draining bool
	ended    bool          // the last frame is on its way, or the socket is gone
	empty    chan struct{} // closed when drain stops; made by who waits for that
}

func newSink(c net.Conn, most int, wait time.Duration) *sink {
	return &sink{Conn: c, raw: rawConn(c), most: most, wait: wait}
}

// send keeps frames, which must not change any more. An errSlow leaves the socket open: the
// caller decides how to end it.
func (s *sink) send(a *attempt, frames []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return errEnded
	}
	return s.put(a, frames, s.most)
}

// end sends frame as the last one, however much waits before it.
func (s *sink) end(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	s.ended = true
	a := attempts.Get().(*attempt)
	defer attempts.Put(a)
	_ = s.put(a, frame, 0) // a failure closes the socket, and the reader notices
}

// put bounds what waits by most bytes, 0 for no bound. A single frame larger than that is
// taken while nothing else waits, or a long post could never be sent at all.
func (s *sink) put(a *attempt, frames []byte, most int) error {
	if s.raw != nil && !s.draining {
		n, err := a.write(s.raw, frames)
		if err != nil {
			s.ended = true
			return errors.Join(err, s.Conn.Close())
		}
		if frames = frames[n:]; len(frames) == 0 {
			return nil
		}
	}
	if most > 0 && s.pending > 0 && s.pending+len(frames) > most {
		return errSlow
	}
	s.pending += len(frames)
	s.tail = append(s.tail, frames)
	if !s.draining {
		s.draining = true
		go s.drain()
	}
	return nil
}

const closeByte = 0x80 | 8 // the first byte of a close frame

// Write serves gorilla: the 101 answer, and the close it writes on a broken frame or in answer
// to a close. Its buffer is pooled, hence the copy. After our own close it writes into the void.
func (s *sink) Write(p []byte) (int, error) {
	frame := append([]byte(nil), p...)
	if len(p) > 0 && p[0] == closeByte {
		s.end(frame)
		return len(p), nil
	}
	a := attempts.Get().(*attempt)
	defer attempts.Put(a)
	if err := s.send(a, frame); err != nil && !errors.Is(err, errEnded) {
		return 0, err
	}
	return len(p), nil
}

// Write deadlines belong to drain alone: gorilla sets one for each control frame.
func (s *sink) SetWriteDeadline(time.Time) error { return nil }
func (s *sink) SetDeadline(t time.Time) error    { return s.Conn.SetReadDeadline(t) }
