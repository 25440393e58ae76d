package forum

import (
	"context"
	"errors"
	"slices"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Undo takes back a deed of the log, while nothing of its kind was done since. What it told the readers
// is taken away too; the log keeps both.
func (f *Forum) Undo(ctx context.Context, v access.Viewer, line id.ID) (t Topic, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) (err error) {
		k, err := audit.Find(tx.DB, line)
		if err != nil {
			return err
		}
		back := fromText[Command](k.Back)
		if back.Do == toGain { // the line of where the posts went: the other one knows the way back
			if k, err = audit.Find(tx.DB, back.To); err != nil {
				return err
			}
			back = fromText[Command](k.Back)
		}
		switch back.Do {
		case "":
			if t, err = f.kept(tx, v, k.Place); err == nil {
				err = problem.Refused("This cannot be undone.")
			}
		case toRemove, toRestore, toYield, toWiki, toOwn, toNotice, toAnnounce, toUnannounce:
			t, err = f.turnBack(tx, v, k, back)
		case toSplit, toMerge:
			t, err = f.undoPosts(tx, v, k, back)
		default:
			t, err = f.undo(tx, v, k, back)
		}
		return err
	})
	return t, err
}

// kept is the topic of a line, held, which v looks after.
func (f *Forum) kept(tx *store.Tx, v access.Viewer, topic id.ID) (Topic, error) {
	v, t, err := f.lockTopic(tx, v, topic)
	if err != nil {
		return t, err
	}
	return t, v.CanModerate(t)
}

func (f *Forum) undo(tx *store.Tx, v access.Viewer, k audit.Kept, back Command) (Topic, error) {
	v, t, err := f.lockTopic(tx, v, k.Place)
	if err != nil {
		return t, err
	}
	if t.ID != k.Place {
		return t, problem.Conflict("That topic was merged into another since. Undo that first.")
	}
	if err := stands(tx, v, t, k, back.Do); err != nil {
		return t, err
	}
	if back.Do == ToPin && back.Until != nil && !back.Until.After(tx.Now) {
		return t, problem.Conflict("That pin would be over by now.")
	}
	if _, _, err := f.perform(tx, v, &t, back); err != nil {
		return t, err
	}
	return t, untell(tx, &t, k.ID)
}

// stands marks a deed as undone, if it is v's to undo and nothing of its kind was done since.
func stands(tx *store.Tx, v access.Viewer, t Topic, k audit.Kept, do Deed) error {
	if err := v.CanModerate(t); err != nil {
		return err
	}
	if !v.Keeps(k.Space) {
		return problem.Missing("There is no such line in the log.")
	}
	since, err := audit.Since(tx, k, relatives(do))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(since, func(said string) bool { return do != ToRetag || sameTags(said, k.Detail) }) {
		return problem.Conflict("This was changed again since. Undo that first.")
	}
	ok, err := audit.Undone(tx, k.ID, v.ID)
	if err == nil && !ok {
		err = problem.Conflict("This was undone already.")
	}
	return err
}

// undoPosts brings posts back that were split off or merged, with the numbers that they had. What was
// written in the other topic since stays there, and with it a topic that was begun for the posts: whom it
// answers is for people to tell, and they can move it.
func (f *Forum) undoPosts(tx *store.Tx, v access.Viewer, k audit.Kept, back Command) (Topic, error) {
	m := *back.Moved
	v, p, err := f.lockPair(tx, v, m.To, k.Place)
	if err != nil {
		return p.to, err
	}
	if err := stands(tx, v, p.to, k, back.Do); err != nil {
		return p.to, err
	}
	if err := audit.UndoneToo(tx, m.To, gained(k.ID), v.ID); err != nil {
		return p.to, err
	}
	keys := make([]id.ID, 0, len(m.Posts))
	for key := range m.Posts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	if err := f.bringBack(tx, &p, m, keys); err != nil {
		return p.to, err
	}
	if back.Do == toMerge {
		if err := f.unfold(tx, v, &p.to, m.Hidden); err != nil {
			return p.to, err
		}
	}
	if m.Made && p.from.LastNumber == int64(len(keys)) { // nobody wrote there
		if err := f.fold(tx, v, &p.from, p.to.ID); err != nil {
			return p.to, err
		}
	}
	if err := untell(tx, &p.from, k.ID); err != nil {
		return p.to, err
	}
	return p.to, untell(tx, &p.to, k.ID)
}

// bringBack gives posts their old numbers in p.to.
func (f *Forum) bringBack(tx *store.Tx, p *pair, m moved, keys []id.ID) error {
	var posts []Post
	if err := tx.Where("topic_id = ? and id in ?", p.from.ID, keys).Find(&posts).Error; err != nil {
		return err
	}
	if len(posts) != len(keys) {
		return problem.Conflict("Some of these posts were moved again since. Undo that first.")
	}
	if a := p.from.AnswerID; a != nil && slices.Contains(keys, *a) {
		if err := f.setAnswer(tx, &p.from, nil); err != nil {
			return err
		}
	}
	if err := tx.Exec("delete from moved_posts where topic_id = ? and post_id in ?", p.to.ID, keys).Error; err != nil {
		return err
	}
	for _, post := range posts {
		row := map[string]any{"topic_id": p.from.ID, "number": post.Number, "post_id": post.ID, "at": tx.Now}
		if err := tx.Table("moved_posts").Create(row).Error; err != nil {
			return err
		}
		change := map[string]any{"topic_id": p.to.ID, "number": m.Posts[post.ID]}
		if err := tx.Model(&Post{}).Where("id = ?", post.ID).Updates(change).Error; err != nil {
			return err
		}
	}
	if err := f.along(tx, keys, p.to.ID); err != nil {
		return err
	}
	if err := f.refigure(tx, p, keys); err != nil {
		return err
	}
	return f.reaccept(tx, &p.to, m.Answer)
}

// reaccept gives a topic its answer back, with what it earned, if it got no other meanwhile.
func (f *Forum) reaccept(tx *store.Tx, t *Topic, answer id.ID) error {
	if answer == 0 || t.AnswerID != nil {
		return nil
	}
	author, err := store.Value[id.ID](tx.Model(&Post{}).Select("author_id").Where("id = ? and removed_at is null", answer))
	if errors.Is(err, store.ErrNotFound) {
		return nil // it was removed meanwhile
	}
	if err != nil {
		return err
	}
	if err := f.setAnswer(tx, t, &answer); err != nil {
		return err
	}
	return f.earnAnswer(tx, *t, answer, author)
}
