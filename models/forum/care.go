package forum

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxPinned is how many topics of a space may stand at its top.
const MaxPinned = 2

// Act carries out an order of v, who looks after the topic's space: it changes, its readers and the log
// are told, and timers that it makes idle are taken away. line is what undoes it; zero when nothing
// changed, as the topic was so already.
func (f *Forum) Act(ctx context.Context, v access.Viewer, topic id.ID, o Command) (t Topic, line id.ID, err error) {
	if err := o.check(); err != nil {
		return t, 0, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		line, err = f.act(tx, v, &t, o)
		return err
	})
	return t, line, err
}

// act is Act on a topic that is held.
func (f *Forum) act(tx *store.Tx, v access.Viewer, t *Topic, o Command) (line id.ID, err error) {
	from, owner := t.SpaceID, t.AuthorID
	back, changed, err := f.perform(tx, v, t, o)
	if err != nil || !changed {
		return 0, err
	}
	line, err = audit.Keep(tx, audit.Line{
		By: v.ID, What: deeds[o.Do].past, Space: from, Place: t.ID, Subject: t.ID, Why: o.Why, Detail: detail(o, back), Batch: o.batch, Back: backText(back),
	})
	if err != nil {
		return 0, err
	}
	if err := f.tellOwner(tx, v, owner, t.ID, o.Do, line); err != nil {
		return line, err
	}
	if o.Do == ToGive {
		err = f.tellOwner(tx, v, t.AuthorID, t.ID, o.Do, line)
	}
	if err != nil || !public[o.Do] {
		return line, err
	}
	return line, tell(tx, t, Told{ID: line, By: v.ID, Do: o.Do, Why: o.Why, N: o.Seconds, Timed: o.timed})
}

// perform changes a topic that is held, if v may, and has its open pages look again.
func (f *Forum) perform(tx *store.Tx, v access.Viewer, t *Topic, o Command) (back Command, changed bool, err error) {
	if err := v.CanModerate(t); err != nil {
		return back, false, err
	}
	if back, changed, err = f.apply(tx, v, t, o); err != nil || !changed {
		return back, false, err
	}
	if err := unwind(tx, t, o.Do); err != nil {
		return back, false, err
	}
	_, err = stream.Add(tx, t.ID, stream.Moved, t.ID)
	return back, true, err
}

// backText is what undoes a deed, as the log keeps it; nothing where nothing does.
func backText(back Command) string {
	if back.Do == "" {
		return ""
	}
	return asText(back)
}

// detail is what the log says beside the deed. It names nothing of another space.
func detail(o, back Command) string {
	switch o.Do {
	case ToRename:
		return back.Title + " → " + o.Title
	case ToSlow:
		if o.Seconds == 0 {
			return "off"
		}
		return ahead(time.Duration(o.Seconds) * time.Second)
	case ToTime:
		return o.Timer.String()
	case ToTag, ToUntag, ToRetag:
		return retagged(back)
	}
	return ""
}

// Pin puts a topic at the top of its space, or takes it down.
func (f *Forum) Pin(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.do(ctx, v, topic, Command{Do: either(ToPin, ToUnpin, on)})
}

// Close ends a topic's replies for all but moderators, or opens it again.
func (f *Forum) Close(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.do(ctx, v, topic, Command{Do: either(ToClose, ToOpen, on)})
}

// Hide takes a topic out of everybody's sight but its moderators', or restores it.
func (f *Forum) Hide(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.do(ctx, v, topic, Command{Do: either(ToHide, ToShow, on)})
}

// Move carries a topic to another space that v moderates too. Its old address leads whoever may
// read it there to the new one.
func (f *Forum) Move(ctx context.Context, v access.Viewer, topic, to id.ID) (Topic, error) {
	return f.do(ctx, v, topic, Command{Do: ToMove, To: to})
}

func (f *Forum) do(ctx context.Context, v access.Viewer, topic id.ID, o Command) (Topic, error) {
	t, _, err := f.Act(ctx, v, topic, o)
	return t, err
}

func either(on, off Deed, yes bool) Deed {
	if yes {
		return on
	}
	return off
}

// Retitle changes a topic's title: its author's or a moderator's to do.
func (f *Forum) Retitle(ctx context.Context, v access.Viewer, topic id.ID, title string) (t Topic, err error) {
	o := Command{Do: ToRename, Title: title}
	if err := o.check(); err != nil {
		return t, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		if v.Keeps(t.SpaceID) {
			_, err := f.act(tx, v, &t, o)
			return err
		}
		if t.AuthorID != v.ID || t.Closed() {
			return problem.Refused("Only its author and the moderators of this space can change the title.")
		}
		if err := mayStill(v, t); err != nil {
			return err
		}
		back, changed, err := f.rename(tx, &t, o)
		if err != nil || !changed {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: deeds[ToRename].past, Space: t.SpaceID, Place: t.ID, Subject: t.ID, Detail: detail(o, back)}); err != nil {
			return err
		}
		_, err = stream.Add(tx, t.ID, stream.Moved, t.ID)
		return err
	})
	return t, err
}
