package member

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Passkey is a key pair in a device or a password store of its member; the public half is here.
type Passkey struct {
	ID         id.ID
	MemberID   id.ID
	Credential string // its id, base64url
	Name       string // what its member calls it
	Detail     string // public key and counter, as JSON
	CreatedAt  time.Time
	UsedAt     *time.Time
}

// House is the address that passkeys belong to: a passkey made for another one opens nothing here.
type House struct{ party *webauthn.WebAuthn }

// NewHouse returns the house at the club's own URL. Passkeys need a host name: an IP address has none.
func NewHouse(club, base string) (House, error) {
	u, err := url.Parse(base)
	if err != nil {
		return House{}, err
	}
	party, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: club, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationPreferred,
		},
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore, // password stores report what nobody asked for; nothing of it is used
	})
	if err != nil {
		return House{}, fmt.Errorf("passkeys at %s: %w", base, err)
	}
	return House{party}, nil
}

// Stands tells whether passkeys can be used at all.
func (h House) Stands() bool { return h.party != nil }

// Passkeys returns v's passkeys, oldest first.
func (s *Members) Passkeys(ctx context.Context, v access.Viewer) (all []Passkey, err error) {
	err = s.store.Read(ctx).Where("member_id = ?", v.ID).Order("created_at, id").Limit(maxWays).Find(&all).Error
	return all, err
}

// RenamePasskey gives one of v's passkeys another name.
func (s *Members) RenamePasskey(ctx context.Context, v access.Viewer, passkey id.ID, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Model(&Passkey{}).Where("id = ? and member_id = ?", passkey, v.ID).Update("name", name)
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Missing("That passkey is not yours any more.")
		}
		return res.Error
	})
}

// RemovePasskey takes a passkey from v, unless nothing else would open their account.
func (s *Members) RemovePasskey(ctx context.Context, v access.Viewer, passkey id.ID, open Offered) error {
	return s.removeWay(ctx, v, "passkeys", passkey, open)
}

func passkeyName(name string) (string, error) {
	name = fold(name)
	if name == "" || len(name) > 60 {
		return "", problem.Invalid("name", "Give the passkey a name of at most 60 bytes, such as the device that it is in.")
	}
	return name, nil
}

// holder is a member as the ceremony of passkeys sees them.
type holder struct {
	member Member
	keys   []webauthn.Credential
}

// WebAuthnID is the member's key: it is no secret, and never changes.
func (h holder) WebAuthnID() []byte                         { return []byte(h.member.ID.String()) }
func (h holder) WebAuthnName() string                       { return h.member.Handle }
func (h holder) WebAuthnDisplayName() string                { return h.member.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holderOf reads a member with their passkeys.
func holderOf(db *store.DB, member id.ID) (h holder, err error) {
	if err := db.Take(&h.member, "id = ? and left_at is null", member).Error; err != nil {
		return h, missing(err)
	}
	var rows []Passkey
	if err := db.Where("member_id = ?", member).Order("created_at, id").Limit(maxWays).Find(&rows).Error; err != nil {
		return h, err
	}
	for _, row := range rows {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(row.Detail), &c); err != nil {
			return h, fmt.Errorf("passkey %s: %w", row.ID, err)
		}
		h.keys = append(h.keys, c)
	}
	return h, nil
}

func credentialKey(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// refusePasskey is what people read when a ceremony fails; why stands beside it for the log.
func refusePasskey(why error) error {
	text := why.Error()
	var detailed *protocol.Error
	if errors.As(why, &detailed) {
		text = strings.TrimSpace(detailed.Details + " " + detailed.DevInfo)
	}
	return fmt.Errorf("%w (%s)", problem.Refused("That passkey was not accepted. Try again, or sign in another way."), text)
}
