package chat_test

import (
	"strings"
	"testing"

	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/store"
)

// TestFewAreDrawnByTheirKeys: what changed in a room is looked up by its keys, however long the room is. SQLite,
// which does not count, would else read the whole room in its order.
func TestFewAreDrawnByTheirKeys(t *testing.T) {
	club := clubtest.On(t, "sqlite")
	r := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), club.Open.ID))(t)
	m := clubtest.Must(club.Chat.Send(t.Context(), club.Again(club.Regular), r.ID, chat.Draft{Key: club.Key(), Text: "One of many."}))(t)
	var asked string
	var vars []any
	read := club.Store.Read(t.Context())
	clubtest.OK(t, read.Callback().Query().After("gorm:query").Register("asked", func(db *store.DB) {
		if strings.Contains(db.Statement.SQL.String(), "FROM `messages`") {
			asked, vars = db.Statement.SQL.String(), append([]any(nil), db.Statement.Vars...)
		}
	}))
	keys := []id.ID{m.ID}
	for n := range id.ID(30) {
		keys = append(keys, n+1) // of messages that never were
	}
	drawn, _, err := club.Chat.Drawn(t.Context(), r.ID, keys)
	if err != nil || len(drawn) != 1 {
		t.Fatalf("drawn are %v, %v", drawn, err)
	}
	how := func(sql string) string {
		var steps []struct{ Detail string }
		clubtest.OK(t, read.Raw("explain query plan "+sql, vars...).Scan(&steps).Error)
		return steps[0].Detail
	}
	if plan := how(asked); !strings.Contains(plan, "(id=?)") {
		t.Errorf("%s\nis answered by: %s", asked, plan)
	}
	// And the eyes see: without the plus it is the room that is gone through.
	if plan := how(strings.Replace(asked, "+room_id", "room_id", 1)); !strings.Contains(plan, "room_id=?") {
		t.Errorf("a walk through the room is not seen: %s", plan)
	}
}
