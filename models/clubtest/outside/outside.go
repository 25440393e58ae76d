// Package outside is a network for tests: hosts by name, each a real server on this machine, reached
// by public addresses as a club reaches the real ones.
package outside

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"guildhall/models/fetch"
)

// Net is a network in which nothing is until a host is put there.
type Net struct {
	t      testing.TB
	roots  *x509.CertPool
	mu     sync.Mutex
	names  map[string]netip.Addr
	hosts  map[netip.Addr]string // where each really is
	dialed []string
}

// Open returns an empty network.
func Open(t testing.TB) *Net {
	return &Net{t: t, roots: x509.NewCertPool(), names: map[string]netip.Addr{}, hosts: map[netip.Addr]string{}}
}

// Host puts a host there that answers by https alone if its name ends in example.com, by http alone if
// not, and returns its address.
func (n *Net) Host(name string, h http.Handler) string {
	s, scheme := httptest.NewUnstartedServer(h), "http://"
	if strings.HasSuffix("."+name, ".example.com") { // whom the certificate of tests is for
		s.StartTLS()
		scheme = "https://"
	} else {
		s.Start()
	}
	n.t.Cleanup(s.Close)
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.Certificate() != nil {
		n.roots.AddCert(s.Certificate())
	}
	ip := netip.AddrFrom4([4]byte{93, 184, 0, byte(len(n.names) + 1)})
	n.names[name], n.hosts[ip] = ip, s.Listener.Addr().String()
	return scheme + name
}

// Client asks this network.
func (n *Net) Client() *fetch.Client {
	return fetch.New(fetch.Outside{Resolve: n.resolve, Dial: n.dial, Roots: n.roots})
}

func (n *Net) resolve(_ context.Context, name string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if ip, ok := n.names[strings.TrimSuffix(name, ".")]; ok {
		return []netip.Addr{ip}, nil
	}
	return nil, errors.New("no such host: " + name)
}

func (n *Net) dial(ctx context.Context, network, address string) (net.Conn, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	n.dialed = append(n.dialed, address)
	to, ok := n.hosts[at.Addr()]
	n.mu.Unlock()
	if !ok {
		return nil, errors.New("nobody is at " + address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, to)
}

// Dialed is every address that was dialled so far.
func (n *Net) Dialed() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.dialed...)
}
