package founding

import (
	"context"
	"time"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// LinkLasts is how long an owner link may be used, once.
const LinkLasts = 24 * time.Hour

type ownerLink struct {
	ID        id.ID
	Hash      string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// Link makes a one-time link for whoever runs the program: before the club is founded it opens the
// set-up page, after that it signs in its first owner. A newer one ends those before it.
func (f *Founding) Link(ctx context.Context) (secret string, err error) {
	secret = member.Secret()
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Model(&ownerLink{}).Where("used_at is null").Update("used_at", tx.Now).Error; err != nil {
			return err
		}
		return tx.Create(&ownerLink{ID: tx.NewID(), Hash: member.Hash(secret), CreatedAt: tx.Now, ExpiresAt: tx.Now.Add(LinkLasts)}).Error
	})
	return secret, err
}

const spent = "This link was used or has expired. Run 'guildhall owner' for a new one."

// Holds tells whether secret is that of a link which may still be used.
func (f *Founding) Holds(ctx context.Context, secret string) error {
	var n int64
	err := f.store.Read(ctx).Model(&ownerLink{}).Where("hash = ? and used_at is null and expires_at > ?", member.Hash(secret), f.store.Now(ctx)).Count(&n).Error
	if err == nil && n == 0 {
		return problem.Missing(spent)
	}
	return err
}

// use consumes a link with one conditional statement.
func use(tx *store.Tx, secret string) error {
	res := tx.Model(&ownerLink{}).Where("hash = ? and used_at is null and expires_at > ?", member.Hash(secret), tx.Now).Update("used_at", tx.Now)
	if res.Error == nil && res.RowsAffected == 0 {
		return problem.Missing(spent)
	}
	return res.Error
}

// SignIn lets the holder of a link into a club that is founded, as its first owner.
func (f *Founding) SignIn(ctx context.Context, secret string, from member.From) (session string, err error) {
	from.Method = "owner link"
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if err := use(tx, secret); err != nil {
			return err
		}
		owner, err := store.Value[id.ID](tx.Table("roles").Select("member_id").Where("role = 'owner'").Order("granted_at, member_id"))
		if err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{What: "owner.link", Subject: owner}); err != nil {
			return err
		}
		session, err = f.Members.Establish(tx, owner, from)
		return err
	})
	return session, err
}
