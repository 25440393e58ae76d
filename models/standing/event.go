package standing

import (
	"guildhall/models/access"
	"guildhall/models/id"
)

// Earned is the event of an act that was worth something. Score is the whole score after it, as
// it is shown.
type Earned struct {
	Member id.ID
	Kind   string
	Points float64 // the weight given
	Score  int64
	Place  access.Place // zero for none
}

// Rose is the event of a higher status.
type Rose struct {
	Member   id.ID
	From, To int // rungs
	Name     string
}

// BadgeWon is the event of a badge, earned or given by hand.
type BadgeWon struct {
	Member id.ID
	Badge  id.ID
	Name   string
	Icon   string
	Words  string
}
