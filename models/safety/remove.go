package safety

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Removal is what an owner says who removes a member.
type Removal struct {
	Typed  string // the member's handle, to be sure who is meant
	Reason string // kept; the member is not told
	Words  bool   // what they wrote goes too
}

// Remove puts a member out for good: all that says who they are is gone, with their keys, their ways
// in and their places on lists, and neither their accounts elsewhere nor their addresses lead back.
// What they wrote stays as that of a former member, or goes too. For owners.
func (s *Safety) Remove(ctx context.Context, v access.Viewer, who id.ID, r Removal) error {
	return s.sanction(ctx, v, who, func(tx *store.Tx, v access.Viewer) error {
		m, err := member.Held(tx, who)
		if err != nil {
			return err
		}
		if typed := strings.TrimPrefix(strings.TrimSpace(r.Typed), "@"); !strings.EqualFold(typed, m.Handle) {
			return problem.Invalid("handle", "Type %s to say that you mean them.", m.Handle)
		}
		kept := access.Sanction{MemberID: who, Kind: access.Removed, Reason: r.Reason, ByID: &v.ID}
		if err := access.Impose(tx, &kept); err != nil {
			return err
		}
		if err := s.empty(tx, v.ID, who); err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "member.removed", Subject: who, Why: kept.Reason, Detail: taken(r.Words)}); err != nil {
			return err
		}
		if !r.Words {
			return nil
		}
		return s.takeBack(tx, TakeBackJob{Member: who, By: v.ID})
	})
}

// empty clears the member out of every floor below.
func (s *Safety) empty(tx *store.Tx, by, who id.ID) error {
	if err := s.members.Empty(tx, who); err != nil {
		return err
	}
	if err := s.access.Strip(tx, by, who); err != nil {
		return err
	}
	if err := notify.Unblocked(tx, who); err != nil {
		return err
	}
	if err := draft.Forget(tx, who); err != nil {
		return err
	}
	if err := letters.Forget(tx, who); err != nil {
		return err
	}
	return tx.Model(&Flag{}).Where("subject_kind = ? and subject_id = ? and decided_at is null", OfMember, who).
		Updates(map[string]any{"decided_at": tx.Now, "decided_by": by, "decision": Removed}).Error
}

func taken(words bool) string {
	if words {
		return "with what they wrote"
	}
	return ""
}

// TakeBack is the kind of the job that removes what a removed member wrote; its payload is a
// TakeBackJob.
var TakeBack = queue.NewKind("safety.take_back", queue.Normal)

// TakeBackJob names whose words go, and who decided so.
type TakeBackJob struct{ Member, By id.ID }

// atOnce is how many posts, messages and letters one transaction removes: nobody waits for it.
const atOnce = 20

// TakeBack removes a stretch of what a removed member wrote. Where more is left, the next stretch is
// a job in the same transaction: what is gone is gone, and a restart goes on from there.
func (s *Safety) TakeBack(ctx context.Context, w TakeBackJob) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if out, err := member.WasRemoved(tx, w.Member); err != nil || !out {
			return err
		}
		return s.takeBack(tx, w)
	})
}

func (s *Safety) takeBack(tx *store.Tx, w TakeBackJob) error {
	gone, err := s.forum.TakeBack(tx, w.Member, w.By, atOnce)
	if err != nil {
		return err
	}
	if gone < atOnce {
		more, err := s.chat.TakeBack(tx, w.Member, w.By, atOnce-gone)
		if err != nil {
			return err
		}
		gone += more
	}
	if gone < atOnce {
		more, err := s.letters.TakeBack(tx, w.Member, w.By, atOnce-gone)
		if err != nil {
			return err
		}
		gone += more
	}
	if gone < atOnce {
		return nil
	}
	return queue.Add(tx, queue.Work{Kind: TakeBack, Payload: w})
}
