package space

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// RenameSection gives a section another name.
func (s *Spaces) RenameSection(ctx context.Context, v access.Viewer, section id.ID, name string) error {
	if name = strings.TrimSpace(name); name == "" || len(name) > 40 {
		return problem.Invalid("section", "A section has a name of at most 40 bytes.")
	}
	return s.owned(ctx, v, func(tx *store.Tx, _ access.Viewer) error {
		res := tx.Model(&Section{}).Where("id = ?", section).Update("name", name)
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Missing(noSection)
		}
		return res.Error
	})
}

const noSection = "There is no such section."

// MoveSection puts a section one place up or down in the sidebar.
func (s *Spaces) MoveSection(ctx context.Context, v access.Viewer, section id.ID, up bool) error {
	return s.owned(ctx, v, func(tx *store.Tx, _ access.Viewer) error {
		var order []id.ID
		if err := store.ForUpdate(tx.DB).Model(&Section{}).Order("position, id").Pluck("id", &order).Error; err != nil {
			return err
		}
		if !shift(order, section, up) {
			return problem.Missing(noSection)
		}
		return number(tx, &Section{}, order)
	})
}

// Move puts a space one place up or down in its section.
func (s *Spaces) Move(ctx context.Context, v access.Viewer, space id.ID, up bool) error {
	return s.owned(ctx, v, func(tx *store.Tx, _ access.Viewer) error {
		var sp Space
		if err := tx.Take(&sp, "id = ?", space).Error; err != nil {
			return missing(err)
		}
		var order []id.ID
		if err := store.ForUpdate(tx.DB).Model(&Space{}).Where("section_id = ?", sp.SectionID).Order("position, id").Pluck("id", &order).Error; err != nil {
			return err
		}
		shift(order, space, up)
		return number(tx, &Space{}, order)
	})
}

// shift moves key one place in order, if there is one, and tells whether key is there at all.
func shift(order []id.ID, key id.ID, up bool) bool {
	i := slices.Index(order, key)
	j := i + 1
	if up {
		j = i - 1
	}
	if i >= 0 && j >= 0 && j < len(order) {
		order[i], order[j] = order[j], order[i]
	}
	return i >= 0
}

// number writes the places of an order that somebody made by hand: a few rows.
func number(tx *store.Tx, of any, order []id.ID) error {
	for i, key := range order {
		if err := tx.Model(of).Where("id = ? and position <> ?", key, i+1).Update("position", i+1).Error; err != nil {
			return err
		}
	}
	return nil
}
