package home

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/queue"
)

// Letter is a mail to one member as it is about to be written: all of it was looked up, and allowed,
// at this moment.
type Letter struct {
	notify.Mailing
	To     member.Named
	Box    notify.Mailbox
	Lines  []Line // of what they were told
	Digest Digest // of a digest
	Unread int64  // notifications that wait on the bell, up to 100
}

// Line is one thing that a member was told, with the words that it is about.
type Line struct {
	Note
	Text string // paragraphs with an empty line between them; "" where there is none to show
}

// Letter gathers what a letter says; ok is false when it is not to be sent: its reader has seen all of
// it, may read none of it any more, wants none of it, is not here, or has no mailbox. While they are not to
// be disturbed the error puts it off until they are.
func (h *Home) Letter(ctx context.Context, mailing id.ID) (l Letter, ok bool, err error) {
	if l.Mailing, ok, err = h.Bell.Mailing(ctx, mailing); err != nil || !ok {
		return l, false, err
	}
	v, err := h.Members.Viewer(ctx, l.MemberID)
	if problem.Is(err, problem.KindMissing) {
		return l, false, nil
	}
	if err != nil {
		return l, false, err
	}
	if _, _, out := v.Suspended(); out {
		return l, false, nil
	}
	if l.Box, ok, err = h.Bell.Mailbox(ctx, v.ID); err != nil || !ok {
		return l, false, err
	}
	wishes, err := h.Bell.Wishes(ctx, v.ID)
	if err != nil {
		return l, false, err
	}
	if until, quiet := wishes[v.ID].Quiet(h.store.Now(ctx)); quiet {
		return l, false, queue.Off(until)
	}
	named, err := h.Members.Named(ctx, []id.ID{v.ID})
	if err != nil {
		return l, false, err
	}
	l.To = named[v.ID]
	if l.Kind == notify.OfDigest {
		return h.digest(ctx, v, l)
	}
	return h.told(ctx, v, wishes[v.ID], l)
}

func (h *Home) told(ctx context.Context, v access.Viewer, w notify.Wishes, l Letter) (_ Letter, ok bool, err error) {
	if sated, err := h.Bell.Sated(ctx, v.ID); err != nil || sated {
		return l, false, err
	}
	rows, err := h.Bell.Unseen(ctx, v, l.ID)
	if err != nil {
		return l, false, err
	}
	wanted := rows[:0]
	for _, r := range rows {
		if w.Wants(r.Kind, notify.ByMail) {
			wanted = append(wanted, r)
		}
	}
	notes, err := h.noted(ctx, wanted)
	if err != nil {
		return l, false, err
	}
	withhold(notes, w)
	if l.Lines, err = h.lines(ctx, notes); err != nil {
		return l, false, err
	}
	l.Unread, err = h.Bell.Unread(ctx, v)
	return l, len(l.Lines) > 0 && err == nil, err
}

// withhold leaves the titles of letters out of what goes where others may look, unless their reader wants
// them there. Who wrote is said; what they wrote never is.
func withhold(notes []Note, w notify.Wishes) {
	for i := range notes {
		if notes[i].Letters != 0 && !w.LetterTitles {
			notes[i].Title = ""
		}
	}
}

// inLetter is how much of one text a letter shows, in runes.
const inLetter = 1500

// lines adds to notes what was written, and leaves out what was removed since.
func (h *Home) lines(ctx context.Context, notes []Note) ([]Line, error) {
	subjects := make([]id.ID, len(notes))
	for i, n := range notes {
		subjects[i] = n.SubjectID
	}
	var texts []struct {
		ID   id.ID
		HTML string `gorm:"column:html"`
		Gone bool
	}
	err := h.store.Read(ctx).Raw(`select id, html, removed_at is not null as gone from posts where id in ?
		union all select id, html, removed_at is not null from messages where id in ?`, subjects, subjects).Scan(&texts).Error
	if err != nil {
		return nil, err
	}
	said, gone := map[id.ID]string{}, map[id.ID]bool{}
	for _, t := range texts {
		said[t.ID], gone[t.ID] = prose.Excerpt(prose.Letter(t.HTML), inLetter), t.Gone
	}
	lines := make([]Line, 0, len(notes))
	for _, n := range notes {
		switch {
		case n.Kind == notify.Edited && !gone[n.SubjectID], n.Kind == notify.Removed:
			lines = append(lines, Line{Note: n}) // what they wrote themselves is not news to them
		case !gone[n.SubjectID]:
			lines = append(lines, Line{n, said[n.SubjectID]})
		}
	}
	return lines, nil
}
