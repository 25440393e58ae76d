package access

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/score"
)

// Way is one alternative of a lock, as a door shows it: all of its needs open it.
type Way []Need

// Need is one key that a way asks for, and how far the viewer is from it.
type Need struct {
	Key  Key
	Name string // "Patron", "Regular", "the Archivist badge"
	Pin  int    // of a status, the pin it is shown with
	Tier Tier   // of a tier key
	Met  bool
	Have int64 // of a status or score: points; of a tenure: days
	Want int64
	Gap  int64 // what is to go, in points or days; 0 when Met or when it cannot be counted
}

// Ways tells every alternative that opens verb in the space, and how far v is from each at this
// instant. Nobody is told of a space that is not listed for them: ask CanSee first.
func (a *Access) Ways(ctx context.Context, v Viewer, space id.ID, verb Verb) ([]Way, error) {
	if v.held == nil {
		return nil, nil
	}
	now := a.store.Now(ctx)
	ring := v.held.ring
	if v.ID != 0 {
		var err error // the cached score may be older than the last act
		if ring.standing, err = a.facts.Standing(a.store.Read(ctx), v.ID, now); err != nil {
			return nil, err
		}
	}
	return v.held.plan.ways(ring, space, verb, now), nil
}

func (p *plan) ways(ring keyring, space id.ID, verb Verb, now time.Time) []Way {
	lock := p.locks[space][verb]
	ways := make([]Way, 0, len(lock))
	for _, keys := range lock {
		way := make(Way, 0, len(keys))
		for _, key := range keys {
			way = append(way, p.need(ring, key, now))
		}
		ways = append(ways, way)
	}
	return ways
}

func (p *plan) need(ring keyring, key Key, now time.Time) Need {
	n := Need{Key: key, Name: p.name(key), Met: ring.holds(key, p, now)}
	switch key.Kind {
	case TierKey:
		n.Tier = p.tiers[key.Ref]
	case StatusKey:
		if r, ok := p.rung(key.Amount); ok {
			n.Pin, n.Want = r.Pin, r.Enter
		}
		n.points(ring, now)
	case ScoreKey:
		n.Want = key.Amount
		n.points(ring, now)
	case TenureKey:
		if ring.member != 0 {
			n.Have = int64(now.Sub(ring.joined) / days(1))
		}
		n.Want = key.Amount
		if !n.Met {
			n.Gap = max(1, n.Want-n.Have)
		}
	}
	return n
}

func (n *Need) points(ring keyring, now time.Time) {
	if ring.member == 0 {
		n.Gap = n.Want
		return
	}
	points := ring.standing.Score(now)
	n.Have = score.Shown(points)
	if !n.Met {
		n.Gap = max(1, score.Missing(points, n.Want))
	}
}

func (p *plan) rung(position int64) (Rung, bool) {
	for _, r := range p.rungs {
		if int64(r.Position) == position {
			return r, true
		}
	}
	return Rung{}, false
}

// name says a key as a door does. A lock may name a member; a door never does.
func (p *plan) name(key Key) string {
	switch key.Kind {
	case Anyone:
		return "everyone"
	case SignedIn:
		return "members"
	case TierKey:
		return p.tiers[key.Ref].Name
	case StatusKey:
		r, _ := p.rung(key.Amount)
		return r.Name
	case ScoreKey:
		return fmt.Sprintf("a score of %d", key.Amount)
	case BadgeKey:
		return "the " + p.badges[key.Ref] + " badge"
	case GroupKey:
		return "a place in " + p.groups[key.Ref]
	case TenureKey:
		return plural(key.Amount, "day", "days") + " here"
	case RoleKey:
		if key.Amount == RoleOwner {
			return "a place among the owners"
		}
		return "a moderator's seat"
	}
	return "an invitation by name"
}

// Phrase says the need within a sentence that starts "opens": "at Regular", "with Patron".
func (n Need) Phrase() string {
	switch n.Key.Kind {
	case StatusKey, ScoreKey:
		return "at " + n.Name
	case TenureKey:
		return "after " + n.Name
	case Anyone, SignedIn:
		return "to " + n.Name
	}
	return "with " + n.Name
}

// Phrase says all needs of the way: "at Regular and with Patron".
func (w Way) Phrase() string {
	said := make([]string, len(w))
	for i, n := range w {
		said[i] = n.Phrase()
	}
	return strings.Join(said, " and ")
}

// Opens says what opens a verb of a space, without distances: "at Regular, or with Patron". It is
// empty where no lock hangs.
func (v Viewer) Opens(space id.ID, verb Verb) string {
	if v.held == nil {
		return ""
	}
	return v.held.opens(space, verb)
}

func (h *held) opens(space id.ID, verb Verb) string {
	ways := h.plan.ways(h.ring, space, verb, h.built)
	said := make([]string, len(ways))
	for i, w := range ways {
		said[i] = w.Phrase()
	}
	return strings.Join(said, ", or ")
}

// refusal is the sentence of a closed lock, without distances: those are for the door, which
// reads the score afresh.
func (h *held) refusal(space id.ID, verb Verb) string {
	what := map[Verb]string{Read: "%s", Start: "Starting topics in %s", Reply: "Replying in %s", Chat: "Speaking in %s"}[verb]
	opens := h.opens(space, verb)
	if opens == "" {
		return fmt.Sprintf(what, h.plan.names[space]) + " is not open to you."
	}
	return fmt.Sprintf(what, h.plan.names[space]) + " opens " + opens + "."
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
