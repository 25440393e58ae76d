package chat

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Room returns the room of a space in which v may read.
func (c *Chat) Room(ctx context.Context, v access.Viewer, space id.ID) (r Room, err error) {
	err = c.rooms(ctx, v).Where("rooms.space_id = ?", space).Take(&r).Error
	return r, missing(err)
}

// Heard is the statement of the rooms that v may read, of spaces whose chat is on: for each space_id
// its room, and as n how many messages of others came after what v has read, up to 99: none of a room that
// v muted, and where v wants no more, those alone that v was told of. Who was never in a room has read it all.
func (c *Chat) Heard(ctx context.Context, v access.Viewer) *store.DB {
	late := c.store.Read(ctx).Table("messages").Select("1").
		Where("messages.room_id = rooms.id and messages.seq > room_reads.seq and messages.author_id <> ? and messages.removed_at is null and messages.root_id is null", v.ID).Limit(maxLate)
	named := notify.Unread(c.store.Read(ctx), v.ID, "rooms.id").Limit(maxLate)
	return c.rooms(ctx, v).Joins("join streams on streams.place_id = rooms.id").
		Joins("left join room_reads on room_reads.room_id = rooms.id and room_reads.member_id = ? and room_reads.seq < streams.seq", v.ID).
		Joins("left join room_levels on room_levels.room_id = rooms.id and room_levels.member_id = ?", v.ID).
		Select("rooms.space_id, rooms.id as room, case when room_levels.level = 0 then 0 when room_levels.level = 1 then (select count(*) from (?) as named)"+
			" when room_reads.seq is null then 0 else (select count(*) from (?) as late) end as n", named, late)
}

// maxLate is the highest number of unread messages that is counted.
const maxLate = 99

func (c *Chat) rooms(ctx context.Context, v access.Viewer) *store.DB {
	return c.store.Read(ctx).Model(&Room{}).Scopes(access.Readable(v, "rooms.id")).
		Joins("join spaces on spaces.id = rooms.space_id and spaces.chat").Select("rooms.*, places.hidden, places.archived")
}

// PageSize is how many messages a stretch of history has.
const PageSize = 50

// Stretch is a run of messages in order, and whether there are more on either side.
type Stretch struct {
	Messages []Message
	Given    map[id.ID][]Count
	Mine     map[id.ID]map[string]bool
	Before   int64 // sequence to go back from, 0 at the beginning
	After    int64 // sequence to go on from, 0 at the end
	Seq      int64 // of the room when this was read: the live line goes on from it
	ReadSeq  int64 // up to which the viewer has read
	Been     bool  // whether the viewer was here before
	Told     bool  // whether the viewer was told something of it that they have not read
	Level    Level // how closely the viewer follows the room
	News     int64 // the sequence after which all is shown as new, if not ReadSeq
	draft.Begun
}

// Last returns the latest messages of a room that v may read.
func (c *Chat) Last(ctx context.Context, v access.Viewer, r Room) (Stretch, error) {
	return c.stretch(ctx, v, r, "seq > ?", 0, true)
}

// Back returns the messages before the one of that sequence.
func (c *Chat) Back(ctx context.Context, v access.Viewer, r Room, before int64) (Stretch, error) {
	return c.stretch(ctx, v, r, "seq < ?", before, true)
}

// On returns the messages after the one of that sequence.
func (c *Chat) On(ctx context.Context, v access.Viewer, r Room, after int64) (Stretch, error) {
	return c.stretch(ctx, v, r, "seq > ?", after, false)
}

func (c *Chat) stretch(ctx context.Context, v access.Viewer, r Room, where string, seq int64, latest bool) (s Stretch, err error) {
	if s, err = c.stand(ctx, v, r); err != nil {
		return s, err
	}
	db := c.store.Read(ctx)
	if err := s.fill(shown(db, r.ID), where, seq, latest); err != nil {
		return s, err
	}
	s.Given, s.Mine, err = reactions.Of(db, v.ID, idsOf(s.Messages))
	return s, err
}

// shown is what stands in a room itself: not in a thread, nor removed, unless a thread hangs on it.
func shown(db *store.DB, room id.ID) *store.DB {
	return db.Where("room_id = ? and root_id is null and (removed_at is null or replies > 0)", room)
}

// fill takes the messages of a stretch from those.
func (s *Stretch) fill(from *store.DB, where string, seq int64, latest bool) error {
	order := "seq"
	if latest {
		order = "seq desc"
	}
	if err := from.Where(where, seq).Order(order).Limit(PageSize + 1).Find(&s.Messages).Error; err != nil {
		return err
	}
	for i, m := range s.Messages {
		if m.Removed() {
			s.Messages[i] = m.emptied()
		}
	}
	s.bound(seq, latest)
	return nil
}

