package chat

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// DirectsPerPage is how many rooms a page of the list has.
const DirectsPerPage = 30

// Listed is a room without a space as its list shows it.
type Listed struct {
	Room
	LastAt    *time.Time // when something was last said; nil: never
	LastBy    id.ID
	LastPlain string
	Unread    int64 // messages of others, up to 99; none of a room that is muted, nor of those whom the viewer blocks
}

// At is when something last happened in it.
func (l Listed) At() time.Time {
	if l.LastAt != nil {
		return *l.LastAt
	}
	return l.CreatedAt
}

// unheard is the statement of what v has not read in the room of a row of place_people, of those whom they do not block.
const unheard = `select 1 from messages where messages.room_id = place_people.place_id and messages.seq > coalesce(room_reads.seq, 0) and messages.author_id <> ?
	and messages.removed_at is null and messages.author_id not in (select blocked_id from blocks where member_id = ?)`

const readThere = "left join room_reads on room_reads.room_id = place_people.place_id and room_reads.member_id = place_people.member_id" +
	" left join room_levels on room_levels.room_id = place_people.place_id and room_levels.member_id = place_people.member_id"

func (c *Chat) inside(ctx context.Context, v access.Viewer) *store.DB {
	return c.store.Read(ctx).Table("place_people").Where("place_people.member_id = ? and place_people.left_at is null", v.ID).Joins(readThere)
}

// Directs returns the rooms without a space that v is in, the liveliest first, after the cursor. One in which nothing
// was said yet is shown to who opened it alone.
func (c *Chat) Directs(ctx context.Context, v access.Viewer, after Cursor) (rooms []Listed, next Cursor, err error) {
	const at = "coalesce(last.created_at, rooms.created_at)"
	db := c.inside(ctx, v).Joins("join rooms on rooms.id = place_people.place_id").Scopes(access.Readable(v, "place_people.place_id")).
		Joins("left join messages as last on last.id = (select messages.id from messages where messages.room_id = rooms.id and messages.removed_at is null order by messages.seq desc limit 1)").
		Where("last.id is not null or rooms.made_by = ?", v.ID).
		Select("rooms.*, places.hidden, places.archived, "+access.PeopleColumn+", last.created_at as last_at, coalesce(last.author_id, 0) as last_by, coalesce(last.plain, '') as last_plain, case when room_levels.level = 0 then 0 else (select count(*) from ("+unheard+" limit ?) as late) end as unread", v.ID, v.ID, maxLate)
	if when, key, ok := after.Time(); ok {
		db = db.Where("("+at+", rooms.id) < (?, ?)", when, key)
	}
	err = db.Order(at + " desc, rooms.id desc").Limit(DirectsPerPage + 1).Scan(&rooms).Error
	rooms, next = store.Page(rooms, DirectsPerPage, func(l Listed) store.Cursor { return store.CursorAt(l.At(), l.ID) })
	return rooms, next, err
}

// AmongDirects tells which of the rooms are ones without a space that v is in.
func (c *Chat) AmongDirects(ctx context.Context, v access.Viewer, rooms []id.ID) (map[id.ID]bool, error) {
	if len(rooms) == 0 {
		return nil, nil
	}
	var found []id.ID
	err := c.inside(ctx, v).Scopes(access.Readable(v, "place_people.place_id")).Where("place_people.place_id in ?", rooms).Pluck("place_people.place_id", &found).Error
	of := make(map[id.ID]bool, len(found))
	for _, r := range found {
		of[r] = true
	}
	return of, err
}

// Calling is the statement of the rooms without a space in which something waits for v, a row each, up to 99.
func (c *Chat) Calling(ctx context.Context, v access.Viewer) *store.DB {
	return c.inside(ctx, v).Joins("join streams on streams.place_id = place_people.place_id and streams.seq > coalesce(room_reads.seq, 0)").
		Scopes(access.Readable(v, "place_people.place_id")).Where("coalesce(room_levels.level, 2) > 0 and exists ("+unheard+")", v.ID, v.ID).Select("place_people.place_id").Limit(maxLate)
}

// tellDirect tells the people of rooms without a space who wrote to them: once of each writer, until they look.
func tellDirect(tx *store.Tx, said []*saying) error {
	told := map[[2]id.ID]bool{}
	for _, s := range said {
		key := [2]id.ID{s.room, s.viewer.ID}
		if !s.place.Private() || told[key] {
			continue
		}
		told[key] = true
		line := notify.Line{Kind: notify.Direct, At: s.room, Subject: s.room, By: s.viewer.ID, Anew: true, Without: muting(tx.DB, s.room)}
		if err := notify.Tell(tx, line, s.place.People...); err != nil {
			return err
		}
	}
	return nil
}
