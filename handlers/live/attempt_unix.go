//go:build unix

package live

import (
	"net"
	"sync"
	"syscall"
)

// attempt is one non-blocking write; each shard has its own, so a broadcast allocates nothing.
type attempt struct {
	buf []byte
	n   int
	err error
	run func(uintptr) bool
}

func newAttempt() *attempt {
	a := &attempt{}
	a.run = func(fd uintptr) bool {
		a.n, a.err = syscall.Write(int(fd), a.buf)
		return true // never wait in RawConn
	}
	return a
}

// write says how much the socket took at once, possibly nothing; an error is final.
func (a *attempt) write(raw syscall.RawConn, p []byte) (int, error) {
	a.buf = p
	err := raw.Write(a.run)
	a.buf = nil
	switch {
	case err != nil:
		return 0, err
	case a.err != nil && a.err != syscall.EAGAIN && a.err != syscall.EINTR:
		return 0, a.err
	}
	return max(a.n, 0), nil
}

var attempts = sync.Pool{New: func() any { return newAttempt() }}

// rawConn is nil for whatever is not plain TCP: bytes of a TLS stream cannot go past its state.
func rawConn(c net.Conn) syscall.RawConn {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}
