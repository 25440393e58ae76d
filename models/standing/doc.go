// Package standing keeps the participation ledger and what follows from it: score, status,
// badges and boards.
//
// An act is a fact and stays one; what it is worth stands beside it per edition of the owner's
// rules. Every change holds the member's row in standings before anything else, so a member's
// lines, folds, boards and badges are written by one transaction at a time. A score is a fold of
// the ledger: S grows by score.Term of each line, and undoing a line recounts its month and week.
package standing

import (
	"sync"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Standing answers for what the members of one club earned. It is safe for use by many goroutines.
type Standing struct {
	store *store.Store
	deps  Deps

	mu     sync.Mutex
	cached *rules
}

// Deps is what standing must ask of others.
type Deps struct {
	Access *access.Access
	// Zone returns the club's zone: a day is a calendar day there.
	Zone func(db *store.DB) (*time.Location, error)
	// Joined returns when a member came, for badges that are won within days of joining.
	Joined func(db *store.DB, member id.ID) (time.Time, error)
}

// New returns the standing of a database.
func New(s *store.Store, deps Deps) *Standing { return &Standing{store: s, deps: deps} }

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
