package forum

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Told is what readers of a topic are told between its posts of a deed: who did it, and why. It names
// nothing that stands elsewhere.
type Told struct {
	ID    id.ID     `json:"id"` // of the line in the log
	At    time.Time `json:"at"`
	By    id.ID     `json:"by"`
	Do    Deed      `json:"do"`
	Why   string    `json:"why,omitempty"`
	After int64     `json:"after"`          // the number of the post after which it stands
	N     int64     `json:"n,omitempty"`    // posts that were moved; seconds of slow mode
	From  int64     `json:"from,omitempty"` // the number that the first of them had
	Timed bool      `json:"timed,omitempty"`
}

// maxTold is how many deeds a topic tells of: the latest.
const maxTold = 50

// public are the deeds of which readers are told.
var public = map[Deed]bool{
	ToClose: true, ToOpen: true, ToArchive: true, ToUnarchive: true, ToPin: true, ToUnpin: true, ToUnlist: true, ToList: true,
	ToMove: true, ToSlow: true, ToGive: true, toSplit: true, toMerge: true, toGain: true,
}

// Deeds are those of which the topic tells, in their order.
func (t Topic) Deeds() []Told { return fromText[[]Told](t.Lines) }

// tell adds a deed to what the topic tells.
func tell(tx *store.Tx, t *Topic, one Told) error {
	one.At, one.After = tx.Now, t.LastNumber
	all := append(t.Deeds(), one)
	if len(all) > maxTold {
		all = all[len(all)-maxTold:]
	}
	return retell(tx, t, all)
}

// untell takes a deed that was undone out of what the topic tells.
func untell(tx *store.Tx, t *Topic, line id.ID) error {
	if err := notify.TakeBack(tx, notify.Moved, line); err != nil {
		return err
	}
	all := t.Deeds()
	kept := all[:0]
	for _, one := range all {
		if one.ID != line {
			kept = append(kept, one)
		}
	}
	return retell(tx, t, kept)
}

func retell(tx *store.Tx, t *Topic, all []Told) error {
	t.Lines = ""
	if len(all) > 0 {
		t.Lines = asText(all)
	}
	return tx.Model(t).Select("lines").Updates(t).Error
}
