// Package stream numbers what happens in a place. Every place has one gapless sequence over its
// changes, given in the transaction of each change, so an open page can ask for what it missed.
package stream

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Kinds of changes.
const (
	Added    = "added"    // a post or a message
	Edited   = "edited"   //
	Removed  = "removed"  //
	Restored = "restored" //
	Reacted  = "reacted"  // reactions on one post or message
	Answered = "answered" // a message: what is written in its thread
	Voted    = "voted"    // in a poll of a post: who sees results asks for them again
	Moved    = "moved"    // the topic: its state, title or space
)

// Kept is how long changes are kept; MaxReplay how many a resume replays at the most. Past either
// the page draws itself anew.
const (
	Kept      = 30 * 24 * time.Hour
	MaxReplay = 500
)

// Change is one numbered change of a place.
type Change struct {
	PlaceID   id.ID
	Seq       int64
	Kind      string
	SubjectID id.ID // the post or message that changed, or the topic
	At        time.Time
}

// Streams reads and writes the sequences of places.
type Streams struct{ store *store.Store }

// New returns the streams of a database.
func New(s *store.Store) *Streams { return &Streams{s} }

// Open begins the sequence of a new place.
func Open(tx *store.Tx, place id.ID) error {
	return tx.Table("streams").Create(map[string]any{"place_id": place, "seq": 0}).Error
}

// Hold holds a place's sequence until the transaction ends. Who changes rows that others change while they add to the
// sequence holds it first.
func Hold(tx *store.Tx, place id.ID) error {
	return store.ForUpdate(tx.DB).Table("streams").Select("place_id").Where("place_id = ?", place).Take(&struct{ PlaceID id.ID }{}).Error
}

// Add gives the next numbers of the place to changes of one kind, keeps them, says them, and returns the
// last number. It holds the place's sequence until the transaction ends, so numbers are given in the
// order of commits.
func Add(tx *store.Tx, place id.ID, kind string, subjects ...id.ID) (last int64, err error) {
	err = tx.Raw("update streams set seq = seq + ? where place_id = ? returning seq", len(subjects), place).Scan(&last).Error
	if err != nil {
		return 0, err
	}
	all := make([]Change, len(subjects))
	for i, subject := range subjects {
		all[i] = Change{PlaceID: place, Seq: last - int64(len(subjects)-1-i), Kind: kind, SubjectID: subject, At: tx.Now}
		tx.Say(all[i])
	}
	return last, tx.Create(&all).Error
}

// Seqs returns the present number of each place, in one statement.
func (s *Streams) Seqs(ctx context.Context, places []id.ID) (map[id.ID]int64, error) {
	var rows []struct {
		PlaceID id.ID
		Seq     int64
	}
	err := s.store.Read(ctx).Table("streams").Where("place_id in ?", places).Find(&rows).Error
	seqs := make(map[id.ID]int64, len(rows))
	for _, r := range rows {
		seqs[r.PlaceID] = r.Seq
	}
	return seqs, err
}

// Since returns the changes of a place after seq, oldest first, and its present number. whole is
// false when some of them are no longer kept, or are more than MaxReplay: the page must draw itself
// anew. Whether the viewer may read the place is the caller's to ask.
func (s *Streams) Since(ctx context.Context, place id.ID, seq int64) (changes []Change, now int64, whole bool, err error) {
	seqs, err := s.Seqs(ctx, []id.ID{place})
	if err != nil {
		return nil, 0, false, err
	}
	now = seqs[place]
	if seq > now || now-seq > MaxReplay {
		return nil, now, seq == now, nil
	}
	err = s.store.Read(ctx).Where("place_id = ? and seq > ? and seq <= ?", place, seq, now).Order("seq").Find(&changes).Error
	return changes, now, err == nil && int64(len(changes)) == now-seq, err
}

// Sweep drops changes that are past Kept, at most limit of them, and tells how many went.
func (s *Streams) Sweep(ctx context.Context, limit int) (gone int64, err error) {
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Exec("delete from changes where (place_id, seq) in (select place_id, seq from changes where at < ? limit ?)", tx.Now.Add(-Kept), limit)
		gone = res.RowsAffected
		return res.Error
	})
	return gone, err
}
