package member

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Identity is an account elsewhere that opens a member here: exactly that subject of exactly that
// provider, whatever either says of names and addresses.
type Identity struct {
	ID        id.ID
	MemberID  id.ID
	Provider  string // "google"; "oidc:https://login.example.org" for an issuer
	Subject   string
	Label     string // what the provider calls them, to tell two accounts apart
	CreatedAt time.Time
	UsedAt    time.Time
}

// Proof is what a provider said of somebody who came back from there. All but Provider and Subject
// are suggestions for the first-visit page.
type Proof struct {
	Provider string
	Subject  string
	Label    string
	Name     string
	Handle   string
	Address  string // claimed; it finds nobody and links nothing
}

func (p Proof) check() error {
	if p.Provider == "" || p.Subject == "" || len(p.Subject) > 255 || fold(p.Subject) != p.Subject || !utf8.ValidString(p.Subject) {
		return fmt.Errorf("%s gave no usable subject", p.Provider)
	}
	return nil
}

// Outcome is how a way in ended: with a login session, at the first-visit page, or with a way
// added to the member who is signed in. Exactly one of the three is set.
type Outcome struct {
	Session  string // the secret of a new login session
	Arrival  string // the secret of the first-visit page
	Added    bool
	ReturnTo string
}

// ComeIn takes in somebody who came back from a journey with proof.
func (s *Members) ComeIn(ctx context.Context, j Journey, p Proof, from From) (out Outcome, err error) {
	if err := p.check(); err != nil {
		return out, err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		out = Outcome{ReturnTo: j.ReturnTo}
		known, err := identify(tx, p)
		if err != nil {
			return err
		}
		switch {
		case j.Member != 0:
			out.Added = true
			return addIdentity(tx, j, p, known)
		case known.ID == 0:
			out.Arrival, err = arrive(tx, arrivalOf(p, j.ReturnTo))
			return err
		}
		from.Method = p.Provider
		out.Session, err = s.Establish(tx, known.MemberID, from)
		return err
	})
	return out, err
}

// identify returns the identity of a proof, noting its use, or the zero Identity.
func identify(tx *store.Tx, p Proof) (Identity, error) {
	var found []Identity
	err := tx.Raw("update identities set used_at = ?, label = ? where provider = ? and subject = ? returning *",
		tx.Now, cut(fold(p.Label), 120), p.Provider, p.Subject).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return Identity{}, err
	}
	return found[0], nil
}

// addIdentity gives an identity to the member who began the journey, if they are still signed in
// where they began it and it is nobody else's.
func addIdentity(tx *store.Tx, j Journey, p Proof, known Identity) error {
	here, err := alive(tx, j.session, j.Member)
	switch {
	case err != nil:
		return err
	case !here:
		return problem.Refused("You were signed out meanwhile. Sign in again, then add this account.")
	case known.MemberID == j.Member:
		return nil
	case known.ID != 0:
		return identityTaken()
	}
	if err := addWay(tx, j.Member, "identities"); err != nil {
		return err
	}
	return createIdentity(tx, j.Member, p)
}

func createIdentity(tx *store.Tx, member id.ID, p Proof) error {
	err := tx.Create(&Identity{
		ID: tx.NewID(), MemberID: member, Provider: p.Provider, Subject: p.Subject, Label: cut(fold(p.Label), 120), CreatedAt: tx.Now, UsedAt: tx.Now,
	}).Error
	if errors.Is(err, store.ErrDuplicate) {
		return identityTaken()
	}
	return err
}

func identityTaken() error {
	return problem.Conflict("That account opens another member here already. Sign in with it and remove it there first.")
}

// Identities returns the accounts elsewhere that open v, oldest first.
func (s *Members) Identities(ctx context.Context, v access.Viewer) (all []Identity, err error) {
	err = s.store.Read(ctx).Where("member_id = ?", v.ID).Order("created_at, id").Limit(maxWays).Find(&all).Error
	return all, err
}

// RemoveIdentity takes an account elsewhere from v, unless nothing else would open their account.
func (s *Members) RemoveIdentity(ctx context.Context, v access.Viewer, identity id.ID, open Offered) error {
	return s.removeWay(ctx, v, "identities", identity, open)
}

// Dev is the method of a sign-in that asks for nothing, for development alone.
const Dev = "dev"

// SignInDev begins a session for the member of that handle without any proof. The caller has made
// sure that this is a machine for development.
func (s *Members) SignInDev(ctx context.Context, handle string, from From) (secret string, err error) {
	m, err := s.ByHandle(ctx, handle)
	if err != nil {
		return "", err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		from.Method = Dev
		secret, err = s.Establish(tx, m.ID, from)
		return err
	})
	return secret, err
}

// Oldest returns the members who came first and are still here, for a developer to be.
func (s *Members) Oldest(ctx context.Context, n int) (all []Named, err error) {
	err = s.store.Read(ctx).Table("members").Where("left_at is null").Order("number").Limit(n).Find(&all).Error
	return all, err
}

// EndDev ends every session that was begun without proof: a program that starts for real calls it.
func (s *Members) EndDev(ctx context.Context) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Exec("delete from login_sessions where method = ?", Dev)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Write(tx, audit.Line{What: "sessions.dev_ended"})
	})
}
