package home

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
)

// pushWithin is for how long a notification is worth a browser's attention.
const pushWithin = 24 * time.Hour

// Pushed is what a member's browser is told: looked up, and allowed, at this moment. ok is false when it
// is not to be told: its member has read it, may not read it any more, wants none of it or quiet, or is
// not here.
func (h *Home) Pushed(ctx context.Context, member, note id.ID) (l Line, ok bool, err error) {
	v, err := h.Members.Viewer(ctx, member)
	if problem.Is(err, problem.KindMissing) {
		return l, false, nil
	}
	if err != nil {
		return l, false, err
	}
	if _, _, out := v.Suspended(); out {
		return l, false, nil
	}
	row, ok, err := h.Bell.Unheard(ctx, v, note)
	now := h.store.Now(ctx)
	if err != nil || !ok || now.Sub(row.CreatedAt) > pushWithin {
		return l, false, err
	}
	wishes, err := h.Bell.Wishes(ctx, member)
	if err != nil || !wishes[member].Now(row.Kind, notify.ByPush, now) {
		return l, false, err
	}
	notes, err := h.noted(ctx, []notify.Notification{row})
	if err != nil {
		return l, false, err
	}
	withhold(notes, wishes[member])
	lines, err := h.lines(ctx, notes)
	if err != nil || len(lines) == 0 {
		return l, false, err
	}
	return lines[0], true, nil
}
