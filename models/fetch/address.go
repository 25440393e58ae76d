package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Parse reads an address that somebody typed, and gives it the one spelling by which it is known: an
// ASCII host in lower case without a dot at its end, no port where it is the usual one, no fragment. It
// refuses whatever could lead anywhere but to a public host by http or https on its usual port.
// Where the name leads is not known here: that is asked when it is dialled.
func Parse(typed string) (*url.URL, error) {
	if len(typed) > MaxLength {
		return nil, fmt.Errorf("%w: it is too long", ErrAddress)
	}
	u, err := url.Parse(typed)
	if err != nil {
		return nil, fmt.Errorf("%w: it cannot be read", ErrAddress)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	switch {
	case usual == "" || u.Opaque != "":
		return nil, fmt.Errorf("%w: only http and https", ErrAddress)
	case u.User != nil:
		return nil, fmt.Errorf("%w: it names somebody", ErrAddress)
	case u.Port() != "" && u.Port() != "80" && u.Port() != "443" || strings.HasSuffix(u.Host, ":"):
		return nil, fmt.Errorf("%w: only ports 80 and 443", ErrAddress)
	}
	host, err := hostOf(u.Hostname())
	if err != nil {
		return nil, err
	}
	if port := u.Port(); port != "" && port != usual {
		host += ":" + port
	}
	u.Host, u.Fragment, u.RawFragment = host, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if len(u.String()) > MaxLength {
		return nil, fmt.Errorf("%w: it is too long", ErrAddress)
	}
	return u, nil
}

// hostOf is the one spelling of a host, with the brackets that an address has in a URL.
func hostOf(typed string) (string, error) {
	if ip, err := netip.ParseAddr(typed); err == nil {
		if !Public(ip) {
			return "", fmt.Errorf("%w: %s is no public address", ErrAddress, ip)
		}
		if ip = ip.Unmap(); ip.Is6() {
			return "[" + ip.String() + "]", nil
		}
		return ip.String(), nil
	}
	host, err := idna.Lookup.ToASCII(strings.TrimSuffix(typed, "."))
	if err != nil {
		return "", fmt.Errorf("%w: no host has that name", ErrAddress)
	}
	host = strings.ToLower(host)
	if again, err := idna.Lookup.ToASCII(host); err != nil || again != host {
		return "", fmt.Errorf("%w: no host has that name", ErrAddress) // it was no text, or not yet what it folds to
	}
	if host != typed && strings.Trim(host, "0123456789.") == "" {
		return hostOf(host) // digits of another alphabet, or a dot at the end: what they fold to is asked again
	}
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case len(host) > 253 || slices.Contains(labels, "") || strings.ContainsAny(host, "%:/\\@ _"):
		return "", fmt.Errorf("%w: no host has that name", ErrAddress)
	case len(labels) < 2 || inside[last] || inside[strings.Join(labels[len(labels)-2:], ".")]:
		return "", fmt.Errorf("%w: %s is a name of some network's own", ErrAddress, host)
	case last[0] >= '0' && last[0] <= '9':
		// 127.1, 0x7f.0.0.1, 0177.0.0.1, 2130706433: resolvers read these as addresses. No name ends so.
		return "", fmt.Errorf("%w: %s is an address in disguise", ErrAddress, host)
	}
	return host, nil
}

// inside are endings of names that lead nowhere in public, whatever a resolver here makes of them.
var inside = map[string]bool{
	"localhost": true, "local": true, "localdomain": true, "internal": true, "intranet": true, "lan": true, "home": true, "corp": true,
	"home.arpa": true, "onion": true, "test": true, "invalid": true, "alt": true,
}
