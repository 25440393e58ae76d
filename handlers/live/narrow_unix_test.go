//go:build unix

package live

import (
	"errors"
	"net"
	"syscall"
)

// narrowly dials with a small receive buffer. It must be set before the connection is made: a
// window that shrinks later is filled by the other side's slow probes.
func narrowly(receive int) func(network, address string) (net.Conn, error) {
	d := net.Dialer{Control: func(_, _ string, c syscall.RawConn) (err error) {
		done := c.Control(func(fd uintptr) {
			err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, receive)
		})
		return errors.Join(err, done)
	}}
	return d.Dial
}
