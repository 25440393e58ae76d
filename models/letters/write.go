package letters

import (
	"context"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Deliver is the work of bringing a letter to those it is for.
var Deliver = queue.NewKind("letter.deliver", queue.Normal)

// DeliverJob names a letter that waits, and the time for which it was queued.
type DeliverJob struct {
	Letter id.ID
	At     time.Time
}

// Write begins a correspondence with v's letter to one to eight others. It waits until it is delivered, and
// nobody knows of it before. The same d.Key twice gives the same letter.
func (l *Letters) Write(ctx context.Context, v access.Viewer, d Draft) (kept Letter, err error) {
	text, err := d.whole()
	if err != nil {
		return kept, err
	}
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		v, err := l.mayWrite(tx, v)
		if err != nil {
			return err
		}
		if found, err := again(tx, &kept, v.ID, d.Key); found || err != nil {
			return err
		}
		readers, err := l.readers(tx, v, d.To)
		if err != nil {
			return err
		}
		if err := beginsFew(tx, v.ID); err != nil {
			return err
		}
		place, err := access.AddLetterPlace(tx, v.ID)
		if err != nil {
			return err
		}
		t := Thread{ID: place.ID, Title: d.Title, ByID: v.ID, Key: d.Key, CreatedAt: tx.Now}
		if err := tx.Create(&t).Error; err != nil {
			return err
		}
		people := []Person{{ThreadID: t.ID, MemberID: v.ID}}
		for _, m := range readers {
			people = append(people, Person{ThreadID: t.ID, MemberID: m})
		}
		if err := tx.Create(&people).Error; err != nil {
			return err
		}
		if kept, err = l.keep(tx, v, t, d, text); err != nil {
			return err
		}
		return draft.End(tx, draft.Letter, id.ID(d.Target), v.ID)
	})
	return kept, err
}

// Answer adds v's letter to a correspondence that v is in, for all the others in it. It waits as the first
// one did.
func (l *Letters) Answer(ctx context.Context, v access.Viewer, thread id.ID, d Draft) (kept Letter, err error) {
	text, err := d.cook()
	if err != nil {
		return kept, err
	}
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		v, err := l.mayWrite(tx, v)
		if err != nil {
			return err
		}
		place, err := access.LockPlace(tx, thread)
		if err != nil {
			return err
		}
		if err := v.CanReply(place); err != nil {
			return err
		}
		if found, err := again(tx, &kept, v.ID, d.Key); found || err != nil {
			return err
		}
		t, people, err := between(tx.DB, thread)
		if err != nil {
			return err
		}
		if len(reachable(people, v.ID)) == 0 {
			return problem.Refused("Nobody is left here to write to. Write a new letter.")
		}
		if kept, err = l.keep(tx, v, t, d, text); err != nil {
			return err
		}
		return draft.End(tx, draft.Answer, thread, v.ID)
	})
	return kept, err
}

// mayWrite renews v, and asks whether they may write letters at all.
func (l *Letters) mayWrite(tx *store.Tx, v access.Viewer) (access.Viewer, error) {
	v, err := l.access.Renew(tx, v)
	if err != nil {
		return v, err
	}
	return v, v.CanCorrespond()
}

// again finds the letter that was written with a key before.
func again(tx *store.Tx, kept *Letter, author id.ID, key string) (bool, error) {
	var rows []Letter
	if err := tx.Where("author_id = ? and key = ?", author, key).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return false, err
	}
	*kept = rows[0]
	return true, nil
}

// readers are the members of those handles. Whether one of them blocks the writer plays no part.
func (l *Letters) readers(tx *store.Tx, v access.Viewer, handles []string) (keys []id.ID, err error) {
	if len(handles) > MaxPeople {
		return nil, problem.Invalid("readers", "A letter goes to at most %d people. You named %d.", MaxPeople, len(handles))
	}
	of, err := l.members.Handles(tx.Context(), handles)
	if err != nil {
		return nil, err
	}
	for _, handle := range handles {
		found := false
		for key, h := range of {
			if h == handle {
				keys, found = append(keys, key), true
			}
		}
		if !found {
			return nil, problem.Invalid("readers", "Nobody here goes by “%s”. Write handles, as they stand below the names.", handle)
		}
	}
	if slices.Contains(keys, v.ID) {
		return nil, problem.Invalid("readers", "A letter goes to others: take yourself out.")
	}
	return keys, nil
}

