package live

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

func TestOriginIsStrict(t *testing.T) {
	h := open(t, Options{})
	for name, c := range map[string]struct {
		origin []string
		want   int
	}{
		"ours":            {[]string{origin}, http.StatusSwitchingProtocols},
		"missing":         {nil, http.StatusForbidden},
		"empty":           {[]string{""}, http.StatusForbidden},
		"null":            {[]string{"null"}, http.StatusForbidden},
		"foreign":         {[]string{"https://evil.example"}, http.StatusForbidden},
		"other scheme":    {[]string{"http://club.example"}, http.StatusForbidden},
		"other port":      {[]string{origin + ":8443"}, http.StatusForbidden},
		"longer":          {[]string{origin + ".evil.example"}, http.StatusForbidden},
		"with a path":     {[]string{origin + "/"}, http.StatusForbidden},
		"host of request": {[]string{h.server.URL}, http.StatusForbidden},
		"two":             {[]string{origin, "https://evil.example"}, http.StatusForbidden},
	} {
		_, resp, err := h.dial(dialling{protocol: "guildhall.html.v1", header: http.Header{"Origin": c.origin}})
		if resp == nil || resp.StatusCode != c.want {
			t.Errorf("%s: %v, %v; want %d", name, resp, err, c.want)
		}
	}
	if n := h.club.times("open"); n != 1 {
		t.Errorf("the Backend was asked %d times, want once: a refused origin is nobody", n)
	}
}

func TestWithoutOriginsNobodyConnects(t *testing.T) {
	h := open(t, Options{})
	h.opts.Origins = nil
	if _, resp, _ := h.dial(dialling{protocol: "guildhall.html.v1", header: as(1)}); resp == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("got %v, want 403", resp)
	}
}

func TestSubprotocolMustBeOurs(t *testing.T) {
	h := open(t, Options{})
	for protocol, want := range map[string]int{
		"guildhall.html.v1": http.StatusSwitchingProtocols,
		"guildhall.json.v1": http.StatusSwitchingProtocols,
		"guildhall.html.v2": http.StatusBadRequest,
		"graphql-ws":        http.StatusBadRequest,
		"":                  http.StatusBadRequest,
	} {
		_, resp, err := h.dial(dialling{protocol: protocol, header: as(1)})
		if resp == nil || resp.StatusCode != want {
			t.Errorf("%q: %v, %v; want %d", protocol, resp, err, want)
			continue
		}
		if got := resp.Header.Get("Sec-Websocket-Protocol"); want == http.StatusSwitchingProtocols && got != protocol {
			t.Errorf("%q was answered with %q", protocol, got)
		}
	}
}

// A client that offers compression is not given it, and a frame that claims to be compressed
// breaks the protocol: an inflated frame would pass the read limit.
func TestNoCompression(t *testing.T) {
	h := open(t, Options{})
	d := websocket.Dialer{EnableCompression: true, Subprotocols: []string{"guildhall.html.v1"}}
	ws, resp, err := d.Dial("ws"+strings.TrimPrefix(h.server.URL, "http"), as(1))
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if got := resp.Header.Values("Sec-Websocket-Extensions"); len(got) != 0 {
		t.Errorf("extensions %q were agreed upon", got)
	}
	p := &page{t, ws}
	p.raw(0x80|0x40|1, []byte(`{"op":"ping"}`))
	p.closed(websocket.CloseProtocolError)
}

// raw writes one masked frame with this first byte.
func (p *page) raw(first byte, payload []byte) {
	p.t.Helper()
	frame := append([]byte{first, 0x80 | byte(len(payload)), 0, 0, 0, 0}, payload...)
	if _, err := p.ws.NetConn().Write(frame); err != nil {
		p.t.Fatal(err)
	}
}

func TestHTTP2AndPlainRequestsAreRefused(t *testing.T) {
	h := newHouse(t, newClub(t), Options{})
	h.server.EnableHTTP2 = true
	h.server.StartTLS()
	resp, err := h.server.Client().Get(h.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.ProtoMajor != 2 || resp.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("HTTP/%d: %d, want 426 over HTTP/2", resp.ProtoMajor, resp.StatusCode)
	}
	old := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	defer old.CloseIdleConnections()
	resp, err = (&http.Client{Transport: old}).Get(h.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.ProtoMajor != 1 || resp.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("HTTP/%d: %d, want 426 over HTTP/1.1", resp.ProtoMajor, resp.StatusCode)
	}
}

func TestOpenDecidesBeforeTheUpgrade(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
		text string
	}{
		"signed out": {ErrSignedOut, http.StatusUnauthorized, "Please sign in first."},
		"barred":     {ErrBarred, http.StatusForbidden, "This is not open to you."},
		"for people": {said{"refused", "The club is closed today."}, http.StatusForbidden, "The club is closed today."},
		"broken":     {errors.New("secret detail"), http.StatusInternalServerError, broken.text},
	} {
		h := open(t, Options{})
		h.club.ended[1] = c.err
		_, resp, _ := h.dial(dialling{protocol: "guildhall.html.v1", header: as(1)})
		if resp == nil || resp.StatusCode != c.want {
			t.Errorf("%s: %v, want %d", name, resp, c.want)
			continue
		}
		if b, _ := io.ReadAll(resp.Body); strings.TrimSpace(string(b)) != c.text {
			t.Errorf("%s: answered %q, want %q", name, b, c.text)
		}
	}
}

func TestPlacesAreGivenBack(t *testing.T) {
	h := open(t, Options{PerMember: 2, Capacity: 3})
	refused := func(member int64) int {
		_, resp, _ := h.dial(dialling{protocol: "guildhall.html.v1", header: as(member)})
		return resp.StatusCode
	}
	pages := []*page{h.visit(1), h.visit(1)}
	if got := refused(1); got != http.StatusTooManyRequests {
		t.Errorf("a third page of one member: %d, want 429", got)
	}
	pages = append(pages, h.visit(0))
	if got := refused(2); got != http.StatusServiceUnavailable {
		t.Errorf("a fourth page: %d, want 503", got)
	}
	for _, p := range pages {
		p.ws.Close()
	}
	eventually(t, "all left", func() bool { return h.Snapshot().Open == 0 })
	for range 2 {
		h.visit(1)
	}
	if n := h.Snapshot(); n.Refused != 2 || n.Opened != 5 || n.Open != 2 {
		t.Errorf("counted %+v", n)
	}
}

// Guests are nobody in particular, so nothing counts one of them: together they leave room for members.
func TestGuestsLeaveRoomForMembers(t *testing.T) {
	h := open(t, Options{Capacity: 4})
	guests := []*page{h.visit(0), h.visit(0), h.visit(0)}
	_, resp, _ := h.dial(dialling{protocol: "guildhall.html.v1", header: as(0)})
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a fourth guest: %d, want 503", resp.StatusCode)
	}
	h.visit(1)
	guests[0].ws.Close()
	eventually(t, "one left", func() bool { return h.Snapshot().Open == 3 })
	h.visit(2)
}

func TestBrokenHandshakeGivesItsPlaceBack(t *testing.T) {
	h := open(t, Options{PerMember: 1})
	req, err := http.NewRequest(http.MethodGet, h.server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = as(1)
	req.Header.Set("Connection", "Upgrade")
	req.Header.Set("Upgrade", "websocket")
	req.Header.Set("Sec-Websocket-Version", "13")
	req.Header.Set("Sec-Websocket-Protocol", "guildhall.html.v1")
	resp, err := h.server.Client().Do(req) // without a key
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("got %d, want 400", resp.StatusCode)
	}
	h.visit(1)
}
