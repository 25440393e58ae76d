package access

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Kinds of places.
const (
	TopicPlace  = "topic"
	RoomPlace   = "room"
	LetterPlace = "letter"
)

type placeRow struct {
	ID       id.ID
	SpaceID  *id.ID
	Kind     string
	Hidden   bool
	HiddenBy *id.ID
	HiddenAt *time.Time
	Taster   bool
	Unlisted bool
	Archived bool
	People   People `gorm:"->;-:migration"`
}

func (placeRow) TableName() string { return "places" }

func (r placeRow) place() Place {
	p := Place{ID: r.ID, Kind: r.Kind, Hidden: r.Hidden, Taster: r.Taster, Unlisted: r.Unlisted, Archived: r.Archived, People: r.People}
	if r.SpaceID != nil {
		p.SpaceID = *r.SpaceID
	}
	return p
}

// AddPlace makes the place of a new topic or room.
func AddPlace(tx *store.Tx, kind string, space id.ID) (Place, error) {
	row := placeRow{ID: tx.NewID(), SpaceID: &space, Kind: kind}
	return row.place(), tx.Create(&row).Error
}

// LockPlace returns a place and holds its row until the transaction ends: what is decided on it
// stays true.
func LockPlace(tx *store.Tx, key id.ID) (Place, error) {
	var row placeRow
	err := store.ForUpdate(tx.DB).Select(placeColumns).Take(&row, "id = ?", key).Error
	if err == nil && row.SpaceID == nil {
		return FindPlace(tx.DB, key) // its people, as of now: who held it before may have changed them
	}
	return row.place(), gone(err, noPlace)
}

// FindPlace returns a place. The caller asks CanRead next.
func FindPlace(db *store.DB, key id.ID) (Place, error) {
	var row placeRow
	err := db.Select(placeColumns).Take(&row, "id = ?", key).Error
	return row.place(), gone(err, noPlace)
}

// FindPlaces returns those of places that are there, by id. The caller asks CanRead next, or another
// question that is answered alike for the zero Place and for one that is closed.
func FindPlaces(db *store.DB, keys []id.ID) (map[id.ID]Place, error) {
	var rows []placeRow
	err := db.Select(placeColumns).Where("id in ?", keys).Find(&rows).Error
	by := make(map[id.ID]Place, len(rows))
	for _, r := range rows {
		by[r.ID] = r.place()
	}
	return by, err
}

// Hide takes a place out of everybody's sight but its keepers', or brings it back.
func (a *Access) Hide(tx *store.Tx, v Viewer, p Place, hidden bool) error {
	if err := v.CanModerate(p); err != nil {
		return err
	}
	if hidden {
		return HidePlace(tx, v.ID, p.ID)
	}
	return tx.Model(&placeRow{}).Where("id = ?", p.ID).Updates(map[string]any{"hidden": false, "hidden_by": nil, "hidden_at": nil}).Error
}

// HidePlace hides a place within a change that the caller has allowed.
func HidePlace(tx *store.Tx, by, place id.ID) error {
	return tx.Model(&placeRow{}).Where("id = ?", place).Updates(map[string]any{"hidden": true, "hidden_by": by, "hidden_at": tx.Now, "taster": false}).Error
}

// MovePlace carries a place to another space; what hangs on it follows (on update cascade). Its
// mover keeps both spaces.
func (a *Access) MovePlace(tx *store.Tx, v Viewer, p Place, to id.ID) error {
	if err := v.CanModerate(p); err != nil {
		return err
	}
	if !v.Keeps(to) {
		return problem.Refused("You can move it only to a space that you moderate as well.")
	}
	return tx.Model(&placeRow{}).Where("id = ?", p.ID).Updates(map[string]any{"space_id": to, "taster": false}).Error
}

// SetTaster makes a topic the one that its space's door lets everybody read; zero: none.
func SetTaster(tx *store.Tx, space, place id.ID) error {
	if err := tx.Model(&placeRow{}).Where("space_id = ? and taster", space).Update("taster", false).Error; err != nil {
		return err
	}
	if place == 0 {
		return nil
	}
	res := tx.Model(&placeRow{}).Where("id = ? and space_id = ? and kind = 'topic' and not hidden", place, space).Update("taster", true)
	if res.Error == nil && res.RowsAffected == 0 {
		return problem.Invalid("taster", "Choose a topic of this space.")
	}
	return res.Error
}

// Place returns a place. The caller asks CanRead next.
func (a *Access) Place(ctx context.Context, key id.ID) (Place, error) {
	return FindPlace(a.store.Read(ctx), key)
}

// Archive ends all changes of what hangs on a place, or allows them again.
func (a *Access) Archive(tx *store.Tx, v Viewer, p Place, on bool) error {
	if err := v.CanModerate(p); err != nil {
		return err
	}
	return tx.Model(&placeRow{}).Where("id = ?", p.ID).Update("archived", on).Error
}

// Unlist takes a place out of every list but its keepers', for whoever has no address of it, or lists it
// again. A taster stands on a door, and is one no more.
func (a *Access) Unlist(tx *store.Tx, v Viewer, p Place, on bool) error {
	if err := v.CanModerate(p); err != nil {
		return err
	}
	changes := map[string]any{"unlisted": on}
	if on {
		changes["taster"] = false
	}
	return tx.Model(&placeRow{}).Where("id = ?", p.ID).Updates(changes).Error
}
