package forum

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Edit changes the text of a post: one's own, or as a moderator anybody's. What it said before stays in
// its history, but for a small correction of one's own that nobody can have answered yet.
func (f *Forum) Edit(ctx context.Context, v access.Viewer, post id.ID, source string) (Post, error) {
	return f.EditBecause(ctx, v, post, source, "")
}

// EditBecause is Edit for a reason that stands in the post's history.
func (f *Forum) EditBecause(ctx context.Context, v access.Viewer, post id.ID, source, reason string) (Post, error) {
	return f.EditFrom(ctx, v, post, Change{Text: source, Why: reason})
}

// EditFrom is Edit for who knows what they began with: what somebody else wrote meanwhile is not written over
// unseen, and the error is then a Rewritten.
func (f *Forum) EditFrom(ctx context.Context, v access.Viewer, post id.ID, c Change) (p Post, err error) {
	d := Draft{Key: "edit", Text: c.Text}
	text, wrong := d.cook()
	reason, long := checkWhy(c.Why, MaxWhy)
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := canWrite(v, t, p); err != nil {
			return err
		}
		if err := cmp.Or(wrong, long); err != nil {
			return err
		}
		if err := draft.End(tx, draft.Edit, p.ID, v.ID); err != nil {
			return err
		}
		if p.Source == text.Source {
			return nil
		}
		if c.From != "" && c.From != p.Wording() {
			return rewritten(p)
		}
		before := p
		sizes, err := files.Rehang(tx, v, t, p.ID, text.Files, v.ID == p.AuthorID || v.Keeps(t.SpaceID))
		if err != nil {
			return err
		}
		if err := rehold(tx, v, t, p.ID, p.AuthorID, text.Polls); err != nil {
			return err
		}
		called, err := f.recall(tx, v, t, before, text)
		if err != nil {
			return err
		}
		p.Source, p.HTML, p.Plain, p.Recipe = text.Source, prose.Sized(called.HTML, sizes), text.Plain, prose.Version
		if err := f.noteVersion(tx, v, t, before, &p, reason); err != nil {
			return err
		}
		if p.Cards, err = f.previews.Rehang(tx, p.TopicID, p.ID, p.HTML); err != nil {
			return err
		}
		if err := tx.Save(&p).Error; err != nil {
			return err
		}
		if err := file(tx, t, p); err != nil {
			return err
		}
		if err := logEdit(tx, v, t, p, reason); err != nil {
			return err
		}
		if err := tellAuthor(tx, t, p, v.ID, notify.Edited); err != nil {
			return err
		}
		if err := f.tellNamed(tx, v, t, p, called.Tell, newly(before, text.Cites)); err != nil {
			return err
		}
		p.Untold = called.Untold
		_, err = stream.Add(tx, t.ID, stream.Edited, p.ID)
		return err
	})
	return p, err
}

// recall looks up whom a changed text mentions, and of those it tells, and tells of, only whom it did not
// mention before, and of them as many as v may still tell of the post.
func (f *Forum) recall(tx *store.Tx, v access.Viewer, t Topic, before Post, text prose.Cooked) (member.Mentions, error) {
	already := prose.MentionedIn(before.HTML)
	fresh := slices.DeleteFunc(slices.Clone(text.Mentions), func(handle string) bool {
		return slices.Contains(already, handle) || strings.Contains(before.HTML, `<span class="mention">@`+handle+`</span>`)
	})
	called, err := f.members.Call(tx, v, t, text.HTML, text.Mentions, nil)
	if err != nil || len(fresh) == 0 {
		called.Tell, called.Untold = nil, nil
		return called, err
	}
	known, err := named(tx, v, before.ID)
	if err != nil {
		return called, err
	}
	fresh = fresh[:min(len(fresh), max(0, member.MostMentioned-len(known)))]
	told, err := f.members.Call(tx, v, t, text.HTML, fresh, nil)
	called.Tell, called.Untold = told.Tell, told.Untold
	return called, err
}

// change loads a post with its topic, both held, and lets fn change them. What is archived stays as it is.
func (f *Forum) change(ctx context.Context, v access.Viewer, post id.ID, p *Post, fn func(*store.Tx, access.Viewer, Topic) error) error {
	return f.hold(ctx, v, post, p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if t.Archived {
			return problem.Refused("This is archived: it stays as it is, to be read.")
		}
		return fn(tx, v, t)
	})
}

// hold is change for what is one's own of a post, and changes neither it nor its topic.
func (f *Forum) hold(ctx context.Context, v access.Viewer, post id.ID, p *Post, fn func(*store.Tx, access.Viewer, Topic) error) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		topic, err := store.Value[id.ID](tx.Model(&Post{}).Select("topic_id").Where("id = ?", post))
		if err != nil {
			return missing(err)
		}
		v, t, err := f.lockTopic(tx, v, topic)
		if err != nil {
			return err
		}
		*p = Post{}
		if err := tx.Take(p, "id = ?", post).Error; err != nil {
			return missing(err)
		}
		return fn(tx, v, t)
	})
}

func canEdit(v access.Viewer, t Topic, p Post) error {
	if v.Keeps(t.SpaceID) {
		return nil
	}
	if p.AuthorID != v.ID {
		return problem.Refused("Only its author and the moderators of this space can change this post.")
	}
	if p.Removed() {
		return problem.Refused("This post was removed. Bring it back first.")
	}
	return mayStill(v, t)
}

// mayStill is nil when an author may change what is theirs in t: it is not closed, nor only the taster
// of a space that has closed to them.
func mayStill(v access.Viewer, t Topic) error {
	if v.Keeps(t.SpaceID) {
		return nil
	}
	if t.Closed() {
		return problem.Refused("This topic is closed, so its posts stay as they are.")
	}
	return v.CanReact(t)
}

// CanEdit is nil when v may change the words of p, which stands in t.
func CanEdit(v access.Viewer, t Topic, p Post) error { return canWrite(v, t, p) }

// CanRemove is nil when v may take p away, which stands in t.
func CanRemove(v access.Viewer, t Topic, p Post) error { return canEdit(v, t, p) }

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return problem.Missing("There is no such topic or post.")
	}
	return err
}
