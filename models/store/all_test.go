package store_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/store"
)

// What All reads is what Find reads, column by column, with what is null and what no field is for.
func TestAllReadsAsFindDoes(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		type inner struct {
			Name string
			At   *time.Time
		}
		type row struct {
			ID    id.ID
			Whole int64
			Share float64
			Yes   bool
			Of    *id.ID
			None  *id.ID
			Empty string
			When  time.Time
			In    inner `gorm:"embedded;embeddedPrefix:in_"`
		}
		const asked = `select members.id, 7 as whole, 0.5 as share, members.on_boards as yes, members.id as of, null as none, null as empty,
			members.joined_at as "when", members.name as in_name, members.joined_at as in_at, 'unasked' as nobodys from members order by members.number`
		db := club.Store.Read(t.Context())
		var want []row
		clubtest.OK(t, db.Raw(asked).Scan(&want).Error)
		for range 2 { // the second time the fields are known
			got := clubtest.Must(store.All[row](db.Raw(asked)))(t)
			if len(got) == 0 || len(got) != len(want) {
				t.Fatalf("%d rows, and Find has %d", len(got), len(want))
			}
			for i, r := range got {
				w := want[i]
				if *r.Of != *w.Of || !r.In.At.Equal(*w.In.At) || r.None != nil {
					t.Errorf("row %d: %+v, and Find has %+v", i, r, w)
				}
				r.Of, r.In.At, w.Of, w.In.At = nil, nil, nil, nil
				if r != w {
					t.Errorf("row %d: %+v, and Find has %+v", i, r, w)
				}
			}
		}
		if _, err := store.One[row](db.Raw(asked + " limit 0")); err != store.ErrNotFound {
			t.Errorf("none is %v", err)
		}
		if one := clubtest.Must(store.One[row](db.Table("members").Where("number = 1")))(t); one.ID != want[0].ID {
			t.Errorf("the first is %+v", one)
		}
	})
}
