package chat_test

import (
	"fmt"
	"sync"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
)

// BenchmarkSend is one message by one sender at a time: nothing to commit it together with.
func BenchmarkSend(b *testing.B) { send(b, 1) }

// BenchmarkSendOf32 is 32 members speaking at once, whose messages share commits.
func BenchmarkSendOf32(b *testing.B) { send(b, 32) }

func send(b *testing.B, at int) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			club := clubtest.On(b, kind)
			r := clubtest.Must(club.Chat.Room(b.Context(), club.Again(club.Owner), club.Open.ID))(b)
			people := make([]access.Viewer, at)
			for i := range people {
				people[i] = club.Join(fmt.Sprintf("talker_%d", i))
			}
			asked := club.Statements()
			asked.Measure(b, func() {
				var wait sync.WaitGroup
				for _, v := range people {
					wait.Go(func() {
						d := chat.Draft{Key: club.Key(), Text: "Mine was *3:45* at 39 °C."}
						if _, err := club.Chat.Send(b.Context(), v, r.ID, d); err != nil {
							b.Error(err)
						}
					})
				}
				wait.Wait()
			})
		})
	}
}
