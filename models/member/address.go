package member

import (
	"context"
	"errors"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Address is a mailbox that its member confirmed by our own mail: a link sent there opens them.
type Address struct {
	ID          id.ID
	MemberID    id.ID
	Address     string
	ConfirmedAt time.Time
}

var (
	localShape  = regexp.MustCompile("^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	domainShape = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)
)

// ParseAddress returns the one mailbox that text names, in small letters. It takes the plain form
// alone: a name beside it, a comment, an encoded word or a quoted part could be read one way here
// and another way by the server that delivers.
func ParseAddress(text string) (string, error) {
	text = strings.TrimSpace(text)
	bad := problem.Invalid("email", "That does not look like an e-mail address. Write it as in ada@example.org.")
	if len(text) > 254 {
		return "", problem.Invalid("email", "An e-mail address has at most 254 bytes.")
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text {
		return "", bad
	}
	text = strings.ToLower(text)
	local, domain, _ := strings.Cut(text, "@")
	if len(local) > 64 || !localShape.MatchString(local) || !domainShape.MatchString(domain) || strings.Contains(local, "=?") {
		return "", bad
	}
	return text, nil
}

// Addresses returns the addresses that v confirmed, oldest first.
func (s *Members) Addresses(ctx context.Context, v access.Viewer) (all []Address, err error) {
	err = s.store.Read(ctx).Where("member_id = ?", v.ID).Order("confirmed_at, id").Limit(maxWays).Find(&all).Error
	return all, err
}

// RemoveAddress takes an address from v, unless nothing else would open their account.
func (s *Members) RemoveAddress(ctx context.Context, v access.Viewer, address id.ID, open Offered) error {
	return s.removeWay(ctx, v, "addresses", address, open)
}

// confirm makes address one of a member's. The caller holds proof that the mailbox is theirs. That of
// a member who was removed opens nobody any more.
func confirm(tx *store.Tx, member id.ID, address string) error {
	if out, err := wasRemoved(tx.DB, address); err != nil {
		return err
	} else if out {
		return problem.Conflict("That address was that of somebody who was removed from this club. Use another address.")
	}
	var owner []id.ID
	if err := tx.Table("addresses").Where("address = ?", address).Pluck("member_id", &owner).Error; err != nil {
		return err
	}
	if len(owner) > 0 && owner[0] == member {
		return nil
	}
	if len(owner) > 0 {
		return addressTaken()
	}
	err := tx.Create(&Address{ID: tx.NewID(), MemberID: member, Address: address, ConfirmedAt: tx.Now}).Error
	if errors.Is(err, store.ErrDuplicate) {
		return addressTaken()
	}
	if err != nil {
		return err
	}
	return notify.Reachable(tx, member)
}

// addressTaken is said only to who proved the mailbox.
func addressTaken() error {
	return problem.Conflict("That address opens another account here already. Sign in with a link to it, or use another address.")
}

// confirmedBy returns the member who confirmed an address, or zero.
func confirmedBy(db *store.DB, address string) (member id.ID, err error) {
	if address == "" {
		return 0, nil
	}
	err = db.Raw("select member_id from addresses where address = ?", address).Scan(&member).Error
	return member, err
}
