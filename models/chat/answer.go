package chat

import (
	"slices"
	"strconv"
	"strings"

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
			if s.thread != nil && f.RootID == s.thread.ID && !s.place.Private() { // a few are told of whatever is said
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
