package chat_test

import (
	"fmt"
	"sync"
	"testing"

	"guildhall/models"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/store"
)

// What comes twice under one key, to two instances at the same moment, is there once, and both say so.
func TestTheSameKeyAtTwoInstances(t *testing.T) {
	club := clubtest.On(t, "postgres")
	other := models.Over(clubtest.Must(store.Open(t.Context(), club.URL, club.Clock))(t))
	t.Cleanup(func() { clubtest.OK(t, other.Close()) })
	room := clubtest.Must(club.Chat.Room(t.Context(), club.Paying, club.Open.ID))(t).ID
	for i := range 40 {
		key := fmt.Sprint("key-", i)
		ids := make([]id.ID, 4)
		var both sync.WaitGroup
		for j, at := range []*models.Club{club.Club, other} {
			both.Go(func() {
				m, err := at.Chat.Send(t.Context(), club.Paying, room, chat.Draft{Key: key, Text: "Said once."})
				if ids[j] = m.ID; err != nil {
					t.Error(err)
				}
			})
			both.Go(func() {
				topic, err := at.Forum.Start(t.Context(), club.Paying, club.Open.ID, forum.Draft{Key: key, Title: "Asked once", Text: "Why?"})
				if ids[2+j] = topic.ID; err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if ids[0] != ids[1] || ids[2] != ids[3] || ids[0] == 0 || ids[2] == 0 {
			t.Fatalf("one key gave %v", ids)
		}
	}
}
