// Package pushbox is a push service for tests: it checks who sends (RFC 8292), and opens what was sealed
// for its browsers (RFC 8291), by code of its own.
package pushbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"guildhall/models/push"
)

// Message is what a browser was sent.
type Message struct {
	Text             string
	TTL, Topic, Urge string
	Key              string // of the club that sent it
	Subject          string
}

// Box is a service with one browser.
type Box struct {
	Target push.Target // what that browser gives
	Now    func() time.Time

	t       testing.TB
	key     *ecdh.PrivateKey
	secret  []byte
	origin  string
	mu      sync.Mutex
	came    []Message
	refuse  int
	knocked int
}

// Open returns a service whose one browser is at origin, where its Handler has to be put.
func Open(t testing.TB, origin string, now func() time.Time) *Box {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{t: t, Now: now, key: key, secret: make([]byte, 16), origin: origin}
	_, _ = rand.Read(b.secret) // never fails (crypto/rand)
	b.Target = push.Target{
		Endpoint: origin + "/send/" + base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()[1:9]),
		Key:      base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), Secret: base64.RawURLEncoding.EncodeToString(b.secret),
	}
	return b
}

// Answer lets the service answer with that status from now on; 0 for as usual.
func (b *Box) Answer(status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuse = status
}

// Came is what came so far, and how often somebody knocked.
func (b *Box) Came() (all []Message, knocked int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Message(nil), b.came...), b.knocked
}

// ServeHTTP takes a message as a service does.
func (b *Box) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.knocked++
	if b.refuse != 0 {
		w.WriteHeader(b.refuse)
		return
	}
	m := Message{TTL: r.Header.Get("TTL"), Topic: r.Header.Get("Topic"), Urge: r.Header.Get("Urgency")}
	body, err := io.ReadAll(io.LimitReader(r.Body, 4097))
	if err == nil {
		err = b.check(r, body, &m)
	}
	if err != nil {
		b.t.Errorf("a push that no service would take: %v", err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	b.came = append(b.came, m)
	w.WriteHeader(http.StatusCreated)
}

func (b *Box) check(r *http.Request, body []byte, m *Message) (err error) {
	switch {
	case r.Method != http.MethodPost || b.origin+r.URL.Path != b.Target.Endpoint:
		return fmt.Errorf("%s %s", r.Method, r.URL)
	case r.Header.Get("Content-Encoding") != "aes128gcm" || m.TTL == "" || len(m.Topic) > 32 || len(body) > 4096:
		return fmt.Errorf("headers %v, %d bytes", r.Header, len(body))
	}
	if m.Key, m.Subject, err = b.vouched(r.Header.Get("Authorization")); err != nil {
		return err
	}
	m.Text, err = b.open(body)
	return err
}

// vouched checks the signature, that it is for this service, and for how long.
func (b *Box) vouched(header string) (key, subject string, err error) {
	rest, ok := strings.CutPrefix(header, "vapid t=")
	token, key, found := strings.Cut(rest, ", k=")
	if !ok || !found {
		return "", "", fmt.Errorf("authorization %q", header)
	}
	point, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil {
		return "", "", err
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return "", "", err
	}
	var claims jwt.RegisteredClaims
	_, err = jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithAudience(b.origin), jwt.WithExpirationRequired(), jwt.WithTimeFunc(b.Now)).
		ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return public, nil })
	if err == nil && claims.ExpiresAt.Sub(b.Now()) > 24*time.Hour {
		err = errors.New("a signature for more than a day")
	}
	return key, claims.Subject, err
}

// open decrypts a message as RFC 8291 and RFC 8188 tell a browser to.
func (b *Box) open(body []byte) (string, error) {
	if len(body) < 21+65+17 || body[20] != 65 || int(binary.BigEndian.Uint32(body[16:20])) < len(body)-86 {
		return "", errors.New("no single record with a key")
	}
	salt, sender, sealed := body[:16], body[21:86], body[86:]
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return "", err
	}
	shared, err := b.key.ECDH(theirs)
	if err != nil {
		return "", err
	}
	material := derive(b.secret, shared, append(append([]byte("WebPush: info\x00"), b.key.PublicKey().Bytes()...), sender...), 32)
	block, err := aes.NewCipher(derive(salt, material, []byte("Content-Encoding: aes128gcm\x00"), 16))
	if err != nil {
		return "", err
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	plain, err := box.Open(nil, derive(salt, material, []byte("Content-Encoding: nonce\x00"), 12), sealed, nil)
	if err != nil {
		return "", err
	}
	text := strings.TrimRight(string(plain), "\x00")
	if !strings.HasSuffix(text, "\x02") {
		return "", errors.New("the record does not end as a last one")
	}
	return strings.TrimSuffix(text, "\x02"), nil
}

// derive is HKDF of one block, written out as the standards have it.
func derive(salt, material, info []byte, size int) []byte {
	sum := func(key, text []byte) []byte {
		h := hmac.New(sha256.New, key)
		h.Write(text)
		return h.Sum(nil)
	}
	return sum(sum(salt, material), append(append([]byte(nil), info...), 1))[:size]
}
