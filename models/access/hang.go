package access

import (
	"context"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Limits of a lock.
const (
	MaxAlternatives = 12
	MaxKeys         = 6 // of one alternative
)

// Locks returns a space's locks by verb, for owners.
func (a *Access) Locks(ctx context.Context, v Viewer, space id.ID) (map[Verb]Lock, error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	locks := map[Verb]Lock{}
	for _, verb := range Verbs {
		locks[verb] = v.held.plan.locks[space][verb]
	}
	return locks, nil
}

// SetLocks hangs new locks on a space. They hold for everybody from the commit on. A first lock on
// seeing it also ends its points for the public score.
func (a *Access) SetLocks(ctx context.Context, v Viewer, space id.ID, locks map[Verb]Lock) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		if err := v.CanSee(space); err != nil {
			return err
		}
		if len(locks[See]) > 0 && len(v.held.plan.locks[space][See]) == 0 {
			if err := a.facts.Unlisted(tx, space); err != nil {
				return err
			}
		}
		return a.Hang(tx, v.ID, space, locks)
	})
}

// Hang writes the locks of a space within a change that the caller has allowed.
func (a *Access) Hang(tx *store.Tx, by, space id.ID, locks map[Verb]Lock) error {
	if err := tx.Where("space_id = ?", space).Delete(&lockRow{}).Error; err != nil {
		return err
	}
	var rows []lockRow
	for verb, lock := range locks {
		more, err := lockRows(tx, space, verb, lock)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	if len(rows) > 0 {
		if err := tx.Create(&rows).Error; err != nil {
			return err
		}
	}
	if err := audit.Write(tx, audit.Line{By: by, What: "locks.set", Space: space, Subject: space}); err != nil {
		return err
	}
	return RaiseClub(tx)
}

func lockRows(tx *store.Tx, space id.ID, verb Verb, lock Lock) (rows []lockRow, err error) {
	if len(lock) > MaxAlternatives {
		return nil, problem.Invalid(string(verb), "A lock has at most %d alternatives.", MaxAlternatives)
	}
	for i, keys := range lock {
		if len(keys) == 0 || len(keys) > MaxKeys {
			return nil, problem.Invalid(string(verb), "An alternative has one to %d keys.", MaxKeys)
		}
		seen := map[Key]bool{}
		for _, key := range keys {
			if err := checkKey(tx, verb, key); err != nil {
				return nil, err
			}
			if seen[key] {
				continue
			}
			seen[key] = true
			rows = append(rows, lockRow{ID: tx.NewID(), SpaceID: space, Verb: verb, Alternative: i + 1, Kind: key.Kind, RefID: key.Ref, Amount: key.Amount})
		}
	}
	return rows, nil
}

// checkKey refuses a key that nobody could ever hold.
func checkKey(tx *store.Tx, verb Verb, key Key) error {
	table := map[KeyKind]string{TierKey: "tiers", BadgeKey: "badges", GroupKey: "groups", NamedKey: "members"}[key.Kind]
	switch key.Kind {
	case Anyone, SignedIn:
		return nil
	case StatusKey:
		if key.Amount < 1 || key.Amount > 6 {
			return problem.Invalid(string(verb), "Choose one of the rungs of the ladder.")
		}
		return nil
	case ScoreKey:
		if key.Amount < 1 || key.Amount > 1_000_000 {
			return problem.Invalid(string(verb), "A score is a number from 1 to 1,000,000.")
		}
		return nil
	case TenureKey:
		if key.Amount < 1 || key.Amount > 36_500 {
			return problem.Invalid(string(verb), "Days here are a number from 1 to 36,500.")
		}
		return nil
	case RoleKey:
		if key.Amount != RoleOwner && key.Amount != RoleModerator {
			return problem.Invalid(string(verb), "Choose owners or moderators.")
		}
		return nil
	}
	if table == "" {
		return problem.Invalid(string(verb), "There is no such key.")
	}
	var n int64
	if err := tx.Table(table).Where("id = ?", key.Ref).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return problem.Invalid(string(verb), "What this key asks for is no longer there.")
	}
	return nil
}

// ScoresNamed returns the scores that some lock of the club names: when an act lifts a member
// over one of them, the member's epoch must rise.
func (a *Access) ScoresNamed(tx *store.Tx) (scores []int64, err error) {
	epochs, err := readEpochs(tx.DB, 0)
	if err != nil {
		return nil, err
	}
	p, err := a.current(tx.DB, epochs.Club)
	if err != nil {
		return nil, err
	}
	for _, locks := range p.locks {
		for _, lock := range locks {
			for _, keys := range lock {
				for _, key := range keys {
					if key.Kind == ScoreKey {
						scores = append(scores, key.Amount)
					}
				}
			}
		}
	}
	return scores, nil
}
