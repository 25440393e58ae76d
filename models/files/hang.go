package files

import (
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Hang makes what v uploaded, and a text of theirs names by id, part of the post or message that it
// is the text of. A file of somebody else, or one that hangs elsewhere, stays what it was: to name it
// opens it to nobody. It returns how the pictures that hang there now are drawn, by id.
func Hang(tx *store.Tx, v access.Viewer, at access.Thing, subject id.ID, named []string) (map[string]prose.Size, error) {
	keys := parsed(named)
	if len(keys) == 0 {
		return nil, nil
	}
	err := tx.Model(&File{}).Where("id in ? and member_id = ? and subject_id is null", keys, v.ID).
		Updates(map[string]any{"subject_id": subject, "place_id": at.Place().ID}).Error
	if err != nil {
		return nil, err
	}
	var hung []File
	if err := tx.Where("subject_id = ? and width > 0", subject).Find(&hung).Error; err != nil {
		return nil, err
	}
	sizes := make(map[string]prose.Size, len(hung))
	for _, f := range hung {
		sizes[f.ID.String()] = f.size()
	}
	return sizes, nil
}

// Rehang is Hang for a text that was changed: what hung there and is named no longer is its
// uploader's alone again. Unless v may take away all of it, only what v uploaded is.
func Rehang(tx *store.Tx, v access.Viewer, at access.Thing, subject id.ID, named []string, all bool) (map[string]prose.Size, error) {
	loose := tx.Model(&File{}).Where("subject_id = ?", subject)
	if !all {
		loose = loose.Where("member_id = ?", v.ID)
	}
	if keys := parsed(named); len(keys) > 0 {
		loose = loose.Where("id not in ?", keys)
	}
	err := loose.Updates(looseNow(tx)).Error
	if err != nil {
		return nil, err
	}
	return Hang(tx, v, at, subject, named)
}

func parsed(named []string) (keys []id.ID) {
	for _, name := range named {
		if key, err := id.Parse(name); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

// Withdraw keeps what hangs on a post or message from its readers while that is removed, or gives
// it back to them.
func Withdraw(tx *store.Tx, subject id.ID, removed bool) error {
	return tx.Model(&File{}).Where("subject_id = ?", subject).Update("withdrawn", removed).Error
}

// LetGo frees what hung on posts or messages that are gone for good: it is dropped with what hangs nowhere.
func LetGo(tx *store.Tx, subjects []id.ID) error {
	return tx.Model(&File{}).Where("subject_id in ?", subjects).Updates(looseNow(tx)).Error
}

func looseNow(tx *store.Tx) map[string]any {
	return map[string]any{"subject_id": nil, "place_id": nil, "withdrawn": false, "loose_since": tx.Now}
}

// Carry takes what hangs on posts along to another place.
func Carry(tx *store.Tx, subjects []id.ID, to id.ID) error {
	return tx.Model(&File{}).Where("subject_id in ?", subjects).Update("place_id", to).Error
}
