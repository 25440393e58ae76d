package fetch

import "net/netip"

// Public tells whether an address is that of a host in the public network. What is set apart for any
// other use is not, by the registries of special purposes of IANA: our own machine and network, those
// of a provider, many hosts at once, examples and measurements, and the ways by which an IPv6 address
// carries an IPv4 one.
func Public(ip netip.Addr) bool {
	if ip.Zone() != "" || !ip.IsValid() {
		return false
	}
	ip = ip.Unmap()
	if ip.Is4() {
		return !within(ip, apart4)
	}
	return global.Contains(ip) && !within(ip, apart6) && !carries(ip)
}

// global is all of IPv6 that is given out for hosts in public.
var global = netip.MustParsePrefix("2000::/3")

var apart4 = prefixes(
	"0.0.0.0/8",        // this network, and no address
	"10.0.0.0/8",       // private
	"100.64.0.0/10",    // within a provider; metadata of some clouds
	"127.0.0.0/8",      // this machine
	"168.63.129.16/32", // metadata of a cloud, though its network is public
	"169.254.0.0/16",   // link-local; metadata of most clouds
	"172.16.0.0/12",    // private
	"192.0.0.0/24",     // protocols; metadata of a cloud
	"192.0.2.0/24",     // documentation
	"192.31.196.0/24",  // AS112
	"192.52.193.0/24",  // AMT
	"192.88.99.0/24",   // 6to4 relays
	"192.168.0.0/16",   // private
	"192.175.48.0/24",  // AS112
	"198.18.0.0/15",    // benchmarks
	"198.51.100.0/24",  // documentation
	"203.0.113.0/24",   // documentation
	"224.0.0.0/4",      // multicast
	"240.0.0.0/4",      // reserved, and broadcast
)

var apart6 = prefixes(
	"2001::/23",         // protocols: Teredo, ORCHID, benchmarks
	"2001:db8::/32",     // documentation
	"2002::/16",         // 6to4
	"2620:4f:8000::/48", // AS112
	"3ffe::/16",         // of a test network that is no more
	"3fff::/20",         // documentation
)

func prefixes(written ...string) (all []netip.Prefix) {
	for _, w := range written {
		all = append(all, netip.MustParsePrefix(w))
	}
	return all
}

func within(ip netip.Addr, all []netip.Prefix) bool {
	for _, p := range all {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// carries tells whether the lower half of an IPv6 address is that of ISATAP, which has an IPv4 address
// in it: a tunnel on this network would lead there.
func carries(ip netip.Addr) bool {
	b := ip.As16()
	return b[8]&^0x02 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}
