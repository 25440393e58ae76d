package notify

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Mailbox is where letters to a member go.
type Mailbox struct {
	ID         id.ID
	MemberID   id.ID
	Address    string
	Bounces    int
	BouncedAt  *time.Time
	StoppedAt  *time.Time
	StoppedWhy string
}

// TableName is the table of Mailbox, which models/member writes.
func (Mailbox) TableName() string { return "addresses" }

// Why letters to a mailbox stopped.
const (
	Bounced    = "bounced"
	Complained = "complained"
	ByHand     = "by_hand" // by an owner
)

// Mailbox returns where letters to a member go: the oldest address of theirs to which letters did not
// stop. After a complaint none is written to; ok is false then, and when there is none.
func (b *Bell) Mailbox(ctx context.Context, member id.ID) (m Mailbox, ok bool, err error) {
	var rows []Mailbox
	err = b.store.Read(ctx).Raw(`select * from addresses where member_id = ? and stopped_at is null and address like '%@%'
		and not exists (select 1 from addresses a where a.member_id = addresses.member_id and a.stopped_why = ?)
		order by confirmed_at, id limit 1`, member, Complained).Scan(&rows).Error
	if len(rows) == 1 {
		return rows[0], true, err
	}
	return m, false, err
}

// Stopped returns the mailboxes of a member to which no letters go, for the member to see.
func (b *Bell) Stopped(ctx context.Context, member id.ID) (all []Mailbox, err error) {
	err = b.store.Read(ctx).Where("member_id = ? and stopped_at is not null", member).Order("stopped_at desc, id").Find(&all).Error
	return all, err
}

// For how long a bounce of a letter and an answer to it are taken. An answer that quotes the letter may
// show its address to others, so that after the first it is not for long.
const (
	bouncesFor  = 90 * 24 * time.Hour
	repliesFor  = 14 * 24 * time.Hour
	answeredFor = 48 * time.Hour
)

// Way is what the address of a letter takes when it comes back. Each has a key of its own: the one for
// bounces goes through every mail server on the way, and may post nothing.
type Way string

// The ways.
const (
	ForReplies Way = "reply"
	ForBounces Way = "bounce"
)

// ReturnKey makes the secret of an address of one letter. Each writing of it has one of its own, and
// those before go on: any of them may have arrived.
func (b *Bell) ReturnKey(ctx context.Context, way Way, mailing, address id.ID) (key string, err error) {
	key = strings.ToLower(rand.Text()) // 130 bits in letters that survive any mail server
	lasts := bouncesFor
	if way == ForReplies {
		lasts = repliesFor
	}
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Table("return_keys").Create(map[string]any{"hash": hashed(key), "kind": string(way), "mailing_id": mailing, "address_id": address, "expires_at": tx.Now.Add(lasts)}).Error
	})
	return key, err
}

// Answered notes that an answer to a letter was posted as subject: its member is told, as somebody else may
// have written it, and the letter takes answers for two days more at the most.
func (b *Bell) Answered(ctx context.Context, letter Mailing, subject id.ID) error {
	return b.store.Write(ctx, func(tx *store.Tx) error {
		until := tx.Now.Add(answeredFor)
		err := tx.Exec("update return_keys set expires_at = ? where mailing_id = ? and kind = ? and expires_at > ?", until, letter.ID, string(ForReplies), until).Error
		if err != nil {
			return err
		}
		return Tell(tx, Line{Kind: Mailed, At: *letter.PlaceID, Subject: subject}, letter.MemberID)
	})
}

// EndReplies makes void what answers a member's letters by mail: whoever holds one of them posts nothing
// with it any more. The letters to come have keys of their own.
func EndReplies(tx *store.Tx, member id.ID) error {
	return tx.Exec("delete from return_keys where kind = ? and mailing_id in (select id from mailings where member_id = ?)", string(ForReplies), member).Error
}

func hashed(key string) string {
	sum := sha256.Sum256([]byte("return:" + strings.ToLower(key)))
	return hex.EncodeToString(sum[:])
}

// Returned is what came back to the address of a letter.
type Returned struct {
	Mailing Mailing
	Box     Mailbox
}

// Return finds the letter whose address takes that back with that key; ok is false for one that never was
// or has ended.
func (b *Bell) Return(ctx context.Context, way Way, key string) (r Returned, ok bool, err error) {
	var rows []struct{ MailingID, AddressID id.ID }
	db := b.store.Read(ctx)
	err = db.Raw("select mailing_id, address_id from return_keys where hash = ? and kind = ? and expires_at > ?", hashed(key), string(way), b.store.Now(ctx)).Scan(&rows).Error
	if err != nil || len(rows) != 1 {
		return r, false, err
	}
	if err := db.Take(&r.Mailing, "id = ?", rows[0].MailingID).Error; err != nil {
		return r, false, err
	}
	return r, true, db.Take(&r.Box, "id = ?", rows[0].AddressID).Error
}

const (
	hardly      = 2                   // what one final refusal counts
	softly      = 1                   // what one delay counts
	stopAt      = 4                   // from which on letters stop
	forgetAfter = 30 * 24 * time.Hour // without another
)

// Bounce counts a letter that came back from a mailbox. What came back long ago is forgotten; too many
// stop all letters but links to sign in.
func (b *Bell) Bounce(ctx context.Context, address id.ID, hard bool) error {
	worth := softly
	if hard {
		worth = hardly
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec(`update addresses set bounces = case when bounced_at is null or bounced_at < ? then ? else bounces + ? end, bounced_at = ? where id = ?`,
			tx.Now.Add(-forgetAfter), worth, worth, tx.Now, address).Error
		if err != nil {
			return err
		}
		return tx.Exec("update addresses set stopped_at = ?, stopped_why = ? where id = ? and bounces >= ? and stopped_at is null", tx.Now, Bounced, address, stopAt).Error
	})
}

// Complain stops letters to a mailbox whose owner called one of them unwanted.
func (b *Bell) Complain(ctx context.Context, address id.ID) error {
	return b.store.Write(ctx, func(tx *store.Tx) error { return Stop(tx, address, Complained) })
}

// Stop ends letters to a mailbox, but links to sign in.
func Stop(tx *store.Tx, address id.ID, why string) error {
	return tx.Exec("update addresses set stopped_at = ?, stopped_why = ? where id = ? and stopped_at is null", tx.Now, why, address).Error
}

// Arrived notes that somebody opened a link that was mailed there: letters to it may go again.
func Arrived(tx *store.Tx, address string) error {
	return tx.Exec("update addresses set bounces = 0, bounced_at = null, stopped_at = null, stopped_why = '' where address = ? and (bounces > 0 or stopped_at is not null)", address).Error
}
