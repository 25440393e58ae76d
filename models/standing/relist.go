package standing

import (
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Relist keeps a member's rows on the boards or off them. listed is what the member wants; staff
// stand outside either way, so call it also when a role or a seat was given or taken.
func (s *Standing) Relist(tx *store.Tx, member id.ID, listed bool) error {
	if _, err := s.open(tx, []id.ID{member}); err != nil {
		return err
	}
	staff, err := access.Staff(tx, member)
	if err != nil {
		return err
	}
	for _, model := range []any{&row{}, &board{}} {
		if err := tx.Model(model).Where("member_id = ?", member).Update("listed", listed && !staff).Error; err != nil {
			return err
		}
	}
	return nil
}
