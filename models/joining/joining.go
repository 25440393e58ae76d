// Package joining brings people in: invitations by link.
package joining

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Bounds of an invitation.
const (
	MaxUses = 25
	MaxDays = 30
	maxOpen = 10 // that one member may have at a time
)

// Invitation is a link that a member hands to people they would like to see here. Its secret is 256
// random bits, shown once and kept as a hash.
type Invitation struct {
	ID          id.ID
	Hash        string
	ByID        id.ID
	UsesLeft    int
	CreatedAt   time.Time
	ExpiresAt   time.Time
	WithdrawnAt *time.Time
}

// Opens tells whether the link still brings somebody in at now.
func (i Invitation) Opens(now time.Time) bool {
	return i.WithdrawnAt == nil && i.UsesLeft > 0 && now.Before(i.ExpiresAt)
}

// Joining answers for the ways into one club.
type Joining struct {
	store    *store.Store
	access   *access.Access
	members  *member.Members
	standing *standing.Standing
}

// New returns the ways into a database's club.
func New(s *store.Store, a *access.Access, m *member.Members, st *standing.Standing) *Joining {
	return &Joining{s, a, m, st}
}

// Invite makes a link for so many guests that lasts so many days, and returns its secret.
func (j *Joining) Invite(ctx context.Context, v access.Viewer, uses, days int) (i Invitation, secret string, err error) {
	switch {
	case uses < 1 || uses > MaxUses:
		return i, "", problem.Invalid("uses", "An invitation is for 1 to %d people.", MaxUses)
	case days < 1 || days > MaxDays:
		return i, "", problem.Invalid("days", "An invitation lasts 1 to %d days.", MaxDays)
	}
	secret = member.Secret()
	err = j.store.Write(ctx, func(tx *store.Tx) error {
		v, err := j.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if _, _, out := v.Suspended(); out || !v.SignedIn() {
			return problem.Refused("You cannot invite anybody at present.")
		}
		var open int64
		if err := live(tx.DB, tx.Now).Where("by_id = ?", v.ID).Count(&open).Error; err != nil {
			return err
		}
		if open >= maxOpen {
			return problem.Conflict("You have %d open invitations. Withdraw one first.", maxOpen)
		}
		i = Invitation{ID: tx.NewID(), Hash: member.Hash(secret), ByID: v.ID, UsesLeft: uses, CreatedAt: tx.Now, ExpiresAt: tx.Now.AddDate(0, 0, days)}
		return tx.Create(&i).Error
	})
	return i, secret, err
}

func live(db *store.DB, now time.Time) *store.DB {
	return db.Model(&Invitation{}).Where("withdrawn_at is null and uses_left > 0 and expires_at > ?", now)
}

// Mine returns v's invitations, latest first, at most 50.
func (j *Joining) Mine(ctx context.Context, v access.Viewer) (all []Invitation, err error) {
	err = j.store.Read(ctx).Where("by_id = ?", v.ID).Order("created_at desc, id desc").Limit(50).Find(&all).Error
	return all, err
}

// Withdraw ends one of v's invitations.
func (j *Joining) Withdraw(ctx context.Context, v access.Viewer, key id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return j.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Model(&Invitation{}).Where("id = ? and by_id = ? and withdrawn_at is null", key, v.ID).Update("withdrawn_at", tx.Now)
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Missing("There is no such invitation of yours.")
		}
		return res.Error
	})
}

const dead = "This invitation was used up, withdrawn, or has expired. Whoever sent it can make a new one."

// Look returns who invites by the link with that secret. A link that no longer opens names nobody,
// and says the same as one that never was.
func (j *Joining) Look(ctx context.Context, secret string) (by member.Member, err error) {
	var i Invitation
	err = live(j.store.Read(ctx), j.store.Now(ctx)).Where("hash = ?", member.Hash(secret)).Take(&i).Error
	if errors.Is(err, store.ErrNotFound) {
		return by, problem.Missing(dead)
	}
	if err != nil {
		return by, err
	}
	host, err := j.host(ctx, i.ByID)
	if err == nil && !host {
		err = problem.Missing(dead)
	}
	if err != nil {
		return by, err
	}
	return j.members.Get(ctx, i.ByID)
}

// host tells whether a member may bring others in: they are here, and not kept out.
func (j *Joining) host(ctx context.Context, by id.ID) (bool, error) {
	v, err := j.members.Viewer(ctx, by)
	if problem.Of(err) != nil {
		return false, nil
	}
	_, _, out := v.Suspended()
	return !out, err
}

// Use brings a guest in by the link with that secret: one use of it goes, and whoever sent it earns.
// A link that no longer opens brings nobody, and keeps nobody out: by is then zero.
func (j *Joining) Use(tx *store.Tx, secret string, guest id.ID) (by id.ID, err error) {
	by, err = store.Value[id.ID](tx.Raw(`update invitations set uses_left = uses_left - 1
		where hash = ? and withdrawn_at is null and uses_left > 0 and expires_at > ? returning by_id`, member.Hash(secret), tx.Now))
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	host, err := j.host(tx.Context(), by)
	if err != nil || !host {
		return 0, err
	}
	return by, j.standing.Earn(tx, standing.Act{Kind: standing.Invited, By: by, From: guest, On: guest})
}
