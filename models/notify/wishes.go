package notify

import (
	"context"
	"slices"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Wishes is how one member wants to be told.
type Wishes struct {
	Zone         *time.Location
	PausedUntil  time.Time     // everything but the bell waits until then
	Pause        time.Duration // how long a letter waits for its member to see it here
	Hours        []Hours       // in which everything but the bell waits, each week
	LetterTitles bool          // what is mailed or pushed of a letter names its title
	Digest       string        // how often: see Digests
	chosen       map[choice]bool
}

type choice struct {
	kind    string
	channel Channel
}

// usualPause is how long a letter waits until its member chooses otherwise; personally is how long one
// waits that is said to them alone.
const (
	usualPause = 10 * time.Minute
	personally = 20 * time.Second
)

// Wants tells whether a kind may come by a channel at all; whether now is Quiet's to say.
func (w Wishes) Wants(kind string, c Channel) bool {
	k, ok := FindKind(kind)
	switch {
	case !ok:
		return false
	case k.Fixed && c == OnBell:
		return true
	}
	if wanted, chose := w.chosen[choice{kind, c}]; chose {
		return wanted
	}
	return k.Usual(c)
}

// Now tells whether a kind may come by a channel at this moment. The bell is never quiet: it makes no
// sound.
func (w Wishes) Now(kind string, c Channel, now time.Time) bool {
	_, quiet := w.Quiet(now)
	return w.Wants(kind, c) && (c == OnBell || !quiet)
}

// Quiet tells whether the member is not to be disturbed now, and until when. Hours that meet others
// are followed to the end of those, for at most a week.
func (w Wishes) Quiet(now time.Time) (until time.Time, quiet bool) {
	until = now
	for range 8 {
		next := until
		if w.PausedUntil.After(next) {
			next = w.PausedUntil
		}
		for _, h := range w.Hours {
			if end, in := h.around(next, w.zone()); in && end.After(next) {
				next = end
			}
		}
		if next.Equal(until) {
			break
		}
		until = next
	}
	return until, until.After(now)
}

func (w Wishes) zone() *time.Location {
	if w.Zone == nil {
		return time.UTC
	}
	return w.Zone
}

// Wishes returns how members want to be told, in two statements. Whoever chose nothing has the usual.
func (b *Bell) Wishes(ctx context.Context, members ...id.ID) (map[id.ID]Wishes, error) {
	return wishes(b.store.Read(ctx), members)
}

func wishes(db *store.DB, members []id.ID) (map[id.ID]Wishes, error) {
	all := map[id.ID]Wishes{}
	for some := range slices.Chunk(members, asMany) {
		if err := settingsOf(db, some, all); err != nil {
			return nil, err
		}
		if err := choicesOf(db, some, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func settingsOf(db *store.DB, members []id.ID, into map[id.ID]Wishes) error {
	var rows []struct {
		ID           id.ID
		Zone         string
		PausedUntil  *time.Time
		MailPause    *int
		Digest       *string
		LetterTitles bool
	}
	err := db.Raw(`select members.id, members.zone, s.paused_until, s.mail_pause, s.digest, coalesce(s.letter_titles, false) as letter_titles
		from members left join told_settings s on s.member_id = members.id where members.id in ?`, members).Scan(&rows).Error
	for _, r := range rows {
		w := Wishes{Pause: usualPause, Digest: Weekly, LetterTitles: r.LetterTitles, chosen: map[choice]bool{}}
		if zone := store.Zone(r.Zone); r.Zone != "" {
			w.Zone = zone
		}
		if r.PausedUntil != nil {
			w.PausedUntil = *r.PausedUntil
		}
		if r.MailPause != nil {
			w.Pause = time.Duration(*r.MailPause) * time.Minute
		}
		if r.Digest != nil {
			w.Digest = *r.Digest
		}
		into[r.ID] = w
	}
	return err
}

// choicesOf reads choices and quiet hours, which are both few for each member.
func choicesOf(db *store.DB, members []id.ID, into map[id.ID]Wishes) error {
	var rows []struct {
		MemberID id.ID
		Kind     string
		Channel  string
		Wanted   bool
		Weekday  int
		Starts   int
		Ends     int
	}
	err := db.Raw(`select member_id, kind, channel, wanted, 0 as weekday, 0 as starts, 0 as ends from told_choices where member_id in ?
		union all select member_id, '', '', true, weekday, starts, ends from quiet_hours where member_id in ?`, members, members).Scan(&rows).Error
	for _, r := range rows {
		w, ok := into[r.MemberID]
		if !ok {
			continue
		}
		if r.Kind == "" {
			w.Hours = append(w.Hours, Hours{Weekday: time.Weekday(r.Weekday), Starts: r.Starts, Ends: r.Ends})
			into[r.MemberID] = w
			continue
		}
		w.chosen[choice{r.Kind, Channel(r.Channel)}] = r.Wanted
	}
	return err
}

// With is w with what was chosen, for a page that shows again what it was sent.
func (w Wishes) With(c Chosen) Wishes {
	all := map[choice]bool{}
	for kind, on := range c.Wanted {
		for ch, wanted := range on {
			all[choice{kind, ch}] = wanted
		}
	}
	w.chosen, w.Digest, w.LetterTitles = all, c.Digest, c.LetterTitles
	return w
}
