package chat

import (
	"context"
	"slices"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxRoomName is the longest name of a room of a few, in bytes.
const MaxRoomName = 60

// Direct tells whether the room belongs to its people and to no space.
func (r Room) Direct() bool { return r.ID != 0 && r.SpaceID == 0 }

// Direct returns a room without a space that v is in. To anybody else it never was.
func (c *Chat) Direct(ctx context.Context, v access.Viewer, room id.ID) (r Room, err error) {
	err = c.store.Read(ctx).Model(&Room{}).Scopes(access.Reachable(v, "rooms.id")).Where("rooms.id = ? and rooms.space_id is null", room).
		Select("rooms.*, places.hidden, places.archived, " + access.PeopleColumn).Take(&r).Error
	return r, missing(err)
}

// DirectOf is whom a new room is for, beside the one who opens it.
type DirectOf struct {
	Others []id.ID
	Name   string
}

// The most rooms that a member opens with others in a day: of those at the foot of the ladder, and of all others.
const (
	mostOpened      = 30
	mostOpenedFirst = 5
	openedWithin    = 24 * time.Hour
)

// OpenDirect returns the room of v and these others: the one they have, or a new one. It is for members, and not
// for somebody who takes no messages; why they do not is not told.
func (c *Chat) OpenDirect(ctx context.Context, v access.Viewer, of DirectOf) (r Room, err error) {
	if of.Name = strings.Join(strings.Fields(of.Name), " "); len(of.Name) > MaxRoomName {
		return r, problem.Invalid("name", "A name has at most %d bytes.", MaxRoomName)
	}
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanMeet(); err != nil {
			return err
		}
		people := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(of.Others), v.ID))))
		if len(people) < 2 || len(people) > access.MostPeople {
			return problem.Invalid("to", "Choose one to %d others.", access.MostPeople-1)
		}
		if len(people) == 2 {
			of.Name = "" // two need none
		}
		var old []Room
		if err := tx.Where("people_key = ?", peopleKey(people)).Limit(1).Find(&old).Error; err != nil {
			return err
		}
		if len(old) > 0 {
			r, err = c.Direct(tx.Context(), v, old[0].ID)
			return err
		}
		if err := c.mayMeet(tx, v, of.Others); err != nil {
			return err
		}
		if err := mayOpen(tx, v); err != nil {
			return err
		}
		r, err = openRoom(tx, v.ID, people, of.Name)
		return err
	})
	return r, err
}

// peopleKey is one for the same people, in whatever order.
func peopleKey(people []id.ID) string {
	keys := make([]string, len(people))
	for i, p := range slices.Sorted(slices.Values(people)) {
		keys[i] = p.String()
	}
	return strings.Join(keys, "")
}

// mayMeet is nil when all of the others are here and take messages from v. Whoever blocks v is told of as one who
// is kept out of the club for a while: a block is nobody else's knowledge.
func (c *Chat) mayMeet(tx *store.Tx, v access.Viewer, others []id.ID) error {
	named, err := c.members.Named(tx.Context(), others)
	if err != nil {
		return err
	}
	var rows []struct {
		MemberID id.ID
		Own      bool
	}
	err = tx.Raw(`select blocked_id as member_id, true as own from blocks where member_id = ? and blocked_id in ?
		union all select member_id, false from blocks where blocked_id = ? and member_id in ?
		union all select member_id, false from sanctions where member_id in ? and kind in ('suspended', 'removed') and lifted_at is null and starts_at <= ? and (ends_at is null or ends_at > ?)
		order by 2 desc`,
		v.ID, others, v.ID, others, others, tx.Now, tx.Now).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, m := range others {
		if n, ok := named[m]; m != v.ID && (!ok || n.Former()) {
			return problem.Invalid("to", "Somebody of these is no longer here.")
		}
	}
	switch {
	case len(rows) == 0:
		return nil
	case rows[0].Own:
		return problem.Invalid("to", "You block %s. Unblock them first, on their page.", named[rows[0].MemberID].Name)
	}
	return problem.Invalid("to", "%s takes no messages at present.", named[rows[0].MemberID].Name)
}

