package forum

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// apply changes a topic as an order says, and returns the order that changes it back. changed is false
// where the topic was so already.
func (f *Forum) apply(tx *store.Tx, v access.Viewer, t *Topic, o Command) (back Command, changed bool, err error) {
	if t.Archived && !stillWhenArchived[o.Do] {
		return back, false, problem.Refused("This is archived: take it out of the archive first.")
	}
	switch o.Do {
	case ToPin:
		return pin(tx, t, o)
	case ToUnpin:
		back = Command{Do: ToPin, Until: t.PinnedUntil}
		if changed = t.Pinned(); changed {
			t.PinnedAt, t.PinnedUntil = nil, nil
			err = tx.Model(t).Select("pinned_at", "pinned_until").Updates(t).Error
		}
		return back, changed, err
	case ToClose, ToOpen:
		return closeIt(tx, v, t, o.Do == ToClose)
	case ToArchive, ToUnarchive:
		on := o.Do == ToArchive
		if changed = t.Archived != on; changed {
			t.Archived, err = on, f.access.Archive(tx, v, t.Place(), on)
		}
		return Command{Do: either(ToArchive, ToUnarchive, !on)}, changed, err
	case ToUnlist, ToList:
		on := o.Do == ToUnlist
		if changed = t.Unlisted != on; changed {
			t.Unlisted, err = on, f.access.Unlist(tx, v, t.Place(), on)
		}
		return Command{Do: either(ToUnlist, ToList, !on)}, changed, err
	case ToHide, ToShow:
		return f.hide(tx, v, t, o.Do == ToHide)
	case ToMove:
		return f.move(tx, v, t, o.To)
	case ToRename:
		return f.rename(tx, t, o)
	case ToSlow:
		return slow(tx, v, t, o)
	case ToGive:
		return f.give(tx, t, o.To)
	case ToBump:
		t.ActiveAt = tx.Now
		return back, true, tx.Model(t).Select("active_at").Updates(t).Error
	case ToTime:
		return setTimer(tx, v, t, o)
	case ToTag, ToUntag, ToRetag:
		return f.tagAs(tx, v, t, o)
	}
	return back, false, problem.Invalid("do", "Choose what is to be done.")
}

// stillWhenArchived are the deeds that change where an archived topic stands, and nothing in it.
var stillWhenArchived = map[Deed]bool{ToUnarchive: true, ToArchive: true, ToHide: true, ToShow: true, ToUnlist: true, ToList: true, ToMove: true, ToUnpin: true}

func pin(tx *store.Tx, t *Topic, o Command) (back Command, changed bool, err error) {
	if o.Until != nil && !o.Until.After(tx.Now) {
		return back, false, problem.Invalid("until", "Choose a day that is still to come.")
	}
	back = Command{Do: ToUnpin}
	if t.Pinned() {
		if same(t.PinnedUntil, o.Until) {
			return back, false, nil
		}
		back = Command{Do: ToPin, Until: t.PinnedUntil}
	}
	var n int64
	err = tx.Model(&Topic{}).Where("space_id = ? and pinned_at is not null and (pinned_until is null or pinned_until > ?) and id <> ?", t.SpaceID, tx.Now, t.ID).Count(&n).Error
	if err != nil {
		return back, false, err
	}
	if n >= MaxPinned {
		return back, false, problem.Conflict("At most %d topics are pinned in a space. Unpin another first.", MaxPinned)
	}
	t.PinnedAt, t.PinnedUntil = &tx.Now, o.Until
	return back, true, tx.Model(t).Select("pinned_at", "pinned_until").Updates(t).Error
}

func same(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

func closeIt(tx *store.Tx, v access.Viewer, t *Topic, on bool) (Command, bool, error) {
	back := Command{Do: either(ToClose, ToOpen, !on)}
	if t.Closed() == on {
		return back, false, nil
	}
	t.ClosedAt, t.ClosedBy = nil, nil
	if on {
		t.ClosedAt, t.ClosedBy = &tx.Now, &v.ID
	}
	return back, true, tx.Model(t).Select("closed_at", "closed_by").Updates(t).Error
}

func (f *Forum) hide(tx *store.Tx, v access.Viewer, t *Topic, on bool) (Command, bool, error) {
	back := Command{Do: either(ToHide, ToShow, !on)}
	if t.Hidden == on {
		return back, false, nil
	}
	if err := f.access.Hide(tx, v, t.Place(), on); err != nil {
		return back, false, err
	}
	t.Hidden = on
	return back, true, access.RaiseClub(tx) // open pages ask again whether they may still hear it
}

func (f *Forum) move(tx *store.Tx, v access.Viewer, t *Topic, to id.ID) (Command, bool, error) {
	back := Command{Do: ToMove, To: t.SpaceID}
	if t.SpaceID == to {
		return back, false, nil
	}
	if err := f.access.MovePlace(tx, v, t.Place(), to); err != nil {
		return back, false, err
	}
	t.SpaceID, t.PinnedAt, t.PinnedUntil = to, nil, nil
	if err := access.RaiseClub(tx); err != nil {
		return back, false, err
	}
	return back, true, tx.Model(t).Select("pinned_at", "pinned_until").Updates(t).Error
}

func (f *Forum) rename(tx *store.Tx, t *Topic, o Command) (Command, bool, error) {
	back := Command{Do: ToRename, Title: t.Title}
	if t.Title == o.Title {
		return back, false, nil
	}
	t.Title = o.Title
	if err := tx.Model(t).Select("title").Updates(t).Error; err != nil {
		return back, false, err
	}
	return back, true, refile(tx, *t)
}

// slow sets how long a member waits between two replies, and says who asked for it and why.
func slow(tx *store.Tx, v access.Viewer, t *Topic, o Command) (Command, bool, error) {
	back := Command{Do: ToSlow, Seconds: t.SlowSeconds, Why: t.SlowWhy}
	if o.Seconds == 0 {
		o.Why = ""
	}
	if t.SlowSeconds == o.Seconds && t.SlowWhy == o.Why {
		return back, false, nil
	}
	t.SlowSeconds, t.SlowWhy, t.SlowBy = o.Seconds, o.Why, &v.ID
	if o.Seconds == 0 {
		t.SlowBy = nil
	}
	return back, true, tx.Model(t).Select("slow_seconds", "slow_why", "slow_by").Updates(t).Error
}

// give makes somebody else the topic's owner: who says which answer helped, changes the title, and is
// told of replies. What was written stays its writers'.
func (f *Forum) give(tx *store.Tx, t *Topic, to id.ID) (Command, bool, error) {
	back := Command{Do: ToGive, To: t.AuthorID}
	if t.AuthorID == to {
		return back, false, nil
	}
	owner, err := f.members.Viewer(tx.Context(), to)
	if problem.Of(err) != nil || err == nil && owner.CanReply(access.Place{ID: t.ID, SpaceID: t.SpaceID, Kind: access.TopicPlace}) != nil {
		return back, false, problem.Invalid("to", "A topic is given to somebody who may reply in it.")
	}
	if err != nil {
		return back, false, err
	}
	t.AuthorID, t.Key = to, t.ID.String() // a key is its maker's: no client of the new owner made this one
	return back, true, tx.Model(t).Select("author_id", "key").Updates(t).Error
}
