package member

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Patience is how long a journey to a provider or an authenticator may take.
const Patience = 10 * time.Minute

// Journey is one way to a provider and back. What it holds never leaves the server, but its state.
type Journey struct {
	Provider string
	Verifier string // of PKCE
	Nonce    string
	ReturnTo string
	Member   id.ID // who adds a way in, or zero for a sign-in
	session  id.ID // in which they do
}

// handshake is the row of a journey.
type handshake struct {
	ID        id.ID
	Kind      string
	Browser   string
	State     string
	Provider  string
	Detail    string
	ReturnTo  string
	SessionID *id.ID
	MemberID  *id.ID
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// Depart begins a journey to a provider from the browser that holds the secret browser. It returns
// the state that must come back, with it, from there. A signed-in visit adds a way in.
func (s *Members) Depart(ctx context.Context, provider, browser, returnTo string, visit Visit) (state string, j Journey, err error) {
	state = Secret()
	j = Journey{Provider: provider, Verifier: Secret(), Nonce: Secret(), ReturnTo: returnTo}
	detail, err := json.Marshal(map[string]string{"verifier": j.Verifier, "nonce": j.Nonce})
	if err != nil {
		return "", j, err
	}
	h := handshake{Kind: "oauth", Provider: provider, State: state, Detail: string(detail), ReturnTo: returnTo}
	if visit.Viewer.SignedIn() {
		j.Member, j.session = visit.Viewer.ID, visit.Session.ID
		h.MemberID, h.SessionID = &j.Member, &j.session
	}
	return state, j, s.store.Write(ctx, func(tx *store.Tx) error { return begin(tx, h, browser) })
}

// Return ends the journey that state belongs to, once: the browser, the provider and the time are
// part of the one statement that uses it up. A journey of a login session that ended is none.
func (s *Members) Return(ctx context.Context, provider, browser, state string) (j Journey, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		h, err := finish(tx, []string{"oauth"}, provider, browser, state)
		if err != nil {
			return err
		}
		var detail struct{ Verifier, Nonce string }
		if err := json.Unmarshal([]byte(h.Detail), &detail); err != nil {
			return fmt.Errorf("handshake %s: %w", h.ID, err)
		}
		j = Journey{Provider: provider, Verifier: detail.Verifier, Nonce: detail.Nonce, ReturnTo: h.ReturnTo}
		if h.MemberID != nil {
			j.Member, j.session = *h.MemberID, *h.SessionID
		}
		return nil
	})
	return j, err
}

// begin keeps a handshake whose State is the clear one.
func begin(tx *store.Tx, h handshake, browser string) error {
	if browser == "" || h.State == "" {
		return fmt.Errorf("a handshake without a browser or a state")
	}
	h.ID, h.Browser, h.State = tx.NewID(), Hash(browser), Hash(h.State)
	h.CreatedAt, h.ExpiresAt = tx.Now, tx.Now.Add(Patience)
	return tx.Create(&h).Error
}

// finish uses a handshake up with one conditional statement; a second use finds nothing.
func finish(tx *store.Tx, kinds []string, provider, browser, state string) (handshake, error) {
	var rows []handshake
	if browser != "" && state != "" {
		err := tx.Raw(`update handshakes set used_at = ? where state = ? and browser = ? and kind in ? and provider = ?
			and used_at is null and expires_at > ? returning *`, tx.Now, Hash(state), Hash(browser), kinds, provider, tx.Now).Scan(&rows).Error
		if err != nil {
			return handshake{}, err
		}
	}
	if len(rows) != 1 {
		return handshake{}, problem.Refused("That sign-in was begun elsewhere, was finished already or took too long. Begin again.")
	}
	return rows[0], nil
}

// alive tells whether the login session in which a way is being added still stands.
func alive(tx *store.Tx, session, member id.ID) (yes bool, err error) {
	err = tx.Raw("select exists (select 1 from login_sessions where id = ? and member_id = ? and expires_at > ?)", session, member, tx.Now).Scan(&yes).Error
	return yes, err
}
