package forum

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// TimerDue is the work of a timer: to look whether its order still stands, and is due.
var TimerDue = queue.NewKind("topic.timer", queue.Normal)

// TimerJob names a timer.
type TimerJob struct{ Topic, Timer id.ID }

// Timer is an order that waits: until a time, or until nobody has replied for some days. Each topic has
// one of a deed at the most.
type Timer struct {
	ID    id.ID      `json:"id,omitempty"`
	Do    Deed       `json:"do"`
	At    *time.Time `json:"at,omitempty"`
	Quiet int        `json:"quiet,omitempty"` // days
	By    id.ID      `json:"by,omitempty"`
	Why   string     `json:"why,omitempty"`
}

// TimedDeeds are what a timer can do, in the order of the form: to hide is how a topic is deleted, to list
// how it is published.
var TimedDeeds = []Deed{ToClose, ToOpen, ToHide, ToList, ToBump}

// Longest times that a timer may wait.
const (
	MaxQuiet = 365 // days
	maxAhead = 2 * 365 * 24 * time.Hour
)

// String says the timer in the log.
func (m Timer) String() string {
	switch {
	case m.At != nil:
		return fmt.Sprintf("%s at %s", m.Do, m.At.UTC().Format("2006-01-02 15:04 UTC"))
	case m.Quiet > 0:
		return fmt.Sprintf("%s after %d quiet days", m.Do, m.Quiet)
	}
	return string(m.Do) + ": taken away"
}

// Clocks are the timers of the topic.
func (t Topic) Clocks() []Timer { return fromText[[]Timer](t.Timers) }

// Due is when the timer acts if nobody replies before.
func (m Timer) Due(t Topic) time.Time {
	if m.At != nil {
		return *m.At
	}
	return t.ActiveAt.AddDate(0, 0, m.Quiet)
}

// setTimer sets a timer in place of one that does the same, or takes that away.
func setTimer(tx *store.Tx, v access.Viewer, t *Topic, o Command) (back Command, changed bool, err error) {
	m := *o.Timer
	if !slices.Contains(TimedDeeds, m.Do) {
		return back, false, problem.Invalid("timer", "Choose what the timer is to do.")
	}
	all := t.Clocks()
	i := slices.IndexFunc(all, func(old Timer) bool { return old.Do == m.Do })
	back = Command{Do: ToTime, Timer: &Timer{Do: m.Do}}
	if i >= 0 {
		back.Timer = &all[i]
	}
	if m.At == nil && m.Quiet == 0 { // taken away
		if i < 0 {
			return back, false, nil
		}
		return back, true, keepTimers(tx, t, slices.Delete(slices.Clone(all), i, i+1))
	}
	if err := m.check(tx.Now); err != nil {
		return back, false, err
	}
	m.ID, m.By, m.Why = tx.NewID(), v.ID, o.Why
	all = append(slices.DeleteFunc(slices.Clone(all), func(old Timer) bool { return old.Do == m.Do }), m)
	if err := keepTimers(tx, t, all); err != nil {
		return back, false, err
	}
	return back, true, wait(tx, *t, m)
}

func (m Timer) check(now time.Time) error {
	switch {
	case m.At != nil && m.Quiet != 0:
		return problem.Invalid("at", "Choose a time or a number of quiet days, and not both.")
	case m.At != nil && (!m.At.After(now) || m.At.Sub(now) > maxAhead):
		return problem.Invalid("at", "Choose a time that is still to come, within two years.")
	case m.Quiet < 0 || m.Quiet > MaxQuiet:
		return problem.Invalid("quiet", "Choose from 1 to %d quiet days.", MaxQuiet)
	}
	return nil
}

func keepTimers(tx *store.Tx, t *Topic, all []Timer) error {
	t.Timers = ""
	if len(all) > 0 {
		t.Timers = asText(all)
	}
	return tx.Model(t).Select("timers").Updates(t).Error
}

// wait queues the look at a timer. What is asked for twice is looked at once.
func wait(tx *store.Tx, t Topic, m Timer) error {
	at := m.Due(t)
	return queue.Add(tx, queue.Work{Kind: TimerDue, Key: fmt.Sprintf("topic.timer.%s.%d", m.ID, at.Unix()), Payload: TimerJob{t.ID, m.ID}, At: at})
}

// unwind takes away the timers that a deed makes idle: what they were to do is done, or can be no more.
func unwind(tx *store.Tx, t *Topic, did Deed) error {
	if t.Timers == "" || did == ToTime {
		return nil
	}
	all := t.Clocks()
	kept := slices.DeleteFunc(slices.Clone(all), func(m Timer) bool {
		return m.Do == did || did == ToArchive || did == toMerge || did == ToShow && m.Do == ToList
	})
	if len(kept) == len(all) {
		return nil
	}
	return keepTimers(tx, t, kept)
}

// RunTimer does what a timer says, if its order still stands and is due: as whoever set it, whose rights
// are asked again. Where they no longer look after the space, the timer lapses and the log says so.
func (f *Forum) RunTimer(ctx context.Context, job TimerJob) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		place, err := access.LockPlace(tx, job.Topic)
		if err != nil {
			return gone(err)
		}
		var t Topic
		if err := tx.Take(&t, "id = ?", job.Topic).Error; err != nil {
			return err
		}
		t.settle(place, tx.Now)
		all := t.Clocks()
		i := slices.IndexFunc(all, func(m Timer) bool { return m.ID == job.Timer })
		if i < 0 {
			return nil // it was set anew, taken away or done by hand
		}
		m := all[i]
		if m.Due(t).After(tx.Now) {
			return wait(tx, t, m) // somebody replied meanwhile
		}
		if err := keepTimers(tx, &t, slices.Delete(slices.Clone(all), i, i+1)); err != nil {
			return err
		}
		return f.ring(tx, &t, m)
	})
}

// ring carries out the order of a timer that is due.
func (f *Forum) ring(tx *store.Tx, t *Topic, m Timer) error {
	v, err := f.members.Viewer(tx.Context(), m.By)
	if err == nil {
		for _, do := range m.steps(*t) {
			if _, err = f.act(tx, v, t, Command{Do: do, Why: m.Why, timed: true}); err != nil {
				break
			}
		}
	}
	if problem.Of(err) == nil {
		return err
	}
	return lapsed(tx, *t, m)
}

// steps are the deeds of a timer: to publish a topic is to list it, and to show it if it was hidden.
func (m Timer) steps(t Topic) []Deed {
	if m.Do == ToList && t.Hidden {
		return []Deed{ToShow, ToList}
	}
	return []Deed{m.Do}
}

func gone(err error) error {
	if problem.Of(err) != nil {
		return nil // there is nothing left to do it to
	}
	return err
}
