package handlers

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// clientAddress is where a request comes from: the other end of the connection, unless that is a
// trusted proxy. Then it is the right-most X-Forwarded-For entry that no trusted proxy is: what
// stands further left anybody may have written.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, ok := parseAddress(r.RemoteAddr)
	if !ok || !within(trusted, peer) {
		return peer
	}
	entries := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, entry := range slices.Backward(entries) {
		at, ok := parseAddress(strings.TrimSpace(entry))
		if !ok {
			return peer // from here on the list is anybody's
		}
		if peer = at; !within(trusted, at) {
			break
		}
	}
	return peer
}

func parseAddress(s string) (netip.Addr, bool) {
	at, err := netip.ParseAddr(s)
	if err != nil {
		both, err := netip.ParseAddrPort(s)
		if err != nil {
			return netip.IPv4Unspecified(), false
		}
		at = both.Addr()
	}
	return at.Unmap().WithZone(""), true
}

func within(networks []netip.Prefix, at netip.Addr) bool {
	return slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(at) })
}

// neighbourhood is what a limit is held against: one IPv4 address, or the /64 within which one
// holder of an IPv6 address may choose freely.
func neighbourhood(at netip.Addr) netip.Prefix {
	bits := 32
	if at.Is6() {
		bits = 64
	}
	p, err := at.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // all that have no address share one limit
	}
	return p
}
