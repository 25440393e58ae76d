package files

import (
	"context"
	"errors"
	"io"

	"guildhall/models/access"
	"guildhall/models/id"
)

// CanRead is nil when v may have a file: one that hangs on nothing is its uploader's, any other
// goes with what it hangs on. Whoever may not is told that it never was, whatever the reason.
func CanRead(v access.Viewer, f File) error {
	switch {
	case f.SubjectID == nil && v.SignedIn() && f.MemberID == v.ID:
		return nil
	case f.SubjectID == nil, v.CanRead(f) != nil:
		return errGone
	case f.Withdrawn && f.MemberID != v.ID && !v.Keeps(f.At.SpaceID):
		return errGone
	}
	return nil
}

// Find returns a file that v may have, as is asked at this moment: for what it hangs on, or for a page of
// the club that shows it.
func (f *Files) Find(ctx context.Context, v access.Viewer, key id.ID) (file File, err error) {
	db := f.store.Read(ctx)
	if err := db.Take(&file, "id = ?", key).Error; err != nil {
		return file, missing(err)
	}
	if file.PlaceID != nil {
		if file.At, err = access.FindPlace(db, *file.PlaceID); err != nil {
			return file, err
		}
	}
	if err := CanRead(v, file); err != nil {
		if open, wrong := f.onOpenPage(db, v, file.ID); wrong != nil || !open {
			return File{}, errors.Join(wrong, err)
		}
	}
	return file, nil
}

// Open brings the bytes of a file that v may have; of its smaller copy if less, and there is one.
// Where the bytes were lost the file is not there either, and the page around it stands.
func (f *Files) Open(ctx context.Context, v access.Viewer, key id.ID, less bool) (File, io.ReadSeekCloser, error) {
	file, err := f.Find(ctx, v, key)
	if err != nil {
		return file, nil, err
	}
	blob := file.Blob
	if less {
		if file.SmallWidth == 0 {
			return File{}, nil, errGone
		}
		blob, file.Mime = small(blob), file.SmallMime
	}
	body, err := f.bytes.Get(ctx, blob)
	if errors.Is(err, ErrNoBytes) {
		return File{}, nil, errGone
	}
	return file, body, err
}
