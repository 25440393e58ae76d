package access

import (
	"fmt"
	"slices"

	"guildhall/models/id"
	"guildhall/models/store"
)

// plan is what is the same for all viewers: the spaces with their locks, and the names that doors
// say. It is loaded anew when the club's epoch rises.
type plan struct {
	epoch  int64
	spaces []id.ID
	names  map[id.ID]string // of spaces
	mute   map[id.ID]bool   // the spaces whose chat is off
	locks  map[id.ID]map[Verb]Lock
	tiers  map[id.ID]Tier
	base   Tier // the lowest: everybody's
	rungs  []Rung
	badges map[id.ID]string
	groups map[id.ID]string
}

type lockRow struct {
	ID          id.ID
	SpaceID     id.ID
	Verb        Verb
	Alternative int
	Kind        KeyKind
	RefID       id.ID
	Amount      int64
}

func (lockRow) TableName() string { return "locks" }

// current returns the plan of that epoch.
func (a *Access) current(db *store.DB, epoch int64) (*plan, error) {
	a.mu.Lock()
	p := a.plan
	a.mu.Unlock()
	if p != nil && p.epoch == epoch {
		return p, nil
	}
	p, err := a.draw(db, epoch)
	if err != nil {
		return nil, fmt.Errorf("read the club's locks: %w", err)
	}
	return p, nil
}

func (a *Access) draw(db *store.DB, epoch int64) (*plan, error) {
	p := &plan{epoch: epoch, names: map[id.ID]string{}, mute: map[id.ID]bool{}, locks: map[id.ID]map[Verb]Lock{}, tiers: map[id.ID]Tier{}, groups: map[id.ID]string{}}
	var spaces []struct {
		ID   id.ID
		Name string
		Chat bool
	}
	var tiers []Tier
	var groups []Group
	var rows []lockRow
	err := first(
		func() error { return db.Table("spaces").Select("id, name, chat").Order("id").Find(&spaces).Error },
		func() error { return db.Order("rank").Find(&tiers).Error },
		func() error { return db.Find(&groups).Error },
		func() error { return db.Order("space_id, verb, alternative, id").Find(&rows).Error },
		func() (err error) { p.rungs, p.badges, err = a.facts.Names(db); return err },
	)
	if err != nil {
		return nil, err
	}
	for _, s := range spaces {
		p.spaces, p.names[s.ID], p.mute[s.ID] = append(p.spaces, s.ID), s.Name, !s.Chat
	}
	for i, t := range tiers {
		if i == 0 {
			p.base = t
		}
		p.tiers[t.ID] = t
	}
	for _, g := range groups {
		p.groups[g.ID] = g.Name
	}
	p.hang(rows)
	return p, nil
}

// hang puts the rows of locks, sorted by space, verb and alternative, where they belong.
func (p *plan) hang(rows []lockRow) {
	for space, rows := range chunk(rows, func(r lockRow) id.ID { return r.SpaceID }) {
		p.locks[space] = map[Verb]Lock{}
		for verb, rows := range chunk(rows, func(r lockRow) Verb { return r.Verb }) {
			p.locks[space][verb] = alternatives(rows)
		}
	}
}

func alternatives(rows []lockRow) (lock Lock) {
	last := 0
	for _, r := range rows {
		if r.Alternative != last || len(lock) == 0 {
			lock, last = append(lock, nil), r.Alternative
		}
		i := len(lock) - 1
		lock[i] = append(lock[i], Key{Kind: r.Kind, Ref: r.RefID, Amount: r.Amount})
	}
	return lock
}

// chunk walks runs of equal keys.
func chunk[K comparable](rows []lockRow, key func(lockRow) K) func(func(K, []lockRow) bool) {
	return func(yield func(K, []lockRow) bool) {
		for len(rows) > 0 {
			k := key(rows[0])
			n := slices.IndexFunc(rows, func(r lockRow) bool { return key(r) != k })
			if n < 0 {
				n = len(rows)
			}
			if !yield(k, rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
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
