package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// town is a network of one machine that has every public address, and of whatever names lead where a
// test says.
type town struct {
	names  map[string][]string
	dialed []string
	at     string
	roots  *x509.CertPool
}

const somewhere = "93.184.216.34"

func (n *town) client() *Client {
	return New(Outside{
		Resolve: func(_ context.Context, name string) (all []netip.Addr, err error) {
			for _, ip := range n.names[strings.TrimSuffix(name, ".")] {
				all = append(all, netip.MustParseAddr(ip))
			}
			if len(all) == 0 || !strings.HasSuffix(name, ".") {
				return nil, errors.New("no such host")
			}
			return all, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			n.dialed = append(n.dialed, address)
			return (&net.Dialer{}).DialContext(ctx, network, n.at)
		},
		Roots: n.roots,
	})
}

func open(t *testing.T, secure bool, h http.HandlerFunc) *town {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	if secure {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	n := &town{at: s.Listener.Addr().String(), names: map[string][]string{"example.com": {somewhere}}}
	if secure {
		n.roots = x509.NewCertPool()
		n.roots.AddCert(s.Certificate())
	}
	return n
}

func TestAPageIsAskedForAsNobody(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	n := open(t, true, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1"})
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/next?from=here", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "%s %s %v %q %q %q", r.Host, r.URL, r.Header["Cookie"], r.Header["Referer"], r.Header["Authorization"], r.UserAgent())
	})
	page, err := n.client().Get(t.Context(), "https://example.com/", "text/html", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `example.com /next?from=here [] [] [] "` + agent + `"`
	if string(page.Body) != want || page.Status != 200 || page.URL.String() != "https://example.com/next?from=here" || page.Kind != "text/html; charset=utf-8" {
		t.Errorf("came %d %s %s: %s", page.Status, page.URL, page.Kind, page.Body)
	}
	for _, at := range n.dialed {
		if at != somewhere+":443" {
			t.Errorf("%s was dialled, and not the address that was looked at", at)
		}
	}
}

// What a name leads to is asked at every dial, also of redirects: a name that leads into our network,
// even once, even beside a public address, is not dialled.
func TestWhereANameLeadsIsAskedWhenItIsDialled(t *testing.T) {
	n := open(t, false, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	for name, ips := range map[string][]string{
		"loop.example": {"127.0.0.1"}, "meta.example": {"169.254.169.254"}, "six.example": {"::1"}, "mapped.example": {"::ffff:10.0.0.1"}, "both.example": {somewhere, "192.168.0.1"},
	} {
		n.names[name] = ips
	}
	for _, to := range []string{"http://loop.example/", "http://meta.example/", "http://six.example/", "http://mapped.example/", "http://both.example/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "file:///etc/passwd", "http://example.com:22/", "//127.1/", "http://a@example.com/"} {
		for _, typed := range []string{to, "http://example.com/?to=" + to} {
			if typed == to && strings.HasPrefix(to, "//") {
				continue
			}
			n.dialed = nil
			c := n.client()
			if _, err := c.Get(t.Context(), typed, "*/*", nil); !errors.Is(err, ErrAddress) {
				t.Errorf("%s: %v", typed, err)
			}
			for _, at := range n.dialed {
				if at != somewhere+":80" {
					t.Errorf("%s: %s was dialled", typed, at)
				}
			}
		}
	}
	turns := 0
	c := n.client()
	c.out.Resolve = func(context.Context, string) ([]netip.Addr, error) {
		turns++
		return []netip.Addr{netip.MustParseAddr([]string{somewhere, "127.0.0.1"}[min(turns-1, 1)])}, nil
	}
	n.dialed = nil
	if _, err := c.Get(t.Context(), "http://example.com/?to=/again", "*/*", nil); !errors.Is(err, ErrAddress) || len(n.dialed) != 1 {
		t.Errorf("a name that leads elsewhere the second time: %v, dialled %v", err, n.dialed)
	}
}

func TestABarredHostIsNotAsked(t *testing.T) {
	asked := 0
	n := open(t, false, func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, "http://club.example/secret", http.StatusFound)
	})
	n.names["club.example"] = []string{somewhere}
	bar := func(host string) bool { return host == "club.example" }
	for typed, times := range map[string]int{"http://example.com/": 1, "http://CLUB.example./": 0} {
		asked = 0
		if _, err := n.client().Get(t.Context(), typed, "*/*", bar); !errors.Is(err, ErrAddress) || asked != times {
			t.Errorf("%s: asked %d times, %v", typed, asked, err)
		}
	}
}

func TestRedirectsEnd(t *testing.T) {
	steps := 0
	n := open(t, false, func(w http.ResponseWriter, r *http.Request) {
		steps++
		http.Redirect(w, r, r.URL.Path+"a", http.StatusFound)
	})
	if _, err := n.client().Get(t.Context(), "http://example.com/", "*/*", nil); !errors.Is(err, ErrSteps) || steps != MaxSteps+1 {
		t.Errorf("after %d steps: %v", steps, err)
	}
}

