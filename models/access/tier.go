package access

import (
	"context"
	"errors"
	"strings"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Tier is a cabin of the club: named, with words, perks and one of our tickets.
type Tier struct {
	ID     id.ID
	Rank   int // 1 is the lowest, which every member holds
	Name   string
	Words  string
	Terms  string // how one comes by it
	Perks  string // one a line, each "i-icon text"
	Ticket int    // 1–4
}

// Perk is one line of a tier's perks.
type Perk struct{ Icon, Text string }

// PerkList reads the lines of Perks. A line without an icon gets a tick.
func (t Tier) PerkList() (perks []Perk) {
	for line := range strings.Lines(t.Perks) {
		line = strings.TrimSpace(line)
		icon, text, ok := strings.Cut(line, " ")
		if !ok || !strings.HasPrefix(icon, "i-") {
			icon, text = "i-check", line
		}
		if text != "" {
			perks = append(perks, Perk{icon, strings.TrimSpace(text)})
		}
	}
	return perks
}

// Tiers returns the club's tiers, lowest first. They are no secret.
func (a *Access) Tiers(ctx context.Context) (tiers []Tier, err error) {
	err = a.store.Read(ctx).Order("rank").Find(&tiers).Error
	return tiers, err
}

// Tier returns the tier of that id.
func (a *Access) Tier(ctx context.Context, key id.ID) (t Tier, err error) {
	err = a.store.Read(ctx).Take(&t, "id = ?", key).Error
	return t, gone(err, noTier)
}

const noTier = "There is no such tier."

// SaveTier adds a tier at the top (zero ID) or changes one; its rank stays.
func (a *Access) SaveTier(ctx context.Context, v Viewer, t Tier) (Tier, error) {
	if err := t.check(); err != nil {
		return t, err
	}
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		if t.ID == 0 {
			if err := addTier(tx, &t); err != nil {
				return err
			}
		} else if err := changeTier(tx, &t); err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "tier.saved", Subject: t.ID, Detail: t.Name}); err != nil {
			return err
		}
		return RaiseClub(tx)
	})
	return t, err
}

func (t *Tier) check() error {
	t.Name, t.Words, t.Terms = strings.TrimSpace(t.Name), strings.TrimSpace(t.Words), strings.TrimSpace(t.Terms)
	switch {
	case t.Name == "":
		return problem.Invalid("name", "Give the tier a name.")
	case len(t.Name) > 40:
		return problem.Invalid("name", "A tier's name has at most 40 bytes.")
	case len(t.Words) > 300:
		return problem.Invalid("words", "The words of a tier have at most 300 bytes.")
	case len(t.Terms) > 200:
		return problem.Invalid("terms", "How one comes by it: at most 200 bytes.")
	case len(t.Perks) > 2000:
		return problem.Invalid("perks", "The perks have at most 2,000 bytes together.")
	case t.Ticket < 1 || t.Ticket > 4:
		return problem.Invalid("ticket", "Choose one of the four tickets.")
	}
	return nil
}

func addTier(tx *store.Tx, t *Tier) error {
	var top int
	if err := store.ForUpdate(tx.DB).Model(&Tier{}).Select("rank").Order("rank desc").Limit(1).Scan(&top).Error; err != nil {
		return err
	}
	t.ID, t.Rank = tx.NewID(), top+1
	return named("tier", tx.Create(t).Error)
}

func changeTier(tx *store.Tx, t *Tier) error {
	var old Tier
	if err := store.ForUpdate(tx.DB).Take(&old, "id = ?", t.ID).Error; err != nil {
		return gone(err, noTier)
	}
	t.Rank = old.Rank
	return named("tier", tx.Save(t).Error)
}

// MoveTier puts a tier one place up or down in the order.
func (a *Access) MoveTier(ctx context.Context, v Viewer, tier id.ID, up bool) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		var tiers []Tier
		if err := store.ForUpdate(tx.DB).Order("rank").Find(&tiers).Error; err != nil {
			return err
		}
		for i, t := range tiers {
			if t.ID != tier {
				continue
			}
			j := i + 1
			if !up {
				j = i - 1
			}
			if j < 0 || j >= len(tiers) {
				return nil
			}
			if err := swapRanks(tx, t, tiers[j]); err != nil {
				return err
			}
			if err := audit.Write(tx, audit.Line{By: v.ID, What: "tier.moved", Subject: t.ID, Detail: t.Name}); err != nil {
				return err
			}
			return RaiseClub(tx)
		}
		return problem.Missing(noTier)
	})
}

// swapRanks goes by a free rank, as no two may share one at any moment.
func swapRanks(tx *store.Tx, a, b Tier) error {
	for _, step := range []struct {
		id   id.ID
		rank int
	}{{a.ID, 1_000_000}, {b.ID, a.Rank}, {a.ID, b.Rank}} {
		if err := tx.Model(&Tier{}).Where("id = ?", step.id).Update("rank", step.rank).Error; err != nil {
			return err
		}
	}
	return nil
}

// owns renews v inside the transaction and refuses it unless it owns the club.
func (a *Access) owns(tx *store.Tx, v *Viewer) (err error) {
	if *v, err = a.Renew(tx, *v); err != nil {
		return err
	}
	return v.CanOwn()
}

func named(what string, err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return problem.Invalid("name", "There is a %s of that name already.", what)
	}
	return err
}

func gone(err error, text string) error {
	if errors.Is(err, store.ErrNotFound) {
		return problem.Missing("%s", text)
	}
	return err
}
