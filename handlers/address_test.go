package handlers

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestClientAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, test := range map[string]struct {
		peer      string
		forwarded []string
		trusted   []netip.Prefix
		want      string
	}{
		"the socket":                           {"203.0.113.7:4711", nil, nil, "203.0.113.7"},
		"a header that nobody vouches for":     {"203.0.113.7:4711", []string{"198.51.100.1"}, nil, "203.0.113.7"},
		"a header from outside the proxies":    {"203.0.113.7:4711", []string{"198.51.100.1"}, proxies, "203.0.113.7"},
		"a header from a proxy":                {"10.0.0.1:4711", []string{"198.51.100.1"}, proxies, "198.51.100.1"},
		"what stands left is anybody's":        {"10.0.0.1:4711", []string{"1.1.1.1, 198.51.100.1"}, proxies, "198.51.100.1"},
		"two proxies":                          {"10.0.0.1:4711", []string{"1.1.1.1, 198.51.100.1, 10.9.9.9"}, proxies, "198.51.100.1"},
		"two lines":                            {"10.0.0.1:4711", []string{"1.1.1.1, 198.51.100.1", "10.9.9.9"}, proxies, "198.51.100.1"},
		"with a port":                          {"10.0.0.1:4711", []string{"198.51.100.1:99"}, proxies, "198.51.100.1"},
		"nonsense ends the list":               {"10.0.0.1:4711", []string{"198.51.100.1, nonsense"}, proxies, "10.0.0.1"},
		"nonsense left of a proxy":             {"10.0.0.1:4711", []string{"198.51.100.1, nonsense, 10.9.9.9"}, proxies, "10.9.9.9"},
		"an empty header":                      {"10.0.0.1:4711", []string{""}, proxies, "10.0.0.1"},
		"IPv6":                                 {"[fd00::1]:4711", []string{"2001:db8::7"}, proxies, "2001:db8::7"},
		"IPv4 in IPv6 is IPv4":                 {"[::ffff:10.0.0.1]:4711", []string{"::ffff:198.51.100.1"}, proxies, "198.51.100.1"},
		"a connection that has no address":     {"@", []string{"198.51.100.1"}, proxies, "0.0.0.0"},
		"only proxies: the one that came last": {"10.0.0.1:4711", []string{"10.0.0.3, 10.0.0.2"}, proxies, "10.0.0.3"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: test.peer, Header: http.Header{"X-Forwarded-For": test.forwarded}}
			if got := clientAddress(r, test.trusted).String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestNeighbourhood(t *testing.T) {
	same := func(a, b string) bool {
		return neighbourhood(netip.MustParseAddr(a)) == neighbourhood(netip.MustParseAddr(b))
	}
	if !same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9") {
		t.Error("two addresses of one /64 are counted apart")
	}
	if same("2001:db8:1:2::1", "2001:db8:1:3::1") || same("198.51.100.1", "198.51.100.2") {
		t.Error("neighbours are counted together")
	}
}
