package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Level is how closely a member follows a room.
type Level int

// Levels.
const (
	Muted    Level = 0 // nothing is counted, and nothing told
	Mentions Level = 1 // what mentions them is counted, and they are told of it
	All      Level = 2 // every message is counted: as usual
)

// SetLevel says how closely v follows a room that they may read.
func (c *Chat) SetLevel(ctx context.Context, v access.Viewer, room id.ID, level Level) error {
	if level < Muted || level > All {
		return problem.Invalid("level", "Choose one of the three levels.")
	}
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, place, err := c.reading(tx, v, room)
		if err != nil {
			return err
		}
		if place.Private() && level == Mentions {
			return problem.Invalid("level", "In a direct room everything is for you. Follow it, or mute it.")
		}
		row := map[string]any{"member_id": v.ID, "room_id": place.ID, "level": level, "at": tx.Now}
		return tx.Table("room_levels").Clauses(store.Upsert("member_id, room_id", "level", "at")).Create(row).Error
	})
}

// reading is a room's place, and the viewer as they are now, if they are signed in and may read there.
func (c *Chat) reading(tx *store.Tx, v access.Viewer, room id.ID) (access.Viewer, access.Place, error) {
	v, err := c.access.Renew(tx, v)
	if err != nil {
		return v, access.Place{}, err
	}
	place, err := access.FindPlace(tx.DB, room)
	if err != nil {
		return v, place, err
	}
	if !v.SignedIn() {
		return v, place, problem.Refused("Sign in to take part.")
	}
	return v, place, v.CanRead(place)
}

// muting is the statement of those who muted a room: nothing that happens there is told to them.
func muting(db *store.DB, room id.ID) *store.DB {
	return db.Table("room_levels").Select("member_id").Where("room_id = ? and level = 0", room)
}
