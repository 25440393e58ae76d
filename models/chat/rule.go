package chat

import (
	"context"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Limits of what those who look after a room say of it, in bytes, and of its pace.
const (
	MaxTopic   = 200
	MaxManners = 2_000
	MaxWhy     = 300
	slowest    = 24 * time.Hour
	MaxKept    = 3_650 // days
)

// Rules are how things are done in the room of a space.
type Rules struct {
	Topic       string // one line
	Manners     string // Markdown
	SlowSeconds int64  // between two messages of one member; 0: no slow mode
	SlowWhy     string
	ReadOnly    bool
	Archived    bool
	KeepDays    int64  // 0: everything is kept; see SweepRooms
	Sure        bool   // that fewer days are meant: what is older then goes
	Why         string // for the log
}

func (o *Rules) check() error {
	o.Topic, o.SlowWhy, o.Why = strings.Join(strings.Fields(o.Topic), " "), strings.TrimSpace(o.SlowWhy), strings.TrimSpace(o.Why)
	o.Manners = strings.TrimSpace(strings.ReplaceAll(o.Manners, "\r\n", "\n"))
	if o.SlowSeconds == 0 {
		o.SlowWhy = ""
	}
	switch {
	case len(o.Topic) > MaxTopic:
		return problem.Invalid("topic", "A topic has at most %d bytes.", MaxTopic)
	case len(o.Manners) > MaxManners:
		return problem.Invalid("manners", "Manners have at most %d bytes.", MaxManners)
	case len(o.SlowWhy) > MaxWhy:
		return problem.Invalid("slow_why", "A reason has at most %d bytes.", MaxWhy)
	case len(o.Why) > MaxWhy:
		return problem.Invalid("why", "A reason has at most %d bytes.", MaxWhy)
	case o.SlowSeconds < 0 || o.SlowSeconds > int64(slowest/time.Second):
		return problem.Invalid("seconds", "Choose a pace from the list.")
	case o.KeepDays < 0 || o.KeepDays > MaxKept:
		return problem.Invalid("keep_days", "Messages are kept for 1 to %d days, or for ever: then type 0.", MaxKept)
	case o.SlowSeconds > 0 && o.SlowWhy == "":
		return problem.Invalid("slow_why", "Say why the room goes slowly: everybody who writes there reads it.")
	}
	return nil
}

// Govern says how things are done in a room, from the commit on. It is for those who look after the space, and how
// long messages are kept is for owners; each thing that changed is a line of its log.
func (c *Chat) Govern(ctx context.Context, v access.Viewer, room id.ID, o Rules) error {
	if err := o.check(); err != nil {
		return err
	}
	manners, err := prose.Message(o.Manners)
	if err != nil {
		return problem.Invalid("manners", "That text has characters that cannot be kept. Paste it as plain text.")
	}
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		place, err := access.LockPlace(tx, room)
		if err != nil {
			return err
		}
		if err := v.CanModerate(place); err != nil {
			return err
		}
		halls, err := halls(tx, []id.ID{room})
		if err != nil {
			return err
		}
		if o.KeepDays != halls[room].KeepDays && !v.Owner() {
			return problem.Refused("Only the owners say how long messages are kept.")
		}
		if was := halls[room].KeepDays; o.KeepDays > 0 && (was == 0 || o.KeepDays < was) && !o.Sure {
			return problem.Invalid("sure", "What is older than %s will be deleted for good. Tick that this is meant.", keeping(o.KeepDays))
		}
		if o.Archived != place.Archived {
			if err := c.access.Archive(tx, v, place, o.Archived); err != nil {
				return err
			}
		}
		now := map[string]any{"topic": o.Topic, "manners": o.Manners, "manners_html": manners.HTML, "slow_seconds": o.SlowSeconds, "slow_why": o.SlowWhy, "read_only": o.ReadOnly, "keep_days": o.KeepDays}
		if was := halls[room]; o.SlowSeconds == 0 {
			now["slow_by"] = nil
		} else if o.SlowSeconds != was.SlowSeconds || o.SlowWhy != was.SlowWhy {
			now["slow_by"] = v.ID
		}
		if err := tx.Table("rooms").Where("id = ?", room).Updates(now).Error; err != nil {
			return err
		}
		return logged(tx, v, halls[room], o)
	})
}

// logged keeps a line for each thing that is otherwise than it was.
func logged(tx *store.Tx, v access.Viewer, was Room, o Rules) error {
	pace := "off"
	if o.SlowSeconds > 0 {
		pace = "one message in " + ahead(time.Duration(o.SlowSeconds)*time.Second)
	}
	for _, deed := range []struct {
		done   bool
		what   string
		detail string
	}{
		{o.Topic != was.Topic, "room.topic", o.Topic},
		{o.Manners != was.Manners, "room.manners", ""},
		{o.SlowSeconds != was.SlowSeconds || o.SlowWhy != was.SlowWhy, "room.slowed", pace},
		{o.KeepDays != was.KeepDays, "room.kept", keeping(o.KeepDays)},
		{o.ReadOnly && !was.ReadOnly, "room.silenced", ""},
		{!o.ReadOnly && was.ReadOnly, "room.opened", ""},
		{o.Archived && !was.Archived, "room.archived", ""},
		{!o.Archived && was.Archived, "room.unarchived", ""},
	} {
		if !deed.done {
			continue
		}
		why := o.Why
		if deed.what == "room.slowed" && why == "" {
			why = o.SlowWhy
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: deed.what, Space: was.SpaceID, Subject: was.ID, Why: why, Detail: deed.detail}); err != nil {
			return err
		}
	}
	return nil
}

func keeping(days int64) string {
	if days == 0 {
		return "for ever"
	}
	return ahead(time.Duration(days) * 24 * time.Hour)
}

// halls are those of the rooms that are there, by id, with their places and their rules, in one statement. Whoever asks
// CanHear next asks all there is.
func halls(tx *store.Tx, rooms []id.ID) (map[id.ID]Room, error) {
	var rows []Room
	err := tx.Model(&Room{}).Joins("join places on places.id = rooms.id").Where("rooms.id in ?", rooms).
		Select("rooms.*, places.hidden, places.archived, " + access.PeopleColumn).Find(&rows).Error
	by := make(map[id.ID]Room, len(rows))
	for _, r := range rows {
		by[r.ID] = r
	}
	return by, err
}