// However much is packed into how little, half a megabyte of it is read.
func TestABodyIsBounded(t *testing.T) {
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(zip, zeroes{}, 64<<20); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil || bomb.Len() > MaxBody {
		t.Fatal(bomb.Len(), err)
	}
	empty := bytes.Repeat(mustZip(t, ""), 100_000) // megabytes that unpack to nothing
	for name, answer := range map[string]http.HandlerFunc{
		"plain": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.CopyN(w, zeroes{}, 4<<20) },
		"bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		},
	} {
		page, err := open(t, false, answer).client().Get(t.Context(), "http://example.com/", "*/*", nil)
		if err != nil || len(page.Body) != MaxBody {
			t.Errorf("%s: %d bytes, %v", name, len(page.Body), err)
		}
	}
	n := open(t, false, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(empty)
	})
	if page, err := n.client().Get(t.Context(), "http://example.com/", "*/*", nil); err != nil || len(page.Body) != 0 {
		t.Errorf("nothing, packed at length: %d bytes, %v", len(page.Body), err)
	}
	odd := open(t, false, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") })
	if _, err := odd.client().Get(t.Context(), "http://example.com/", "*/*", nil); err == nil {
		t.Error("what cannot be unpacked was taken")
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func mustZip(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	if _, err := zip.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pipes is a client whose every connection is served by fn, in a bubble of its own time.
func pipes(fn func(net.Conn)) *Client {
	return New(Outside{
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr(somewhere)}, nil
		},
		Dial: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go fn(theirs)
			return ours, nil
		},
	})
}

// A host that dribbles its answer, or says nothing, is left after five seconds.
func TestASlowHostIsLeft(t *testing.T) {
	dribble := func(c net.Conn) {
		defer func() { _ = c.Close() }()
		_, _ = io.ReadFull(c, make([]byte, 4)) // an answer that comes before the question is refused
		go func() { _, _ = io.Copy(io.Discard, c) }()
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
		for {
			time.Sleep(300 * time.Millisecond)
			if _, err := c.Write([]byte("a")); err != nil {
				return
			}
		}
	}
	silent := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	for name, host := range map[string]func(net.Conn){"dribbles": dribble, "is silent": silent} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			_, err := pipes(host).Get(t.Context(), "http://example.com/", "*/*", nil)
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != Within {
				t.Errorf("one that %s was left after %s: %v", name, time.Since(begun), err)
			}
			begun = time.Now()
			if _, err := pipes(host).Post(t.Context(), "http://example.com/", nil, []byte("x")); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != Within {
				t.Errorf("one that %s and was written to was left after %s: %v", name, time.Since(begun), err)
			}
			time.Sleep(time.Minute) // it notices that we are gone
		})
	}
}

// One host is asked for one page at a time, with a second between; others need not wait.
func TestAHostIsLeftInPeace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pipes(func(conn net.Conn) {
			_, _ = io.ReadFull(conn, make([]byte, 4))
			go func() { _, _ = io.Copy(io.Discard, conn) }()
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			_ = conn.Close()
		})
		begun := time.Now()
		for i, at := range []struct {
			typed string
			after time.Duration
		}{{"http://example.com/", 0}, {"http://example.com/b", pause}, {"http://example.org/", pause}} {
			if _, err := c.Get(t.Context(), at.typed, "*/*", nil); err != nil || time.Since(begun) != at.after {
				t.Errorf("%d: %s after %s: %v", i, at.typed, time.Since(begun), err)
			}
		}
		leave, err := c.gate.knock(t.Context(), "busy.example")
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
		if _, err := c.Get(t.Context(), "http://busy.example/", "*/*", nil); !errors.Is(err, ErrBusy) {
			t.Errorf("a host that is being asked: %v", err)
		}
		time.Sleep(2 * forgetIn)
		if c.gate.at("busy.example"); len(c.gate.hosts) != 1 {
			t.Errorf("%d hosts are remembered", len(c.gate.hosts))
		}
	})
}

func TestSoManyAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pipes(func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
		for i := range atATime {
			go func() { _, _ = c.Get(t.Context(), fmt.Sprintf("http://a%d.example/", i), "*/*", nil) }()
		}
		synctest.Wait()
		if _, err := c.Get(t.Context(), "http://one-more.example/", "*/*", nil); !errors.Is(err, ErrBusy) {
			t.Errorf("one too many: %v", err)
		}
		time.Sleep(time.Minute)
	})
}

// What is sent goes where it was to go and nowhere else.
func TestSendingFollowsNothing(t *testing.T) {
	n := open(t, false, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Location", "http://example.com/elsewhere")
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTemporaryRedirect)
		_, _ = w.Write(append(body, r.URL.Path+" "+r.Header.Get("Topic")...))
	})
	answer, err := n.client().Post(t.Context(), "http://example.com/to", map[string]string{"Topic": "t"}, []byte("sent "))
	if err != nil || string(answer.Body) != "sent /to t" || answer.Status != http.StatusTemporaryRedirect || answer.Again != 90*time.Second || len(n.dialed) != 1 {
		t.Errorf("%+v %v, dialled %v", answer, err, n.dialed)
	}
	for _, private := range []string{"http://127.0.0.1/", "http://example.com:9200/"} {
		if _, err := n.client().Post(t.Context(), private, nil, nil); !errors.Is(err, ErrAddress) {
			t.Errorf("%s was sent to: %v", private, err)
		}
	}
}

func TestWhenToTryAgain(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for said, want := range map[string]time.Duration{"": 0, "x": 0, "-5": 0, "90": 90 * time.Second, "99999999": 24 * time.Hour, "99999999999999": 0,
		"Tue, 03 Mar 2026 09:01:00 GMT": time.Minute, "Tue, 03 Mar 2026 08:00:00 GMT": 0, "Tue, 03 Mar 2037 08:00:00 GMT": 24 * time.Hour} {
		if got := again(said, now); got != want {
			t.Errorf("%q: %s, not %s", said, got, want)
		}
	}
}
