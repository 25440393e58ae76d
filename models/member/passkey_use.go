package member

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// BeginPasskeySignIn asks for any passkey of this house. It names nobody, so it tells nothing about
// who has one.
func (s *Members) BeginPasskeySignIn(ctx context.Context, house House, browser string) (options []byte, err error) {
	assertion, session, err := house.party.BeginDiscoverableLogin()
	if err != nil {
		return nil, err
	}
	if err := s.challenge(ctx, handshake{Kind: "passkey_use"}, session, browser); err != nil {
		return nil, err
	}
	return json.Marshal(assertion.Response)
}

// FinishPasskeySignIn checks what the authenticator answered and signs its member in.
func (s *Members) FinishPasskeySignIn(ctx context.Context, house House, browser string, answer []byte, from From) (out Outcome, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return out, refusePasskey(err)
	}
	_, session, err := s.answered(ctx, []string{"passkey_use"}, browser, parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return out, err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		member, err := check(tx, house, session, parsed)
		if err != nil {
			return err
		}
		from.Method, from.asked = "passkey", parsed.Response.AuthenticatorData.Flags.HasUserVerified()
		out.Session, err = s.Establish(tx, member, from)
		return err
	})
	return out, s.cloned(ctx, err)
}

// BeginAsking asks the member of a visit for one of their passkeys, and the passkey to make sure of
// its person: for keys, money and rights.
func (s *Members) BeginAsking(ctx context.Context, house House, visit Visit, browser string) (options []byte, err error) {
	who, err := holderOf(s.store.Read(ctx), visit.Viewer.ID)
	if err != nil {
		return nil, err
	}
	if len(who.keys) == 0 {
		return nil, problem.Conflict("You have no passkey yet. Add one in your settings first.")
	}
	allowed := webauthn.Credentials(who.keys).CredentialDescriptors()
	assertion, session, err := house.party.BeginDiscoverableLogin(webauthn.WithAllowedCredentials(allowed), webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, err
	}
	h := handshake{Kind: "passkey_ask", MemberID: &visit.Viewer.ID, SessionID: &visit.Session.ID}
	if err := s.challenge(ctx, h, session, browser); err != nil {
		return nil, err
	}
	return json.Marshal(assertion.Response)
}

// FinishAsking checks the answer and notes on the visit's login session that a passkey was asked
// for. The session gets a new secret, which it returns: what was copied before opens nothing now.
func (s *Members) FinishAsking(ctx context.Context, house House, visit Visit, browser string, answer []byte) (secret string, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", refusePasskey(err)
	}
	h, session, err := s.answered(ctx, []string{"passkey_ask"}, browser, parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return "", err
	}
	if key(h.MemberID) != visit.Viewer.ID || key(h.SessionID) != visit.Session.ID {
		return "", problem.Refused("You signed in as somebody else meanwhile. Begin again.")
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		member, err := check(tx, house, session, parsed)
		if err != nil {
			return err
		}
		if member != visit.Viewer.ID {
			return problem.Refused("That passkey is somebody else's. Use one of yours.")
		}
		secret, err = s.Rotate(tx.Context(), visit.Session.ID)
		return err
	})
	return secret, s.cloned(ctx, err)
}

// check finds whose passkey answered, with its row locked so that two answers cannot count alike,
// checks the signature, and keeps the new counter.
func check(tx *store.Tx, house House, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (member id.ID, err error) {
	var row Passkey
	err = store.ForUpdate(tx.DB).Take(&row, "credential = ?", credentialKey(parsed.RawID)).Error
	if isNotFound(err) {
		return 0, refusePasskey(errors.New("unknown credential"))
	}
	if err != nil {
		return 0, err
	}
	_, c, err := house.party.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return holderOf(tx.DB, row.MemberID) }, session, parsed)
	if err != nil {
		return 0, refusePasskey(err)
	}
	if c.Authenticator.CloneWarning {
		return 0, &copied{row.MemberID, row.ID}
	}
	detail, err := json.Marshal(c)
	if err != nil {
		return 0, err
	}
	return row.MemberID, tx.Model(&Passkey{}).Where("id = ?", row.ID).Updates(map[string]any{"detail": string(detail), "used_at": tx.Now}).Error
}

// copied says that a passkey counted backwards: there are two of what must be one.
type copied struct{ member, passkey id.ID }

func (c *copied) Error() string { return "passkey " + c.passkey.String() + " counted backwards" }

// cloned keeps a line about a passkey that was copied, which outlives the sign-in that it undid, and
// turns it into words for people.
func (s *Members) cloned(ctx context.Context, err error) error {
	var c *copied
	if !errors.As(err, &c) {
		return err
	}
	line := audit.Line{What: "passkey.copied", Subject: c.member, Detail: c.passkey.String()}
	if err := s.store.Write(ctx, func(tx *store.Tx) error { return audit.Write(tx, line) }); err != nil {
		return err
	}
	return problem.Refused("That passkey may have been copied, so it was not accepted. Sign in another way and remove it in your settings.")
}
