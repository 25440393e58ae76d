package chat

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// mostRepliers is how many of those who wrote in a thread its root names.
const mostRepliers = 3

// RepliedBy are those who wrote last in the thread of a message, the latest first.
func (m Message) RepliedBy() (all []id.ID) {
	for one := range strings.FieldsSeq(m.Repliers) {
		if n, err := strconv.ParseInt(one, 10, 64); err == nil {
			all = append(all, id.ID(n))
		}
	}
	return all
}

func repliers(latest []id.ID) string {
	var seen []id.ID
	for _, m := range latest {
		if len(seen) < mostRepliers && !slices.Contains(seen, m) {
			seen = append(seen, m)
		}
	}
	words := make([]string, len(seen))
	for i, m := range seen {
		words[i] = strconv.FormatInt(int64(m), 10)
	}
	return strings.Join(words, " ")
}

// threaded finds the roots of those messages that answer another, in one statement if there are any, and
// refuses those whose root is not there. An answer to an answer stands in the same thread.
func threaded(tx *store.Tx, fresh []*saying, refused []error) ([]*saying, error) {
	var keys []id.ID
	for _, s := range fresh {
		if s.root != 0 {
			keys = append(keys, s.root)
		}
	}
	if len(keys) == 0 {
		return fresh, nil
	}
	var rows []Message
	err := tx.Where("id in (select coalesce(m.root_id, m.id) from messages as m where m.id in ?)", keys).Or("id in ?", keys).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	by := map[id.ID]*Message{}
	for i := range rows {
		by[rows[i].ID] = &rows[i]
	}
	return slices.DeleteFunc(fresh, func(s *saying) bool {
		root := by[s.root]
		if root != nil && root.RootID != nil {
			root = by[*root.RootID]
		}
		switch {
		case s.root == 0:
		case root == nil || root.RoomID != s.room || root.Removed() && root.Replies == 0:
			refused[s.at] = problem.Missing("The message that you answer is not here any more.")
		default:
			s.thread, s.message.RootID = root, &root.ID
		}
		return refused[s.at] != nil
	}), nil
}

// threads are those that a batch writes in, by room, in the order of their roots; asking of none costs nothing.
func threads(said []*saying) (in map[id.ID][]id.ID, of map[id.ID][]*saying) {
	in, of = map[id.ID][]id.ID{}, map[id.ID][]*saying{}
	for _, s := range said {
		if s.thread == nil {
			continue
		}
		if of[s.thread.ID] == nil {
			in[s.room] = append(in[s.room], s.thread.ID)
		}
		of[s.thread.ID] = append(of[s.thread.ID], s)
	}
	for _, roots := range in {
		slices.Sort(roots)
	}
	return in, of
}

// answer counts at each root what is written in its thread, and tells the room of it.
func answer(tx *store.Tx, said []*saying) error {
	in, of := threads(said)
	rooms := make([]id.ID, 0, len(in))
	for room := range in {
		rooms = append(rooms, room)
	}
	slices.Sort(rooms)
	for _, room := range rooms {
		for _, root := range in[room] { // most often it is one
			var latest []id.ID
			for _, s := range slices.Backward(of[root]) {
				latest = append(latest, s.viewer.ID)
			}
			latest = append(latest, of[root][0].thread.RepliedBy()...)
			err := tx.Exec("update messages set replies = replies + ?, replied_at = ?, repliers = ? where id = ?", len(of[root]), tx.Now, repliers(latest), root).Error
			if err != nil {
				return err
			}
		}
		if _, err := stream.Add(tx, room, stream.Answered, in[room]...); err != nil {
			return err
		}
	}
	return nil
}

// tellThreads lets those who write in a thread follow it, and with them who began it, and tells the followers.
func tellThreads(tx *store.Tx, said []*saying) error {
	_, of := threads(said)
	if len(of) == 0 {
		return nil
	}
	var rows []map[string]any
	roots, taken := make([]id.ID, 0, len(of)), map[[2]id.ID]bool{}
	follow := func(m id.ID, s *saying, seq int64) {
		if key := [2]id.ID{m, s.thread.ID}; !taken[key] {
			taken[key] = true
			rows = append(rows, map[string]any{"member_id": m, "root_id": s.thread.ID, "room_id": s.room, "seq": seq, "follows": true, "at": tx.Now})
		}
	}
	for root, all := range of {
		roots = append(roots, root)
		for _, s := range slices.Backward(all) {
			follow(s.viewer.ID, s, s.message.Seq)
		}
		follow(all[0].thread.AuthorID, all[0], 0)
	}
	if err := store.OnConflictSkip(tx.DB).Table("thread_reads").Create(rows).Error; err != nil {
		return err
	}
	var followers []struct{ RootID, MemberID id.ID }
	if err := tx.Table("thread_reads").Where("root_id in ? and follows", roots).Order("member_id").Find(&followers).Error; err != nil {
		return err
	}
	for _, s := range said {
		var tell []id.ID
		for _, f := range followers {
			if s.thread != nil && f.RootID == s.thread.ID {
				tell = append(tell, f.MemberID)
			}
		}
		line := notify.Line{Kind: notify.Answered, At: s.room, Subject: s.message.ID, By: s.viewer.ID, Without: muting(tx.DB, s.room)}
		if err := notify.Tell(tx, line, tell...); err != nil {
			return err
		}
	}
	return nil
}

// recount says anew at the root what stands in a thread of which something was removed.
func recount(tx *store.Tx, m Message) error {
	if m.RootID == nil {
		return nil
	}
	var latest []id.ID
	rows := tx.Model(&Message{}).Where("root_id = ? and removed_at is null", *m.RootID)
	if err := rows.Order("seq desc").Limit(20*mostRepliers).Pluck("author_id", &latest).Error; err != nil {
		return err
	}
	err := tx.Exec(`update messages set replies = (select count(*) from messages as r where r.root_id = messages.id and r.removed_at is null),
		replied_at = (select max(r.created_at) from messages as r where r.root_id = messages.id and r.removed_at is null), repliers = ? where id = ?`, repliers(latest), *m.RootID).Error
	if err != nil {
		return err
	}
	_, err = stream.Add(tx, m.RoomID, stream.Answered, *m.RootID)
	return err
}

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
