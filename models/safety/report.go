package safety

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Complaint is what somebody reports, and why.
type Complaint struct {
	Kind    string
	Subject id.ID
	Reason  string
	Words   string
}

func (c *Complaint) check() error {
	c.Words = strings.TrimSpace(c.Words)
	switch {
	case !slices.Contains(Reasons, c.Reason):
		return problem.Invalid("reason", "Choose what is wrong with it.")
	case len(c.Words) > MaxWords:
		return problem.Invalid("words", "A remark has at most %d bytes.", MaxWords)
	case c.Reason == Other && c.Words == "":
		return problem.Invalid("words", "Say in a few words what is wrong with it.")
	}
	return nil
}

// Report puts what v reads before those who look after it: the moderators of its space, or, of a
// member or a letter, the owners. Nobody else learns of it. Reporting the same thing again changes nothing.
func (s *Safety) Report(ctx context.Context, v access.Viewer, c Complaint) error {
	if err := c.check(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if _, _, out := v.Suspended(); out || !v.SignedIn() {
			return problem.Refused("You cannot report anything at present.")
		}
		about, err := s.find(tx, v, c)
		if err != nil {
			return err
		}
		if about.author == v.ID {
			return problem.Refused("You cannot report yourself, or what you wrote.")
		}
		f := Flag{ID: tx.NewID(), SubjectKind: c.Kind, SubjectID: c.Subject, ByID: v.ID, Reason: c.Reason, Words: c.Words, CreatedAt: tx.Now}
		if about.place != 0 {
			f.PlaceID = &about.place
		}
		if c.Kind == OfPost {
			then, err := s.forum.KeepVersion(tx, c.Subject)
			if err != nil {
				return err
			}
			f.VersionID = &then.ID
		}
		return store.OnConflictSkip(tx.DB).Create(&f).Error
	})
}

// subject is where a reported thing hangs, and whose it is.
type subject struct {
	place  id.ID // 0: nowhere
	author id.ID
}

// find looks for the thing as v may read it: to report what is closed to one is to find nothing.
func (s *Safety) find(tx *store.Tx, v access.Viewer, c Complaint) (about subject, err error) {
	found := false
	switch c.Kind {
	case OfPost:
		posts, err := s.forum.Pick(tx.Context(), v, []id.ID{c.Subject})
		if err != nil {
			return about, err
		}
		p, ok := posts[c.Subject]
		about, found = subject{p.TopicID, p.AuthorID}, ok && !p.Removed()
	case OfMessage:
		messages, err := s.chat.Pick(tx.Context(), v, []id.ID{c.Subject})
		if err != nil {
			return about, err
		}
		m, ok := messages[c.Subject]
		about, found = subject{m.RoomID, m.AuthorID}, ok && !m.Removed()
	case OfLetter:
		picked, err := s.letters.Pick(tx.Context(), v, []id.ID{c.Subject})
		if err != nil {
			return about, err
		}
		l, ok := picked[c.Subject]
		about, found = subject{author: l.AuthorID}, ok && !l.Removed()
	case OfMember:
		names, err := s.members.Named(tx.Context(), []id.ID{c.Subject})
		if err != nil {
			return about, err
		}
		n, ok := names[c.Subject]
		about, found = subject{author: n.ID}, ok && !n.Former()
	}
	if !found {
		return about, problem.Missing("There is nothing here, or nothing that is open to you.")
	}
	return about, nil
}
