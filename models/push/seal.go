package push

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// recordSize is the size of the one record of a message, and padTo what its text is filled up to, so
// that its length tells little of it.
const (
	recordSize = 4096
	padTo      = 512
)

// seal encrypts text for one browser as RFC 8291 has it, with a key that is used once.
func seal(to Target, text []byte) ([]byte, error) {
	ours, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	return sealWith(to, text, ours, salt, padTo)
}

func sealWith(to Target, text []byte, ours *ecdh.PrivateKey, salt []byte, pad int) ([]byte, error) {
	if len(text) > MaxPayload {
		return nil, fmt.Errorf("push: a message of %d bytes", len(text))
	}
	theirs, secret, err := to.keys()
	if err != nil {
		return nil, err
	}
	shared, err := ours.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	us := ours.PublicKey().Bytes()
	box, nonce, err := locks(shared, secret, salt, theirs.Bytes(), us)
	if err != nil {
		return nil, err
	}
	plain := append(append([]byte(nil), text...), 2) // the delimiter of a last record
	if over := len(plain) % pad; over > 0 {
		plain = append(plain, make([]byte, pad-over)...)
	}
	head := binary.BigEndian.AppendUint32(append([]byte(nil), salt...), recordSize)
	head = append(append(head, byte(len(us))), us...)
	return box.Seal(head, nonce, plain, nil), nil
}

// locks derives the cipher and its nonce from what both sides share: RFC 8291, 3.4.
func locks(shared, secret, salt, theirs, ours []byte) (cipher.AEAD, []byte, error) {
	info := "WebPush: info\x00" + string(theirs) + string(ours)
	material, err := hkdf.Key(sha256.New, shared, secret, info, 32)
	if err != nil {
		return nil, nil, err
	}
	key, err := hkdf.Key(sha256.New, material, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, nil, err
	}
	nonce, err := hkdf.Key(sha256.New, material, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, err
	}
	box, err := cipher.NewGCM(block)
	return box, nonce, err
}

// voucherFor is how long a service may take one signature for ours; RFC 8292 allows a day.
const voucherFor = 12 * time.Hour

// vouch signs that it is this club who sends to that service.
func (p *Push) vouch(key *ecdsa.PrivateKey, endpoint string, now time.Time) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	subject := p.subject
	p.mu.Unlock()
	claims := jwt.MapClaims{"aud": u.Scheme + "://" + u.Host, "exp": now.Add(voucherFor).Unix(), "sub": subject}
	token, err := jwt.NewWithClaims(jwt.SigningMethodES256, claims).SignedString(key)
	if err != nil {
		return "", err
	}
	point, err := key.PublicKey.Bytes()
	return "vapid t=" + token + ", k=" + base64.RawURLEncoding.EncodeToString(point), err
}
