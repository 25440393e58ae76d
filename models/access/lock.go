package access

import (
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/score"
)

// Verb is what a lock guards. Read needs see; start, reply and chat each need read.
type Verb string

const (
	See   Verb = "see"   // the space is listed for the viewer
	Read  Verb = "read"  // its topics and its room
	Start Verb = "start" // topics
	Reply Verb = "reply" // in topics
	Chat  Verb = "chat"  // to speak in its room
)

// Verbs in the order in which a space's page of locks shows them.
var Verbs = []Verb{See, Read, Start, Reply, Chat}

// KeyKind is a sort of key.
type KeyKind string

const (
	Anyone    KeyKind = "anyone"
	SignedIn  KeyKind = "signed_in"
	TierKey   KeyKind = "tier"   // Ref, or any tier above it
	StatusKey KeyKind = "status" // rung Amount or above
	ScoreKey  KeyKind = "score"  // Amount points or more
	BadgeKey  KeyKind = "badge"  // Ref
	GroupKey  KeyKind = "group"  // Ref
	TenureKey KeyKind = "tenure" // Amount days a member
	RoleKey   KeyKind = "role"   // Amount: RoleOwner or RoleModerator
	NamedKey  KeyKind = "member" // Ref
)

// Amounts of a RoleKey.
const (
	RoleOwner     int64 = 1
	RoleModerator int64 = 2 // a moderator of any space, or an owner
)

// Key is one thing that a lock may ask for.
type Key struct {
	Kind   KeyKind
	Ref    id.ID // of the tier, badge, group or member
	Amount int64 // the rung, the score, the days, the role
}

// Lock is a list of alternatives; all keys of one of them open it. No alternatives: no lock.
type Lock [][]Key

// keyring is what a viewer holds at one instant.
type keyring struct {
	member   id.ID
	joined   time.Time
	rank     int // of the highest tier held
	tier     id.ID
	standing Standing
	badges   map[id.ID]bool
	groups   map[id.ID]bool
	seats    map[id.ID]bool
	owner    bool
}

func (k keyring) opens(lock Lock, p *plan, now time.Time) bool {
	if len(lock) == 0 {
		return true
	}
	return slices.ContainsFunc(lock, func(keys []Key) bool {
		return !slices.ContainsFunc(keys, func(key Key) bool { return !k.holds(key, p, now) })
	})
}

func (k keyring) holds(key Key, p *plan, now time.Time) bool {
	if key.Kind == Anyone {
		return true
	}
	if k.member == 0 {
		return false
	}
	switch key.Kind {
	case SignedIn:
		return true
	case TierKey:
		t, ok := p.tiers[key.Ref]
		return ok && k.rank >= t.Rank
	case StatusKey:
		return int64(k.standing.Rung) >= key.Amount
	case ScoreKey:
		return score.Met(k.standing.Score(now), key.Amount)
	case BadgeKey:
		return k.badges[key.Ref]
	case GroupKey:
		return k.groups[key.Ref]
	case TenureKey:
		return !now.Before(k.joined.Add(days(key.Amount)))
	case RoleKey:
		return k.owner || key.Amount == RoleModerator && len(k.seats) > 0
	case NamedKey:
		return k.member == key.Ref
	}
	return false
}

// changes is the next instant at which the answer to key changes by itself; zero for never.
func (k keyring) changes(key Key, now time.Time) time.Time {
	switch key.Kind {
	case TenureKey:
		return k.joined.Add(days(key.Amount))
	case ScoreKey:
		if at, ok := k.standing.Curve.Falls(k.standing.S, key.Amount); ok {
			if at.Before(k.standing.At) && now.Before(k.standing.At) {
				return k.standing.At
			}
			return at
		}
	case StatusKey:
		return k.standing.FallsAt
	}
	return time.Time{}
}

func days(n int64) time.Duration { return time.Duration(n) * 24 * time.Hour }
