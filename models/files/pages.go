package files

import (
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// onPage is a file that a page of the club shows, or showed in an earlier version.
type onPage struct {
	PageID id.ID
	FileID id.ID
	Shown  bool
}

func (onPage) TableName() string { return "page_files" }

// Open says of pages of the club whether the viewer may read one of them.
type Open func(db *store.DB, v access.Viewer, pages []id.ID) (bool, error)

// OnPages says who decides about the pages of the club. It is called before the club is served.
func (f *Files) OnPages(open Open) { f.open = open }

// Show makes what v uploaded, and a page of the club names by id, part of that page. What it named before
// and names no longer stays for its owners alone, who may bring an earlier version back. A file that hangs
// elsewhere stays what it was. It returns how the pictures that the page shows are drawn, by id.
func Show(tx *store.Tx, v access.Viewer, page id.ID, named []string) (map[string]prose.Size, error) {
	keys := append(parsed(named), 0) // no file has this one
	if err := tx.Exec("update page_files set shown = (file_id in ?) where page_id = ?", keys, page).Error; err != nil {
		return nil, err
	}
	var own []id.ID
	err := tx.Model(&File{}).Where("id in ? and member_id = ? and subject_id is null", keys, v.ID).
		Where("not exists (select 1 from page_files where file_id = files.id and page_id = ?)", page).Pluck("id", &own).Error
	if err != nil {
		return nil, err
	}
	rows := make([]onPage, len(own))
	for i, key := range own {
		rows[i] = onPage{page, key, true}
	}
	if len(rows) > 0 {
		if err := tx.Create(&rows).Error; err != nil {
			return nil, err
		}
	}
	var shown []File
	if err := tx.Where("id in (?)", tx.Model(&onPage{}).Select("file_id").Where("page_id = ? and shown", page)).Where("width > 0").Find(&shown).Error; err != nil {
		return nil, err
	}
	sizes := make(map[string]prose.Size, len(shown))
	for _, f := range shown {
		sizes[f.ID.String()] = f.size()
	}
	return sizes, nil
}

// onOpenPage tells whether a page that v may read shows the file.
func (f *Files) onOpenPage(db *store.DB, v access.Viewer, file id.ID) (bool, error) {
	if file == 0 || f.open == nil {
		return false, nil
	}
	rows := db.Model(&onPage{}).Where("file_id = ?", file)
	if !v.Owner() {
		rows = rows.Where("shown")
	}
	var pages []id.ID
	if err := rows.Limit(50).Pluck("page_id", &pages).Error; err != nil || len(pages) == 0 {
		return false, err
	}
	return f.open(db, v, pages)
}
