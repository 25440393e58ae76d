package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Outside is the network. The zero one is the machine's own. A test gives one that it made; what is
// refused is refused between the two functions, so that no test and no setting opens more than that.
type Outside struct {
	Resolve func(ctx context.Context, name string) ([]netip.Addr, error)
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	Roots   *x509.CertPool // whom to believe; the machine's if nil
}

// Client asks the outside. It is safe for use by many goroutines.
type Client struct {
	out  Outside
	gate *gate
	http *http.Transport // what goes through it was parsed, and follows nothing
}

// New returns a client of that network.
func New(out Outside) *Client {
	if out.Resolve == nil {
		out.Resolve = func(ctx context.Context, name string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", name)
		}
	}
	if out.Dial == nil {
		out.Dial = (&net.Dialer{}).DialContext
	}
	c := &Client{out: out, gate: newGate()}
	c.http = &http.Transport{ // Proxy is nil: the environment has no say
		DialContext:            c.dial,
		DisableKeepAlives:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: headersTo,
		TLSClientConfig:        &tls.Config{RootCAs: out.Roots, MinVersion: tls.VersionTLS12},
	}
	return c
}

// dial asks where a name leads, and goes there only if all that it leads to is public. It dials the
// address that was asked about and not the name, which might lead elsewhere a moment later.
func (c *Client) dial(ctx context.Context, network, at string) (net.Conn, error) {
	name, port, err := net.SplitHostPort(at)
	if err != nil {
		return nil, err
	}
	if port != "80" && port != "443" {
		return nil, fmt.Errorf("%w: only ports 80 and 443", ErrAddress)
	}
	all, err := c.resolve(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, ip := range all {
		if !Public(ip) {
			return nil, fmt.Errorf("%w: %s leads to %s", ErrAddress, name, ip)
		}
	}
	err = fmt.Errorf("%s leads nowhere", name)
	for _, ip := range all {
		conn, failed := c.out.Dial(ctx, network, netip.AddrPortFrom(ip.Unmap(), map[string]uint16{"80": 80, "443": 443}[port]).String())
		if failed == nil {
			return conn, nil
		}
		err = failed
	}
	return nil, err
}

func (c *Client) resolve(ctx context.Context, name string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(name); err == nil {
		return []netip.Addr{ip}, nil
	}
	return c.out.Resolve(ctx, name+".") // whole as it is: no domain of ours is put behind it
}

// agent says who asks. It names no club: which of them reads a page is nobody's business.
const agent = "Mozilla/5.0 (compatible; Guildhall)"

// Page is what stands at an address.
type Page struct {
	URL    *url.URL // where it stood in the end
	Status int
	Kind   string // Content-Type
	Body   []byte // the first MaxBody bytes, unpacked
}

// Get asks for the page at an address, as nobody, and follows up to three redirects. No two pages of
// one host are asked for at a time, and none of a host that barred names; it may be nil.
func (c *Client) Get(ctx context.Context, typed, accept string, barred func(host string) bool) (Page, error) {
	u, err := Parse(typed)
	if err != nil {
		return Page{}, err
	}
	leave, err := c.gate.enter(ctx)
	if err != nil {
		return Page{}, err
	}
	defer leave()
	at := turn{gate: c.gate}
	defer at.end()
	if err := at.of(ctx, u.Hostname()); err != nil {
		return Page{}, err
	}
	ctx, stop := context.WithTimeout(ctx, Within)
	defer stop()
	for range MaxSteps + 1 {
		if barred != nil && barred(u.Hostname()) {
			return Page{}, fmt.Errorf("%w: %s is barred", ErrAddress, u.Hostname())
		}
		page, next, err := c.step(ctx, u, accept)
		if err != nil || next == nil {
			return page, err
		}
		if err := at.of(ctx, next.Hostname()); err != nil {
			return Page{}, err
		}
		u = next
	}
	return Page{}, ErrSteps
}

// step asks one address; next is where it sends us instead.
func (c *Client) step(ctx context.Context, u *url.URL, accept string) (page Page, next *url.URL, err error) {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return page, nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	ask.Header.Set("User-Agent", agent)
	ask.Header.Set("Accept", accept)
	ask.Header.Set("Accept-Encoding", "gzip")
	answer, err := c.http.RoundTrip(ask)
	if err != nil {
		return page, nil, err
	}
	defer func() { _ = answer.Body.Close() }() // it is one connection that ends
	if to := answer.Header.Get("Location"); to != "" && answer.StatusCode >= 300 && answer.StatusCode < 400 {
		next, err = u.Parse(to)
		if err != nil {
			return page, nil, fmt.Errorf("%w: a redirect that cannot be read", ErrAddress)
		}
		next, err = Parse(next.String())
		return page, next, err
	}
	page = Page{URL: u, Status: answer.StatusCode, Kind: answer.Header.Get("Content-Type")}
	page.Body, err = read(answer)
	return page, nil, err
}

// read takes the beginning of what came, however much was packed into how little.
func read(answer *http.Response) ([]byte, error) {
	packed := io.LimitReader(answer.Body, MaxBody)
	from := packed
	switch coding := strings.ToLower(answer.Header.Get("Content-Encoding")); coding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(packed)
		if err != nil {
			return nil, err
		}
		from = io.LimitReader(unpacked, MaxBody)
	default:
		return nil, fmt.Errorf("fetch: an answer packed as %q", coding)
	}
	var body bytes.Buffer
	_, err := body.ReadFrom(from)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // cut off by us: what is there serves
	}
	return body.Bytes(), err
}

// Answer is what came back for something that was sent.
type Answer struct {
	Status int
	Body   []byte        // the first MaxBody bytes
	Again  time.Duration // how long it asks us to wait before the next try, at most a day
}

// Post sends body to an address that somebody gave us, with the rules of Get, and follows nothing.
func (c *Client) Post(ctx context.Context, typed string, headers map[string]string, body []byte) (Answer, error) {
	u, err := Parse(typed)
	if err != nil {
		return Answer{}, err
	}
	leave, err := c.gate.enter(ctx)
	if err != nil {
		return Answer{}, err
	}
	defer leave()
	ctx, stop := context.WithTimeout(ctx, Within)
	defer stop()
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	ask.Header.Set("User-Agent", agent)
	for name, value := range headers {
		ask.Header.Set(name, value)
	}
	answer, err := c.http.RoundTrip(ask)
	if err != nil {
		return Answer{}, err
	}
	came := Answer{Status: answer.StatusCode, Again: again(answer.Header.Get("Retry-After"), time.Now())}
	came.Body, err = read(answer)
	return came, errors.Join(err, answer.Body.Close())
}

// again reads a Retry-After header: seconds, or a date.
func again(said string, now time.Time) time.Duration {
	if at, err := http.ParseTime(said); err == nil {
		return min(max(at.Sub(now), 0), 24*time.Hour)
	}
	if s, err := strconv.ParseUint(said, 10, 32); err == nil {
		return min(time.Duration(s)*time.Second, 24*time.Hour)
	}
	return 0
}
