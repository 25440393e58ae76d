package queue

import (
	"fmt"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Dead is work that failed for so long that it is tried no more.
type Dead struct {
	ID        id.ID
	Kind      string
	Payload   string
	Attempts  int
	Error     string
	CreatedAt time.Time
}

// Job is the work as a worker would hold it.
func (d Dead) Job() Job { return Job{ID: d.ID, Kind: named(kinds, d.Kind), Payload: d.Payload} }

// Died is the statement of the dead work whose kind begins with that, latest first, after the cursor.
func Died(db *store.DB, begins string, after store.Cursor) *store.DB {
	db = db.Table("jobs").Where("state = 'dead' and kind like ?", begins+"%")
	if at, key, ok := after.Time(); ok {
		db = db.Where("(created_at, id) < (?, ?)", at, key)
	}
	return db.Order("created_at desc, id desc")
}

// Again gives dead work another life; ok is false when there is none of that id and kind.
func Again(tx *store.Tx, job id.ID, begins string) (ok bool, err error) {
	res := tx.Exec("update jobs set state = 'waiting', attempts = 0, run_at = ?, error = '' where id = ? and state = 'dead' and kind like ?", tx.Now, job, begins+"%")
	if res.Error == nil && res.RowsAffected == 1 {
		for _, k := range kinds {
			tx.Say(Added{k})
		}
	}
	return res.RowsAffected == 1, res.Error
}

// Drop takes dead work away; ok is false when there is none of that id and kind.
func Drop(tx *store.Tx, job id.ID, begins string) (ok bool, err error) {
	res := tx.Exec("delete from jobs where id = ? and state = 'dead' and kind like ?", job, begins+"%")
	if res.Error != nil {
		return false, fmt.Errorf("drop job %s: %w", job, res.Error)
	}
	return res.RowsAffected == 1, nil
}
