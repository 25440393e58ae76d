package audit

import (
	"errors"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Kept is a line as it stands in a log.
type Kept struct {
	ID       id.ID
	At       time.Time
	By       id.ID // zero for the program itself
	What     string
	Space    id.ID
	Subject  id.ID
	Place    id.ID
	Batch    id.ID
	Why      string
	Detail   string
	Back     string
	UndoneAt *time.Time
	UndoneBy id.ID
}

// Logged is the statement of all lines, from which a finder takes those that its viewer may read.
func Logged(db *store.DB) *store.DB {
	return db.Table("audits").Select(`audits.id, audits.at, coalesce(audits.by_id, 0) as "by", audits.what, coalesce(audits.space_id, 0) as space,
		audits.subject_id as subject, coalesce(audits.place_id, 0) as place, coalesce(audits.batch_id, 0) as batch,
		audits.why, audits.detail, audits.back, audits.undone_at, coalesce(audits.undone_by, 0) as undone_by`)
}

// Find returns one line.
func Find(db *store.DB, key id.ID) (k Kept, err error) {
	err = Logged(db).Where("audits.id = ?", key).Take(&k).Error
	if errors.Is(err, store.ErrNotFound) {
		return k, problem.Missing("There is no such line in the log.")
	}
	return k, err
}

// Undone notes that a deed was undone. It is noted once: ok tells whether it was this time.
func Undone(tx *store.Tx, line, by id.ID) (ok bool, err error) {
	res := tx.Exec("update audits set undone_at = ?, undone_by = ? where id = ? and undone_at is null", tx.Now, by, line)
	return res.RowsAffected == 1, res.Error
}

// UndoneToo notes it at the other line of the same deed, at the place where that was logged with that way back.
func UndoneToo(tx *store.Tx, place id.ID, back string, by id.ID) error {
	return tx.Exec("update audits set undone_at = ?, undone_by = ? where place_id = ? and back = ? and undone_at is null", tx.Now, by, place, back).Error
}

// SinceOn counts those of the deeds that were done to the same thing after that line, and stand.
func SinceOn(tx *store.Tx, k Kept, deeds []string) (n int64, err error) {
	err = tx.Table("audits").Where("place_id = ? and subject_id = ? and what in ? and undone_at is null and (at, id) > (?, ?)", k.Place, k.Subject, deeds, k.At, k.ID).Count(&n).Error
	return n, err
}

// Since returns the details of those of the deeds that were done at a place after that line, and stand.
func Since(tx *store.Tx, k Kept, deeds []string) (details []string, err error) {
	err = tx.Table("audits").Where("place_id = ? and what in ? and undone_at is null and (at, id) > (?, ?)", k.Place, deeds, k.At, k.ID).Pluck("detail", &details).Error
	return details, err
}
