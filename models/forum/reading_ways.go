package forum

import (
	"context"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Ways are what happens by itself as a member reads and writes.
type Ways struct {
	TrackAfter int   // minutes between opening a topic and reading on in it; -1: never
	OnReply    Level // what a topic becomes that they answered in
}

// usual are the ways of a member who never chose.
var usual = Ways{TrackAfter: 4, OnReply: Tracking}

// TrackAfters are the choices of minutes.
var TrackAfters = []int{1, 4, 10, 60, -1}

// soonest is before which nothing happens by itself, whatever was chosen.
const soonest = time.Minute

// Ways returns those of v.
func (f *Forum) Ways(ctx context.Context, v access.Viewer) (Ways, error) {
	return waysOf(f.store.Read(ctx), v.ID)
}

func waysOf(db *store.DB, member id.ID) (Ways, error) {
	var rows []Ways
	err := db.Table("reading_ways").Select("track_after, on_reply").Where("member_id = ?", member).Limit(1).Scan(&rows).Error
	if len(rows) == 0 {
		return usual, err
	}
	return rows[0], err
}

// SetWays changes them.
func (f *Forum) SetWays(ctx context.Context, v access.Viewer, w Ways) error {
	if !slices.Contains(TrackAfters, w.TrackAfter) || w.OnReply < Normal || w.OnReply > Watching {
		return problem.Invalid("", "Choose from what is listed.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec(`insert into reading_ways (member_id, track_after, on_reply) values (?, ?, ?)
			on conflict (member_id) do update set track_after = excluded.track_after, on_reply = excluded.on_reply`, v.ID, w.TrackAfter, w.OnReply).Error
	})
}

// trackAfter follows a topic for a member who has read on in it that long after they opened it, unless
// they chose something for it.
func trackAfter(tx *store.Tx, member, topic id.ID, read time.Duration) error {
	if read < soonest {
		return nil
	}
	ways, err := waysOf(tx.DB, member)
	if err != nil || ways.TrackAfter < 0 || read < time.Duration(ways.TrackAfter)*time.Minute {
		return err
	}
	return byItself(tx, member, topic, Tracking)
}

// byItself follows a topic for a member who chose nothing for it.
func byItself(tx *store.Tx, member, topic id.ID, level Level) error {
	if level <= Normal {
		return nil
	}
	return store.OnConflictSkip(tx.DB).Create(&watchRow{member, FollowTopic, topic, level, tx.Now}).Error
}

// afterReply is what a topic becomes for somebody who wrote in it.
func afterReply(tx *store.Tx, member id.ID, t Topic) error {
	if t.AuthorID == member {
		return nil // their own is watched since they began it
	}
	ways, err := waysOf(tx.DB, member)
	if err != nil {
		return err
	}
	return byItself(tx, member, t.ID, ways.OnReply)
}
