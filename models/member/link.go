package member

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// What a link by mail is for.
const (
	ToSignIn  = "sign_in" // whoever holds the mailbox comes in
	ToConfirm = "confirm" // a member adds the address
	ToProve   = "prove"   // an arrival shows that the address it claims is theirs
)

const (
	// LinkFor is how long a link opens, counted from when its letter was written.
	LinkFor = 15 * time.Minute
	// mailWithin is how long a letter may wait for the mail server before nobody waits for it.
	mailWithin = time.Hour
	// linksPerHour is how many letters one mailbox may be sent at once.
	linksPerHour = 5
	// linkEvery is after how long without a letter one more goes all the same. It is less than LinkFor:
	// while somebody else asks for links to a mailbox without end, its owner always holds one that opens.
	linkEvery = 12 * time.Minute
)

// Link is a link by mail.
type Link struct {
	ID        id.ID
	Hash      string
	Address   string
	Purpose   string
	MemberID  *id.ID
	ArrivalID *id.ID
	ReturnTo  string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is the table of Link.
func (Link) TableName() string { return "sign_in_links" }

// MailLink is the kind of the job that mails a link; its payload is a LinkJob.
var MailLink = queue.NewKind("mail.sign_in", queue.Urgent)

// LinkJob names the link to be mailed. It holds no secret: there is none before the letter.
type LinkJob struct{ Link id.ID }

// SendLink mails a link that signs in whoever holds the mailbox. It does the same, and takes the
// same time, for an address that a member confirmed as for one that nobody knows.
func (s *Members) SendLink(ctx context.Context, address, returnTo string) error {
	return s.send(ctx, address, Link{Purpose: ToSignIn, ReturnTo: returnTo})
}

// AddAddress mails v a link that makes address one of theirs.
func (s *Members) AddAddress(ctx context.Context, v access.Viewer, address, returnTo string) error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to do this.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.send(ctx, address, Link{Purpose: ToConfirm, MemberID: &v.ID, ReturnTo: returnTo})
}

// ProveAddress mails an arrival a link to the address that its provider claimed, so that it can show
// whose it is. Nothing is said before that.
func (s *Members) ProveAddress(ctx context.Context, arrival string) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		a, err := arriving(tx.DB, arrival, tx.Now)
		if err != nil {
			return err
		}
		if a.Claimed == "" {
			return problem.Conflict("No address came with your account. Go on without one.")
		}
		return post(tx, Link{Purpose: ToProve, Address: a.Claimed, ArrivalID: &a.ID, ReturnTo: a.ReturnTo})
	})
}

func (s *Members) send(ctx context.Context, text string, l Link) (err error) {
	if l.Address, err = ParseAddress(text); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error { return post(tx, l) })
}

// post puts a link in the queue of letters, in place of those for the same end that are under way.
func post(tx *store.Tx, l Link) error {
	if err := countLetter(tx, l); err != nil {
		return err
	}
	err := tx.Exec(`update sign_in_links set expires_at = ? where address = ? and purpose = ? and used_at is null and expires_at > ?
		and coalesce(member_id, 0) = ? and coalesce(arrival_id, 0) = ?`, tx.Now, l.Address, l.Purpose, tx.Now, key(l.MemberID), key(l.ArrivalID)).Error
	if err != nil {
		return err
	}
	l.ID, l.Hash = tx.NewID(), Hash(Secret()) // opens for nobody until the letter is written
	l.CreatedAt, l.ExpiresAt = tx.Now, tx.Now.Add(mailWithin)
	if err := tx.Create(&l).Error; err != nil {
		return err
	}
	return queue.Add(tx, queue.Work{Kind: MailLink, Payload: LinkJob{l.ID}})
}

// countLetter lets linksPerHour letters go to a mailbox, and then one in linkEvery: one statement decides.
func countLetter(tx *store.Tx, l Link) error {
	purpose, past := "other", tx.Now.Add(-time.Hour)
	if l.Purpose == ToSignIn {
		purpose = l.Purpose
	}
	res := tx.Exec(`insert into mailboxes (address, purpose, sent, since, last_at) values (?, ?, 1, ?, ?) on conflict (address, purpose) do update
		set sent = case when mailboxes.since <= ? then 1 else mailboxes.sent + 1 end, since = case when mailboxes.since <= ? then excluded.since else mailboxes.since end, last_at = excluded.last_at
		where mailboxes.since <= ? or mailboxes.sent < ? or mailboxes.last_at <= ?`,
		l.Address, purpose, tx.Now, tx.Now, past, past, past, linksPerHour, tx.Now.Add(-linkEvery))
	if res.Error == nil && res.RowsAffected == 0 {
		return problem.TooSoon(linkEvery, "We sent several links to that address within the hour. Use the newest one, or come back in %d minutes.", int(linkEvery.Minutes()))
	}
	return res.Error
}

// WriteLink makes the secret of a link for the letter that is being written now, and counts its time
// from here. A letter that has to be written again gets another secret, and the one before opens no
// more. ok is false when the link is no longer wanted.
func (s *Members) WriteLink(ctx context.Context, link id.ID) (l Link, secret string, ok bool, err error) {
	fresh := Secret()
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		var rows []Link
		err := tx.Raw("update sign_in_links set hash = ?, expires_at = ? where id = ? and used_at is null and expires_at > ? returning *",
			Hash(fresh), tx.Now.Add(LinkFor), link, tx.Now).Scan(&rows).Error
		if ok = len(rows) == 1; ok {
			l = rows[0]
		}
		return err
	})
	return l, fresh, ok && err == nil, err
}

func key(k *id.ID) id.ID {
	if k == nil {
		return 0
	}
	return *k
}
