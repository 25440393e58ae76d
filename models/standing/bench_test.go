package standing_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// statements counts what is asked of the database that tx writes to.
func statements(b *testing.B, tx *store.Tx, n *int64) {
	count := func(*store.DB) { *n++ }
	at := tx.Callback()
	for _, err := range []error{
		at.Create().After("gorm:create").Register("count", count), at.Query().After("gorm:query").Register("count", count),
		at.Update().After("gorm:update").Register("count", count), at.Delete().After("gorm:delete").Register("count", count),
		at.Row().After("gorm:row").Register("count", count), at.Raw().After("gorm:raw").Register("count", count),
	} {
		clubtest.OK(b, err)
	}
}

// BenchmarkEarn is one reply in a transaction of its own, on SQLite with every commit synced.
func BenchmarkEarn(b *testing.B) { earnAtOnce(b, 1) }

// BenchmarkEarnOf64 is a batch of 64 messages in one call.
func BenchmarkEarnOf64(b *testing.B) { earnAtOnce(b, 64) }

func earnAtOnce(b *testing.B, at int) {
	club := clubtest.SQLite(b)
	var place access.Place
	var asked int64
	club.Write(func(tx *store.Tx) (err error) {
		statements(b, tx, &asked)
		place, err = access.AddPlace(tx, access.TopicPlace, club.Open.ID)
		return err
	})
	kinds := []string{standing.Reply, standing.Message}
	people := []access.Viewer{club.Newcomer, club.Regular, club.Stranger, club.Paying}
	asked = 0
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		if n%10 == 0 {
			club.Clock.Turn(day) // under the caps, as a living club is
		}
		n++
		club.Write(func(tx *store.Tx) error {
			acts := make([]standing.Act, at)
			for i := range acts {
				acts[i] = standing.Act{Kind: kinds[min(at-1, 1)], By: people[i%len(people)].ID, On: tx.NewID(), At: place}
			}
			return club.Standing.Earn(tx, acts...)
		})
	}
	b.ReportMetric(float64(asked)/float64(n), "statements/op")
}
