package standing

import (
	"context"
	"errors"
	"time"

	"guildhall/models/id"
	"guildhall/models/score"
	"guildhall/models/store"
)

// ErrNotFounded says that the club has no rules of standing yet.
var ErrNotFounded = errors.New("the club has no ladder yet")

// edition is one version of the owner's rules of worth.
type edition struct {
	ID          id.ID
	Number      int
	HalfLife    float64 // days; 0 never fades
	Epoch       time.Time
	PublishedAt time.Time
	Mutual      int
	Stamp       id.ID
	Current     bool
}

func (e edition) curve() score.Curve {
	return score.Curve{Epoch: e.Epoch, HalfLife: time.Duration(e.HalfLife * 24 * float64(time.Hour))}
}

// Weight is what an act of a kind is worth under an edition.
type Weight struct {
	EditionID id.ID
	Kind      string
	Weight    float64
	PerDay    int // how many of a day count; 0: all
	PerGiver  int // how many of a day from one giver count; 0: all
}

// TableName is the table of Weight.
func (Weight) TableName() string { return "edition_weights" }

// Weights returns what an act of each kind is worth at present, in the order of the catalogue.
func (s *Standing) Weights(ctx context.Context) ([]Weight, error) {
	r, err := s.rules(s.store.Read(ctx))
	if err != nil {
		return nil, err
	}
	weights := make([]Weight, 0, len(Kinds))
	for _, k := range Kinds {
		if w, ok := r.weights[k.Key]; ok {
			weights = append(weights, w)
		}
	}
	return weights, nil
}

// rules are the present edition with its weights, the ladder and the badges. They never change:
// whoever changes a row of theirs gives the edition a new stamp, and they are read anew.
type rules struct {
	edition edition
	curve   score.Curve
	weights map[string]Weight
	ladder  ladder
	badges  []Badge
}

// rules returns the present rules, or ErrNotFounded.
func (s *Standing) rules(db *store.DB) (*rules, error) {
	var editions []edition
	if err := db.Where("current").Find(&editions).Error; err != nil {
		return nil, err
	}
	if len(editions) == 0 {
		return nil, ErrNotFounded
	}
	return s.stamped(db, editions[0].Stamp)
}

// stamped returns the rules with that stamp. A stamp is never given twice, so what an undone
// transaction left in the cache is not found again.
func (s *Standing) stamped(db *store.DB, stamp id.ID) (*rules, error) {
	s.mu.Lock()
	r := s.cached
	s.mu.Unlock()
	if r != nil && r.edition.Stamp == stamp {
		return r, nil
	}
	r, err := readRules(db)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.cached = r
	s.mu.Unlock()
	return r, nil
}

func readRules(db *store.DB) (*rules, error) {
	r := &rules{weights: map[string]Weight{}}
	if err := db.Take(&r.edition, "current").Error; err != nil {
		return nil, err
	}
	r.curve = r.edition.curve()
	var weights []Weight
	if err := db.Where("edition_id = ?", r.edition.ID).Find(&weights).Error; err != nil {
		return nil, err
	}
	for _, w := range weights {
		r.weights[w.Kind] = w
	}
	if err := db.Order("position").Find(&r.ladder).Error; err != nil {
		return nil, err
	}
	return r, db.Order("position").Find(&r.badges).Error
}
