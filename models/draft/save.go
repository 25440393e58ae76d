package draft

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"guildhall/models/access"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Written is a text as it stands on one device.
type Written struct {
	Key   string // of the form: what was posted with it is a draft no more
	Title string
	Text  string
	Around
	Seen int64 // the revision from which it goes on; 0 where there was none
	Over bool  // it stands first from now on, and what is there beside it
}

func (w *Written) check() error {
	w.Title, w.Text = strings.TrimSpace(w.Title), strings.ReplaceAll(w.Text, "\r\n", "\n")
	switch {
	case len(w.Title) > MaxTitle:
		return problem.Invalid("title", "A title has at most %d bytes. Yours has %d.", MaxTitle, len(w.Title))
	case len(w.Text) > MaxText:
		return problem.TooLarge("text", "A draft has at most %d bytes. Yours has %d.", MaxText, len(w.Text))
	case w.Around.len() > MaxAround:
		return problem.TooLarge("text", "What stands beside the text is too long to be kept: at most %d bytes in all.", MaxAround)
	case w.Title == "" && w.Readers == "" && strings.TrimSpace(w.Text) == "":
		return problem.Invalid("text", "Write something first.")
	}
	return nil
}

// Save keeps what v wrote where they may read. A text that goes on from an older revision replaces
// nothing: it is kept beside what another device wrote meanwhile, and apart says so.
func (d *Drafts) Save(ctx context.Context, v access.Viewer, at At, w Written) (kept Draft, apart bool, err error) {
	if !v.SignedIn() {
		return kept, false, problem.Refused("Sign in to do this.")
	}
	if err := w.check(); err != nil {
		return kept, false, err
	}
	for range 2 { // two devices may begin at once: the second finds what the first began
		if kept, apart, err = d.save(ctx, v, at, w); !errors.Is(err, store.ErrDuplicate) {
			break
		}
	}
	return kept, apart, err
}

func (d *Drafts) save(ctx context.Context, v access.Viewer, at At, w Written) (kept Draft, apart bool, err error) {
	err = d.store.Write(ctx, func(tx *store.Tx) error {
		v, err := d.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := mayWrite(tx, v, at); err != nil {
			return err
		}
		var rows []Draft
		if err := store.ForUpdate(tx.DB).Where("member_id = ? and kind = ? and target_id = ?", v.ID, at.Kind, at.Target).Limit(1).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			if late, err := posted(tx, v, at, w); late || err != nil {
				return err
			}
			kept, apart = begun(tx, v, at, w), false
			if err := tx.Create(&kept).Error; err != nil {
				return err
			}
		} else {
			kept = rows[0]
			apart = kept.take(tx, w)
			if err := tx.Save(&kept).Error; err != nil {
				return err
			}
		}
		return files.Hold(tx, kept.ID, v.ID, named(kept.Text+"\n"+kept.Other))
	})
	return kept, apart, err
}

// mayWrite asks whether v may still read where the text is to stand.
func mayWrite(tx *store.Tx, v access.Viewer, at At) error {
	switch at.Kind {
	case Topic, Scheduled:
		return v.CanEnter(at.In.SpaceID)
	case Page:
		return v.CanOwn()
	case Letter:
		return v.CanCorrespond()
	}
	place, err := access.FindPlace(tx.DB, at.In.ID)
	if err != nil {
		return err
	}
	return v.CanRead(place)
}

// posted tells whether the same text was posted already: a save that was on its way then comes late.
func posted(tx *store.Tx, v access.Viewer, at At, w Written) (late bool, err error) {
	switch at.Kind {
	case Edit:
		err = tx.Raw("select exists (select 1 from posts where id = ? and source = ?)", at.Target, w.Text).Scan(&late).Error
	case Letter, Answer:
		err = tx.Raw("select exists (select 1 from letters where author_id = ? and key = ?)", v.ID, w.Key).Scan(&late).Error
	case Scheduled:
		err = tx.Raw("select not exists (select 1 from scheduled_topics where id = ? and author_id = ? and state in ('waiting', 'refused') and source <> ?)", at.Target, v.ID, w.Text).Scan(&late).Error
	case Page:
		saved := tx.Table("pages").Select("pages.id").Joins("join page_versions w on w.page_id = pages.id and w.number = pages.latest").Where("w.source = ? and w.title = ?", w.Text, w.Title)
		if at.Target != 0 {
			saved = saved.Where("pages.id = ?", at.Target)
		}
		err = tx.Raw("select exists (?)", saved).Scan(&late).Error
	case Reply, Topic:
		err = tx.Raw("select exists (select 1 from posts where author_id = ? and key = ?)", v.ID, w.Key).Scan(&late).Error
	}
	return late, err
}

func begun(tx *store.Tx, v access.Viewer, at At, w Written) Draft {
	d := Draft{ID: tx.NewID(), MemberID: v.ID, Kind: at.Kind, TargetID: at.Target, Title: w.Title, Text: w.Text, Around: w.Around, Revision: 1, BegunAt: tx.Now, SavedAt: tx.Now}
	switch at.Kind {
	case Topic, Scheduled:
		d.SpaceID = &at.In.SpaceID
	case Reply, Edit, Message, Answer:
		d.PlaceID = &at.In.ID
	}
	return d
}

