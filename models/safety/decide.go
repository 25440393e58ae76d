package safety

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Verdict is what is decided about something reported, and, unless that is nothing, why.
type Verdict struct {
	Decision string
	Reason   string // as its author reads it
}

func (d *Verdict) check() (err error) {
	switch d.Decision {
	case Dismissed:
		d.Reason = ""
		return nil
	case Warned, Removed:
		d.Reason, err = access.CheckReason(d.Reason)
		return err
	}
	return problem.Invalid("decision", "Choose what is to be done.")
}

// Decide ends every open report of the same thing: they are dismissed, or its author is warned, or it
// is removed and its author warned. Of two who decide at once, one is told that it was done.
func (s *Safety) Decide(ctx context.Context, v access.Viewer, flag id.ID, d Verdict) error {
	if err := d.check(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.access.Renew(tx, v)
		if err != nil {
			return err
		}
		f, err := s.reviewed(tx, v, flag)
		if err != nil {
			return err
		}
		all, err := s.look(tx.Context(), v, []Flag{f})
		if err != nil {
			return err
		}
		what := all[0]
		if what.Sealed() && d.Decision != Dismissed {
			return problem.Invalid("decision", "Read what was reported first.")
		}
		if what.Author() == v.ID && !v.Owner() {
			return problem.Refused("Somebody else has to decide about what you wrote.")
		}
		if err := settle(tx, v.ID, f, d.Decision); err != nil {
			return err
		}
		if err := s.carryOut(tx, v, what, d); err != nil {
			return err
		}
		if f.SubjectKind == OfMessage {
			if err := s.chat.Release(tx, f.SubjectID); err != nil {
				return err
			}
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "flag." + d.Decision, Space: what.Space, Subject: f.SubjectID, Why: d.Reason, Detail: f.SubjectKind})
	})
}

// Open lets an owner read the letter that a report is about, or the one message of a room of a few, which is logged.
func (s *Safety) Open(ctx context.Context, v access.Viewer, flag id.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.access.Renew(tx, v)
		if err != nil {
			return err
		}
		f, err := s.reviewed(tx, v, flag)
		if err != nil {
			return err
		}
		if f.SubjectKind == OfMessage {
			return s.openFew(tx, v, f)
		}
		if f.SubjectKind != OfLetter {
			return problem.Missing("There is nothing to open in this report.")
		}
		return s.letters.Unseal(tx.Context(), v, f.SubjectID)
	})
}

// reviewed is a report that v may decide about. One of another space never was.
func (s *Safety) reviewed(tx *store.Tx, v access.Viewer, flag id.ID) (f Flag, err error) {
	err = tx.Model(&Flag{}).Scopes(access.Reviewable(v, "flags.place_id")).Select("flags.*").Where("flags.id = ?", flag).Take(&f).Error
	if errors.Is(err, store.ErrNotFound) {
		return f, problem.Missing("There is no such report, or none that is yours to decide about.")
	}
	return f, err
}

// settle is one conditional statement: it has one winner.
func settle(tx *store.Tx, by id.ID, f Flag, decision string) error {
	res := tx.Model(&Flag{}).Where("subject_kind = ? and subject_id = ? and decided_at is null", f.SubjectKind, f.SubjectID).
		Updates(map[string]any{"decided_at": tx.Now, "decided_by": by, "decision": decision})
	if res.Error == nil && res.RowsAffected == 0 {
		return problem.Conflict("Somebody decided about this before you.")
	}
	return res.Error
}

func (s *Safety) carryOut(tx *store.Tx, v access.Viewer, what Reported, d Verdict) error {
	if d.Decision == Dismissed {
		return nil
	}
	if d.Decision == Removed {
		if err := s.takeDown(tx, v, what, d.Reason); err != nil {
			return err
		}
	}
	barred, err := unwarnable(tx, v, what.Author())
	if err != nil {
		return err
	}
	if barred != nil {
		if d.Decision == Warned {
			return barred
		}
		return nil // it is gone all the same
	}
	return warn(tx, v.ID, what.Author(), d.Reason, what.Space)
}

// takeDown removes what was reported as its moderators would; why stands in the log. A first post goes with
// its topic.
func (s *Safety) takeDown(tx *store.Tx, v access.Viewer, what Reported, why string) (err error) {
	switch {
	case what.SubjectKind == OfMember:
		err = problem.Invalid("decision", "A member is removed in the back office.")
	case what.Post != nil && what.Post.Number == 1 && !what.Post.Topic.Hidden:
		_, err = s.forum.Hide(tx.Context(), v, what.Post.TopicID, true)
	case what.Post != nil && what.Post.Number > 1:
		_, err = s.forum.RemoveBecause(tx.Context(), v, what.Post.ID, why)
	case what.Few && !what.Said.Removed():
		err = s.chat.RemoveReported(tx, v, what.Said.ID)
	case what.Said != nil && !what.Said.Removed():
		_, err = s.chat.Remove(tx.Context(), v, what.Said.ID, why)
	case what.Letter != nil && !what.Letter.Removed():
		err = s.letters.Remove(tx, v, what.Letter.ID)
	}
	return err
}
