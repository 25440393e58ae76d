package notify

import (
	"context"
	"regexp"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Undelivered is a letter that no mail server took for three days.
type Undelivered struct {
	ID     id.ID
	Kind   string // of the work: MailTold, MailDigest and their like
	Member id.ID  // to whom; 0 where that is not known
	Since  time.Time
	Why    string // what the mail server said last, without any address
}

// letterKinds is how the kinds of work begin that write letters.
const letterKinds = "mail."

// undeliveredPerPage is how many a page of them has.
const undeliveredPerPage = 50

// Undelivered lists the letters that could not be delivered, latest first, for owners.
func (b *Bell) Undelivered(ctx context.Context, v access.Viewer, after Cursor) (all []Undelivered, next Cursor, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, "", err
	}
	var rows []queue.Dead
	if err := queue.Died(b.store.Read(ctx), letterKinds, after).Limit(undeliveredPerPage + 1).Find(&rows).Error; err != nil {
		return nil, "", err
	}
	rows, next = store.Page(rows, undeliveredPerPage, func(d queue.Dead) store.Cursor { return store.CursorAt(d.CreatedAt, d.ID) })
	of, mailings := map[id.ID]id.ID{}, make([]id.ID, len(rows))
	for i, r := range rows {
		var work MailingJob
		if r.Job().Read(&work) == nil {
			mailings[i] = work.Mailing
		}
	}
	var known []Mailing
	if err := b.store.Read(ctx).Where("id in ?", mailings).Find(&known).Error; err != nil {
		return nil, "", err
	}
	for _, m := range known {
		of[m.ID] = m.MemberID
	}
	for i, r := range rows {
		all = append(all, Undelivered{ID: r.ID, Kind: r.Kind, Member: of[mailings[i]], Since: r.CreatedAt, Why: someAddress.ReplaceAllString(r.Error, "…")})
	}
	return all, next, nil
}

var someAddress = regexp.MustCompile(`[^\s<>"'(),:;]+@[^\s<>"'(),:;]+`)

// Resend lets a letter that could not be delivered be tried again, for another three days.
func (b *Bell) Resend(ctx context.Context, v access.Viewer, letter id.ID) error {
	return b.undelivered(ctx, v, letter, "letter.resent", queue.Again)
}

// Discard takes a letter away that could not be delivered.
func (b *Bell) Discard(ctx context.Context, v access.Viewer, letter id.ID) error {
	return b.undelivered(ctx, v, letter, "letter.discarded", queue.Drop)
}

func (b *Bell) undelivered(ctx context.Context, v access.Viewer, letter id.ID, what string, do func(*store.Tx, id.ID, string) (bool, error)) error {
	if err := v.CanOwn(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		ok, err := do(tx, letter, letterKinds)
		if err == nil && !ok {
			err = problem.Missing("That letter does not wait here any more.")
		}
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: what, Subject: letter})
	})
}

// Silence stops all letters to a member but links to sign in, for an owner who was asked for it.
func (b *Bell) Silence(ctx context.Context, v access.Viewer, member id.ID) error {
	if err := v.CanOwn(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Exec("update addresses set stopped_at = ?, stopped_why = ? where member_id = ? and stopped_at is null", tx.Now, ByHand, member)
		if res.Error != nil {
			return res.Error
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "letters.stopped", Subject: member})
	})
}

// Silent is a member to whom letters stopped.
type Silent struct {
	MemberID id.ID
	Since    time.Time
	Why      string
}

// Silent lists members to whom letters stopped, latest first, for owners: which address it is stays
// with the member. At most undeliveredPerPage.
func (b *Bell) Silent(ctx context.Context, v access.Viewer) (all []Silent, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = b.store.Read(ctx).Raw(`select member_id, stopped_at as since, stopped_why as why from addresses
		where stopped_at is not null order by stopped_at desc, id desc limit ?`, undeliveredPerPage).Scan(&all).Error
	return all, err
}

// Unsilence lets letters go again to a member to whom they stopped, unless they complained.
func (b *Bell) Unsilence(ctx context.Context, v access.Viewer, member id.ID) error {
	if err := v.CanOwn(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec("update addresses set stopped_at = null, stopped_why = '', bounces = 0, bounced_at = null where member_id = ? and stopped_at is not null and stopped_why <> ?", member, Complained).Error
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "letters.resumed", Subject: member})
	})
}
