package access

import (
	"guildhall/models/problem"
	"guildhall/models/store"
)

// CanKeep is nil for whoever looks after anything here: the moderators of any space, and the owners.
func (v Viewer) CanKeep() error {
	if !v.Staff() {
		return problem.Refused("Only the moderators and owners of the club can do that.")
	}
	return nil
}

// CanReview is nil when v looks after what hangs on p: as a moderator of its space. What hangs on no
// place (the zero Place), and what one of a few reports to them, is the owners'. To anybody else it never was. Reviewable says the same in SQL.
func (v Viewer) CanReview(p Place) error {
	if (p.ID == 0 || p.Private()) && v.Owner() || p.ID != 0 && v.Keeps(p.SpaceID) {
		return nil
	}
	return problem.Missing(noPlace)
}

// Reviewable narrows a statement to rows that v looks after, by the place that column names.
func Reviewable(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		db = db.Joins("left join places on places.id = " + column)
		if v.held == nil {
			return db.Where("1 = 0")
		}
		return db.Where("places.space_id in ? or (places.space_id is null and ?)", some(v.held.kept), v.Owner())
	}
}

// Keeping narrows a statement to rows of the spaces that v looks after, by the space that column names.
func Keeping(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		if v.held == nil {
			return db.Where("1 = 0")
		}
		return db.Where(column+" in ?", some(v.held.kept))
	}
}
