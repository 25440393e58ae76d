package store_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/store"
)

// TestRoomsAreMadeAnewOverWhatWasSaid: the migration that lets a room stand without a space goes over a club that
// talks, there and back, and loses nothing.
func TestRoomsAreMadeAnewOverWhatWasSaid(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		other := club.Space("Lens library", nil)
		topic := club.Topic(other, "Borrow two at a time")
		said := map[id.ID]string{}
		for _, sp := range []id.ID{club.Open.ID, other.ID} {
			v := club.Again(club.Regular)
			room := clubtest.Must(club.Chat.Room(t.Context(), v, sp))(t)
			m := clubtest.Must(club.Chat.Send(t.Context(), v, room.ID, chat.Draft{Key: club.Key(), Text: "Said in " + sp.String()}))(t)
			s := clubtest.Must(club.Chat.Last(t.Context(), v, room))(t)
			clubtest.OK(t, club.Chat.Look(t.Context(), v, room, s))
			said[room.ID] = m.Plain
		}
		keys := func() (n int64) {
			clubtest.OK(t, club.Store.Read(t.Context()).Raw("select (select count(*) from places) + (select count(*) from rooms) * 1000 + (select count(*) from room_reads) * 1000000").Scan(&n).Error)
			return n
		}
		before := keys()
		if before < 2_002_003 {
			t.Fatalf("%d: nothing to lose", before)
		}
		for _, version := range []int64{25, 26} {
			clubtest.OK(t, club.Store.To(t.Context(), version))
			if now := keys(); now != before {
				t.Fatalf("at %d there are %d, and there were %d", version, now, before)
			}
			for room, text := range said {
				var plain string
				clubtest.OK(t, club.Store.Read(t.Context()).Raw("select plain from messages join rooms on rooms.id = messages.room_id join places on places.id = rooms.id and places.space_id = rooms.space_id where places.kind = 'room' and rooms.id = ?", room).Scan(&plain).Error)
				if plain != text {
					t.Errorf("at %d the room says %q", version, plain)
				}
			}
		}
		club.Write(func(tx *store.Tx) error { // the new check holds, and so do the keys
			p, err := access.AddPrivate(tx, access.LetterPlace, club.Regular.ID, club.Regular.ID, club.Owner.ID)
			if err != nil {
				return err
			}
			if err := tx.Exec("update places set space_id = ? where id = ?", club.Open.ID, topic.ID).Error; err != nil {
				return err
			}
			return tx.Exec("delete from place_people where place_id = ?", p.ID).Error
		})
		for _, wrong := range []string{"update places set kind = 'attic'", "delete from rooms", "insert into rooms (id, created_at) values (1, '2026-01-01')"} {
			if club.Store.Weaken(t.Context(), wrong) == nil {
				t.Errorf("%q goes through", wrong)
			}
		}
	})
}
