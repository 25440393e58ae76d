package notify

import (
	"context"
	"fmt"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Mailing is a letter to one member: of what they were told, or a digest. What is in it hangs on it by
// reference, and is looked up and allowed as the letter is written.
type Mailing struct {
	ID        id.ID
	MemberID  id.ID
	Kind      string
	PlaceID   *id.ID // all of it is of this place, so that an answer to the letter has somewhere to go
	CreatedAt time.Time
	SentAt    *time.Time
}

// The kinds of mailings.
const (
	OfTold   = "told"
	OfDigest = "digest"
)

// The jobs that write letters; their payload is a MailingJob. A digest waits for everything else.
var (
	MailTold   = queue.NewKind("mail.told", queue.Normal)
	MailDigest = queue.NewKind("mail.digest", queue.Idle)
)

// MailTry is the kind of the job that mails a letter which a member asks for, to see whether it comes;
// its payload is a TryJob.
var MailTry = queue.NewKind("mail.try", queue.Normal)

// TryJob names who asked for it.
type TryJob struct{ Member id.ID }

// Try mails v a letter, at most one in ten minutes.
func (b *Bell) Try(ctx context.Context, v access.Viewer) error {
	if err := chooses(v); err != nil {
		return err
	}
	if _, ok, err := b.Mailbox(ctx, v.ID); err != nil || !ok {
		if err == nil {
			err = problem.Conflict("No address of yours takes letters. Add one, or confirm it again, under Ways in.")
		}
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		slot := tx.Now.Truncate(tryEvery).Unix()
		return queue.Add(tx, queue.Work{Kind: MailTry, Key: fmt.Sprintf("try:%s:%d", v.ID, slot), Payload: TryJob{v.ID}})
	})
}

const tryEvery = 10 * time.Minute

// MailingJob names the letter to be written.
type MailingJob struct{ Mailing id.ID }

const (
	// staleAfter is for how long a notification is worth a letter: what waited longer, as there was no
	// mail server, is left to the bell and the digest.
	staleAfter = 3 * 24 * time.Hour
	// apart is up to how many places at once a member is written a letter for each, which can then be
	// answered by mail; beyond it one letter has them all.
	apart = 3
	// membersAtOnce and linesAtOnce bound one gathering.
	membersAtOnce = 100
	linesAtOnce   = 2_000
)

// Gather makes letters of what has waited long enough to be mailed, several lines in one where they
// wait for the same member, and tells whether there was any. Quiet hours put it off.
func (b *Bell) Gather(ctx context.Context) (some bool, err error) {
	due := b.store.Read(ctx).Raw("select exists (select 1 from notifications where mail_at <= ?)", b.store.Now(ctx))
	if err := due.Scan(&some).Error; err != nil || !some {
		return false, err
	}
	return true, b.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec("update notifications set mail_at = null where mail_at < ?", tx.Now.Add(-staleAfter)).Error
		if err != nil {
			return err
		}
		var members []id.ID
		err = tx.Raw("select distinct member_id from notifications where mail_at <= ? limit ?", tx.Now, membersAtOnce).Scan(&members).Error
		if err != nil || len(members) == 0 {
			return err
		}
		all, err := wishes(tx.DB, members)
		if err != nil {
			return err
		}
		var lines []Notification
		err = store.ForUpdate(tx.DB).Where("member_id in ? and mail_at is not null and (mail_at <= ? or created_at <= ?)", members, tx.Now, tx.Now.Add(-personally)).
			Order("member_id, created_at, id").Limit(linesAtOnce).Find(&lines).Error
		if err != nil {
			return err
		}
		of := map[id.ID][]Notification{}
		for _, n := range lines {
			of[n.MemberID] = append(of[n.MemberID], n)
		}
		for m, waiting := range of {
			if err := write(tx, all[m], m, waiting); err != nil {
				return err
			}
		}
		return nil
	})
}

// write puts what waits for one member into letters, or off to the end of their quiet.
func write(tx *store.Tx, w Wishes, member id.ID, waiting []Notification) error {
	if until, quiet := w.Quiet(tx.Now); quiet {
		return tx.Model(&Notification{}).Where("id in ?", keys(waiting)).Update("mail_at", until.UTC()).Error
	}
	bundles := bundled(waiting)
	letters := make([]Mailing, 0, len(bundles))
	for place := range bundles {
		letters = append(letters, Mailing{ID: tx.NewID(), MemberID: member, Kind: OfTold, PlaceID: some(place), CreatedAt: tx.Now})
	}
	if err := post(tx, letters); err != nil {
		return err
	}
	for _, m := range letters { // at most apart, and one
		var place id.ID
		if m.PlaceID != nil {
			place = *m.PlaceID
		}
		err := tx.Model(&Notification{}).Where("id in ?", keys(bundles[place])).Updates(map[string]any{"mail_at": nil, "mailing_id": m.ID}).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// bundled is what goes into each letter, by its place: 0 where there is none, or they are too many.
func bundled(waiting []Notification) map[id.ID][]Notification {
	by := map[id.ID][]Notification{}
	for _, n := range waiting {
		var place id.ID
		if n.PlaceID != nil && n.Kind != Letter && n.Kind != LetterBack { // those are not answered by mail
			place = *n.PlaceID
		}
		by[place] = append(by[place], n)
	}
	if len(by) > apart {
		return map[id.ID][]Notification{0: waiting}
	}
	return by
}

func keys(lines []Notification) []id.ID {
	all := make([]id.ID, len(lines))
	for i, n := range lines {
		all[i] = n.ID
	}
	return all
}

// Mailing returns a letter that is to be written; ok is false for one that went, or is no longer there.
func (b *Bell) Mailing(ctx context.Context, mailing id.ID) (m Mailing, ok bool, err error) {
	var rows []Mailing
	err = b.store.Read(ctx).Where("id = ? and sent_at is null", mailing).Limit(1).Find(&rows).Error
	if len(rows) == 1 {
		return rows[0], true, err
	}
	return m, false, err
}

// perLetter is how many lines one letter has.
const perLetter = 25

// Unseen returns what v was told that belongs in that letter: what v may read now and has neither read
// nor been here since to see, oldest first.
func (b *Bell) Unseen(ctx context.Context, v access.Viewer, mailing id.ID) (rows []Notification, err error) {
	db := b.audible(ctx, v).Where("notifications.mailing_id = ? and notifications.read_at is null", mailing).
		Where("notifications.created_at > (select seen_at from members where members.id = notifications.member_id)")
	err = db.Order("notifications.created_at, notifications.id").Limit(perLetter).Find(&rows).Error
	return rows, err
}

// lettersPerDay is how many letters of what they were told go to one member; the digest has the rest.
const lettersPerDay = 100

// Sated tells whether a member was sent as many letters within a day as they ever are.
func (b *Bell) Sated(ctx context.Context, member id.ID) (yes bool, err error) {
	var sent int64
	err = b.store.Read(ctx).Model(&Mailing{}).Where("member_id = ? and sent_at > ? and kind = ?", member, b.store.Now(ctx).Add(-24*time.Hour), OfTold).Count(&sent).Error
	return sent >= lettersPerDay, err
}

// Sent notes that a letter went.
func (b *Bell) Sent(ctx context.Context, m Mailing) error {
	return b.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Model(&Mailing{}).Where("id = ?", m.ID).Update("sent_at", tx.Now).Error; err != nil {
			return err
		}
		return tx.Exec("update told_settings set mailed_at = ? where member_id = ?", tx.Now, m.MemberID).Error
	})
}
