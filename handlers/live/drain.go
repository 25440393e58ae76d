package live

import (
	"net"
	"time"
)

// drain writes what waits, blocking, and lives only while something does. Where TLS ends in this
// process it is the writer of its connection; elsewhere it helps out when a client falls behind.
func (s *sink) drain() {
	written := 0
	for {
		q := s.next(written)
		if q == nil {
			return
		}
		written = 0
		for _, b := range q {
			written += len(b)
		}
		_ = s.Conn.SetWriteDeadline(time.Now().Add(s.wait))
		if _, err := q.WriteTo(s.Conn); err != nil { // one writev
			s.fail()
			return
		}
	}
}

// next takes what has gathered, or ends the draining. The deadline must go before direct writes
// come back: a RawConn refuses to write once it has passed, long after this drain is over.
func (s *sink) next(written int) net.Buffers {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending -= written
	q := s.tail
	s.tail = nil
	if len(q) > 0 {
		return q
	}
	_ = s.Conn.SetWriteDeadline(time.Time{})
	s.draining = false
	s.release()
	return nil
}

// fail closes the socket, so that the reader ends and takes the connection off the hub. It does
// so without the lock: closing a TLS connection may wait for its alert to be written.
func (s *sink) fail() {
	s.mu.Lock()
	s.ended = true
	s.tail = nil
	s.draining = false
	s.release()
	s.mu.Unlock()
	_ = s.Conn.Close()
}

func (s *sink) release() {
	if s.empty != nil {
		close(s.empty)
		s.empty = nil
	}
}

// idle returns when nothing waits to be written, or nothing ever will be.
func (s *sink) idle() {
	s.mu.Lock()
	if !s.draining {
		s.mu.Unlock()
		return
	}
	if s.empty == nil {
		s.empty = make(chan struct{})
	}
	empty := s.empty
	s.mu.Unlock()
	<-empty
}
