package member

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Hand is who opens a link: the viewer of the browser, and the arrival that it may hold.
type Hand struct {
	Viewer  access.Viewer
	Arrival string
	From    From
}

// Peek returns what the link with that secret would do, for the page with the button. It changes
// nothing: programs that follow every link in a mail use none up.
func (s *Members) Peek(ctx context.Context, secret string) (l Link, err error) {
	if secret == "" {
		return l, stale()
	}
	err = s.store.Read(ctx).Take(&l, "hash = ? and used_at is null and expires_at > ?", Hash(secret), s.store.Now(ctx)).Error
	if isNotFound(err) {
		return l, stale()
	}
	return l, err
}

// OpenLink uses a link up, once, and does what it is for. A link that the hand may not open stays
// as it was.
func (s *Members) OpenLink(ctx context.Context, secret string, h Hand) (out Outcome, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		l, err := useLink(tx, secret)
		if err != nil {
			return err
		}
		out = Outcome{ReturnTo: l.ReturnTo}
		switch l.Purpose {
		case ToConfirm:
			out.Added = true
			return takeAddress(tx, l, h)
		case ToProve:
			out.Arrival = h.Arrival
			return proved(tx, l, h)
		}
		return s.enter(tx, l, h, &out)
	})
	return out, err
}

// useLink is one conditional statement, so two uses at once have one winner. Only the newest link
// has not ended: see post.
func useLink(tx *store.Tx, secret string) (Link, error) {
	var rows []Link
	if secret != "" {
		err := tx.Raw("update sign_in_links set used_at = ? where hash = ? and used_at is null and expires_at > ? returning *", tx.Now, Hash(secret), tx.Now).Scan(&rows).Error
		if err != nil {
			return Link{}, err
		}
	}
	if len(rows) != 1 {
		return Link{}, stale()
	}
	return rows[0], notify.Arrived(tx, rows[0].Address)
}

func stale() error {
	return problem.Refused("This link was used, has ended, or a newer one was sent. Ask for another.")
}

// enter signs in the one member who confirmed the address here, or lets a newcomer arrive with it.
func (s *Members) enter(tx *store.Tx, l Link, h Hand, out *Outcome) error {
	member, err := confirmedBy(tx.DB, l.Address)
	if err != nil {
		return err
	}
	if member == 0 {
		if removed, err := wasRemoved(tx.DB, l.Address); err != nil {
			return err
		} else if removed {
			return errRemoved
		}
		out.Arrival, err = arrive(tx, Arrival{Address: l.Address, ReturnTo: l.ReturnTo})
		return err
	}
	h.From.Method = "link"
	out.Session, err = s.Establish(tx, member, h.From)
	return err
}

// takeAddress gives the address to the member who asked for the link, in a browser where they are
// signed in: somebody else's click must not hand them a mailbox.
func takeAddress(tx *store.Tx, l Link, h Hand) error {
	if h.Viewer.ID == 0 || h.Viewer.ID != key(l.MemberID) {
		return problem.Refused("This link adds the address to the account that asked for it. Sign in there, then open the link again.")
	}
	if err := addWay(tx, h.Viewer.ID, "addresses"); err != nil {
		return err
	}
	return confirm(tx, h.Viewer.ID, l.Address)
}

// proved notes that an arrival holds the mailbox that it claimed, in the browser that it began in:
// somebody else's click must not vouch for them.
func proved(tx *store.Tx, l Link, h Hand) error {
	a, err := arriving(tx.DB, h.Arrival, tx.Now)
	if err != nil && problem.Of(err) == nil {
		return err
	}
	if a.ID == 0 || a.ID != key(l.ArrivalID) {
		return problem.Refused("Open this link in the browser in which you began to sign in.")
	}
	if removed, err := wasRemoved(tx.DB, l.Address); err != nil {
		return err
	} else if removed {
		return errRemoved
	}
	return tx.Table("arrivals").Where("id = ?", a.ID).Update("address", l.Address).Error
}
