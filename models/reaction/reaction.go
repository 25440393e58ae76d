// Package reaction keeps the small answers of one button: thanks, applause. Whatever can be reacted
// to has a table of its own for them, of the same shape, and whoever owns that table asks who may.
package reaction

import (
	"slices"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Kind is a sort of reaction: its icon, and what a screen reader says.
type Kind struct{ Kind, Icon, Words string }

// Among tells whether kind is one of kinds.
func Among(kinds []Kind, kind string) bool {
	return slices.ContainsFunc(kinds, func(k Kind) bool { return k.Kind == kind })
}

// Count is how many members gave one kind of reaction to a subject.
type Count struct {
	SubjectID id.ID
	Kind      string
	N         int64
}

// Table is where the reactions to one sort of thing are kept, and the column that names the thing.
type Table struct {
	Name, Subject string
	Own           []string // a select of what else a member gave to subjects: subject, kind, 0, 1; "" for nothing
}

// Set gives a reaction of a member to a subject, or takes it back. It tells whether that changed
// anything, and how many reactions of theirs the subject has now.
func (t Table) Set(tx *store.Tx, subject, by id.ID, kind string, on bool) (changed bool, left int64, err error) {
	var res *store.DB
	if on {
		row := map[string]any{t.Subject: subject, "member_id": by, "kind": kind, "created_at": tx.Now}
		res = store.OnConflictSkip(tx.DB).Table(t.Name).Create(row)
	} else {
		res = tx.Exec("delete from "+t.Name+" where "+t.Subject+" = ? and member_id = ? and kind = ?", subject, by, kind)
	}
	if res.Error != nil {
		return false, 0, res.Error
	}
	err = tx.Table(t.Name).Where(t.Subject+" = ? and member_id = ?", subject, by).Count(&left).Error
	return res.RowsAffected > 0, left, err
}

// Of counts the reactions to subjects, and finds those of one member (0: nobody), in one statement. What
// else is counted in such rows (subject_id, kind, n, own) can come along in it.
func (t Table) Of(db *store.DB, by id.ID, subjects []id.ID, also ...*store.DB) (given map[id.ID][]Count, own map[id.ID]map[string]bool, err error) {
	given, own = map[id.ID][]Count{}, map[id.ID]map[string]bool{}
	if len(subjects) == 0 {
		return given, own, nil
	}
	asked, with := "select "+t.Subject+" as subject_id, kind, count(*) as n, sum(case when member_id = ? then 1 else 0 end) as own from "+t.Name+
		" where "+t.Subject+" in ? group by "+t.Subject+", kind", []any{by, subjects}
	for _, more := range t.Own {
		asked, with = asked+" union all "+more, append(with, by, subjects)
	}
	for _, more := range also {
		asked, with = asked+" union all ?", append(with, more)
	}
	rows, err := db.Raw(asked+" order by subject_id, n desc, kind", with...).Rows()
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = rows.Close() }() // Err has told
	for rows.Next() {
		var c Count
		var mine int64
		if err := rows.Scan(&c.SubjectID, &c.Kind, &c.N, &mine); err != nil {
			return nil, nil, err
		}
		if c.N > 0 {
			given[c.SubjectID] = append(given[c.SubjectID], c)
		}
		if mine > 0 {
			if own[c.SubjectID] == nil {
				own[c.SubjectID] = map[string]bool{}
			}
			own[c.SubjectID][c.Kind] = true
		}
	}
	return given, own, rows.Err()
}
