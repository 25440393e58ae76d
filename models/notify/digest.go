package notify

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

const (
	// lostAfter is for how long somebody who stays away is written to.
	lostAfter = 180 * 24 * time.Hour
	// digestsAtOnce is how many members one turn looks at.
	digestsAtOnce = 200
	// early lets a digest go in the morning that follows an interval, and not in the one after it.
	early = 12 * time.Hour
)

// reader is one member whose digest is due.
type reader struct {
	MemberID id.ID
	Digest   string
	Zone     string
	SeenAt   time.Time
	MailedAt *time.Time
	Last     *time.Time // when the digest before went
}

const readers = `select s.member_id, s.digest, m.zone, m.seen_at, s.mailed_at,
	(select sent_at from mailings where mailings.member_id = s.member_id and mailings.kind = 'digest' and sent_at is not null order by sent_at desc limit 1) as last
	from told_settings s join members m on m.id = s.member_id where m.left_at is null and `

// away tells whether a digest is for them now: they were neither here nor written to for as long as
// they chose, and have not been gone for good.
func (r reader) away(now time.Time) bool {
	every := Every(r.Digest)
	return every > 0 && !r.heardOf().Add(every-early).After(now) && r.SeenAt.After(now.Add(-lostAfter))
}

// heardOf is when they were last here, or written to.
func (r reader) heardOf() time.Time {
	if r.MailedAt != nil && r.MailedAt.After(r.SeenAt) {
		return *r.MailedAt
	}
	return r.SeenAt
}

// next is when to look again: in the morning that follows the interval.
func (r reader) next(now time.Time, sent bool) *time.Time {
	every := Every(r.Digest)
	if every == 0 {
		return nil
	}
	from := r.heardOf()
	if sent || from.Add(every-early).Before(now) {
		from = now
	}
	at := nextMorning(from.Add(every-early), store.Zone(r.Zone))
	return &at
}

// GatherDigests makes a letter for each of the next members whose digest is due and who are away, sets
// when to look at each of them again, and tells whether there was any. Who is not to be disturbed is
// looked at when that is over.
func (b *Bell) GatherDigests(ctx context.Context) (some bool, err error) {
	due := b.store.Read(ctx).Raw("select exists (select 1 from told_settings where digest_due_at <= ?)", b.store.Now(ctx))
	if err := due.Scan(&some).Error; err != nil || !some {
		return false, err
	}
	return true, b.store.Write(ctx, func(tx *store.Tx) error {
		lock := ""
		if tx.Dialect() == "postgres" {
			lock = " for update of s skip locked"
		}
		var all []reader
		err := tx.Raw(readers+"s.digest_due_at <= ? order by s.digest_due_at limit ?"+lock, tx.Now, digestsAtOnce).Scan(&all).Error
		if err != nil || len(all) == 0 {
			return err
		}
		letters, looks, err := digests(tx, all)
		if err != nil {
			return err
		}
		if err := tx.Table("told_settings").Clauses(store.Upsert("member_id", "digest_due_at")).Create(looks).Error; err != nil {
			return err
		}
		return post(tx, letters)
	})
}

// digests are the letters of those readers who are to have one, and when to look at each of them again.
func digests(tx *store.Tx, all []reader) (letters []Mailing, looks []map[string]any, err error) {
	members := make([]id.ID, len(all))
	for i, r := range all {
		members[i] = r.MemberID
	}
	wanted, err := wishes(tx.DB, members)
	for _, r := range all {
		away := r.away(tx.Now)
		look := r.next(tx.Now, away)
		if until, quiet := wanted[r.MemberID].Quiet(tx.Now); quiet && away {
			until = until.UTC()
			away, look = false, &until
		}
		if away {
			letters = append(letters, Mailing{ID: tx.NewID(), MemberID: r.MemberID, Kind: OfDigest, CreatedAt: tx.Now})
		}
		looks = append(looks, map[string]any{"member_id": r.MemberID, "key": "", "digest_due_at": look})
	}
	return letters, looks, err
}

// post keeps letters and the work of writing them.
func post(tx *store.Tx, letters []Mailing) error {
	if len(letters) == 0 {
		return nil
	}
	if err := tx.Create(&letters).Error; err != nil {
		return err
	}
	all := make([]queue.Work, len(letters))
	for i, m := range letters {
		all[i] = queue.Work{Kind: MailTold, Payload: MailingJob{m.ID}}
		if m.Kind == OfDigest {
			all[i].Kind = MailDigest
		}
	}
	return queue.Add(tx, all...)
}

// Away returns since when a member has missed what happens: since they were last here, or the last
// digest. ok is false when a digest is not for them any more.
func (b *Bell) Away(ctx context.Context, member id.ID) (since time.Time, ok bool, err error) {
	var all []reader
	err = b.store.Read(ctx).Raw(readers+"s.member_id = ?", member).Scan(&all).Error
	if err != nil || len(all) != 1 || !all[0].away(b.store.Now(ctx)) {
		return since, false, err
	}
	since = all[0].SeenAt
	if last := all[0].Last; last != nil && last.After(since) {
		since = *last
	}
	return since, true, nil
}
