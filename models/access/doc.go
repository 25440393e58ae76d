// Package access decides who may do what. It owns every row that a Viewer is made of (tiers,
// grants, roles, moderators' seats, groups, sanctions, locks, places, epochs), the predicates
// that guard single things and the scopes that guard lists: both answer from the same small sets.
//
// A viewer holds keys; a space has a lock for each verb; a lock is a list of alternatives, and an
// alternative a set of keys all of which are needed. Nothing is revoked by a sweeper: a grant
// outside its dates is not a key, and a cached reach ends at the instant at which it would change.
package access

import (
	"sync"
	"time"

	"guildhall/models/id"
	"guildhall/models/score"
	"guildhall/models/store"
)

// Access answers for one club. It is safe for use by many goroutines.
type Access struct {
	store *store.Store
	facts Facts

	mu    sync.Mutex
	plan  *plan
	cache map[id.ID]*held
}

// Facts are what access must ask of the floors above it; models/wiring.go hands them over.
type Facts struct {
	// Standing returns a member's settled standing at now.
	Standing func(db *store.DB, member id.ID, now time.Time) (Standing, error)
	// Standings is Standing of several, in as many statements.
	Standings func(db *store.DB, members []id.ID, now time.Time) (map[id.ID]Standing, error)
	// Staffed notes that somebody became staff, or is no longer: staff stand outside the boards.
	Staffed func(tx *store.Tx, member id.ID) error
	// Granted tells a member of a grant that was just given to them.
	Granted func(tx *store.Tx, g Grant) error
	// Unlisted notes that a space, which was listed for everybody, is so no longer: what is done there
	// earns no public score from then on, unless an owner says that it does.
	Unlisted func(tx *store.Tx, space id.ID) error
	// Asked are those of the members who still have to agree to the club's rules before they write.
	Asked func(db *store.DB, members []id.ID) ([]id.ID, error)
	// Names returns the rungs of the ladder, lowest first, and the names of all badges.
	Names func(db *store.DB) ([]Rung, map[id.ID]string, error)
}

// Standing is what a member's taking part has earned, as far as locks ask for it.
type Standing struct {
	Rung    int
	FallsAt time.Time // the instant at which the rung falls by itself; zero for never
	S       float64
	Curve   score.Curve
	At      time.Time // the score is read at this time or later: no age is negative
	Badges  []id.ID
}

// Score is the score at now.
func (s Standing) Score(now time.Time) float64 {
	if now.Before(s.At) {
		now = s.At
	}
	return s.Curve.Now(s.S, now)
}

// Rung is one step of the ladder, as far as doors name it.
type Rung struct {
	Position int
	Name     string
	Pin      int
	Enter    int64
}

// New returns the club's access over its database.
func New(s *store.Store, facts Facts) *Access {
	return &Access{store: s, facts: facts, cache: map[id.ID]*held{}}
}
