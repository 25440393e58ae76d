package access

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Viewer is somebody who looks: a member or, with ID 0, a guest. It is built once per request,
// socket or mail recipient and holds what its keys open; the zero Viewer may do nothing.
type Viewer struct {
	ID   id.ID
	held *held
}

// Who is what the one statement that loads a login session knows of its member.
type Who struct {
	ID     id.ID // 0 for a guest
	Joined time.Time
	Epochs Epochs
}

// Epochs are the two numbers under which a reach is cached.
type Epochs struct {
	Member int64
	Club   int64
}

// held is what one viewer's keys open, until an epoch rises or until comes. It never changes.
type held struct {
	who       Who
	built     time.Time
	until     time.Time // zero: nothing changes by itself
	plan      *plan
	ring      keyring
	suspended bool
	why       string // of the suspension
	ends      time.Time
	asked     bool // to agree to the club's rules, before they write
	open      map[Verb]map[id.ID]bool
	lists     map[Verb][]id.ID // the same, sorted as the plan: what SQL is asked with
	kept      []id.ID          // the spaces that the viewer moderates
	narrow    bool             // what a token has of its member: see narrow.go
	only      id.ID            // the one space of a token that is for one, or 0
}

// Viewer returns who's viewer at the present instant, from the cache where that still holds.
func (a *Access) Viewer(ctx context.Context, who Who) (Viewer, error) {
	v, built, err := a.viewer(a.store.Read(ctx), who, a.store.Now(ctx))
	if built && !store.Within(ctx) { // what a transaction reads may yet be rolled back
		a.keep(v.held)
	}
	return v, err
}

// Guest returns the viewer that nobody is signed in as.
func (a *Access) Guest(ctx context.Context) (Viewer, error) {
	epochs, err := readEpochs(a.store.Read(ctx), 0)
	if err != nil {
		return Viewer{}, err
	}
	return a.Viewer(ctx, Who{Epochs: epochs})
}

// Renew compares v's epochs inside the transaction of a write, and returns v as it is at that
// instant: what v was shown a moment ago may be closed by now.
func (a *Access) Renew(tx *store.Tx, v Viewer) (Viewer, error) {
	epochs, err := readEpochs(tx.DB, v.ID)
	if err != nil {
		return v, err
	}
	return a.renew(tx, v, epochs)
}

func (a *Access) renew(tx *store.Tx, v Viewer, epochs Epochs) (Viewer, error) {
	if v.held == nil {
		return v, problem.Refused("Sign in to do this.")
	}
	if err := v.CanChange(); err != nil {
		return v, err
	}
	who := v.held.who
	who.Epochs = epochs
	v, built, err := a.viewer(tx.DB, who, tx.Now)
	if built && !tx.Marked(raised(who.ID)) && !tx.Marked(raised(0)) {
		a.keep(v.held) // what this transaction changed itself may yet be rolled back
	}
	return v, err
}

// Renewed is what Renew gave for one of many.
type Renewed struct {
	Viewer Viewer
	Err    error // why they may change nothing now
}

// RenewAll is Renew for many at once, by member. An error is that of the database.
func (a *Access) RenewAll(tx *store.Tx, all []Viewer) (map[id.ID]Renewed, error) {
	keys := []id.ID{0}
	for _, v := range all {
		keys = append(keys, v.ID)
	}
	rows, err := readRows(tx.DB, keys)
	if err != nil {
		return nil, err
	}
	by := make(map[id.ID]Renewed, len(all))
	for _, v := range all {
		if _, done := by[v.ID]; done {
			continue
		}
		v, err := a.renew(tx, v, Epochs{Club: rows[0], Member: rows[v.ID]})
		if err != nil && problem.Of(err) == nil {
			return nil, err
		}
		by[v.ID] = Renewed{v, err}
	}
	return by, nil
}

func (a *Access) viewer(db *store.DB, who Who, now time.Time) (v Viewer, built bool, err error) {
	a.mu.Lock()
	h := a.cache[who.ID]
	a.mu.Unlock()
	if h != nil && h.who.Epochs == who.Epochs && h.fresh(now) {
		return Viewer{who.ID, h}, false, nil
	}
	if h, err = a.build(db, who, now); err != nil {
		return Viewer{}, false, fmt.Errorf("read the keys of %s: %w", who.ID, err)
	}
	return Viewer{who.ID, h}, true, nil
}

// fresh tells whether nothing changed by itself: a viewer at an earlier time than it was built
// for (a test turned the clock back) is built again too.
func (h *held) fresh(now time.Time) bool {
	return !now.Before(h.built) && (h.until.IsZero() || now.Before(h.until))
}

