package access

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
)

var errOnlyReads = problem.Refused("A token only reads. Do this on the pages of the club.")

// Narrowed is what a personal token may ever have of v: to read what v's own keys open, none of the
// powers of staff, and with a space that space alone, so that all others never were. It ends at ends
// at the latest, and nothing makes it wide again: Renew refuses it, and with it every change.
func (v Viewer) Narrowed(space id.ID, ends time.Time) Viewer {
	if v.held == nil {
		return v
	}
	h := *v.held
	h.narrow, h.only = true, space
	h.ring.owner, h.ring.seats, h.kept = false, nil, nil
	h.unlock(h.built) // nothing changed by itself since, or v would not be fresh
	for _, verb := range Verbs {
		switch {
		case verb != See && verb != Read:
			h.open[verb], h.lists[verb] = nil, nil
		case space != 0:
			h.alone(verb, space)
		}
	}
	h.end(ends, h.built)
	return Viewer{v.ID, &h}
}

// alone closes every space but one.
func (h *held) alone(verb Verb, space id.ID) {
	only := h.open[verb][space]
	h.open[verb], h.lists[verb] = map[id.ID]bool{space: only}, nil
	if only {
		h.lists[verb] = []id.ID{space}
	}
}

// Only is the one space that v was narrowed to; 0 where it is all that v may read.
func (v Viewer) Only() id.ID {
	if v.held == nil {
		return 0
	}
	return v.held.only
}

// CanChange is nil unless v is narrowed. Renew asks it, and so does every change of what is v's own
// that renews nothing.
func (v Viewer) CanChange() error {
	if v.held != nil && v.held.narrow {
		return errOnlyReads
	}
	return nil
}
