// Package softkey is an authenticator in software, for tests of passkeys: it makes ES256 keys and
// answers challenges as a browser does, and can be told to misbehave.
package softkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// Key is one passkey in one browser at Origin.
type Key struct {
	Origin   string
	Counter  uint32 // grows with each answer, unless it is 0: then it is none
	Verifies bool   // it makes sure of its person, by finger or code

	id      []byte
	user    []byte
	private *ecdsa.PrivateKey
}

// New returns a passkey that is not made yet.
func New(origin string) *Key { return &Key{Origin: origin, Verifies: true} }

// ID is the credential's id, base64url.
func (k *Key) ID() string { return text(k.id) }

type options struct {
	Challenge        string `json:"challenge"`
	UserVerification string `json:"userVerification"`
	RPID             string `json:"rpId"`
	RP               struct {
		ID string `json:"id"`
	} `json:"rp"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
}

// Create makes the key for the options of a registration and returns what the browser posts.
func (k *Key) Create(raw []byte) ([]byte, error) {
	var o options
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fmt.Errorf("options %s: %w", raw, err)
	}
	var err error
	if k.user, err = base64.RawURLEncoding.DecodeString(o.User.ID); err != nil {
		return nil, err
	}
	if k.private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	k.id = make([]byte, 32)
	_, _ = rand.Read(k.id) // never fails (crypto/rand)
	point, err := k.private.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	public, err := webauthncbor.Marshal(webauthncose.EC2PublicKeyData{
		PublicKeyData: webauthncose.PublicKeyData{KeyType: int64(webauthncose.EllipticKey), Algorithm: int64(webauthncose.AlgES256)},
		Curve:         int64(webauthncose.P256), XCoord: point[1:33], YCoord: point[33:],
	})
	if err != nil {
		return nil, err
	}
	data := k.data(o.RP.ID, 0x40)
	data = append(data, make([]byte, 16)...) // a model that does not say which
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
	data = append(append(data, k.id...), public...)
	attested, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		return nil, err
	}
	return k.answer(map[string]any{"clientDataJSON": text(k.client("webauthn.create", o.Challenge)), "attestationObject": text(attested)})
}

// Get answers the challenge of a sign-in and returns what the browser posts.
func (k *Key) Get(raw []byte) ([]byte, error) {
	var o options
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fmt.Errorf("options %s: %w", raw, err)
	}
	if k.Counter > 0 {
		k.Counter++
	}
	client, data := k.client("webauthn.get", o.Challenge), k.data(o.RPID, 0)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, signed[:])
	if err != nil {
		return nil, err
	}
	return k.answer(map[string]any{
		"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature), "userHandle": text(k.user),
	})
}

// data is what the authenticator says of itself: the person was there, and was made sure of or not.
func (k *Key) data(house string, flags byte) []byte {
	flags |= 0x01
	if k.Verifies {
		flags |= 0x04
	}
	hash := sha256.Sum256([]byte(house))
	return binary.BigEndian.AppendUint32(append(hash[:], flags), k.Counter)
}

func (k *Key) client(kind, challenge string) []byte {
	raw, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false}) // of strings: cannot fail
	return raw
}

func (k *Key) answer(response map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{
		"id": text(k.id), "rawId": text(k.id), "type": "public-key", "authenticatorAttachment": "platform",
		"clientExtensionResults": map[string]any{}, "response": response,
	})
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
