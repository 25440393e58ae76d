package letters

import (
	"context"
	"errors"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Opened is a correspondence as one of its people reads it.
type Opened struct {
	Thread
	Me      Person
	People  []Party
	Letters []Letter // those that they have, in order, and at the end what they wrote and is not delivered yet
	Earlier int64    // the number before which there are more; 0 where there are none
}

// Party is one of those between whom letters go.
type Party struct {
	Person
	Gone bool // they are no longer a member
}

// Left tells whether no letter of this correspondence reaches them any more.
func (p Party) Left() bool { return p.Gone || p.LeftAt != nil }

// Alone tells whether nobody else is left to write to.
func (o Opened) Alone() bool {
	return !slices.ContainsFunc(o.People, func(p Party) bool { return p.MemberID != o.Me.MemberID && !p.Left() })
}

// New tells whether its reader has not read a letter before.
func (o Opened) New(l Letter) bool {
	return l.Number != nil && *l.Number > o.Me.ReadNumber && l.AuthorID != o.Me.MemberID
}

// atOnce is how many letters a page of a correspondence has.
const atOnce = 20

// Open returns a correspondence that v is in, with the letters that v has of it: the latest, or those before
// that number. To anybody else there is none.
func (l *Letters) Open(ctx context.Context, v access.Viewer, thread id.ID, before int64) (o Opened, err error) {
	db := l.store.Read(ctx)
	place, err := access.FindPlace(db, thread)
	if err != nil {
		return o, err
	}
	if err := v.CanRead(place); err != nil {
		return o, err
	}
	t, people, err := between(db, thread)
	if err != nil {
		return o, err
	}
	o.Thread = t
	for _, p := range people {
		if p.MemberID == v.ID {
			o.Me = p.Person
		}
		o.People = append(o.People, Party(p))
	}
	if o.Me.MemberID == 0 || o.Me.LeftAt != nil {
		return Opened{}, errNone
	}
	mine := db.Table("letters").Where("letters.thread_id = ?", thread).
		Where("letters.author_id = ? or letters.number is not null and exists (select 1 from letter_copies where letter_copies.letter_id = letters.id and letter_copies.member_id = ?)", v.ID, v.ID)
	if before > 0 {
		mine = mine.Where("letters.number < ?", before)
	}
	err = mine.Clauses(store.OrderBy("case when letters.number is null then 1 else 0 end desc, letters.number desc, letters.written_at desc")).Limit(atOnce + 1).Select("letters.*").Scan(&o.Letters).Error
	if len(o.Letters) > atOnce {
		o.Letters = o.Letters[:atOnce]
		if last := o.Letters[atOnce-1].Number; last != nil {
			o.Earlier = *last
		}
	}
	slices.Reverse(o.Letters)
	return o, err
}

// Read notes that v has read a correspondence up to its last letter, and what they were told of it.
func (l *Letters) Read(ctx context.Context, v access.Viewer, o Opened) error {
	if o.Me.Unread == 0 || v.CanChange() != nil {
		return nil
	}
	return l.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec("update letter_people set unread = 0, read_number = ? where thread_id = ? and member_id = ? and unread = ?",
			o.Thread.Letters, o.ID, v.ID, o.Me.Unread).Error // what came since the page was looked up stays unread
		if err != nil {
			return err
		}
		return notify.MarkRead(tx, v.ID, o.ID, nil)
	})
}

// Arrange puts a correspondence of v's away or takes it out again, or marks its last letter as unread.
func (l *Letters) Arrange(ctx context.Context, v access.Viewer, thread id.ID, how How) error {
	return l.store.Write(ctx, func(tx *store.Tx) error {
		if err := l.isIn(tx, &v, thread); err != nil {
			return err
		}
		row := tx.Model(&Person{}).Where("thread_id = ? and member_id = ?", thread, v.ID)
		switch how {
		case PutAway:
			if err := row.Updates(map[string]any{"put_away_at": tx.Now, "unread": 0}).Error; err != nil {
				return err
			}
			return notify.MarkRead(tx, v.ID, thread, nil)
		case TakeOut:
			return row.Update("put_away_at", nil).Error
		case Unread:
			return row.Where("last_by <> member_id").Updates(map[string]any{"unread": 1, "put_away_at": nil}).Error
		}
		return problem.Invalid("", "Choose what is to be done with it.")
	})
}

// How a correspondence is arranged.
type How string

// The ways.
const (
	PutAway How = "away"
	TakeOut How = "out"
	Unread  How = "unread"
)

// Leave takes v out of a correspondence for good: they read it no more, no further letter reaches them, and
// what they wrote and was not delivered is dropped. Its letters stay with the others, who see that v left.
func (l *Letters) Leave(ctx context.Context, v access.Viewer, thread id.ID) error {
	return l.store.Write(ctx, func(tx *store.Tx) error {
		if err := l.isIn(tx, &v, thread); err != nil {
			return err
		}
		var t Thread
		if err := store.ForUpdate(tx.DB).Take(&t, "id = ?", thread).Error; err != nil {
			return missing(err)
		}
		if t.Letters == 0 {
			return problem.Refused("Nothing of it is delivered yet. Take your letter back instead.")
		}
		if err := tx.Exec("delete from letters where thread_id = ? and author_id = ? and number is null", thread, v.ID).Error; err != nil {
			return err
		}
		if err := tx.Model(&Person{}).Where("thread_id = ? and member_id = ?", thread, v.ID).Updates(map[string]any{"left_at": tx.Now, "unread": 0}).Error; err != nil {
			return err
		}
		if err := tx.Exec("delete from drafts where member_id = ? and kind = 'answer' and target_id = ?", v.ID, thread).Error; err != nil {
			return err
		}
		if err := notify.MarkRead(tx, v.ID, thread, nil); err != nil {
			return err
		}
		_, err := l.access.Quit(tx, v, thread)
		return err
	})
}

// isIn renews v and asks whether they are in a correspondence.
func (l *Letters) isIn(tx *store.Tx, v *access.Viewer, thread id.ID) (err error) {
	if *v, err = l.access.Renew(tx, *v); err != nil {
		return err
	}
	place, err := access.FindPlace(tx.DB, thread)
	if err != nil {
		return err
	}
	if place.Kind != access.LetterPlace {
		return errNone
	}
	return v.CanRead(place)
}

var errNone = problem.Missing("There is nothing here, or nothing that is open to you.")

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return errNone
	}
	return err
}
