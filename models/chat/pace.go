package chat

import (
	"context"
	"strconv"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// CanHear is nil when v may speak in the room as it is now: a read-only one hears those alone who look after it.
func (r Room) CanHear(v access.Viewer) error {
	if err := v.CanChat(r); err != nil {
		return err
	}
	if r.ReadOnly && !v.Keeps(r.SpaceID) {
		return problem.Refused("This room is read-only: those who look after it speak here, and everybody reads.")
	}
	return nil
}

// Slow tells whether v has to wait in the room between two messages.
func (r Room) Slow(v access.Viewer) bool {
	return r.SlowSeconds > 0 && !v.Keeps(r.SpaceID)
}

func (r Room) pause() time.Duration { return time.Duration(r.SlowSeconds) * time.Second }

// Wait is how long v has to wait until they may speak in a slow room.
func (c *Chat) Wait(ctx context.Context, v access.Viewer, r Room) (time.Duration, error) {
	if !r.Slow(v) || !v.SignedIn() {
		return 0, nil
	}
	last, err := spoken(c.store.Read(ctx), []Room{r}, []id.ID{v.ID}, c.store.Now(ctx))
	return r.wait(last[spokenBy{r.ID, v.ID}], c.store.Now(ctx)), err
}

func (r Room) wait(last, now time.Time) time.Duration {
	if last.IsZero() {
		return 0
	}
	return max(0, last.Add(r.pause()).Sub(now))
}

type spokenBy struct{ room, author id.ID }

// spoken is when each of the authors last said something in slow rooms, as far as that still holds somebody back.
func spoken(db *store.DB, slow []Room, authors []id.ID, now time.Time) (map[spokenBy]time.Time, error) {
	var rooms []id.ID
	var longest time.Duration
	for _, r := range slow {
		rooms, longest = append(rooms, r.ID), max(longest, r.pause())
	}
	var rows []Message
	err := db.Select("room_id, author_id, created_at").Where("author_id in ? and room_id in ? and created_at > ?", authors, rooms, now.Add(-longest)).Find(&rows).Error
	last := map[spokenBy]time.Time{}
	for _, m := range rows {
		key := spokenBy{m.RoomID, m.AuthorID}
		if m.CreatedAt.After(last[key]) {
			last[key] = m.CreatedAt
		}
	}
	return last, err
}

// pacing knows, for a batch, who may not speak yet in the slow rooms of it. A batch without any asks for nothing.
type pacing struct {
	last map[spokenBy]time.Time
	now  time.Time
}

func pace(tx *store.Tx, halls map[id.ID]Room, batch []sending) (p pacing, err error) {
	p.now = tx.Now
	var slow []Room
	for _, r := range halls {
		if r.SlowSeconds > 0 {
			slow = append(slow, r)
		}
	}
	if len(slow) == 0 {
		return p, nil
	}
	var authors []id.ID
	for _, s := range batch {
		authors = append(authors, s.viewer.ID)
	}
	p.last, err = spoken(tx.DB, slow, authors, tx.Now)
	return p, err
}

// holds is a problem while v has to wait, and else lets them wait from now on.
func (p pacing) holds(v access.Viewer, r Room) error {
	if !r.Slow(v) {
		return nil
	}
	key := spokenBy{r.ID, v.ID}
	if wait := r.wait(p.last[key], p.now); wait > 0 {
		return problem.TooSoon(wait, "This room goes slowly: you can speak again in %s.", ahead(wait))
	}
	p.last[key] = p.now
	return nil
}

// ahead says a stretch of time that is to pass, rounded up.
func ahead(d time.Duration) string {
	n, unit := int64((d+time.Second-1)/time.Second), "second"
	if n >= 120 {
		n, unit = (n+59)/60, "minute"
	}
	if n >= 120 {
		n, unit = (n+59)/60, "hour"
	}
	if unit == "hour" && n >= 48 {
		n, unit = (n+23)/24, "day"
	}
	if n == 1 {
		return "a " + unit
	}
	return strconv.FormatInt(n, 10) + " " + unit + "s"
}
