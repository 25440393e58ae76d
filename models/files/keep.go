package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Upload is a file as somebody brings it. Key is made by the client: the same key twice keeps it once.
type Upload struct {
	Key  string
	Name string
	Body []byte
}

// Keep takes an upload of v, which is theirs alone until something they write names it. A picture
// is decoded and encoded anew; any other file is kept as it came, to be taken along and never shown.
// What the same bytes were before, and whose, makes no difference.
func (f *Files) Keep(ctx context.Context, v access.Viewer, u Upload) (file File, err error) {
	if err := f.mayKeep(v, &u); err != nil {
		return file, err
	}
	if before, err := f.before(f.store.Read(ctx), v.ID, u.Key); err != nil || before.ID != 0 {
		return before, err
	}
	if err := f.room(f.store.Read(ctx), v.ID, 1); err != nil {
		return file, err // before anything is decoded
	}
	file, full, less, err := made(ctx, u)
	if err != nil {
		return file, err
	}
	file.MemberID, file.Key, file.Blob = v.ID, u.Key, blobName()
	if err := f.shelve(ctx, file.Blob, full, less); err != nil {
		return file, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error { return f.claim(tx, v, &file) })
	if errors.Is(err, store.ErrDuplicate) { // the same upload, sent twice at once
		file, err = f.before(f.store.Read(ctx), v.ID, u.Key)
	}
	return file, err // bytes that came to nothing are swept
}

func (f *Files) mayKeep(v access.Viewer, u *Upload) error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to do this.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	u.Name = CleanName(u.Name)
	switch {
	case u.Key == "" || len(u.Key) > 80:
		return problem.Invalid("file", "The page is out of date. Load it again; your text stays in it.")
	case len(u.Body) == 0:
		return problem.Invalid("file", "%s is empty. Choose another file.", u.Name)
	case len(u.Body) > MaxUpload:
		return problem.TooLarge("file", "A file has at most %d MB, and %s has more. Make it smaller, or link to it.", MaxUpload>>20, u.Name)
	}
	return nil
}

// before is what the same key brought already; the zero File if nothing.
func (f *Files) before(db *store.DB, member id.ID, key string) (File, error) {
	var rows []File
	err := db.Where("member_id = ? and key = ?", member, key).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return File{}, err
	}
	return rows[0], nil
}

// room asks whether that many more bytes fit into what a member may have.
func (f *Files) room(db *store.DB, member id.ID, more int64) error {
	if f.quota <= 0 {
		return nil
	}
	has, err := taken(db, member)
	if err != nil {
		return err
	}
	if has+more > f.quota {
		return problem.Full("file", "Your files take %s of the %s that a member has here, and this one does not fit. Remove what you no longer need from your posts.", megabytes(has), megabytes(f.quota))
	}
	return nil
}

// taken is how many bytes a member's files take.
func taken(db *store.DB, member id.ID) (has int64, err error) {
	err = db.Raw("select coalesce(sum(size), 0) from files where member_id = ?", member).Scan(&has).Error
	return has, err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// made is a file with what is kept of it: two copies of a picture, any other as it came.
func made(ctx context.Context, u Upload) (file File, full, less rendition, err error) {
	file.Name = u.Name
	if _, picture := IsPicture(u.Body); !picture {
		if drawn(u) {
			return file, full, less, problem.Invalid("file", "SVG drawings can carry programs, so %s is not taken. Save it as PNG.", u.Name)
		}
		full = rendition{mime: "application/octet-stream", body: u.Body}
	} else if full, less, err = redraw(ctx, u.Body); err != nil {
		return file, full, less, unreadable(u.Name, err)
	} else {
		file.Name = renamed(u.Name, full.ending)
	}
	file.Mime, file.Width, file.Height, file.SmallWidth, file.SmallMime = full.mime, full.width, full.height, less.width, less.mime
	file.Size = int64(len(full.body) + len(less.body))
	return file, full, less, nil
}

// drawn tells an SVG by its name or by how it begins.
func drawn(u Upload) bool {
	kind := strings.ToLower(path.Ext(u.Name))
	begins := bytes.ToLower(u.Body[:min(len(u.Body), 1024)])
	return kind == ".svg" || kind == ".svgz" || bytes.Contains(begins, []byte("<svg")) || bytes.Contains(begins, []byte("<!doctype svg"))
}

func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, ErrPixels):
		return problem.Invalid("file", "%s has too many pixels: a picture has at most %d million, a moving one at most %d frames. Make it smaller.", name, MaxPixels/1_000_000, maxFrames)
	case errors.Is(err, ErrBroken):
		return problem.Invalid("file", "%s cannot be read as a picture. Save it again as JPEG or PNG.", name)
	}
	return err
}

// shelve writes the bytes. Their name is noted first: if anything fails from here on, they are swept.
func (f *Files) shelve(ctx context.Context, blob string, full, less rendition) error {
	err := f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Create(&unclaimed{Blob: blob, Since: tx.Now}).Error
	})
	if err != nil {
		return err
	}
	err = f.bytes.Put(ctx, blob, full.body)
	if err == nil && len(less.body) > 0 {
		err = f.bytes.Put(ctx, small(blob), less.body)
	}
	if errors.Is(err, ErrFull) {
		return problem.Full("file", "There is no room for more files in this club just now. Tell its owners; your text is still here.")
	}
	return err
}

// claim makes the row, which is when the file is there. The member's row is held, so that two
// uploads at once are counted one after the other.
func (f *Files) claim(tx *store.Tx, v access.Viewer, file *File) error {
	v, err := f.access.Renew(tx, v)
	if err != nil {
		return err
	}
	if _, err := store.Value[id.ID](store.ForUpdate(tx.DB).Table("members").Select("id").Where("id = ?", v.ID)); err != nil {
		return err
	}
	if err := f.room(tx.DB, v.ID, file.Size); err != nil {
		return err
	}
	res := tx.Where("blob = ?", file.Blob).Delete(&unclaimed{})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return problem.Conflict("That took too long. Send the file again.")
	}
	file.ID, file.CreatedAt, file.LooseSince = tx.NewID(), tx.Now, tx.Now
	return tx.Create(file).Error
}

// unclaimed is the name of bytes that belong to no file.
type unclaimed struct {
	Blob  string `gorm:"primaryKey"`
	Since time.Time
}

func (unclaimed) TableName() string { return "unclaimed" }
