package standing

import "guildhall/models/id"

// Rules of badges. All count lines of the badge's kinds that are not voided, that nobody gave
// themselves and that are not past a cap.
const (
	RuleFirst  = "first"  // the first of its kinds
	RuleCount  = "count"  // Amount of them
	RulePeople = "people" // from Amount different people
	RuleStreak = "streak" // on Amount days in a row
	RuleWithin = "within" // Amount of them within Days of joining
	RuleHand   = "hand"   // an owner gives it
)

// Badge is an honour with a rule. One that was won is kept, whatever becomes of the acts.
type Badge struct {
	ID       id.ID
	Position int
	Key      string
	Name     string
	Words    string // what it is for
	Icon     string
	Tone     int
	Rule     string
	Kinds    string // of acts, with blanks between
	Amount   int
	Days     int
	SpaceID  *id.ID // only acts there count; nil: acts in all spaces that count towards the score

	Holders int64 `gorm:"-"` // filled in by Badges
}

// counts is how often a member did something somewhere, as one row of a query.
type counts struct {
	MemberID, ActorID, SpaceID id.ID
	Kind                       string
	Silent                     bool   // in a space that does not count towards the score
	Day                        string // for streaks
	Times                      int
}

// takes tells whether a badge counts what c counted.
func (g Badge) takes(c counts) bool {
	if !named(g.Kinds, c.Kind) {
		return false
	}
	if g.SpaceID != nil {
		return *g.SpaceID == c.SpaceID
	}
	return !c.Silent
}

// won tells whether one member's counts, and for a streak their days, meet the badge's rule.
func (g Badge) won(all, byDay []counts) bool {
	times, people, on := 0, map[id.ID]bool{}, []string{}
	for _, c := range all {
		if g.takes(c) {
			times += c.Times
			people[c.ActorID] = true
		}
	}
	switch g.Rule {
	case RuleFirst:
		return times >= 1
	case RuleCount, RuleWithin: // one whose days are over is not asked for
		return times >= g.Amount
	case RulePeople:
		return len(people) >= g.Amount
	case RuleStreak:
		for _, c := range byDay {
			if g.takes(c) {
				on = append(on, c.Day)
			}
		}
		return run(on) >= g.Amount
	}
	return false
}
