package forum_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// Nothing that cannot be seen stands in a title, and what joins letters and signs does.
func TestATitleIsWhatIsSeen(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		for typed, want := range map[string]string{
			"Hello\x01 \u202efriends\t here":     "Hello friends here",
			"A family 👨\u200d👩\u200d👧 of lenses": "A family 👨\u200d👩\u200d👧 of lenses",
		} {
			topic := clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Owner), club.Open.ID, forum.Draft{Key: club.Key(), Title: typed, Text: "About it."}))(t)
			if topic.Title != want {
				t.Errorf("%q is called %q", typed, topic.Title)
			}
		}
	})
}
