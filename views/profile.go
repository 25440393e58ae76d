package views

import (
	"time"

	"guildhall/models/member"
	"guildhall/models/standing"
)

// ProfilePage is a member's page: their card, their ladder, their badges, their work; for
// themselves and the owners also the ledger, which adds up to the score.
type ProfilePage struct {
	Person  Person
	Member  member.Member
	Card    standing.Card
	Ladder  []standing.Rung  // lowest first
	Badges  []standing.Badge // all of the club
	Work    []Row            // the latest that the reader may read
	Ledger  *standing.Ledger // nil: not the reader's to see
	Lines   []Entry          // the latest acts in it
	Next    string           // cursor of older ones
	Later   bool             // not the first of them
	Ahead   int64            // of 100 members; 0: not said
	Own     bool
	Owner   bool // the reader is an owner
	Reader  bool // the reader is a member, and another one
	Blocks  bool // and blocks this one
	Ignores bool // or ignores this one
}

// Entry is one act of the ledger, as it is shown.
type Entry struct {
	standing.Line
	Href string // what it was about, if the reader may read that
	What string // its title
	From Person // who caused it, when it was somebody else
}

// title says what was done; on a line past a cap, how often.
func (e Entry) title() string {
	if e.Times > 1 {
		return e.Kind.Words(int64(e.Times)) + ", " + Plural(int64(e.Times), "time", "times")
	}
	return e.Kind.One
}

// Head names the page.
func (p ProfilePage) Head() Head {
	h := Head{Title: p.Person.Name, Crumbs: []Crumb{{"Standing", "/standing"}, {Text: p.Person.Name}}}
	if p.Own {
		h.Tab = YouTab
	}
	return h
}

// step is one rung of the ladder, as far as this member is concerned.
type step struct {
	standing.Rung
	Done, Now, Next bool
	Since           time.Time
	Share           int
}

func (p ProfilePage) steps() []step {
	steps := make([]step, len(p.Ladder))
	for i, r := range p.Ladder {
		steps[i] = step{Rung: r, Done: r.Position <= p.Card.Rung.Position, Now: r.Position == p.Card.Rung.Position}
		if steps[i].Now && r.Position > 1 {
			steps[i].Since = p.Card.Since
		}
		if p.Card.Next != nil && r.Position == p.Card.Next.Position {
			steps[i].Next, steps[i].Share = true, ladderShare(p.Card)
		}
	}
	return steps
}

// medal is a badge with whether this member holds it.
type medal struct {
	standing.Badge
	Held bool
	At   time.Time
}

// medals are the badges that are held, and for the member themselves a few that are not yet.
func (p ProfilePage) medals() []medal {
	var held, open []medal
	won := map[string]standing.Won{}
	for _, w := range p.Card.Badges {
		won[w.Key] = w
	}
	for _, b := range p.Badges {
		if w, ok := won[b.Key]; ok {
			held = append(held, medal{b, true, w.At})
		} else if p.Own && b.Rule != standing.RuleHand {
			open = append(open, medal{Badge: b})
		}
	}
	return append(held, open...)
}

// fallsSoon is within which time a fall is spoken of.
const fallsSoon = 30 * 24 * time.Hour

// fading tells whether the member's status will fall soon if nothing is done.
func (p ProfilePage) fading(now time.Time) bool {
	return p.Own && !p.Card.FallsAt.IsZero() && p.Card.FallsAt.Sub(now) < fallsSoon
}

// shown writes an amount of points to a tenth.
func shown(points float64) string {
	return standing.Points(int64(points*10 + 0.5)).String()
}
