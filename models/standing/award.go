package standing

import (
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Holder is a member who holds a badge.
type Holder struct {
	BadgeID  id.ID
	MemberID id.ID
	ActID    *id.ID // the line that earned it
	GivenBy  *id.ID // who gave it by hand
	At       time.Time
}

// TableName is the table of Holder.
func (Holder) TableName() string { return "badge_holders" }

// chance is a badge that a member does not hold and of whose kinds they have a new line.
type chance struct {
	badge Badge
	line  line
}

// award gives the badges whose rules are met by now.
func (b *book) award() error {
	chances, err := b.chances()
	if err != nil || len(chances) == 0 {
		return err
	}
	all, byDay, err := b.counts(chances)
	if err != nil {
		return err
	}
	var won []Holder
	for m, cs := range chances {
		for _, c := range cs {
			if !c.badge.won(all[m], byDay[m]) {
				continue
			}
			act := c.line.ID
			won = append(won, Holder{BadgeID: c.badge.ID, MemberID: m, ActID: &act, At: b.tx.Now})
			b.won[m] = true
			b.tx.Say(BadgeWon{Member: m, Badge: c.badge.ID, Name: c.badge.Name, Icon: c.badge.Icon, Words: c.badge.Words})
		}
	}
	if len(won) == 0 {
		return nil
	}
	for _, w := range won {
		if err := notify.Tell(b.tx, notify.Line{Kind: notify.Won, Subject: w.BadgeID}, w.MemberID); err != nil {
			return err
		}
	}
	return store.OnConflictSkip(b.tx.DB).Create(&won).Error
}

// chances are the badges that the new lines may win.
func (b *book) chances() (map[id.ID][]chance, error) {
	chances := map[id.ID][]chance{}
	var badges []id.ID
	for m, lines := range b.counted {
		for _, g := range b.rules.badges {
			i := slices.IndexFunc(lines, func(l line) bool { return g.Rule != RuleHand && named(g.Kinds, l.Kind) })
			if i >= 0 {
				chances[m] = append(chances[m], chance{g, lines[i]})
				badges = append(badges, g.ID)
			}
		}
	}
	if len(badges) == 0 {
		return nil, nil
	}
	var held []Holder
	err := b.tx.Select("badge_id, member_id").Where("badge_id in ? and member_id in ?", unique(badges), b.members).Find(&held).Error
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		chances[h.MemberID] = slices.DeleteFunc(chances[h.MemberID], func(c chance) bool { return c.badge.ID == h.BadgeID })
	}
	for m, cs := range chances {
		if chances[m], err = b.inTime(m, cs); err != nil {
			return nil, err
		}
		if len(chances[m]) == 0 {
			delete(chances, m)
		}
	}
	return chances, nil
}

// inTime leaves out badges that a member can no longer win, before anything is counted for them.
func (b *book) inTime(member id.ID, cs []chance) ([]chance, error) {
	within := func(c chance) bool { return c.badge.Rule == RuleWithin }
	if !slices.ContainsFunc(cs, within) {
		return cs, nil
	}
	joined, err := b.s.deps.Joined(b.tx.DB, member)
	return slices.DeleteFunc(cs, func(c chance) bool {
		return within(c) && later(b.tx.Now, c.line.At).After(joined.Add(days(c.badge.Days)))
	}), err
}

// counts reads what the rules of the chances ask for: sums by actor and space, and for streaks the
// days around the new lines.
func (b *book) counts(chances map[id.ID][]chance) (all, byDay map[id.ID][]counts, err error) {
	var members []id.ID
	var sums, streaks []string // kinds
	first, last := "9", ""
	for m, cs := range chances {
		members = append(members, m)
		for _, c := range cs {
			if c.badge.Rule != RuleStreak {
				sums = append(sums, splitKinds(c.badge.Kinds)...)
				continue
			}
			streaks = append(streaks, splitKinds(c.badge.Kinds)...)
			first = min(first, addDays(c.line.Day, 1-c.badge.Amount))
			last = max(last, addDays(c.line.Day, c.badge.Amount-1))
		}
	}
	if len(sums) > 0 {
		if all, err = b.countBy(members, sums, "acts.actor_id", nil); err != nil {
			return nil, nil, err
		}
	}
	if len(streaks) > 0 {
		byDay, err = b.countBy(members, streaks, "acts.day", &span{first, last})
	}
	return all, byDay, err
}

func (b *book) countBy(members []id.ID, kinds []string, by string, within *span) (map[id.ID][]counts, error) {
	db := b.tx.Table("acts").Joins("join worths on worths.act_id = acts.id and worths.edition_id = ?", b.rules.edition.ID).
		Where("acts.member_id in ? and acts.kind in ? and acts.voided_at is null and not acts.past_cap and worths.cap <> ?", members, unique(kinds), CapSelf)
	if within != nil {
		db = db.Where("acts.day between ? and ?", within.from, within.to)
	}
	group := "acts.member_id, acts.kind, acts.space_id, worths.cap = '" + CapSpace + "', " + by
	var rows []counts
	err := db.Select("acts.member_id, acts.kind, acts.space_id, worths.cap = '" + CapSpace + "' as silent, count(*) as times, " + by).
		Group(group).Find(&rows).Error
	of := make(map[id.ID][]counts, len(members))
	for _, r := range rows {
		of[r.MemberID] = append(of[r.MemberID], r)
	}
	return of, err
}
