package safety

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// opened is the deed of reading what was said among a few and reported by one of them.
const opened = "report.opened"

// Sealed tells whether it was said among a few and whoever looks has not opened the report.
func (r Reported) Sealed() bool { return r.Few && r.Said == nil }

// unseal adds what was said among a few to the reports of it: that one message, for an owner who opened the report,
// as long as it waits for a decision.
func (s *Safety) unseal(ctx context.Context, v access.Viewer, all []Reported) error {
	var keys []id.ID
	for _, r := range all {
		if r.SubjectKind == OfMessage && (r.Said == nil || r.Space == 0) {
			keys = append(keys, r.SubjectID)
		}
	}
	if len(keys) == 0 || v.CanOwn() != nil {
		return nil
	}
	var found []struct {
		chat.Picked
		Opened bool
	}
	err := s.store.Read(ctx).Table("messages").Joins("join places on places.id = messages.room_id and places.space_id is null").
		Where("messages.id in ? and exists (select 1 from flags where flags.subject_kind = 'message' and flags.subject_id = messages.id and flags.decided_at is null)", keys).
		Select("messages.*, exists (select 1 from audits where audits.what = ? and audits.subject_id = messages.id and audits.by_id = ?) as opened", opened, v.ID).Find(&found).Error
	for _, m := range found {
		for i := range all {
			if all[i].SubjectKind != OfMessage || all[i].SubjectID != m.ID {
				continue
			}
			all[i].Few, all[i].Said = true, nil
			if m.Opened {
				said := m.Picked
				all[i].Said = &said
			}
		}
	}
	return err
}

// openFew keeps on record that an owner reads the one message of a room of a few that somebody in it reported. Nothing
// else of the room is shown to them.
func (s *Safety) openFew(tx *store.Tx, v access.Viewer, f Flag) error {
	all, err := s.look(tx.Context(), v, []Flag{f})
	if err != nil {
		return err
	}
	if !all[0].Few {
		return problem.Missing("There is no such report, or none that is yours to decide about.")
	}
	if !all[0].Sealed() {
		return nil
	}
	return audit.Write(tx, audit.Line{By: v.ID, What: opened, Subject: f.SubjectID, Why: f.Reason, Detail: f.SubjectKind})
}
