package member

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// errRemoved is what somebody reads who comes back to a club that removed them.
var errRemoved = problem.Refused("You were removed from this club.")

// Empty takes from a member all that says who they are, and every way in, within a change that the
// caller has allowed: their row stays as that of a former member. Accounts elsewhere go on leading
// to it, and addresses do as hashes, so that neither makes a new membership.
func (s *Members) Empty(tx *store.Tx, member id.ID) error {
	if err := s.end(tx.Context(), "member_id = ?", member); err != nil {
		return err
	}
	for _, table := range []string{"pictures", "passkeys", "tokens", "handshakes", "sign_in_links", "searches"} {
		if err := tx.Exec("delete from "+table+" where member_id = ?", member).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("update identities set label = '' where member_id = ?", member).Error; err != nil {
		return err
	}
	if err := seal(tx, member); err != nil {
		return err
	}
	if err := index.Drop(tx, member); err != nil {
		return err
	}
	if err := notify.Forget(tx, member); err != nil {
		return err
	}
	tx.Say(Changed{member})
	return tx.Model(&Member{}).Where("id = ?", member).Updates(map[string]any{
		"handle": nobody(member), "name": "", "bio": "", "zone": "UTC", "picture": "", "theme": "system",
		"on_boards": false, "left_at": tx.Now, "removed_at": tx.Now,
	}).Error
}

// nobody is a handle that nobody can choose or ask for: it frees the one that was theirs.
func nobody(member id.ID) string { return fmt.Sprintf("-%d", int64(member)) }

// sealed is how the address of a removed member is kept: as a hash that no mailbox is spelled like.
func sealed(address string) string {
	sum := sha256.Sum256([]byte("removed:" + address))
	return sealedWith + hex.EncodeToString(sum[:])
}

const sealedWith = "sha256:"

// seal turns a member's addresses into hashes, and drops what was under way to them.
func seal(tx *store.Tx, member id.ID) error {
	var all []Address
	if err := tx.Where("member_id = ?", member).Find(&all).Error; err != nil {
		return err
	}
	for _, a := range all { // at most maxWays
		if strings.HasPrefix(a.Address, sealedWith) {
			continue
		}
		for _, table := range []string{"sign_in_links", "arrivals", "mailboxes"} {
			if err := tx.Exec("delete from "+table+" where address = ?", a.Address).Error; err != nil {
				return err
			}
		}
		if err := tx.Model(&Address{}).Where("id = ?", a.ID).Update("address", sealed(a.Address)).Error; err != nil {
			return err
		}
	}
	return nil
}

// wasRemoved tells whether an address was that of a member who was removed.
func wasRemoved(db *store.DB, address string) (bool, error) {
	owner, err := confirmedBy(db, sealed(address))
	return owner != 0, err
}

// Held returns a member with their row held until the transaction ends.
func Held(tx *store.Tx, member id.ID) (m Member, err error) {
	err = store.ForUpdate(tx.DB).Take(&m, "id = ?", member).Error
	return m, missing(err)
}

// WasRemoved tells whether the owners removed that member. Nobody who was is ever back.
func WasRemoved(tx *store.Tx, member id.ID) (out bool, err error) {
	err = tx.Raw("select exists (select 1 from members where id = ? and removed_at is not null)", member).Scan(&out).Error
	return out, err
}