// stand is how far a room is, and how far v is in it.
func (c *Chat) stand(ctx context.Context, v access.Viewer, r Room) (s Stretch, err error) {
	if err := v.CanRead(r); err != nil {
		return s, err
	}
	db := c.store.Read(ctx)
	var at struct {
		Seq, ReadSeq int64
		Been, Told   bool
		Level        Level
		draft.Begun
	}
	told := notify.Unread(db, v.ID, "streams.place_id").Where("not exists (?)", inThread(db))
	err = db.Table("streams").Joins("left join room_reads on room_reads.room_id = streams.place_id and room_reads.member_id = ?", v.ID).
		Joins("left join room_levels on room_levels.room_id = streams.place_id and room_levels.member_id = ?", v.ID).Scopes(draft.Beside(v, draft.Message, "streams.place_id")).
		Select("streams.seq, coalesce(room_reads.seq, 0) as read_seq, room_reads.seq is not null as been, coalesce(room_levels.level, 2) as level, exists (?) as told"+draft.BegunColumns, told).Where("streams.place_id = ?", r.ID).Take(&at).Error
	s.Seq, s.ReadSeq, s.Been, s.Told, s.Level, s.Begun = at.Seq, at.ReadSeq, at.Been, at.Told, at.Level, at.Begun
	return s, err
}

// inThread is the condition that a notification tells of what stands in a thread: that is read there.
func inThread(db *store.DB) *store.DB {
	return db.Table("messages").Select("1").Where("messages.id = notifications.subject_id and messages.root_id is not null")
}

// bound cuts the one message too many and tells where the stretch goes on.
func (s *Stretch) bound(seq int64, latest bool) {
	more := len(s.Messages) > PageSize
	if more {
		s.Messages = s.Messages[:PageSize]
	}
	if latest {
		slices.Reverse(s.Messages)
	}
	if len(s.Messages) == 0 {
		return
	}
	if first := s.Messages[0].Seq; latest && more || !latest && seq > 0 {
		s.Before = first
	}
	if last := s.Messages[len(s.Messages)-1].Seq; !latest && more || latest && seq > 0 {
		s.After = last
	}
}

// Drawn returns messages of one room as every reader of it sees them, for the live line. Who hears
// them was decided before. A removed one comes without its text. The plus keeps SQLite from reading the
// whole room in its order for the few.
func (c *Chat) Drawn(ctx context.Context, room id.ID, keys []id.ID) (messages []Message, given map[id.ID][]Count, err error) {
	db := c.store.Read(ctx)
	if err := db.Where("id in ? and +room_id = ?", keys, room).Order("seq").Find(&messages).Error; err != nil {
		return nil, nil, err
	}
	for i, m := range messages {
		if m.Removed() {
			messages[i] = m.emptied()
		}
	}
	given, _, err = reactions.Of(db, 0, idsOf(messages))
	return messages, given, err
}

func idsOf(messages []Message) []id.ID {
	ids := make([]id.ID, len(messages))
	for i, m := range messages {
		ids[i] = m.ID
	}
	return ids
}

// Read is the event that a member read a room up to a sequence: their other pages follow.
type Read struct {
	Member, Room id.ID
	Seq          int64
	Back         bool // they marked what came after as unread
}

// Look notes that v was shown the end of a room. Whoever only comes back to what they have read
// writes nothing.
func (c *Chat) Look(ctx context.Context, v access.Viewer, r Room, s Stretch) error {
	if !v.SignedIn() || s.After != 0 || s.Been && s.Seq <= s.ReadSeq && !s.Told {
		return nil
	}
	return c.ReadUpTo(ctx, v, r.ID, s.Seq)
}

// ReadUpTo notes that v has read a room up to seq, and what they were told of it is read too. It
// never goes back.
func (c *Chat) ReadUpTo(ctx context.Context, v access.Viewer, room id.ID, seq int64) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, _, err := c.reading(tx, v, room)
		if err != nil {
			return err
		}
		var now int64
		if err := tx.Table("streams").Select("seq").Where("place_id = ?", room).Take(&now).Error; err != nil {
			return missing(err)
		}
		res := tx.Exec(`insert into room_reads (member_id, room_id, seq, at) values (?, ?, ?, ?)
			on conflict (member_id, room_id) do update set seq = excluded.seq, at = excluded.at where room_reads.seq < excluded.seq`,
			v.ID, room, min(max(seq, 0), now), tx.Now)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		tx.Say(Read{Member: v.ID, Room: room, Seq: min(seq, now)})
		return notify.MarkRead(tx, v.ID, room, inThread(tx.DB))
	})
}

// Has tells whether key is that of a message that v may read.
func (c *Chat) Has(ctx context.Context, v access.Viewer, key id.ID) (bool, error) {
	var n int64
	err := c.store.Read(ctx).Model(&Message{}).Scopes(access.Readable(v, "messages.room_id")).Where("messages.id = ?", key).Count(&n).Error
	return n > 0, err
}
