package member_test

import (
	"fmt"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/store"
)

func TestNewest(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		for i := range 12 {
			club.Join(fmt.Sprintf("guest%d", i))
		}
		club.Write(func(tx *store.Tx) error {
			return tx.Exec("update members set left_at = ? where handle = 'guest10'", tx.Now).Error
		})
		found := clubtest.Must(club.Members.Newest(t.Context()))(t)
		if len(found) != 10 || found[0].Handle != "guest11" || found[1].Handle != "guest9" || found[9].Handle != "guest1" {
			t.Errorf("the newest are %v", found)
		}
	})
}
