package letters

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Recall takes a letter of v's back that is not delivered yet: it is a draft again, as it was written.
func (l *Letters) Recall(ctx context.Context, v access.Viewer, letter id.ID) (d draft.Draft, err error) {
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		v, err := l.access.Renew(tx, v)
		if err != nil {
			return err
		}
		one, err := ownWaiting(tx, v, letter)
		if err != nil {
			return err
		}
		t, people, err := between(tx.DB, one.ThreadID)
		if err != nil {
			return err
		}
		if d, err = l.drafted(tx, v, t, one, people); err != nil {
			return err
		}
		return drop(tx, t, one)
	})
	return d, err
}

// drafted makes the letter a draft: of an answer, or of a new letter with whom it is for.
func (l *Letters) drafted(tx *store.Tx, v access.Viewer, t Thread, one Letter, people []party) (draft.Draft, error) {
	if t.Letters > 0 {
		return draft.Again(tx, v, draft.Draft{Kind: draft.Answer, TargetID: t.ID, PlaceID: &t.ID, Text: one.Source})
	}
	keys := make([]id.ID, 0, len(people))
	for _, p := range people {
		if p.MemberID != v.ID && !p.Gone {
			keys = append(keys, p.MemberID)
		}
	}
	named, err := l.members.Named(tx.Context(), keys)
	if err != nil {
		return draft.Draft{}, err
	}
	var readers []string
	for _, key := range keys {
		readers = append(readers, named[key].Handle)
	}
	return draft.Again(tx, v, draft.Draft{Kind: draft.Letter, TargetID: tx.NewID(), Title: t.Title, Text: one.Source, Around: draft.Around{Readers: strings.Join(readers, ", ")}})
}

// drop takes a letter that was never delivered away, and the correspondence with it if it began one.
func drop(tx *store.Tx, t Thread, one Letter) error {
	if err := tx.Exec("delete from notifications where subject_id = ? and kind = 'letter_back'", one.ID).Error; err != nil {
		return err
	}
	if err := tx.Delete(&Letter{}, "id = ?", one.ID).Error; err != nil {
		return err
	}
	if err := queue.Cancel(tx, one.job()); err != nil || t.Letters > 0 {
		return err
	}
	if err := tx.Where("thread_id = ?", t.ID).Delete(&Person{}).Error; err != nil {
		return err
	}
	if err := tx.Delete(&Thread{}, "id = ?", t.ID).Error; err != nil {
		return err
	}
	return access.DropPlace(tx, t.ID)
}

// Forget drops what a member wrote and was not delivered: they are no longer here.
func Forget(tx *store.Tx, member id.ID) error {
	var waiting []Letter // at most MaxWaiting
	if err := tx.Where("author_id = ? and number is null", member).Find(&waiting).Error; err != nil {
		return err
	}
	for _, one := range waiting {
		var t Thread
		if err := tx.Take(&t, "id = ?", one.ThreadID).Error; err != nil {
			return err
		}
		if err := drop(tx, t, one); err != nil {
			return err
		}
	}
	return nil
}
