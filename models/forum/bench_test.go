package forum_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// BenchmarkReply is one reply with all that follows: the post, the topic carried forward, the points,
// the asker told, the change that open pages hear of; kept when it returns.
func BenchmarkReply(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			club := clubtest.On(b, kind)
			topic := club.Topic(club.Open, "How long do you fix fibre paper?")
			v, n := club.Again(club.Regular), 0
			asked := club.Statements()
			asked.Measure(b, func() {
				if n++; n%10 == 0 {
					club.Clock.Turn(24 * time.Hour) // under the caps, as a living club is
				}
				d := forum.Draft{Key: club.Key(), Text: "Two baths of **four minutes**, and a test strip each time."}
				clubtest.Must(club.Forum.Reply(b.Context(), v, topic.ID, d))(b)
			})
		})
	}
}
