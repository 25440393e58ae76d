package access

import (
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// CanCorrespond is nil when v may write letters: as a member whom nothing keeps from writing.
func (v Viewer) CanCorrespond() error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to do this.")
	}
	if v.held.suspended {
		return problem.Refused("You cannot write letters at present.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	if v.held.asked {
		return errAsked
	}
	return nil
}

// AddLetterPlace makes the place of a correspondence. It is its writer's alone until OpenTo opens it.
func AddLetterPlace(tx *store.Tx, by id.ID) (Place, error) {
	row := placeRow{ID: tx.NewID(), Kind: LetterPlace}
	if err := tx.Create(&row).Error; err != nil {
		return Place{}, err
	}
	place := row.place()
	place.People = People{by}
	return place, tx.Create(&personRow{PlaceID: row.ID, MemberID: by, JoinedAt: tx.Now, AddedBy: &by}).Error
}

// OpenTo lets those to whom a letter is brought read at its place, within a change that the caller has
// allowed. Who was in it and left stays outside.
func OpenTo(tx *store.Tx, place, by id.ID, members ...id.ID) error {
	if len(members) == 0 {
		return nil
	}
	rows := make([]personRow, len(members))
	for i, m := range members {
		rows[i] = personRow{PlaceID: place, MemberID: m, JoinedAt: tx.Now, AddedBy: &by}
	}
	return store.OnConflictSkip(tx.DB).Create(&rows).Error
}

// DropPlace takes away a private place on which nothing hangs any more, within a change that the caller has
// allowed.
func DropPlace(tx *store.Tx, place id.ID) error {
	if err := tx.Where("place_id = ?", place).Delete(&personRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id = ? and space_id is null", place).Delete(&placeRow{}).Error
}
