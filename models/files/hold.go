package files

import (
	"guildhall/models/id"
	"guildhall/models/store"
)

// holder is what keeps files that hang on nothing yet: the table of those that it names, and the column there
// that says which one of its kind it is.
type holder struct{ table, column string }

var (
	drafted   = holder{"draft_files", "draft_id"}
	scheduled = holder{"waiting_files", "scheduled_id"}
	written   = holder{"waiting_files", "letter_id"}
)

// Hold keeps a member's own files that a draft names from being swept, as long as the draft is there.
// What it names no longer has a day left, as anything that hangs on nothing.
func Hold(tx *store.Tx, draft, member id.ID, named []string) error {
	return drafted.hold(tx, draft, member, named)
}

// HoldScheduled is Hold for a topic that is to be published later, until it is or is cancelled, when it names
// none.
func HoldScheduled(tx *store.Tx, topic, member id.ID, named []string) error {
	return scheduled.hold(tx, topic, member, named)
}

// HoldLetter is Hold for a letter that is not delivered yet, until it is, when it names none.
func HoldLetter(tx *store.Tx, letter, member id.ID, named []string) error {
	return written.hold(tx, letter, member, named)
}

func (h holder) hold(tx *store.Tx, by, member id.ID, named []string) error {
	if err := tx.Exec("update files set loose_since = ? where subject_id is null and id in (select file_id from "+h.table+" where "+h.column+" = ?)", tx.Now, by).Error; err != nil {
		return err
	}
	if err := tx.Exec("delete from "+h.table+" where "+h.column+" = ?", by).Error; err != nil {
		return err
	}
	keys := parsed(named)
	if len(keys) == 0 {
		return nil
	}
	return tx.Exec("insert into "+h.table+" ("+h.column+", file_id) select ?, id from files where id in ? and member_id = ?", by, keys, member).Error
}

// free tells in SQL that a file hangs on nothing, and that nothing holds it.
const free = `subject_id is null and not exists (select 1 from draft_files where draft_files.file_id = files.id)
	and not exists (select 1 from waiting_files where waiting_files.file_id = files.id) and not exists (select 1 from page_files where page_files.file_id = files.id)`
