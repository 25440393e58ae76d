package chat

import (
	"context"
	"errors"
	"slices"
	"time"

	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/preview"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// mostAtOnce bounds what goes in one transaction: everybody in the room is told of each.
const mostAtOnce = 100

// SweepRooms takes what is too old out of each room that keeps messages for some days only, at most so many and never
// over 100 in one transaction, and tells how many went. Their words, versions, reactions and previews are gone at once; their files are
// dropped a day later, unless their uploader shows them elsewhere. What they earned stays. A pinned message stays,
// and one whose report waits for a decision.
func (c *Chat) SweepRooms(ctx context.Context, most int) (gone int64, err error) {
	var rooms []id.ID
	if err := c.store.Read(ctx).Table("rooms").Where("keep_days > 0").Order("id").Pluck("id", &rooms).Error; err != nil {
		return 0, err
	}
	for _, room := range rooms {
		for {
			n, wrong := c.retain(ctx, room, min(most, mostAtOnce))
			if gone += n; wrong != nil || n == 0 {
				err = errors.Join(err, wrong) // what fails in one room holds up no other
				break
			}
		}
	}
	return gone, err
}

// Release lets a sweep come back to a message that it passed over.
func (c *Chat) Release(tx *store.Tx, message id.ID) error {
	return tx.Exec(`update rooms set cut_seq = (select seq - 1 from messages where id = ?)
		where id = (select room_id from messages where id = ?) and cut_seq >= (select seq from messages where id = ?)`, message, message, message).Error
}

// held are the messages that a sweep passes over, until Release.
const held = "(pinned_at is not null or exists (select 1 from flags where flags.subject_kind = 'message' and flags.subject_id = messages.id and flags.decided_at is null))"

// retain takes the oldest out of a room. Where it came to is kept, so that the next sweep begins there.
func (c *Chat) retain(ctx context.Context, room id.ID, most int) (gone int64, err error) {
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		if err := stream.Hold(tx, room); err != nil {
			return err
		}
		var r struct{ KeepDays, CutSeq int64 }
		if err := tx.Table("rooms").Select("keep_days, cut_seq").Where("id = ?", room).Take(&r).Error; err != nil || r.KeepDays == 0 {
			return err
		}
		within := func() *store.DB {
			return tx.Model(&Message{}).Where("room_id = ? and seq > ? and created_at < ?", room, r.CutSeq, tx.Now.Add(-time.Duration(r.KeepDays)*24*time.Hour))
		}
		var old []Message
		if err := within().Where("(removed_at is null or source <> '') and not " + held).Order("seq").Limit(most).Find(&old).Error; err != nil {
			return err
		}
		cut := r.CutSeq
		var all, said, roots []id.ID
		for _, m := range old {
			all, cut = append(all, m.ID), m.Seq
			if m.Removed() {
				continue
			}
			said = append(said, m.ID)
			if m.RootID != nil && !slices.Contains(roots, *m.RootID) {
				roots = append(roots, *m.RootID)
			}
		}
		if gone = int64(len(all)); gone == 0 {
			return nil
		}
		if err := forget(tx, all); err != nil {
			return err
		}
		if err := tx.Exec("update rooms set cut_seq = ? where id = ?", cut, room).Error; err != nil {
			return err
		}
		for _, root := range roots {
			if err := recount(tx, Message{RoomID: room, RootID: &root}); err != nil {
				return err
			}
		}
		if len(said) == 0 {
			return nil
		}
		if err := index.Drop(tx, said...); err != nil {
			return err
		}
		_, err = stream.Add(tx, room, stream.Removed, said...)
		return err
	})
	return gone, err
}

// forget leaves of messages that they were: their places in the sequence, and who wrote them when.
func forget(tx *store.Tx, messages []id.ID) error {
	err := tx.Exec("update messages set source = '', html = '', plain = '', cards = '', removed_at = coalesce(removed_at, ?) where id in ?", tx.Now, messages).Error
	if err != nil {
		return err
	}
	for _, table := range []string{"message_versions", "message_reactions"} {
		if err := tx.Exec("delete from "+table+" where message_id in ?", messages).Error; err != nil {
			return err
		}
	}
	if err := preview.LetGo(tx, messages); err != nil {
		return err
	}
	var alone []id.ID // their files are shown nowhere else
	err = tx.Model(&Message{}).Where("id in ? and topic_id is null and not exists (select 1 from messages as others where others.origin_id = messages.id)", messages).Pluck("id", &alone).Error
	if err != nil || len(alone) == 0 {
		return err
	}
	return files.LetGo(tx, alone)
}
