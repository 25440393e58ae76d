package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Grant lifts a member to a tier between two dates, for a reason.
type Grant struct {
	ID          id.ID
	MemberID    id.ID
	TierID      id.ID
	StartsAt    time.Time
	EndsAt      *time.Time // nil: open-ended, and Reason says why
	Source      string
	Reason      string
	GrantedBy   *id.ID
	CreatedAt   time.Time
	WithdrawnAt *time.Time
	WithdrawnBy *id.ID
	Key         string // made by the client: the same key twice grants once
}

// Holds tells whether the grant is a key at now.
func (g Grant) Holds(now time.Time) bool {
	return g.WithdrawnAt == nil && !now.Before(g.StartsAt) && (g.EndsAt == nil || now.Before(*g.EndsAt))
}

// Give grants a tier to a member. A zero StartsAt is now. The member's sockets and pages see it at
// StartsAt and lose it at EndsAt, to the instant.
func (a *Access) Give(ctx context.Context, v Viewer, g Grant) (Grant, error) {
	if err := g.check(); err != nil {
		return g, err
	}
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		by := v.ID
		g.GrantedBy, g.Source = &by, "staff"
		return a.Bestow(tx, &g)
	})
	return g, err
}

// Bestow writes a grant that a rule or an owner decided on; Source and GrantedBy are the caller's.
func (a *Access) Bestow(tx *store.Tx, g *Grant) error {
	var old Grant
	err := tx.Take(&old, "key = ?", g.Key).Error
	if err == nil {
		*g = old
		return nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if g.StartsAt.IsZero() {
		g.StartsAt = tx.Now
	}
	if g.EndsAt != nil && !g.EndsAt.After(g.StartsAt) {
		return problem.Invalid("ends_at", "The end lies before the start.")
	}
	g.ID, g.CreatedAt = tx.NewID(), tx.Now
	if err := tx.Create(g).Error; err != nil {
		if errors.Is(err, store.ErrForeignKey) {
			return problem.Missing("There is no such tier or member.")
		}
		return err
	}
	if err := a.facts.Granted(tx, *g); err != nil {
		return err
	}
	line := audit.Line{What: "grant.given", Subject: g.MemberID, Why: g.Reason, Detail: g.TierID.String()}
	if g.GrantedBy != nil {
		line.By = *g.GrantedBy
	}
	if err := audit.Write(tx, line); err != nil {
		return err
	}
	return Raise(tx, g.MemberID)
}

func (g *Grant) check() error {
	g.Reason = strings.TrimSpace(g.Reason)
	switch {
	case g.Key == "" || len(g.Key) > 64:
		return problem.Invalid("", "The form is out of date. Load the page again.")
	case g.TierID == 0:
		return problem.Invalid("tier", "Choose a tier.")
	case g.Reason == "" && g.EndsAt == nil:
		return problem.Invalid("reason", "Say why this has no end.")
	case g.Reason == "":
		return problem.Invalid("reason", "Say why. The member reads it too.")
	case len(g.Reason) > 300:
		return problem.Invalid("reason", "A reason has at most 300 letters.")
	}
	return nil
}

// Withdraw ends a grant now, for a reason that is kept. A grant that was withdrawn before stays as
// it is.
func (a *Access) Withdraw(ctx context.Context, v Viewer, grant id.ID, why string) error {
	why = strings.TrimSpace(why)
	if why == "" || len(why) > 300 {
		return problem.Invalid("why", "Say why, in at most 300 letters.")
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		var g Grant
		if err := store.ForUpdate(tx.DB).Take(&g, "id = ?", grant).Error; err != nil {
			return gone(err, noGrant)
		}
		if g.WithdrawnAt != nil {
			return nil
		}
		if err := tx.Model(&g).Updates(map[string]any{"withdrawn_at": tx.Now, "withdrawn_by": v.ID}).Error; err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "grant.withdrawn", Subject: g.MemberID, Why: why}); err != nil {
			return err
		}
		return Raise(tx, g.MemberID)
	})
}

const noGrant = "There is no such grant."

// Grant returns the grant of that id, for owners.
func (a *Access) Grant(ctx context.Context, v Viewer, key id.ID) (g Grant, err error) {
	if err := v.CanOwn(); err != nil {
		return g, err
	}
	err = a.store.Read(ctx).Take(&g, "id = ?", key).Error
	return g, gone(err, noGrant)
}

// Grants returns a member's grants, latest first: for themselves and for owners.
func (a *Access) Grants(ctx context.Context, v Viewer, member id.ID) (grants []Grant, err error) {
	if v.ID != member {
		if err := v.CanOwn(); err != nil {
			return nil, err
		}
	}
	err = a.store.Read(ctx).Where("member_id = ?", member).Order("starts_at desc, id desc").Limit(200).Find(&grants).Error
	return grants, err
}

// TierJoin brings the highest tier that the members of a statement hold at an instant to it, and
// TierColumns are what Tier.Fields take of it. It takes that instant twice.
const (
	TierJoin = ` left join tiers on tiers.id = coalesce((select grants.tier_id from grants join tiers as held on held.id = grants.tier_id
		where grants.member_id = members.id and grants.withdrawn_at is null and grants.starts_at <= ? and (grants.ends_at is null or grants.ends_at > ?)
		order by held.rank desc limit 1), (select id from tiers order by rank limit 1))`
	TierColumns = "coalesce(tiers.id, 0), coalesce(tiers.rank, 0), coalesce(tiers.name, ''), coalesce(tiers.ticket, 0)"
)

// Fields are where TierColumns go: what a tier is shown by beside a name.
func (t *Tier) Fields() []any {
	return []any{&t.ID, &t.Rank, &t.Name, &t.Ticket}
}
