package member

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"guildhall/models/problem"
	"guildhall/models/store"
)

// BeginPasskey begins to add a passkey to the member of a visit, in the browser that holds the
// secret browser. It returns the options that the browser's authenticator is asked with, as JSON.
func (s *Members) BeginPasskey(ctx context.Context, house House, visit Visit, browser string) (options []byte, err error) {
	if !visit.Viewer.SignedIn() {
		return nil, problem.Refused("Sign in to do this.")
	}
	if err := visit.Viewer.CanChange(); err != nil {
		return nil, err
	}
	who, err := holderOf(s.store.Read(ctx), visit.Viewer.ID)
	if err != nil {
		return nil, err
	}
	creation, session, err := house.party.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.keys).CredentialDescriptors()))
	if err != nil {
		return nil, err
	}
	h := handshake{Kind: "passkey_add", MemberID: &visit.Viewer.ID, SessionID: &visit.Session.ID}
	if err := s.challenge(ctx, h, session, browser); err != nil {
		return nil, err
	}
	return json.Marshal(creation.Response)
}

// challenge keeps the session data of a ceremony under its challenge, which is good once.
func (s *Members) challenge(ctx context.Context, h handshake, session *webauthn.SessionData, browser string) error {
	detail, err := json.Marshal(session)
	if err != nil {
		return err
	}
	h.State, h.Detail, h.ReturnTo = session.Challenge, string(detail), "/"
	return s.store.Write(ctx, func(tx *store.Tx) error { return begin(tx, h, browser) })
}

// answered uses a challenge up and returns the handshake and the session data that was kept with it.
func (s *Members) answered(ctx context.Context, kinds []string, browser, challenge string) (h handshake, session webauthn.SessionData, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if h, err = finish(tx, kinds, "", browser, challenge); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(h.Detail), &session); err != nil {
			return fmt.Errorf("handshake %s: %w", h.ID, err)
		}
		return nil
	})
	return h, session, err
}

// FinishPasskey checks what the authenticator answered and adds the passkey to the member of the
// visit that began, under the given name.
func (s *Members) FinishPasskey(ctx context.Context, house House, visit Visit, browser, name string, answer []byte) (p Passkey, err error) {
	if name, err = passkeyName(name); err != nil {
		return p, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return p, refusePasskey(err)
	}
	h, session, err := s.answered(ctx, []string{"passkey_add"}, browser, parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return p, err
	}
	if key(h.MemberID) != visit.Viewer.ID || key(h.SessionID) != visit.Session.ID {
		return p, problem.Refused("You signed in as somebody else meanwhile. Begin again.")
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if err := addWay(tx, visit.Viewer.ID, "passkeys"); err != nil {
			return err
		}
		who, err := holderOf(tx.DB, visit.Viewer.ID)
		if err != nil {
			return err
		}
		credential, err := house.party.CreateCredential(who, session, parsed)
		if err != nil {
			return refusePasskey(err)
		}
		p = Passkey{MemberID: visit.Viewer.ID, Name: name}
		return keepPasskey(tx, &p, credential)
	})
	return p, err
}

func keepPasskey(tx *store.Tx, p *Passkey, c *webauthn.Credential) error {
	c.Attestation = webauthn.CredentialAttestation{} // none was asked for, and it would tell devices apart
	detail, err := json.Marshal(c)
	if err != nil {
		return err
	}
	p.ID, p.Credential, p.Detail, p.CreatedAt = tx.NewID(), credentialKey(c.ID), string(detail), tx.Now
	err = tx.Create(p).Error
	if errors.Is(err, store.ErrDuplicate) {
		return problem.Conflict("That passkey is known here already.")
	}
	return err
}
