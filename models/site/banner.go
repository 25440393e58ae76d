package site

import (
	"context"
	"slices"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Kinds of banners, and whom they are for.
const (
	Calm   = "calm"
	Urgent = "urgent"

	ToAll     = "all"
	ToMembers = "members"
	ToTier    = "tier" // and those above it
)

// MaxBanner is how long a banner's line may be, in bytes.
const MaxBanner = 300

// Banner is one line above every page, for a while and for some.
type Banner struct {
	ID          id.ID
	Source      string
	HTML        string
	Kind        string
	Audience    string
	TierID      *id.ID
	StartsAt    time.Time
	EndsAt      *time.Time
	Dismissible bool
	ByID        *id.ID
	ChangedAt   time.Time
	Rank        int `gorm:"->"` // of its tier, where it has one
}

// Shown tells whether v is among those whom the banner is for, at that instant. A banner for a tier
// is as if it never was to everybody below it.
func (b Banner) Shown(v access.Viewer, now time.Time) bool {
	if now.Before(b.StartsAt) || b.EndsAt != nil && !now.Before(*b.EndsAt) {
		return false
	}
	switch b.Audience {
	case ToMembers:
		return v.SignedIn()
	case ToTier:
		return v.Owner() || v.SignedIn() && v.Tier().Rank >= b.Rank
	}
	return true
}

// Banner returns the one banner that stands above v's pages now: an urgent one before a calm one,
// the latest before older ones, and none that is among those put away.
func (c Club) Banner(v access.Viewer, now time.Time, away []id.ID) *Banner {
	for i, b := range c.Banners {
		if b.Shown(v, now) && !(b.Dismissible && slices.Contains(away, b.ID)) {
			return &c.Banners[i]
		}
	}
	return nil
}

func banners(db *store.DB) *store.DB {
	return db.Table("banners").Select("banners.*, t.rank").Joins("left join tiers t on t.id = banners.tier_id").
		Order("case when banners.kind = 'urgent' then 0 else 1 end, banners.starts_at desc, banners.id desc").Limit(mostBanners)
}

// mostBanners is how many are kept at hand, and listed.
const mostBanners = 50

// AllBanners returns the banners of the club, for owners: over ones too, the latest fifty.
func (s *Site) AllBanners(ctx context.Context, v access.Viewer) (all []Banner, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = banners(s.store.Read(ctx)).Find(&all).Error
	return all, err
}

// BannerByID returns one banner, for owners.
func (s *Site) BannerByID(ctx context.Context, v access.Viewer, key id.ID) (b Banner, err error) {
	if err := v.CanOwn(); err != nil {
		return b, err
	}
	err = banners(s.store.Read(ctx)).Where("banners.id = ?", key).Take(&b).Error
	return b, gone(err)
}

func (b *Banner) check() error {
	b.Source = strings.Join(strings.Fields(b.Source), " ")
	switch {
	case b.Source == "":
		return problem.Invalid("text", "Write the line that is to be read.")
	case len(b.Source) > MaxBanner:
		return problem.Invalid("text", "The line has at most %d bytes.", MaxBanner)
	case b.Kind != Calm && b.Kind != Urgent:
		return problem.Invalid("kind", "Say whether it is calm or urgent.")
	case b.Audience != ToAll && b.Audience != ToMembers && b.Audience != ToTier:
		return problem.Invalid("audience", "Say whom it is for.")
	case b.Audience == ToTier && b.TierID == nil:
		return problem.Invalid("tier", "Choose whom it is for.")
	case b.EndsAt != nil && !b.EndsAt.After(b.StartsAt):
		return problem.Invalid("until", "It ends before it begins.")
	}
	if b.Audience != ToTier {
		b.TierID = nil
	}
	return nil
}

// SaveBanner makes a banner (zero ID) or changes one. Other words are read anew by those who had put
// the old ones away.
func (s *Site) SaveBanner(ctx context.Context, a *access.Access, v access.Viewer, b Banner) (Banner, error) {
	if err := b.check(); err != nil {
		return b, err
	}
	cooked, err := prose.Message(b.Source)
	if err != nil {
		return b, problem.Invalid("text", "The line has at most %d bytes.", MaxBanner)
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if err := owned(tx, a, &v); err != nil {
			return err
		}
		if b.ID != 0 {
			var old Banner
			if err := banners(store.ForUpdate(tx.DB)).Where("banners.id = ?", b.ID).Take(&old).Error; err != nil {
				return gone(err)
			}
			if old.Source != cooked.Source {
				if err := tx.Exec("delete from banner_dismissals where banner_id = ?", b.ID).Error; err != nil {
					return err
				}
			}
		} else {
			b.ID = tx.NewID()
		}
		b.Source, b.HTML, b.ByID, b.ChangedAt = cooked.Source, cooked.HTML, &v.ID, tx.Now
		if err := tx.Save(&b).Error; err != nil {
			return err
		}
		tx.Say(Changed{})
		return audit.Write(tx, audit.Line{By: v.ID, What: "banner.saved", Subject: b.ID})
	})
	return b, err
}

// EndBanner takes a banner down at once.
func (s *Site) EndBanner(ctx context.Context, a *access.Access, v access.Viewer, key id.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := owned(tx, a, &v); err != nil {
			return err
		}
		res := tx.Exec("delete from banners where id = ?", key)
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Missing(noPage)
		}
		if res.Error != nil {
			return res.Error
		}
		tx.Say(Changed{})
		return audit.Write(tx, audit.Line{By: v.ID, What: "banner.ended", Subject: key})
	})
}

// Dismiss puts a banner away for v, for good. One that was never shown to them never was.
func (s *Site) Dismiss(ctx context.Context, v access.Viewer, key id.ID) error {
	c, err := s.Club(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.Banners, func(b Banner) bool { return b.ID == key && b.Dismissible && b.Shown(v, s.store.Now(ctx)) })
	if i < 0 {
		return problem.Missing(noPage)
	}
	if !v.SignedIn() {
		return nil // a guest's browser remembers it
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec("insert into banner_dismissals (member_id, banner_id) select cast(? as bigint), id from banners where id = ? on conflict do nothing", v.ID, key).Error
	})
}