// beginsFew keeps one from writing to strangers by the dozen.
func beginsFew(tx *store.Tx, writer id.ID) error {
	var had struct {
		Begun    int64
		JoinedAt time.Time
	}
	err := tx.Raw("select (select count(*) from letter_threads where by_id = ? and created_at > ?) as begun, joined_at from members where id = ?",
		writer, tx.Now.Add(-24*time.Hour), writer).Scan(&had).Error
	switch {
	case err != nil:
		return err
	case tx.Now.Sub(had.JoinedAt) < firstDays && had.Begun >= firstDay:
		return problem.TooSoon(24*time.Hour, "In your first week you can begin %d correspondences a day. Answers are not counted. What you wrote stays in your drafts.", firstDay)
	case had.Begun >= newPerDay:
		return problem.TooSoon(24*time.Hour, "You can begin %d correspondences a day. Answers are not counted. What you wrote stays in your drafts.", newPerDay)
	}
	return nil
}

// keep writes a letter that waits, with what it needs until then.
func (l *Letters) keep(tx *store.Tx, v access.Viewer, t Thread, d Draft, text prose.Cooked) (kept Letter, err error) {
	var wrote struct{ Waiting, Today int64 }
	err = tx.Raw("select (select count(*) from letters where author_id = ? and number is null) as waiting, (select count(*) from letters where author_id = ? and written_at > ?) as today",
		v.ID, v.ID, tx.Now.Add(-24*time.Hour)).Scan(&wrote).Error
	switch {
	case err != nil:
		return kept, err
	case wrote.Waiting >= MaxWaiting:
		return kept, problem.Conflict("At most %d of your letters wait to be delivered. Take one back, or let one go first.", MaxWaiting)
	case wrote.Today >= perDay:
		return kept, problem.TooSoon(24*time.Hour, "You can write %d letters a day. What you wrote stays in your drafts.", perDay)
	}
	at := tx.Now.Add(Pause)
	if d.At != nil {
		if at = d.At.UTC(); at.Before(tx.Now) || at.Sub(tx.Now) > maxAhead {
			return kept, problem.Invalid("at", "Choose a time that is still to come, within a year.")
		}
	}
	html, err := l.naming(tx, text)
	if err != nil {
		return kept, err
	}
	kept = Letter{
		ID: tx.NewID(), ThreadID: t.ID, AuthorID: v.ID, Key: d.Key, Source: text.Source, HTML: html, Plain: text.Plain, Recipe: prose.Version,
		WrittenAt: tx.Now, DeliverAt: at.Truncate(time.Second),
	}
	if err := tx.Create(&kept).Error; err != nil {
		return kept, err
	}
	if err := files.KeepUntil(tx, v, text.Files, kept.DeliverAt); err != nil {
		return kept, err
	}
	return kept, queue.Instead(tx, queue.Work{Kind: Deliver, Key: kept.job(), Payload: DeliverJob{kept.ID, kept.DeliverAt}, At: kept.DeliverAt})
}

// job is the key of its delivery.
func (l Letter) job() string { return "letter.deliver." + l.ID.String() }

// naming lets mentions of nobody lead nowhere. A mention in a letter calls nobody.
func (l *Letters) naming(tx *store.Tx, text prose.Cooked) (string, error) {
	named := prose.MentionedIn(text.HTML)
	if len(named) == 0 {
		return text.HTML, nil
	}
	of, err := l.members.Handles(tx.Context(), named)
	known := map[string]bool{}
	for _, handle := range of {
		known[handle] = true
	}
	return prose.Mentioning(text.HTML, known, nil), err
}
