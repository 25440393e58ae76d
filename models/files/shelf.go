package files

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Own is a file as whoever brought it finds it in the list of theirs.
type Own struct {
	File
	Drafted bool // a draft of theirs names it
	OnPage  bool // a page of the club shows it, or did
	Waits   bool // a topic that is to be published later names it, or a letter that is to be delivered
	Open    bool // what it hangs on is theirs to read now; of anything else they are not told where it is
}

// Loose tells whether the file hangs on nothing, and so can be removed.
func (o Own) Loose() bool { return o.SubjectID == nil && !o.Drafted && !o.OnPage && !o.Waits }

// Cursor says where the list goes on; see store.Cursor.
type Cursor = store.Cursor

// OwnPerPage is how many files a page of the list has.
const OwnPerPage = 30

// Own lists what v uploaded, the latest first, after the cursor: one statement.
func (f *Files) Own(ctx context.Context, v access.Viewer, after Cursor) (all []Own, next Cursor, err error) {
	db := f.store.Read(ctx)
	open := db.Table("files as hung").Scopes(access.Reachable(v, "hung.place_id")).Where("hung.member_id = ?", v.ID).Select("hung.id")
	list := db.Table("files").Select("files.*, "+named+", files.id in (?) as open", open).Where("files.member_id = ?", v.ID)
	if at, key, ok := after.Time(); ok {
		list = list.Where("(files.created_at, files.id) < (?, ?)", at, key)
	}
	err = list.Order("files.created_at desc, files.id desc").Limit(OwnPerPage + 1).Scan(&all).Error
	all, next = store.Page(all, OwnPerPage, func(o Own) Cursor { return store.CursorAt(o.CreatedAt, o.ID) })
	return all, next, err
}

// named are the columns of what names a file that hangs on nothing yet.
const named = "exists (select 1 from draft_files where draft_files.file_id = files.id) as drafted, exists (select 1 from page_files where page_files.file_id = files.id) as on_page, exists (select 1 from waiting_files where waiting_files.file_id = files.id) as waits"

// Used is how many bytes v's files take, of how many that v may have: 0 for any number.
func (f *Files) Used(ctx context.Context, v access.Viewer) (used, limit int64, err error) {
	used, err = taken(f.store.Read(ctx), v.ID)
	return used, f.quota, err
}

// Remove drops a file of v's that hangs on nothing, at once and for good.
func (f *Files) Remove(ctx context.Context, v access.Viewer, key id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		var found []Own
		err := store.ForUpdate(tx.Table("files")).Select("files.*, "+named).Where("files.id = ? and files.member_id = ?", key, v.ID).Scan(&found).Error
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return errGone
		}
		if !found[0].Loose() {
			return problem.Conflict("This file stands in something that you wrote. Take it out of there first.")
		}
		left := unclaimed{Blob: found[0].Blob, Since: tx.Now.Add(-unclaimFor)}
		if err := tx.Create(&left).Error; err != nil {
			return err
		}
		return tx.Delete(&found[0].File).Error
	})
}
