package forum

import (
	"context"
	"errors"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Version is what a post said from At on. The last one is what it says now.
type Version struct {
	ID       id.ID
	PostID   id.ID
	Number   int
	Source   string
	HTML     string
	ByID     id.ID
	Reason   string // that who wrote it gave, or nothing
	At       time.Time
	HiddenAt *time.Time
	HiddenBy *id.ID
}

// TableName of the versions.
func (Version) TableName() string { return "post_versions" }

// Hidden tells whether a moderator took it out of everybody's sight but the moderators'.
func (v Version) Hidden() bool { return v.HiddenAt != nil }

// A correction of one's own makes no version within this time and of at most so many letters, if
// nobody posted meanwhile and nobody reported it.
const (
	graceFor     = 5 * time.Minute
	graceLetters = 100
)

// MaxWhy is the longest reason of an edit, in bytes.
const MaxWhy = 200

// mostVersions bounds what a history shows, the latest of them.
const mostVersions = 100

func checkWhy(reason string, most int) (string, error) {
	if reason = strings.Join(strings.Fields(reason), " "); len(reason) > most {
		return reason, problem.Invalid("reason", "A reason has at most %d bytes. Yours has %d.", most, len(reason))
	}
	return reason, nil
}

// noteVersion writes what after says, and if it is the first change what the post said before. It marks
// the post as edited, unless the change is too small to be told.
func (f *Forum) noteVersion(tx *store.Tx, v access.Viewer, t Topic, before Post, after *Post, reason string) error {
	last, err := lastVersion(tx, before.ID)
	if err != nil {
		return err
	}
	small, err := corrects(tx, v, t, before, *after, last)
	if err != nil {
		return err
	}
	if small && reason == "" {
		if last.ID == 0 {
			return nil
		}
		return tx.Model(&Version{}).Where("id = ?", last.ID).Updates(map[string]any{"source": after.Source, "html": after.HTML}).Error
	}
	if last.ID == 0 {
		if last, err = addVersion(tx, before, began(before)); err != nil {
			return err
		}
	}
	after.EditedAt, after.EditedBy = &tx.Now, &v.ID
	_, err = addVersion(tx, *after, Version{Number: last.Number + 1, ByID: v.ID, Reason: reason, At: tx.Now})
	return err
}

// began is the version that a post without any has: of one that was changed before versions were kept,
// that change.
func began(p Post) Version {
	v := Version{Number: 1, ByID: p.AuthorID, At: p.CreatedAt}
	if p.EditedAt != nil {
		v.At = *p.EditedAt
	}
	if p.EditedBy != nil {
		v.ByID = *p.EditedBy
	}
	return v
}

func addVersion(tx *store.Tx, p Post, v Version) (Version, error) {
	v.ID, v.PostID, v.Source, v.HTML = tx.NewID(), p.ID, p.Source, p.HTML
	return v, tx.Create(&v).Error
}

func lastVersion(tx *store.Tx, post id.ID) (v Version, err error) {
	err = tx.Where("post_id = ?", post).Order("number desc").Take(&v).Error
	if errors.Is(err, store.ErrNotFound) {
		return Version{}, nil
	}
	return v, err
}

// corrects tells whether a change is a small one of the author's that nobody can have answered yet, nor
// reported.
func corrects(tx *store.Tx, v access.Viewer, t Topic, before, after Post, last Version) (bool, error) {
	if last.ID == 0 {
		last = began(before)
	}
	if v.ID != before.AuthorID || last.ByID != v.ID || tx.Now.Sub(last.At) > graceFor || changed(before.Source, after.Source) > graceLetters {
		return false, nil
	}
	var n int64
	if t.LastNumber > before.Number {
		err := tx.Model(&Post{}).Where("topic_id = ? and number > ? and author_id <> ? and created_at >= ?", t.ID, before.Number, v.ID, last.At).Count(&n).Error
		if err != nil || n > 0 {
			return false, err
		}
	}
	err := tx.Table("flags").Where("version_id = ?", last.ID).Count(&n).Error
	return n == 0, err
}

// changed is how many letters two texts differ by, between what they begin and end with alike.
func changed(a, b string) int {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return max(len(x), len(y))
}

// KeepVersion returns the version that a post is at, and makes sure that it stays: for a report of it.
func (f *Forum) KeepVersion(tx *store.Tx, post id.ID) (Version, error) {
	var p Post
	if err := store.ForUpdate(tx.DB).Take(&p, "id = ?", post).Error; err != nil {
		return Version{}, missing(err)
	}
	last, err := lastVersion(tx, post)
	if err != nil || last.ID != 0 {
		return last, err
	}
	return addVersion(tx, p, began(p))
}

// Versions returns versions by id, in one statement, for those who look after what was reported.
func (f *Forum) Versions(ctx context.Context, keys []id.ID) (map[id.ID]Version, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var all []Version
	err := f.store.Read(ctx).Where("id in ?", keys).Find(&all).Error
	of := make(map[id.ID]Version, len(all))
	for _, v := range all {
		of[v.ID] = v
	}
	return of, err
}

// History returns what a post said, the oldest first, to whoever may read it: of a removed post to its
// moderators alone. One that was hidden comes to others without its words and its reason.
func (f *Forum) History(ctx context.Context, v access.Viewer, post id.ID) (p Post, all []Version, err error) {
	p, t, err := f.Post(ctx, v, post)
	if err != nil {
		return p, nil, err
	}
	keeps := v.Keeps(t.SpaceID)
	if p.Removed() && !keeps {
		return Post{}, nil, missing(store.ErrNotFound)
	}
	if err := f.store.Read(ctx).Where("post_id = ?", post).Order("number desc").Limit(mostVersions).Find(&all).Error; err != nil {
		return p, nil, err
	}
	if len(all) == 0 {
		only := began(p)
		only.Source, only.HTML = p.Source, p.HTML
		all = []Version{only}
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	for i := range all {
		if all[i].Hidden() && !keeps {
			all[i].Source, all[i].HTML, all[i].Reason = "", "", ""
		}
	}
	return p, all, nil
}

// HideVersion takes an earlier version out of everybody's sight but the moderators', for a reason that
// is logged, or brings it back. What a post says now is edited or removed instead.
func (f *Forum) HideVersion(ctx context.Context, v access.Viewer, post id.ID, number int, reason string, hidden bool) (p Post, err error) {
	if reason, err = access.CheckReason(reason); err != nil {
		return p, err
	}
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := v.CanModerate(t); err != nil {
			return err
		}
		last, err := lastVersion(tx, post)
		if err != nil {
			return err
		}
		if number >= last.Number {
			return problem.Refused("That is what the post says now. Edit it, or remove it.")
		}
		at, by, what := &tx.Now, &v.ID, "version.hidden"
		if !hidden {
			at, by, what = nil, nil, "version.shown"
		}
		res := tx.Model(&Version{}).Where("post_id = ? and number = ? and (hidden_at is null) = ?", post, number, hidden).
			Updates(map[string]any{"hidden_at": at, "hidden_by": by})
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return audit.Write(tx, onPost(v, t, p, what, reason))
	})
	return p, err
}
