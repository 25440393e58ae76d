package letters

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// card is what a letter is found by, by those who have it. The first one is found by the title too.
func card(t Thread, l Letter) index.Card {
	c := index.Card{ID: l.ID, Kind: index.Letter, Place: t.ID, By: l.AuthorID, At: *l.DeliveredAt, Image: strings.Contains(l.HTML, "<img"), Body: l.Plain}
	if *l.Number == 1 {
		c.Title = t.Title
	}
	return c
}

// Had narrows what is searched to letters that v wrote or was brought, and leaves all else: who is in a
// correspondence has none of its letters by somebody they block.
func Had(v access.Viewer) store.Scope {
	return func(db *store.DB) *store.DB {
		return db.Where("search_rows.kind <> 'letter' or search_rows.author_id = ? or exists (select 1 from letter_copies where letter_copies.letter_id = search_rows.id and letter_copies.member_id = ?)", v.ID, v.ID)
	}
}

// Picked is a letter with the title of its correspondence.
type Picked struct {
	Letter
	Title string
}

// Pick returns those of the letters that v has, by id, in one statement.
func (l *Letters) Pick(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]Picked, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var found []Picked
	err := l.store.Read(ctx).Table("letters").Scopes(access.Reachable(v, "letters.thread_id")).Joins("join letter_threads on letter_threads.id = letters.thread_id").
		Where("letters.id in ? and letters.number is not null", keys).
		Where("letters.author_id = ? or exists (select 1 from letter_copies where letter_copies.letter_id = letters.id and letter_copies.member_id = ?)", v.ID, v.ID).
		Select("letters.*, letter_threads.title").Scan(&found).Error
	picked := make(map[id.ID]Picked, len(found))
	for _, p := range found {
		picked[p.ID] = p
	}
	return picked, err
}

// Titles returns the titles of those correspondences that v is in, by id.
func (l *Letters) Titles(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []Thread
	err := l.store.Read(ctx).Table("letter_threads").Scopes(access.Reachable(v, "letter_threads.id")).Where("letter_threads.id in ?", keys).Select("letter_threads.*").Scan(&rows).Error
	of := make(map[id.ID]string, len(rows))
	for _, t := range rows {
		of[t.ID] = t.Title
	}
	return of, err
}

// Reported is a letter that somebody to whom it was brought reported: by itself, without its correspondence.
type Reported struct {
	Letter
	Opened bool // by this owner, which is logged; until then it has no text
}

// reported is the condition on a letter that somebody reported it and nobody decided yet.
const reported = "exists (select 1 from flags where flags.subject_kind = 'letter' and flags.subject_id = letters.id and flags.decided_at is null)"

// Reported returns those of the letters that an open report names, by id, for the owners alone.
func (l *Letters) Reported(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]Reported, error) {
	if len(keys) == 0 || v.CanOwn() != nil {
		return nil, nil
	}
	var found []Reported
	err := l.store.Read(ctx).Table("letters").Where("id in ? and number is not null", keys).Where(reported).
		Select("letters.*, exists (select 1 from audits where audits.what = 'letter.opened' and audits.subject_id = letters.id and audits.by_id = ?) as opened", v.ID).Scan(&found).Error
	of := make(map[id.ID]Reported, len(found))
	for _, one := range found {
		if !one.Opened {
			one.Source, one.HTML, one.Plain = "", "", ""
		}
		of[one.ID] = one
	}
	return of, err
}

// Unseal lets v, an owner, read a letter that was reported, and writes down that they did.
func (l *Letters) Unseal(ctx context.Context, v access.Viewer, letter id.ID) error {
	return l.store.Write(ctx, func(tx *store.Tx) error {
		v, err := l.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		found, err := l.Reported(tx.Context(), v, []id.ID{letter})
		if err != nil {
			return err
		}
		one, ok := found[letter]
		if !ok {
			return errNone
		}
		if one.Opened {
			return nil
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "letter.opened", Subject: letter})
	})
}

// Remove takes a letter that was reported from all who have it: a sentence stands in its place. It is the
// owners' to do.
func (l *Letters) Remove(tx *store.Tx, v access.Viewer, letter id.ID) error {
	if err := v.CanOwn(); err != nil {
		return err
	}
	if err := remove(tx, v.ID, letter); err != nil {
		return err
	}
	return audit.Write(tx, audit.Line{By: v.ID, What: "letter.removed", Subject: letter})
}

func remove(tx *store.Tx, by, letter id.ID) error {
	res := tx.Model(&Letter{}).Where("id = ? and number is not null and removed_at is null", letter).
		Updates(map[string]any{"removed_at": tx.Now, "removed_by": by, "source": "", "html": "", "plain": ""})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return problem.Conflict("It was removed already.")
	}
	if err := files.Withdraw(tx, letter, true); err != nil {
		return err
	}
	return index.Drop(tx, letter)
}

// TakeBack removes at most limit letters of an author who was removed, within a change that the caller has
// allowed, and tells how many went.
func (l *Letters) TakeBack(tx *store.Tx, author, by id.ID, limit int) (gone int, err error) {
	var keys []id.ID
	err = tx.Model(&Letter{}).Where("author_id = ? and number is not null and removed_at is null", author).Order("id").Limit(limit).Pluck("id", &keys).Error
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if err := remove(tx, by, key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}
