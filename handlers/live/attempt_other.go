//go:build !unix

package live

import (
	"net"
	"sync"
	"syscall"
)

// Elsewhere nothing is written directly: rawConn is always nil, and drain writes all.
type attempt struct{}

func newAttempt() *attempt { return &attempt{} }

func (*attempt) write(syscall.RawConn, []byte) (int, error) { return 0, nil }

var attempts = sync.Pool{New: func() any { return newAttempt() }}

func rawConn(net.Conn) syscall.RawConn { return nil }
