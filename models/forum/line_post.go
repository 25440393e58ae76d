package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// The words under which what was done to a post is logged, at its topic, and what was announced.
const (
	edited      = "post.edited"
	removed     = "post.removed"
	restored    = "post.restored"
	madeWiki    = "post.wiki"
	endedWiki   = "post.own"
	noticed     = "post.noticed"
	unnoticed   = "post.unnoticed"
	announced   = "topic.announced"
	unannounced = "topic.unannounced"
)

// The deeds that are taken back by the operation that does the opposite.
const (
	toRemove     Deed = "remove"
	toRestore    Deed = "restore"
	toWiki       Deed = "wiki"
	toOwn        Deed = "own"
	toNotice     Deed = "notice"
	toAnnounce   Deed = "announce"
	toUnannounce Deed = "unannounce"
)

// turned are those deeds, with the words of their families: each is undone while none of its family was done
// to the same thing since.
var turned = map[Deed][]string{
	toRemove: {removed, restored}, toRestore: {removed, restored}, toWiki: {madeWiki, endedWiki}, toOwn: {madeWiki, endedWiki},
	toNotice: {noticed, unnoticed}, toAnnounce: {announced, unannounced}, toUnannounce: {announced, unannounced},
}

// onPost is the line of what was done to a post, at its topic.
func onPost(v access.Viewer, t Topic, p Post, what, why string) audit.Line {
	return audit.Line{By: v.ID, What: what, Space: t.SpaceID, Place: t.ID, Subject: p.ID, Why: why, Detail: "#" + decimal(p.Number)}
}

// logEdit writes down what a moderator changed in somebody else's words, and why. Who edits a wiki is no
// moderator for it, and stands in its history.
func logEdit(tx *store.Tx, v access.Viewer, t Topic, p Post, why string) error {
	if p.Wiki {
		return nil
	}
	return logOthers(tx, v, t, p, edited, why)
}

// logOthers writes down what a moderator did to somebody else's post, with the way back if there is one.
func logOthers(tx *store.Tx, v access.Viewer, t Topic, p Post, what, why string) error {
	if p.AuthorID == v.ID {
		return nil
	}
	line := onPost(v, t, p, what, why)
	switch what {
	case removed:
		line.Back = asText(Command{Do: toRestore})
	case restored:
		line.Back = asText(Command{Do: toRemove})
	}
	return audit.Write(tx, line)
}

// turnBack undoes a deed of the log by the operation that does the opposite. It asks again whether v may, and
// writes a line of its own.
func (f *Forum) turnBack(tx *store.Tx, v access.Viewer, k audit.Kept, back Command) (Topic, error) {
	t, err := f.kept(tx, v, k.Place)
	if err != nil {
		return t, err
	}
	if !v.Keeps(k.Space) {
		return t, problem.Missing("There is no such line in the log.")
	}
	since, err := audit.SinceOn(tx, k, turned[back.Do])
	if err != nil {
		return t, err
	}
	if since > 0 {
		return t, problem.Conflict("This was changed again since. Undo that first.")
	}
	if ok, err := audit.Undone(tx, k.ID, v.ID); err != nil || !ok {
		if err == nil {
			err = problem.Conflict("This was undone already.")
		}
		return t, err
	}
	return t, f.turn(tx.Context(), v, k, back)
}

func (f *Forum) turn(ctx context.Context, v access.Viewer, k audit.Kept, back Command) (err error) {
	switch back.Do {
	case toRemove:
		_, err = f.remove(ctx, v, k.Subject, k.Why, false)
	case toRestore:
		_, err = f.Restore(ctx, v, k.Subject)
	case toWiki, toOwn:
		_, err = f.MakeWiki(ctx, v, k.Subject, back.Do == toWiki)
	case toNotice:
		_, err = f.Notice(ctx, v, k.Subject, back.Text)
	case toAnnounce, toUnannounce:
		_, err = f.Announce(ctx, v, k.Subject, back.Do == toAnnounce, back.Until)
	}
	return err
}

// undoes tells whether v may take back what a line tells of: what owners announce is theirs to take back.
func undoes(v access.Viewer, k audit.Kept) bool {
	if k.Back == "" || k.UndoneAt != nil {
		return false
	}
	return v.Owner() || k.What != announced && k.What != unannounced
}
