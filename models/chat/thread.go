package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Thread is a run of what was answered to a message.
type Thread struct {
	Stretch
	Root    Message
	Follows bool
}

// Thread returns what was answered to a message of a room that v may read: the last of it, or what came before
// or after a sequence. A message that is itself an answer gives the thread that it stands in.
func (c *Chat) Thread(ctx context.Context, v access.Viewer, r Room, message id.ID, before, after int64) (t Thread, err error) {
	if err := v.CanRead(r); err != nil {
		return t, err
	}
	db := c.store.Read(ctx)
	found := db.Where("id = (select coalesce(m.root_id, m.id) from messages as m where m.id = ?) and room_id = ?", message, r.ID)
	if err := found.Take(&t.Root).Error; err != nil {
		return t, missing(err)
	}
	if t.Root.Removed() {
		if t.Root.Replies == 0 {
			return t, missing(store.ErrNotFound)
		}
		t.Root = t.Root.emptied()
	}
	where, at, latest := "seq > ?", after, after == 0
	if before > 0 {
		where, at, latest = "seq < ?", before, true
	}
	own := db.Table("streams").Joins("left join thread_reads on thread_reads.root_id = ? and thread_reads.member_id = ?", t.Root.ID, v.ID).
		Select("streams.seq, coalesce(thread_reads.seq, 0) as read_seq, thread_reads.seq is not null as been, coalesce(thread_reads.follows, false) as follows").Where("streams.place_id = ?", r.ID)
	var now struct {
		Seq, ReadSeq  int64
		Been, Follows bool
	}
	if err := own.Take(&now).Error; err != nil {
		return t, err
	}
	t.Seq, t.ReadSeq, t.Been, t.Follows = now.Seq, now.ReadSeq, now.Been, now.Follows
	within := db.Where("root_id = ? and removed_at is null", t.Root.ID)
	if err := t.fill(within, where, at, latest); err != nil {
		return t, err
	}
	t.Given, t.Mine, err = reactions.Of(db, v.ID, append(idsOf(t.Messages), t.Root.ID))
	return t, err
}

// ReadThread is the event that a member read a thread up to a sequence of its room.
type ReadThread struct {
	Member, Room, Root id.ID
	Seq                int64
}

// LookAtThread notes that v was shown the end of a thread. Whoever only comes back to what they have read
// writes nothing.
func (c *Chat) LookAtThread(ctx context.Context, v access.Viewer, t Thread) error {
	if !v.SignedIn() || t.After != 0 || len(t.Messages) == 0 || t.Been && t.Messages[len(t.Messages)-1].Seq <= t.ReadSeq {
		return nil
	}
	return c.ReadThreadUpTo(ctx, v, t.Root.ID, t.Seq)
}

// ReadThreadUpTo notes that v has read a thread up to a sequence of its room, and what they were told of it
// until then is read too. It never goes back.
func (c *Chat) ReadThreadUpTo(ctx context.Context, v access.Viewer, root id.ID, seq int64) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, m, err := c.rootOf(tx, v, root)
		if err != nil {
			return err
		}
		var now int64
		if err := tx.Table("streams").Select("seq").Where("place_id = ?", m.RoomID).Take(&now).Error; err != nil {
			return missing(err)
		}
		seq = min(max(seq, 0), now)
		res := tx.Exec(`insert into thread_reads (member_id, root_id, room_id, seq, at) values (?, ?, ?, ?, ?)
			on conflict (member_id, root_id) do update set seq = excluded.seq, at = excluded.at where thread_reads.seq < excluded.seq`, v.ID, m.ID, m.RoomID, seq, tx.Now)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		tx.Say(ReadThread{Member: v.ID, Room: m.RoomID, Root: m.ID, Seq: seq})
		others := tx.Table("messages").Select("1").Where("messages.id = notifications.subject_id and (messages.root_id is null or messages.root_id <> ? or messages.seq > ?)", m.ID, seq)
		return notify.MarkRead(tx, v.ID, m.RoomID, others)
	})
}

// rootOf is the root of a thread that v may read in and is signed in for.
func (c *Chat) rootOf(tx *store.Tx, v access.Viewer, message id.ID) (access.Viewer, Message, error) {
	var m Message
	if err := tx.Where("id = (select coalesce(m.root_id, m.id) from messages as m where m.id = ?)", message).Take(&m).Error; err != nil {
		return v, m, missing(err)
	}
	v, _, err := c.reading(tx, v, m.RoomID)
	return v, m, err
}

// FollowThread lets v be told of what is answered to a message, or no more.
func (c *Chat) FollowThread(ctx context.Context, v access.Viewer, message id.ID, on bool) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, m, err := c.rootOf(tx, v, message)
		if err != nil {
			return err
		}
		row := map[string]any{"member_id": v.ID, "root_id": m.ID, "room_id": m.RoomID, "seq": m.Seq, "follows": on, "at": tx.Now}
		return tx.Table("thread_reads").Clauses(store.Upsert("member_id, root_id", "follows", "at")).Create(row).Error
	})
}

// Followed is a thread that a member follows, and how much of it they have not read, up to 99.
type Followed struct {
	Message
	Late int64
}

// mostFollowed bounds the list of threads.
const mostFollowed = 50

// Followed are the threads of a room that v follows, those with the latest answer first.
func (c *Chat) Followed(ctx context.Context, v access.Viewer, r Room) (all []Followed, err error) {
	if err := v.CanRead(r); err != nil {
		return nil, err
	}
	db := c.store.Read(ctx)
	late := db.Table("messages as r").Select("1").Where("r.root_id = messages.id and r.seq > thread_reads.seq and r.author_id <> ? and r.removed_at is null", v.ID).Limit(maxLate)
	err = db.Table("thread_reads").Joins("join messages on messages.id = thread_reads.root_id").
		Where("thread_reads.member_id = ? and thread_reads.room_id = ? and thread_reads.follows and messages.replies > 0", v.ID, r.ID).
		Order("messages.replied_at desc").Limit(mostFollowed).Select("messages.*, (select count(*) from (?) as late) as late", late).Find(&all).Error
	for i, f := range all {
		if f.Removed() {
			all[i].Message = f.emptied()
		}
	}
	return all, err
}

// emptied is a removed message as others see it.
func (m Message) emptied() Message {
	m.Source, m.HTML, m.Plain, m.Cards = "", "", "", ""
	return m
}
