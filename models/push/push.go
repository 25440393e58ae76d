// Package push sends messages to the browsers of members by Web Push: encrypted for one browser alone
// (RFC 8291), signed with the club's key (RFC 8292), handed to whatever service that browser named. The
// address of that service is one that people give, so models/fetch asks where it leads.
package push

import (
	"context"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"guildhall/models/fetch"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Limits of what a browser gives.
const (
	MaxEndpoint = 1_000
	MaxPayload  = 2_800 // some services take no more than 4,096 bytes, sealed
)

// Target is a browser that can be sent to, as its PushSubscription says.
type Target struct {
	Endpoint string // of its service
	Key      string // p256dh, base64url
	Secret   string // auth, base64url
}

// Check refuses what cannot be sent to.
func (t Target) Check() error {
	u, err := fetch.Parse(t.Endpoint)
	if _, _, wrong := t.keys(); wrong != nil || err != nil || u.Scheme != "https" || len(t.Endpoint) > MaxEndpoint {
		return problem.Invalid("", "This browser gave an address to which nothing can be sent. Try again, or with another browser.")
	}
	return nil
}

func (t Target) keys() (*ecdh.PublicKey, []byte, error) {
	point, err := base64.RawURLEncoding.DecodeString(t.Key)
	if err != nil {
		return nil, nil, err
	}
	key, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return nil, nil, err
	}
	secret, err := base64.RawURLEncoding.DecodeString(t.Secret)
	if err == nil && len(secret) != 16 {
		err = errors.New("push: a secret has 16 bytes")
	}
	return key, secret, err
}

// Message is what is sent.
type Message struct {
	Payload []byte        // at most MaxPayload bytes
	Topic   string        // a later message of the same one takes the place of one that waits; at most 32 letters of base64url
	TTL     time.Duration // for how long the service keeps it for a browser that is away
}

// What may follow from sending; any other error is of the moment.
var (
	ErrGone    = errors.New("push: that browser takes nothing any more")
	ErrRefused = errors.New("push: the service will never take that message")
)

// Push sends for one club.
type Push struct {
	store   *store.Store
	outside *fetch.Client

	mu      sync.Mutex
	key     *ecdsa.PrivateKey
	subject string
}

// New returns the sending of a database.
func New(s *store.Store, outside *fetch.Client) *Push {
	return &Push{store: s, outside: outside, subject: "mailto:club@localhost"}
}

// StandsAt says where the club is, so that whoever runs a service can find it.
func (p *Push) StandsAt(base string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if u, err := fetch.Parse(base); err == nil && u.Scheme == "https" {
		p.subject = base
	}
}

// Send seals a message for a browser and hands it to its service.
func (p *Push) Send(ctx context.Context, to Target, m Message) error {
	key, err := p.signer(ctx)
	if err != nil {
		return err
	}
	sealed, err := seal(to, m.Payload)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	token, err := p.vouch(key, to.Endpoint, p.store.Now(ctx))
	if err != nil {
		return err
	}
	headers := map[string]string{
		"Authorization": token, "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
		"TTL": strconv.Itoa(int(m.TTL / time.Second)), "Urgency": "normal",
	}
	if m.Topic != "" {
		headers["Topic"] = m.Topic
	}
	answer, err := p.outside.Post(ctx, to.Endpoint, headers, sealed)
	switch {
	case errors.Is(err, fetch.ErrAddress):
		return fmt.Errorf("%w: %w", ErrGone, err)
	case err != nil:
		return err
	case answer.Status < 300:
		return nil
	case answer.Status == 404 || answer.Status == 410 || answer.Status == 401 || answer.Status == 403: // no such browser, or not for our key
		return fmt.Errorf("%w: the service says %d", ErrGone, answer.Status)
	case answer.Status == 429 || answer.Status >= 500:
		return fmt.Errorf("push: the service says %d, and to come back in %s", answer.Status, answer.Again)
	}
	return fmt.Errorf("%w: it says %d", ErrRefused, answer.Status)
}

// Public is the club's key as browsers want it.
func (p *Push) Public(ctx context.Context) (string, error) {
	key, err := p.signer(ctx)
	if err != nil {
		return "", err
	}
	point, err := key.PublicKey.Bytes()
	return base64.RawURLEncoding.EncodeToString(point), err
}

// ParseKey reads the club's key as it is set from outside: 32 bytes in base64url.
func ParseKey(text string) (*ecdsa.PrivateKey, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
}

// Use makes key the club's, in place of the one in the database.
func (p *Push) Use(key *ecdsa.PrivateKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

// signer is the club's key, made when it is asked for the first time.
func (p *Push) signer(ctx context.Context) (*ecdsa.PrivateKey, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.key != nil {
		return p.key, nil
	}
	text, err := store.Value[string](p.store.Read(ctx).Table("push_keys").Select("private").Where("id = 1"))
	if errors.Is(err, store.ErrNotFound) {
		text, err = p.make(ctx)
	}
	if err != nil {
		return nil, err
	}
	p.key, err = ParseKey(text)
	return p.key, err
}

// make keeps a new key unless another instance was quicker, and returns the one that is kept.
func (p *Push) make(ctx context.Context) (text string, err error) {
	fresh, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	raw, err := fresh.Bytes()
	if err != nil {
		return "", err
	}
	err = p.store.Write(ctx, func(tx *store.Tx) error {
		row := map[string]any{"id": 1, "private": base64.RawURLEncoding.EncodeToString(raw), "made_at": tx.Now}
		if err := store.OnConflictSkip(tx.DB).Table("push_keys").Create(row).Error; err != nil {
			return err
		}
		text, err = store.Value[string](tx.Table("push_keys").Select("private").Where("id = 1"))
		return err
	})
	return text, err
}
