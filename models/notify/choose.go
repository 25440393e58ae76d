package notify

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Chosen is what a member says on the page of settings. Kinds that are not in Wanted stay as they are.
type Chosen struct {
	Wanted map[string]map[Channel]bool // by kind
	Pause  time.Duration               // in whole minutes, up to a day
	Digest string

	LetterTitles bool // mail and push name the titles of letters
}

// longestPause is how long a letter can wait to be seen.
const longestPause = 24 * time.Hour

// Choose keeps how v wants to be told. What is as usual is not kept, so that a better usual reaches them.
func (b *Bell) Choose(ctx context.Context, v access.Viewer, c Chosen) error {
	if err := chooses(v); err != nil {
		return err
	}
	switch {
	case c.Pause < 0 || c.Pause > longestPause || c.Pause%time.Minute != 0:
		return problem.Invalid("pause", "A letter can wait from 0 to 1,440 minutes.")
	case !slices.Contains(Digests, c.Digest):
		return problem.Invalid("digest", "Choose how often the digest comes.")
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		for _, k := range Kinds {
			if on, ok := c.Wanted[k.Name]; ok {
				if err := choose(tx, v.ID, k, on); err != nil {
					return err
				}
			}
		}
		if err := settle(tx, v.ID, map[string]any{"mail_pause": int(c.Pause / time.Minute), "digest": c.Digest, "letter_titles": c.LetterTitles}); err != nil {
			return err
		}
		return Schedule(tx, v.ID)
	})
}

// choose keeps what differs from the usual of one kind.
func choose(tx *store.Tx, member id.ID, k Kind, on map[Channel]bool) error {
	if err := tx.Exec("delete from told_choices where member_id = ? and kind = ?", member, k.Name).Error; err != nil {
		return err
	}
	var rows []map[string]any
	for _, ch := range Channels {
		if wanted, said := on[ch]; said && wanted != k.Usual(ch) && (ch != OnBell || !k.Fixed) {
			rows = append(rows, map[string]any{"member_id": member, "kind": k.Name, "channel": string(ch), "wanted": wanted})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Table("told_choices").Create(rows).Error
}

// Hush keeps the hours of each week in which v is not to be disturbed, in place of those before: at
// most one stretch begins on a day.
func (b *Bell) Hush(ctx context.Context, v access.Viewer, hours []Hours) error {
	if err := chooses(v); err != nil {
		return err
	}
	rows, days := make([]map[string]any, len(hours)), map[time.Weekday]bool{}
	for i, h := range hours {
		if h.Weekday < 0 || h.Weekday > 6 || days[h.Weekday] || h.Starts < 0 || h.Starts > 1439 || h.Ends < 0 || h.Ends > 1439 {
			return problem.Invalid("hours", "Give each quiet day a time at which it starts and one at which it ends.")
		}
		days[h.Weekday] = true
		rows[i] = map[string]any{"member_id": v.ID, "weekday": int(h.Weekday), "starts": h.Starts, "ends": h.Ends}
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec("delete from quiet_hours where member_id = ?", v.ID).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		return tx.Table("quiet_hours").Create(rows).Error
	})
}

// longestRest is how far ahead everything can be paused.
const longestRest = 90 * 24 * time.Hour

// Rest lets everything but the bell wait for that long; 0 ends it. What came meanwhile is mailed then.
func (b *Bell) Rest(ctx context.Context, v access.Viewer, lasts time.Duration) error {
	if err := chooses(v); err != nil {
		return err
	}
	if lasts < 0 || lasts > longestRest {
		return problem.Invalid("pause_for", "A pause lasts at most 90 days.")
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		var until *time.Time
		if lasts > 0 {
			end := tx.Now.Add(lasts)
			until = &end
		}
		return settle(tx, v.ID, map[string]any{"paused_until": until})
	})
}

func chooses(v access.Viewer) error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to do this.")
	}
	return v.CanChange()
}

// settle changes columns of a member's settings, and makes the row if there is none.
func settle(tx *store.Tx, member id.ID, columns map[string]any) error {
	row := map[string]any{"member_id": member, "key": rand.Text() + rand.Text()}
	names := make([]string, 0, len(columns))
	for name, value := range columns {
		row[name] = value
		names = append(names, name)
	}
	if len(names) == 0 {
		return store.OnConflictSkip(tx.DB).Table("told_settings").Create(row).Error
	}
	slices.Sort(names)
	return tx.Table("told_settings").Clauses(store.Upsert("member_id", names...)).Create(row).Error
}

// Reachable is called when a member has an address: from then on digests can come.
func Reachable(tx *store.Tx, member id.ID) error {
	if err := settle(tx, member, nil); err != nil {
		return err
	}
	return Schedule(tx, member)
}

// Schedule sets when the next digest of a member is looked at: after the interval that they chose, in
// the morning where they are; or never.
func Schedule(tx *store.Tx, member id.ID) error {
	all, err := wishes(tx.DB, []id.ID{member})
	if err != nil {
		return err
	}
	w := all[member]
	var due *time.Time
	if every := Every(w.Digest); every > 0 {
		at := nextMorning(tx.Now.Add(every), w.zone())
		due = &at
	}
	return tx.Exec("update told_settings set digest_due_at = ? where member_id = ?", due, member).Error
}

// Forget drops what a member chose: they are no longer here.
func Forget(tx *store.Tx, member id.ID) error {
	for _, table := range []string{"told_choices", "told_settings", "quiet_hours", "push_devices"} {
		if err := tx.Exec("delete from "+table+" where member_id = ?", member).Error; err != nil {
			return err
		}
	}
	if err := EndReplies(tx, member); err != nil {
		return err
	}
	return tx.Exec("update notifications set mail_at = null where member_id = ? and mail_at is not null", member).Error
}
