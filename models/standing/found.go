package standing

import (
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// HalfLife is that of a new club, in days.
const HalfLife = 180

// startLadder: a term keeps a status for a while after it was reached, a rest while its member is away.
var startLadder = []Rung{
	{Position: 1, Name: "Newcomer", Pin: 1},
	{Position: 2, Name: "Familiar face", Pin: 2, Enter: 30, Keep: 20, Term: 30, Rest: 14},
	{Position: 3, Name: "Regular", Pin: 3, Enter: 100, Keep: 70, Term: 60, Rest: 14},
	{Position: 4, Name: "Contributor", Pin: 4, Enter: 250, Keep: 175, Term: 90, Rest: 30},
	{Position: 5, Name: "Mentor", Pin: 5, Enter: 500, Keep: 350, Term: 90, Rest: 30},
	{Position: 6, Name: "Cornerstone", Pin: 6, Enter: 1000, Keep: 700, Term: 180, Rest: 60},
}

var startWeights = []Weight{
	{Kind: Topic, Weight: 5, PerDay: 10},
	{Kind: Reply, Weight: 3, PerDay: 30},
	{Kind: ReactionGot, Weight: 1, PerDay: 30, PerGiver: 5},
	{Kind: Accepted, Weight: 25, PerDay: 20, PerGiver: 10},
	{Kind: Voted, Weight: 2, PerDay: 20, PerGiver: 5},
	{Kind: Message, Weight: 0.5, PerDay: 10},
	{Kind: Visit, Weight: 1, PerDay: 1},
	{Kind: Invited, Weight: 10, PerDay: 5},
}

// startMutual is how many of a kind two people may give each other in a day before more counts half.
const startMutual = 3

var startBadges = []Badge{
	{Key: "first-light", Name: "First light", Words: "Started a first topic.", Icon: "i-sun", Tone: 1, Rule: RuleFirst, Kinds: Topic},
	{Key: "straight-in", Name: "Straight in", Words: "Wrote something within a day of joining.", Icon: "i-wave", Tone: 9, Rule: RuleWithin, Kinds: Topic + " " + Reply, Days: 1},
	{Key: "good-company", Name: "Good company", Words: "Wrote ten replies.", Icon: "i-topic", Tone: 10, Rule: RuleCount, Kinds: Reply, Amount: 10},
	{Key: "second-light", Name: "Second light", Words: "Came by on seven days in a row.", Icon: "i-plant", Tone: 2, Rule: RuleStreak, Kinds: Visit, Amount: 7},
	{Key: "good-answer", Name: "Good answer", Words: "Gave an answer that was accepted.", Icon: "i-bulb", Tone: 7, Rule: RuleFirst, Kinds: Accepted},
	{Key: "well-solved", Name: "Well solved", Words: "Had four answers accepted.", Icon: "i-seal", Tone: 3, Rule: RuleCount, Kinds: Accepted, Amount: 4},
	{Key: "warmly-thanked", Name: "Warmly thanked", Words: "Was thanked by ten different people.", Icon: "i-heart", Tone: 5, Rule: RulePeople, Kinds: ReactionGot, Amount: 10},
	{Key: "fireside", Name: "Fireside", Words: "Said thirty things in chat.", Icon: "i-flame", Tone: 6, Rule: RuleCount, Kinds: Message, Amount: 30},
	{Key: "open-door", Name: "Open door", Words: "Invited a guest who came in.", Icon: "i-door", Tone: 11, Rule: RuleFirst, Kinds: Invited},
	{Key: "house-thanks", Name: "House thanks", Words: "For something that no rule can count.", Icon: "i-crown", Tone: 4, Rule: RuleHand},
}

// Found gives a new club its first edition of the rules, its ladder and ten badges.
func (s *Standing) Found(tx *store.Tx) error {
	var n int64
	if err := tx.Model(&edition{}).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return problem.Conflict("The club has its ladder already.")
	}
	e := edition{ID: tx.NewID(), Number: 1, HalfLife: HalfLife, Epoch: tx.Now, PublishedAt: tx.Now, Mutual: startMutual, Stamp: tx.NewID(), Current: true}
	if err := tx.Create(&e).Error; err != nil {
		return err
	}
	return first(
		func() error { return tx.Create(weightsOf(e.ID)).Error },
		func() error { rungs := slices.Clone(startLadder); return tx.Create(&rungs).Error },
		func() error { return tx.Create(badgesOf(tx)).Error },
		func() error { return access.RaiseClub(tx) },
	)
}

func weightsOf(edition id.ID) *[]Weight {
	rows := make([]Weight, len(startWeights))
	for i, w := range startWeights {
		w.EditionID = edition
		rows[i] = w
	}
	return &rows
}

func badgesOf(tx *store.Tx) *[]Badge {
	rows := make([]Badge, len(startBadges))
	for i, g := range startBadges {
		g.ID, g.Position, g.Amount = tx.NewID(), i+1, max(1, g.Amount)
		rows[i] = g
	}
	return &rows
}

// first runs the steps up to the first that fails.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