// cacheSize bounds the cache; past it an arbitrary entry goes, and is built again when asked for.
const cacheSize = 20_000

func (a *Access) keep(h *held) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.plan == nil || a.plan.epoch < h.plan.epoch {
		a.plan = h.plan
	}
	if len(a.cache) >= cacheSize {
		for key := range a.cache {
			delete(a.cache, key)
			break
		}
	}
	a.cache[h.who.ID] = h
}

func (a *Access) build(db *store.DB, who Who, now time.Time) (*held, error) {
	p, err := a.current(db, who.Epochs.Club)
	if err != nil {
		return nil, err
	}
	h := &held{who: who, built: now, plan: p, ring: keyring{member: who.ID, joined: who.Joined}}
	if who.ID != 0 {
		if err := a.collect(db, h, now); err != nil {
			return nil, err
		}
	}
	h.unlock(now)
	return h, nil
}

// unlock works out what the keys open, and until when.
func (h *held) unlock(now time.Time) {
	h.open, h.lists = map[Verb]map[id.ID]bool{}, map[Verb][]id.ID{}
	for _, verb := range Verbs {
		h.open[verb] = map[id.ID]bool{}
	}
	for _, space := range h.plan.spaces {
		for _, verb := range Verbs {
			if h.enters(space, verb, now) {
				h.open[verb][space] = true
				h.lists[verb] = append(h.lists[verb], space)
			}
		}
		if h.ring.owner || h.ring.seats[space] {
			h.kept = append(h.kept, space)
		}
	}
	if h.suspended {
		h.kept = nil
	}
	for _, locks := range h.plan.locks {
		for _, lock := range locks {
			for _, keys := range lock {
				for _, key := range keys {
					h.end(h.ring.changes(key, now), now)
				}
			}
		}
	}
}

func (h *held) enters(space id.ID, verb Verb, now time.Time) bool {
	if h.suspended {
		return false
	}
	switch verb {
	case Read:
		if !h.open[See][space] {
			return false
		}
	case Start, Reply, Chat:
		if h.ring.member == 0 || !h.open[Read][space] {
			return false
		}
	}
	return h.ring.owner || h.ring.seats[space] || h.ring.opens(h.plan.locks[space][verb], h.plan, now)
}

// end makes h end at the given instant if that is the next to come.
func (h *held) end(at, now time.Time) {
	if at.After(now) && (h.until.IsZero() || at.Before(h.until)) {
		h.until = at
	}
}

// Until is the instant at which v changes by itself; the zero time when none is known. A socket
// compares it with the clock at every delivery.
func (v Viewer) Until() time.Time {
	if v.held == nil {
		return time.Time{}
	}
	return v.held.until
}

// Epochs are those that v was built under.
func (v Viewer) Epochs() Epochs {
	if v.held == nil {
		return Epochs{}
	}
	return v.held.who.Epochs
}

// SignedIn tells whether v is a member.
func (v Viewer) SignedIn() bool { return v.ID != 0 }

// Owner tells whether v owns the club.
func (v Viewer) Owner() bool { return v.held != nil && v.held.ring.owner && !v.held.suspended }

// Staff tells whether v owns the club or moderates any of its spaces.
func (v Viewer) Staff() bool { return v.held != nil && len(v.held.kept) > 0 || v.Owner() }

// Suspended returns the reason for which v is kept out, and until when (zero: until it is lifted).
func (v Viewer) Suspended() (why string, until time.Time, yes bool) {
	if v.held == nil || !v.held.suspended {
		return "", time.Time{}, false
	}
	return v.held.why, v.held.ends, true
}

// Asked tells whether v still has to agree to the club's rules before they write. They read on.
func (v Viewer) Asked() bool { return v.held != nil && v.held.asked }

// Tier is the highest tier that v holds: the lowest of the club for one without a grant.
func (v Viewer) Tier() Tier {
	if v.held == nil || v.ID == 0 {
		return Tier{}
	}
	return v.held.plan.tiers[v.held.ring.tier]
}

// Rung is v's status.
func (v Viewer) Rung() Rung {
	if v.held == nil || v.ID == 0 {
		return Rung{}
	}
	i := slices.IndexFunc(v.held.plan.rungs, func(r Rung) bool { return r.Position == v.held.ring.standing.Rung })
	if i < 0 {
		return Rung{Position: v.held.ring.standing.Rung}
	}
	return v.held.plan.rungs[i]
}