// mayOpen is nil while v has not opened too many rooms of late.
func mayOpen(tx *store.Tx, v access.Viewer) error {
	most := mostOpened
	if v.Rung().Position <= 1 && !v.Staff() {
		most = mostOpenedFirst
	}
	if err := store.ForUpdate(tx.DB).Table("members").Select("id").Where("id = ?", v.ID).Take(&struct{ ID id.ID }{}).Error; err != nil {
		return err // two at once are counted one after the other
	}
	var opened []Room
	err := tx.Where("made_by = ? and created_at > ?", v.ID, tx.Now.Add(-openedWithin)).Order("created_at desc").Limit(most).Find(&opened).Error
	if err != nil || len(opened) < most {
		return err
	}
	wait := opened[len(opened)-1].CreatedAt.Add(openedWithin).Sub(tx.Now)
	return problem.TooSoon(wait, "You have opened %d rooms with others within a day, which is as many as one can. You can open the next in %s.", most, ahead(wait))
}

func openRoom(tx *store.Tx, by id.ID, people []id.ID, name string) (r Room, err error) {
	place, err := access.AddPrivate(tx, access.RoomPlace, by, people...)
	if err != nil {
		return r, err
	}
	if err := stream.Open(tx, place.ID); err != nil {
		return r, err
	}
	r = Room{ID: place.ID, Name: name, MadeBy: &by, CreatedAt: tx.Now, People: place.People}
	row := map[string]any{"id": r.ID, "name": name, "made_by": by, "people_key": peopleKey(people), "created_at": tx.Now}
	return r, tx.Table("rooms").Create(row).Error
}

// AskIn adds a member to a room of a few, who reads from then on all that was said there. The room of a pair stays
// theirs: with a third, another is opened.
func (c *Chat) AskIn(ctx context.Context, v access.Viewer, room, member id.ID) (r Room, err error) {
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if r, err = c.Direct(tx.Context(), v, room); err != nil {
			return err
		}
		if err := v.CanMeet(); err != nil {
			return err
		}
		if r.People.Has(member) {
			return problem.Invalid("to", "They are in this room already.")
		}
		if err := c.mayMeet(tx, v, []id.ID{member}); err != nil {
			return err
		}
		pair, err := isPair(tx.DB, room)
		if err != nil {
			return err
		}
		if pair {
			r, err = c.OpenDirect(tx.Context(), v, DirectOf{Others: append(r.People.But(v.ID), member)})
			return err
		}
		place, err := c.access.Let(tx, v, room, member)
		if err != nil {
			return err
		}
		r.People = place.People
		return rekey(tx, room, place.People)
	})
	return r, err
}

// Pair tells whether a room was never more than two people's. It is not opened to a third, even when one of them left.
func (c *Chat) Pair(ctx context.Context, r Room) (bool, error) {
	return isPair(c.store.Read(ctx), r.ID)
}

func isPair(db *store.DB, room id.ID) (bool, error) {
	var ever int64
	err := db.Table("place_people").Where("place_id = ?", room).Count(&ever).Error
	return ever <= 2, err
}

// LeaveDirect takes v out of a room, at once and on all their pages. The others keep it.
func (c *Chat) LeaveDirect(ctx context.Context, v access.Viewer, room id.ID) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if _, err := c.Direct(tx.Context(), v, room); err != nil {
			return err
		}
		place, err := c.access.Quit(tx, v, room)
		if err != nil {
			return err
		}
		tx.Say(notify.Seen{Member: v.ID})
		return rekey(tx, room, place.People)
	})
}

// rekey lets a room be found by who is in it now, unless these have another already. One that shrank to two is not
// theirs: it can be opened to others.
func rekey(tx *store.Tx, room id.ID, people access.People) error {
	if err := tx.Exec("update rooms set people_key = null where id = ?", room).Error; err != nil || len(people) < 3 {
		return err
	}
	key := peopleKey(people)
	return tx.Exec("update rooms set people_key = ? where id = ? and not exists (select 1 from rooms as other where other.people_key = ?)", key, room, key).Error
}

// RenameDirect gives a room of a few a name, or takes it away.
func (c *Chat) RenameDirect(ctx context.Context, v access.Viewer, room id.ID, name string) error {
	if name = strings.Join(strings.Fields(name), " "); len(name) > MaxRoomName {
		return problem.Invalid("name", "A name has at most %d bytes.", MaxRoomName)
	}
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		r, err := c.Direct(tx.Context(), v, room)
		if err != nil {
			return err
		}
		if err := v.CanReact(r); err != nil {
			return err
		}
		return tx.Exec("update rooms set name = ? where id = ?", name, room).Error
	})
}
