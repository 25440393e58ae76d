package member

import (
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/store"
)

// file writes the card by which a member is found: their name, their handle, and what they tell of
// themselves. Who has left is not found.
func file(tx *store.Tx, m Member) error {
	if m.Former() {
		return index.Drop(tx, m.ID)
	}
	return index.Put(tx, index.Card{ID: m.ID, Kind: index.Member, By: m.ID, At: m.JoinedAt, Title: m.Name + " " + m.Handle, Body: m.Bio})
}

// Cards writes the cards of at most limit members after the given one, for a club that is older than
// its index, and returns the last of them; zero when none is left.
func (s *Members) Cards(tx *store.Tx, after id.ID, limit int) (last id.ID, err error) {
	var members []Member
	if err := store.ForUpdate(tx.DB).Where("id > ?", after).Order("id").Limit(limit).Find(&members).Error; err != nil || len(members) == 0 {
		return 0, err
	}
	for _, m := range members {
		if err := file(tx, m); err != nil {
			return 0, err
		}
	}
	return members[len(members)-1].ID, nil
}
