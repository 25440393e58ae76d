package letters

import (
	"context"
	"regexp"
	"slices"

	"guildhall/models/access"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// DeliverDue brings a letter whose time has come to those it is for, if its writer still may write. Where it
// cannot be delivered it stays with them as they wrote it, and they are told. An order that is stale does
// nothing.
func (l *Letters) DeliverDue(ctx context.Context, job DeliverJob) error {
	return l.store.Write(ctx, func(tx *store.Tx) error {
		one, err := lockWaiting(tx, job.Letter)
		if problem.Of(err) != nil {
			return nil
		}
		if err != nil || one.Refused != "" || !one.DeliverAt.Equal(job.At) || one.DeliverAt.After(tx.Now) {
			return err
		}
		v, err := l.members.Viewer(tx.Context(), one.AuthorID)
		if problem.Is(err, problem.KindMissing) {
			return nil // nobody is there who wrote it
		}
		if err != nil {
			return err
		}
		_, err = l.deliver(tx, v, one)
		why := problem.Of(err)
		if why == nil {
			return err
		}
		if err := tx.Model(&one).Update("refused", why.Text).Error; err != nil {
			return err
		}
		return notify.Tell(tx, notify.Line{Kind: notify.LetterBack, At: one.ThreadID, Subject: one.ID}, one.AuthorID)
	})
}

// Send delivers a letter of v's that waits, now.
func (l *Letters) Send(ctx context.Context, v access.Viewer, letter id.ID) (one Letter, err error) {
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		v, err := l.mayWrite(tx, v)
		if err != nil {
			return err
		}
		if one, err = ownWaiting(tx, v, letter); err != nil {
			return err
		}
		if one, err = l.deliver(tx, v, one); err != nil {
			return err
		}
		return queue.Cancel(tx, one.job())
	})
	return one, err
}

// lockWaiting returns a letter that is not delivered yet, held.
func lockWaiting(tx *store.Tx, key id.ID) (one Letter, err error) {
	var rows []Letter
	err = store.ForUpdate(tx.DB).Where("id = ? and number is null", key).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return one, problem.Missing("There is no such letter waiting. It may have been delivered meanwhile.")
	}
	if err != nil {
		return one, err
	}
	return rows[0], nil
}

func ownWaiting(tx *store.Tx, v access.Viewer, key id.ID) (Letter, error) {
	one, err := lockWaiting(tx, key)
	if err == nil && one.AuthorID != v.ID {
		return Letter{}, problem.Missing("There is no such letter waiting. It may have been delivered meanwhile.")
	}
	return one, err
}

// deliver brings a letter of v's to all the others in its correspondence who are there. Who blocks v gets
// none of it, and v learns nothing of that.
func (l *Letters) deliver(tx *store.Tx, v access.Viewer, one Letter) (Letter, error) {
	if err := v.CanCorrespond(); err != nil {
		return one, err
	}
	place, err := access.LockPlace(tx, one.ThreadID)
	if err != nil {
		return one, err
	}
	if err := v.CanReply(place); err != nil {
		return one, err
	}
	t, people, err := between(tx.DB, one.ThreadID)
	if err != nil {
		return one, err
	}
	to := reachable(people, v.ID)
	if len(to) == 0 {
		return one, problem.Refused("Nobody is left to whom it could be brought.")
	}
	if to, err = heeding(tx, v.ID, to); err != nil {
		return one, err
	}
	if err := number(tx, v, &t, &one, place); err != nil {
		return one, err
	}
	if err := access.OpenTo(tx, t.ID, v.ID, to...); err != nil {
		return one, err
	}
	if err := bring(tx, one, to); err != nil {
		return one, err
	}
	if err := index.Put(tx, card(t, one)); err != nil {
		return one, err
	}
	return one, notify.Tell(tx, notify.Line{Kind: notify.Letter, At: t.ID, Subject: one.ID, By: v.ID}, to...)
}

// number gives a letter its place in the correspondence; what it shows hangs there from now on.
func number(tx *store.Tx, v access.Viewer, t *Thread, one *Letter, place access.Place) error {
	t.Letters++
	n := t.Letters
	sizes, err := files.Hang(tx, v, place, one.ID, named(one.Source))
	if err != nil {
		return err
	}
	one.Number, one.DeliveredAt, one.HTML = &n, &tx.Now, prose.Sized(one.HTML, sizes)
	if err := tx.Save(one).Error; err != nil {
		return err
	}
	return tx.Model(t).Update("letters", t.Letters).Error
}

// bring puts a letter into the letterboxes of its readers and of its writer. A correspondence that somebody
// put away comes back with it.
func bring(tx *store.Tx, one Letter, to []id.ID) error {
	if len(to) > 0 {
		copies := make([]Copy, len(to))
		for i, m := range to {
			copies[i] = Copy{one.ID, m}
		}
		if err := tx.Create(&copies).Error; err != nil {
			return err
		}
		err := tx.Exec("update letter_people set last_id = ?, last_by = ?, last_at = ?, unread = unread + 1, put_away_at = null where thread_id = ? and member_id in ?",
			one.ID, one.AuthorID, tx.Now, one.ThreadID, to).Error
		if err != nil {
			return err
		}
	}
	return tx.Exec("update letter_people set last_id = ?, last_by = ?, last_at = ?, put_away_at = null where thread_id = ? and member_id = ?",
		one.ID, one.AuthorID, tx.Now, one.ThreadID, one.AuthorID).Error
}

var ownFile = regexp.MustCompile(`/files/([1-9A-HJ-NP-Za-km-z]{11})`)

// mostNamed bounds the files of one letter.
const mostNamed = 50

// named are the ids of the club's files that a text names.
func named(text string) (keys []string) {
	for _, m := range ownFile.FindAllStringSubmatch(text, mostNamed) {
		keys = append(keys, m[1])
	}
	return keys
}

// party is one of those between whom letters go, and whether they are still a member.
type party struct {
	Person
	Gone bool
}

// between returns a correspondence with its people.
func between(db *store.DB, thread id.ID) (t Thread, people []party, err error) {
	if err := db.Take(&t, "id = ?", thread).Error; err != nil {
		return t, nil, missing(err)
	}
	err = db.Table("letter_people").Joins("join members on members.id = letter_people.member_id").
		Where("thread_id = ?", thread).Order("letter_people.member_id").Select("letter_people.*, members.left_at is not null as gone").Scan(&people).Error
	return t, people, err
}

// reachable are all but the writer who have neither left the correspondence nor the club.
func reachable(people []party, writer id.ID) (keys []id.ID) {
	for _, p := range people {
		if p.MemberID != writer && p.LeftAt == nil && !p.Gone {
			keys = append(keys, p.MemberID)
		}
	}
	return keys
}

// heeding are those of the members who do not block the writer.
func heeding(tx *store.Tx, writer id.ID, members []id.ID) ([]id.ID, error) {
	var deaf []id.ID
	err := tx.Table("blocks").Where("blocked_id = ? and member_id in ?", writer, members).Pluck("member_id", &deaf).Error
	return slices.DeleteFunc(members, func(m id.ID) bool { return slices.Contains(deaf, m) }), err
}
