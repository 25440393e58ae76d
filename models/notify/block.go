package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Block is a member of whom another wants to be told nothing. It is the knowledge of MemberID alone:
// no page, count, error or frame tells BlockedID of it.
type Block struct {
	MemberID  id.ID
	BlockedID id.ID
	Since     time.Time
}

// Blocked is the event that whom a member blocks changed: who is here is told anew where they are.
type Blocked struct{ Member id.ID }

// Block lets v be told nothing more of a member's doings, nor of what they were told before. What
// staff decide about v is still told.
func (b *Bell) Block(ctx context.Context, v access.Viewer, member id.ID) error {
	switch {
	case !v.SignedIn():
		return problem.Refused("Sign in to do this.")
	case v.ID == member:
		return problem.Refused("You cannot block yourself.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		err := store.OnConflictSkip(tx.DB).Create(&Block{MemberID: v.ID, BlockedID: member, Since: tx.Now}).Error
		if errors.Is(err, store.ErrForeignKey) {
			return problem.Missing("There is no such member.")
		}
		tx.Say(Blocked{v.ID})
		tx.Say(Seen{v.ID}) // what they are no longer shown is no longer counted
		return err
	})
}

// Unblock ends that. One who was not blocked stays so.
func (b *Bell) Unblock(ctx context.Context, v access.Viewer, member id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		tx.Say(Blocked{v.ID})
		tx.Say(Seen{v.ID})
		return tx.Where("member_id = ? and blocked_id = ?", v.ID, member).Delete(&Block{}).Error
	})
}

// Blocks tells whether v blocks a member.
func (b *Bell) Blocks(ctx context.Context, v access.Viewer, member id.ID) (yes bool, err error) {
	err = b.store.Read(ctx).Raw("select exists (select 1 from blocks where member_id = ? and blocked_id = ?)", v.ID, member).Scan(&yes).Error
	return yes, err
}

// BlocksPerPage is how many a page of the list has.
const BlocksPerPage = 50

// Blocking returns whom v blocks, the latest first, after the cursor.
func (b *Bell) Blocking(ctx context.Context, v access.Viewer, after Cursor) (all []Block, next Cursor, err error) {
	db := b.store.Read(ctx).Where("member_id = ?", v.ID)
	if at, key, ok := after.Time(); ok {
		db = db.Where("(since, blocked_id) < (?, ?)", at, key)
	}
	err = db.Order("since desc, blocked_id desc").Limit(BlocksPerPage + 1).Find(&all).Error
	all, next = store.Page(all, BlocksPerPage, func(b Block) store.Cursor { return store.CursorAt(b.Since, b.BlockedID) })
	return all, next, err
}

// Unblocked drops every block of a member and on them, and whom they ignore or are ignored by: they are no longer here.
func Unblocked(tx *store.Tx, member id.ID) error {
	if err := tx.Where("member_id = ? or ignored_id = ?", member, member).Delete(&Ignore{}).Error; err != nil {
		return err
	}
	return tx.Where("member_id = ? or blocked_id = ?", member, member).Delete(&Block{}).Error
}

// heard leaves out what was done by those whom v blocks.
func heard(db *store.DB, v access.Viewer) *store.DB {
	return db.Where("notifications.actor_id is null or notifications.actor_id not in (select blocked_id from blocks where member_id = ?)", v.ID)
}

// asMany is how many members one statement asks about: databases bound it.
const asMany = 10_000

// Shy returns, for those of the members who block anybody, whom: who is in a room with one of these
// is not shown to be there, to nobody, as all are shown the same.
func (b *Bell) Shy(ctx context.Context, members []id.ID) (map[id.ID][]id.ID, error) {
	of := map[id.ID][]id.ID{}
	for some := range slices.Chunk(members, asMany) {
		var blocks []Block
		if err := b.store.Read(ctx).Where("member_id in ?", some).Find(&blocks).Error; err != nil {
			return nil, err
		}
		for _, block := range blocks {
			of[block.MemberID] = append(of[block.MemberID], block.BlockedID)
		}
	}
	return of, nil
}
