package forum

import (
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// tellAuthor tells who wrote a post what somebody else did to it.
func tellAuthor(tx *store.Tx, t Topic, p Post, by id.ID, kind string) error {
	if p.AuthorID == by {
		return nil
	}
	return notify.Tell(tx, notify.Line{Kind: kind, At: t.ID, Subject: p.ID, By: by, Without: muting(tx.DB, t.ID, []id.ID{p.AuthorID}), Anew: true}, p.AuthorID)
}

// tendedDeeds are those of which the owner of a topic is told.
var tendedDeeds = map[Deed]bool{
	ToClose: true, ToOpen: true, ToArchive: true, ToUnarchive: true, ToHide: true, ToShow: true,
	ToMove: true, ToRename: true, ToGive: true, toMerge: true,
}

// tellOwner tells whoever a topic was of that v did something to it. at is where its posts stand now: who
// may not read there is told of the deed alone.
func (f *Forum) tellOwner(tx *store.Tx, v access.Viewer, owner, at id.ID, do Deed, line id.ID) error {
	if owner == v.ID || !tendedDeeds[do] {
		return nil
	}
	place, err := access.FindPlace(tx.DB, at)
	if err != nil {
		return err
	}
	may, err := f.access.Readers(tx.Context(), place, []id.ID{owner})
	if err != nil {
		return err
	}
	told := notify.Line{Kind: notify.Moved, Subject: line, By: v.ID, Without: muting(tx.DB, at, []id.ID{owner})}
	if may[owner] {
		told.At = at
	}
	return notify.Tell(tx, told, owner)
}
