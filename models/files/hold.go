package files

import (
	"guildhall/models/id"
	"guildhall/models/store"
)

// held is a file that a draft names.
type held struct {
	DraftID id.ID
	FileID  id.ID
}

func (held) TableName() string { return "draft_files" }

// Hold keeps a member's own files that a draft names from being swept, as long as the draft is there.
// What it names no longer has a day left, as anything that hangs on nothing.
func Hold(tx *store.Tx, draft, member id.ID, named []string) error {
	if err := tx.Exec("update files set loose_since = ? where subject_id is null and id in (select file_id from draft_files where draft_id = ?)", tx.Now, draft).Error; err != nil {
		return err
	}
	if err := tx.Where("draft_id = ?", draft).Delete(&held{}).Error; err != nil {
		return err
	}
	keys := parsed(named)
	if len(keys) == 0 {
		return nil
	}
	var own []id.ID
	if err := tx.Model(&File{}).Where("id in ? and member_id = ?", keys, member).Pluck("id", &own).Error; err != nil || len(own) == 0 {
		return err
	}
	rows := make([]held, len(own))
	for i, file := range own {
		rows[i] = held{draft, file}
	}
	return tx.Create(&rows).Error
}