// take puts a text into the draft and tells whether it stands beside what is there.
func (d *Draft) take(tx *store.Tx, w Written) (apart bool) {
	switch {
	case d.DiscardedAt != nil: // it begins anew
		d.Title, d.Text, d.Around, d.Other, d.BegunAt, d.DiscardedAt = w.Title, w.Text, w.Around, "", tx.Now, nil
		d.Revision++
	case w.Over:
		d.Title, d.Text, d.Around, d.Other = w.Title, w.Text, w.Around, d.Text
		d.Revision++
	case w.Seen == d.Revision:
		d.Title, d.Text, d.Around = w.Title, w.Text, w.Around
		d.Revision++
	case d.Text == w.Text && d.Title == w.Title:
		d.Around = w.Around
	default:
		d.Other, apart = w.Text, true
	}
	d.SavedAt = tx.Now
	return apart
}

var ownFile = regexp.MustCompile(`/files/([1-9A-HJ-NP-Za-km-z]{11})`)

// mostNamed bounds the files of one draft: a post shows no more.
const mostNamed = 50

// named are the ids of the club's files that a text names.
func named(text string) (keys []string) {
	for _, m := range ownFile.FindAllStringSubmatch(text, mostNamed) {
		keys = append(keys, m[1])
	}
	return keys
}

// End takes members' drafts away within the change that posts them.
func End(tx *store.Tx, kind string, target id.ID, members ...id.ID) error {
	return tx.Where("member_id in ? and kind = ? and target_id = ?", members, kind, target).Delete(&Draft{}).Error
}

// Forget takes all drafts of a member away: they are no longer here.
func Forget(tx *store.Tx, member id.ID) error {
	return tx.Where("member_id = ?", member).Delete(&Draft{}).Error
}

// Again makes what was on its way a draft of v's again, within the change that stops it. What was begun there
// meanwhile stands beside it.
func Again(tx *store.Tx, v access.Viewer, d Draft) (Draft, error) {
	var rows []Draft
	err := store.ForUpdate(tx.DB).Where("member_id = ? and kind = ? and target_id = ?", v.ID, d.Kind, d.TargetID).Limit(1).Find(&rows).Error
	if err != nil {
		return d, err
	}
	if len(rows) == 0 {
		d.ID, d.MemberID, d.Revision, d.BegunAt, d.SavedAt = tx.NewID(), v.ID, 1, tx.Now, tx.Now
		err = tx.Create(&d).Error
	} else {
		now := d
		d = rows[0]
		d.take(tx, Written{Title: now.Title, Text: now.Text, Around: now.Around, Over: true})
		err = tx.Save(&d).Error
	}
	if err != nil {
		return d, err
	}
	return d, files.Hold(tx, d.ID, v.ID, named(d.Text+"\n"+d.Other))
}

// Discard puts a draft of v's away, or brings it back; it goes for good after a day.
func (d *Drafts) Discard(ctx context.Context, v access.Viewer, key id.ID, away bool) (kept Draft, err error) {
	err = d.change(ctx, v, key, &kept, func(tx *store.Tx) {
		if kept.DiscardedAt = nil; away {
			kept.DiscardedAt = &tx.Now
		}
	})
	return kept, err
}

// Settle puts the text of the other device away: v goes on with the one that stands first.
func (d *Drafts) Settle(ctx context.Context, v access.Viewer, key id.ID) (kept Draft, err error) {
	err = d.change(ctx, v, key, &kept, func(*store.Tx) { kept.Other = "" })
	return kept, err
}

func (d *Drafts) change(ctx context.Context, v access.Viewer, key id.ID, kept *Draft, fn func(*store.Tx)) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return d.store.Write(ctx, func(tx *store.Tx) error {
		*kept = Draft{}
		if err := store.ForUpdate(tx.DB).Take(kept, "id = ? and member_id = ?", key, v.ID).Error; err != nil {
			return missing(err)
		}
		fn(tx)
		if err := tx.Save(kept).Error; err != nil {
			return err
		}
		return files.Hold(tx, kept.ID, v.ID, named(kept.Text+"\n"+kept.Other))
	})
}

// chunk is how much is swept in one step.
const chunk = 200

// Sweep drops drafts that nobody went on with, and those that were discarded and not brought back.
func (d *Drafts) Sweep(ctx context.Context) error {
	for {
		var gone int64
		err := d.store.Write(ctx, func(tx *store.Tx) error {
			res := tx.Exec("delete from drafts where id in (select id from drafts where saved_at < ? or discarded_at < ? limit ?)",
				tx.Now.Add(-Kept), tx.Now.Add(-Undoing), chunk)
			gone = res.RowsAffected
			return res.Error
		})
		if err != nil || gone == 0 {
			return err
		}
	}
}

// Carry takes drafts of what moved along to another place: the changes of posts, and replies to a topic.
func Carry(tx *store.Tx, targets []id.ID, to id.ID) error {
	return tx.Model(&Draft{}).Where("kind in ? and target_id in ?", []string{Edit, Reply}, targets).Update("place_id", to).Error
}
