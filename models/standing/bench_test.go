package standing_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// BenchmarkEarn is one reply in a transaction of its own, on SQLite with every commit synced.
func BenchmarkEarn(b *testing.B) { earnAtOnce(b, 1) }

// BenchmarkEarnOf64 is a batch of 64 messages in one call.
func BenchmarkEarnOf64(b *testing.B) { earnAtOnce(b, 64) }

func earnAtOnce(b *testing.B, at int) {
	club := clubtest.SQLite(b)
	var place access.Place
	club.Write(func(tx *store.Tx) (err error) {
		place, err = access.AddPlace(tx, access.TopicPlace, club.Open.ID)
		return err
	})
	kinds := []string{standing.Reply, standing.Message}
	people := []access.Viewer{club.Newcomer, club.Regular, club.Stranger, club.Paying}
	n := 0
	club.Statements().Measure(b, func() {
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
	})
}
