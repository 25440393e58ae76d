package standing

import (
	"strings"

	"guildhall/models/id"
)

// entry is an act with its worth, on its way into the ledger. One that is counted again stands on
// a line which is there already.
type entry struct {
	valued
	again bool
}

// limits knows what of a kind and day is in the ledger already, as the caps count it: voided lines
// too, but none that earned nothing for its place or its actor.
type limits struct {
	rules   *rules
	days    map[tally]int
	givers  map[tally]int
	pastCap map[tally]line
	silent  map[id.ID]bool // spaces whose acts earn no public score
}

// tally is what is counted together; giver is 0 where all are.
type tally struct {
	member, giver id.ID
	kind, day     string
}

// limits reads what the caps on new lines depend on.
func (b *book) limits(fresh []line) (*limits, error) {
	l := &limits{rules: b.rules, days: map[tally]int{}, givers: map[tally]int{}, pastCap: map[tally]line{}, silent: map[id.ID]bool{}}
	if err := b.full(l, fresh); err != nil {
		return nil, err
	}
	members, kinds, days, spaces := []id.ID{}, []string{}, []string{}, []id.ID{}
	for _, f := range fresh {
		if _, full := l.pastCap[own(f)]; !full {
			members, kinds, days = append(members, f.MemberID, f.ActorID), append(kinds, f.Kind), append(days, f.Day)
		}
		if s := f.space(); s != 0 {
			spaces = append(spaces, s)
		}
	}
	if len(spaces) > 0 {
		var silent []id.ID
		if err := b.tx.Table("spaces").Where("id in ? and not scores", unique(spaces)).Pluck("id", &silent).Error; err != nil {
			return nil, err
		}
		for _, s := range silent {
			l.silent[s] = true
		}
	}
	if len(members) == 0 {
		return l, nil
	}
	var rows []struct {
		MemberID, ActorID id.ID
		Kind, Day         string
		PastCap           bool
		Line              id.ID
		Lines             int
	}
	err := b.tx.Table("acts").Joins("join worths on worths.act_id = acts.id and worths.edition_id = ?", b.rules.edition.ID).
		Where("acts.member_id in ? and acts.kind in ? and acts.day in ? and worths.cap not in ?", unique(members), unique(kinds), unique(days), []string{CapSelf, CapSpace}).
		Select("acts.member_id, acts.actor_id, acts.kind, acts.day, acts.past_cap, max(acts.id) as line, count(*) as lines").
		Group("acts.member_id, acts.actor_id, acts.kind, acts.day, acts.past_cap").Find(&rows).Error
	for _, r := range rows {
		t := tally{r.MemberID, r.ActorID, r.Kind, r.Day}
		if r.PastCap { // there is one of these
			l.pastCap[t] = line{ID: r.Line, MemberID: r.MemberID, ActorID: r.ActorID, Kind: r.Kind, Day: r.Day, PastCap: true}
			continue
		}
		l.count(t, r.Lines)
	}
	return l, err
}

// many are so many new lines that to ask first whose day is full costs less than to count the day of each.
const many = 8

// full finds, of many, those who are past what counts of a kind on a day: nothing more of it need be counted.
func (b *book) full(l *limits, fresh []line) error {
	if len(fresh) < many {
		return nil
	}
	var keys []any
	for _, f := range fresh {
		keys = append(keys, f.MemberID, f.MemberID, f.Kind, f.Day)
	}
	values := strings.Repeat(", (cast(? as bigint), cast(? as bigint), cast(? as text), cast(? as text))", len(fresh))[2:]
	var rows []line
	err := b.tx.Table("acts").Joins("join worths on worths.act_id = acts.id and worths.edition_id = ? and worths.cap = ?", b.rules.edition.ID, CapDay).
		Where("acts.past_cap and (acts.member_id, acts.actor_id, acts.kind, acts.day) in (values "+values+")", keys...).
		Select("acts.id, acts.member_id, acts.actor_id, acts.kind, acts.day, acts.past_cap").Find(&rows).Error
	for _, r := range rows {
		l.pastCap[own(r)] = r
		l.count(own(r), b.rules.weights[r.Kind].PerDay)
	}
	return err
}

// own is what counts together of a member's own acts.
func own(f line) tally { return tally{f.MemberID, f.MemberID, f.Kind, f.Day} }

func (l *limits) count(t tally, n int) {
	l.givers[t] += n
	t.giver = 0
	l.days[t] += n
}

// value tells what a new line is worth, and counts it.
func (l *limits) value(f line) entry {
	k, _ := FindKind(f.Kind)
	rule := l.rules.weights[f.Kind]
	t := tally{f.MemberID, f.ActorID, f.Kind, f.Day}
	all := t
	all.giver = 0
	switch {
	case k.Received && f.ActorID == f.MemberID:
		return entry{valued: valued{Line: f, Cap: CapSelf}}
	case l.silent[f.space()]:
		return entry{valued: valued{Line: f, Cap: CapSpace}}
	case k.Received && rule.PerGiver > 0 && l.givers[t] >= rule.PerGiver:
		return l.past(t, f, CapGiver)
	case rule.PerDay > 0 && l.days[all] >= rule.PerDay:
		return l.past(t, f, CapDay)
	}
	e := entry{valued: valued{Line: f, Weight: rule.Weight}}
	if k.Received && l.mutual(t) {
		e.Weight, e.Cap = rule.Weight/2, CapMutual
	}
	l.count(t, 1)
	return e
}

// mutual tells whether both gave each other so much of a kind on this day that what follows counts
// half.
func (l *limits) mutual(t tally) bool {
	n := l.rules.edition.Mutual
	back := tally{t.giver, t.member, t.kind, t.day}
	return n > 0 && l.givers[t] >= n && l.givers[back] >= n
}

// past counts an act on the day's one line for what is past a cap. It is about nothing in
// particular, so it is shown to whoever may see the ledger and is never voided.
func (l *limits) past(t tally, f line, limit string) entry {
	if old, ok := l.pastCap[t]; ok {
		old.At = f.At
		return entry{valued: valued{Line: old, Cap: limit}, again: true}
	}
	f.SubjectID, f.PlaceID, f.SpaceID, f.PastCap = f.ID, nil, nil, true
	l.pastCap[t] = f
	return entry{valued: valued{Line: f, Cap: limit}}
}

func unique[K comparable](keys []K) []K {
	seen := make(map[K]bool, len(keys))
	kept := make([]K, 0, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			kept = append(kept, k)
		}
	}
	return kept
}
