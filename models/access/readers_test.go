package access_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// TestReadersAgree: whoever is told to read a place may, and nobody else.
func TestReadersAgree(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		houses(t, club)
		var topics []forum.Topic
		clubtest.OK(t, club.Store.Read(t.Context()).Table("topics").Joins("join places on places.id = topics.id").Select("topics.*, places.hidden, places.taster").Find(&topics).Error)
		cast := club.Cast()
		members := []id.ID{12345}
		for _, v := range cast {
			if v.SignedIn() {
				members = append(members, v.ID)
			}
		}
		yes, no := 0, 0
		for _, topic := range topics {
			may := clubtest.Must(club.Access.Readers(t.Context(), topic, members))(t)
			for name, v := range cast {
				if !v.SignedIn() {
					continue
				}
				if want := v.CanRead(topic) == nil; want != may[v.ID] {
					t.Errorf("%s in %q: told %v, and it is %v", name, topic.Title, may[v.ID], want)
				} else if want {
					yes++
				} else {
					no++
				}
			}
			if may[12345] {
				t.Error("one who never was reads")
			}
		}
		if yes < 20 || no < 20 {
			t.Fatalf("%d may, %d may not: that proves nothing", yes, no)
		}
	})
}
