package member

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// First is what somebody says on the first-visit page.
type First struct {
	Arrival    string // the secret of their arrival
	Profile    Profile
	Picture    *Picture // repainted, or none
	Agreed     bool     // to the club's rules
	Invitation string   // its secret, or empty
	From       From
}

// FirstVisit makes a member of an arrival: with the way that they came by, their picture, their
// invitation, and a login session whose secret it returns. Nothing of it is kept if any of it fails,
// and then the arrival can be tried again.
func (s *Members) FirstVisit(ctx context.Context, f First) (out Outcome, m Member, err error) {
	if err := f.Profile.Check(); err != nil {
		return out, m, err
	}
	if !f.Agreed {
		return out, m, problem.Invalid("agreed", "Read the rules of the club, and say that you will keep them.")
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		a, err := useArrival(tx, f.Arrival)
		if err != nil {
			return err
		}
		if m, err = Join(tx, Newcomer{Profile: f.Profile}); err != nil {
			return err
		}
		if err := settle(tx, m.ID, a); err != nil {
			return err
		}
		if err := s.welcome(tx, &m, f); err != nil {
			return err
		}
		out = Outcome{ReturnTo: a.ReturnTo}
		out.Session, err = s.Establish(tx, m.ID, cameBy(f.From, a))
		return err
	})
	return out, m, err
}

// settle gives a new member the way that they came by. An address that another member confirmed
// stays with that one: the newcomer chose to be somebody else.
func settle(tx *store.Tx, member id.ID, a Arrival) error {
	if a.Provider != "" {
		if err := createIdentity(tx, member, a.proof()); err != nil {
			return err
		}
		owner, err := confirmedBy(tx.DB, a.Address)
		if err != nil || owner != 0 {
			return err
		}
	}
	if a.Address == "" {
		return nil
	}
	return confirm(tx, member, a.Address)
}

func (a Arrival) proof() Proof {
	return Proof{Provider: a.Provider, Subject: a.Subject, Label: a.Label}
}

// welcome hangs the newcomer's picture and uses up their invitation.
func (s *Members) welcome(tx *store.Tx, m *Member, f First) error {
	if f.Picture != nil {
		if err := Hang(tx, m.ID, *f.Picture); err != nil {
			return err
		}
	}
	if f.Invitation == "" || s.deps.Invited == nil {
		return nil
	}
	by, err := s.deps.Invited(tx, f.Invitation, m.ID)
	if err != nil || by == 0 {
		return err
	}
	m.InvitedBy = &by
	return tx.Model(&Member{}).Where("id = ?", m.ID).Update("invited_by", by).Error
}

func cameBy(from From, a Arrival) From {
	from.Method = a.Provider
	if from.Method == "" {
		from.Method = "link"
	}
	return from
}

// Rejoin links the account that an arrival came with to the member who confirmed its address, whose
// mailbox the arrival proved, and signs them in.
func (s *Members) Rejoin(ctx context.Context, arrival string, from From) (out Outcome, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		a, err := useArrival(tx, arrival)
		if err != nil {
			return err
		}
		owner, err := confirmedBy(tx.DB, a.Address)
		if err != nil {
			return err
		}
		if owner == 0 || a.Provider == "" {
			return problem.Conflict("There is nobody to link this account with. Begin as a new member instead.")
		}
		if err := notPastPasskeys(tx, owner); err != nil {
			return err
		}
		if err := addWay(tx, owner, "identities"); err != nil {
			return err
		}
		if err := createIdentity(tx, owner, a.proof()); err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: owner, What: "identity.linked", Subject: owner, Detail: a.Provider}); err != nil {
			return err
		}
		out = Outcome{ReturnTo: a.ReturnTo}
		out.Session, err = s.Establish(tx, owner, cameBy(from, a))
		return err
	})
	return out, err
}

// notPastPasskeys keeps a mailbox from adding a way in to staff who hold a passkey: theirs change in
// the settings, where they are asked for it.
func notPastPasskeys(tx *store.Tx, member id.ID) error {
	staff, err := access.Staff(tx, member)
	if err != nil || !staff {
		return err
	}
	holds, err := store.Value[bool](tx.Raw("select exists (select 1 from passkeys where member_id = ?)", member))
	if err == nil && holds {
		err = problem.Conflict("Who looks after this club adds an account in their settings, with a passkey. Sign in another way, and add it there.")
	}
	return err
}
