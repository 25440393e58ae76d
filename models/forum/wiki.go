package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MakeWiki lets whoever may reply to a topic edit one of its posts, or keeps it to its author again. A
// moderator may say so of any post; an author of their own, where they may start topics.
func (f *Forum) MakeWiki(ctx context.Context, v access.Viewer, post id.ID, on bool) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := canMakeWiki(v, t, p); err != nil {
			return err
		}
		if p.Wiki == on {
			return nil
		}
		p.Wiki = on
		if err := tx.Model(&p).Select("wiki").Updates(&p).Error; err != nil {
			return err
		}
		line := onPost(v, t, p, what(madeWiki, endedWiki, on), "")
		line.Back = asText(Command{Do: either(toWiki, toOwn, !on)})
		if err := audit.Write(tx, line); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Edited, p.ID)
		return err
	})
	return p, err
}

func canMakeWiki(v access.Viewer, t Topic, p Post) error {
	if err := canEdit(v, t, p); err != nil || v.Keeps(t.SpaceID) {
		return err
	}
	return v.CanStart(t.SpaceID)
}

// CanMakeWiki is nil when v may open p, which stands in t, to everybody who may reply, or close it.
func CanMakeWiki(v access.Viewer, t Topic, p Post) error { return canMakeWiki(v, t, p) }

// canWrite is nil when v may change the words of p: as its author or a moderator, or as anybody who may
// reply if it is a wiki.
func canWrite(v access.Viewer, t Topic, p Post) error {
	err := canEdit(v, t, p)
	if err == nil || !p.Wiki || p.Removed() {
		return err
	}
	if t.Closed() {
		return problem.Refused("This topic is closed, so its posts stay as they are.")
	}
	return v.CanReply(t)
}
