package home_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
)

// Home lists who called a member before anything else that they have not read, however much came since, leaves out
// what was read, and says how much more there is.
func TestHomeTellsOfMentionsFirst(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		clubtest.Must(club.Forum.Reply(t.Context(), club.Again(club.Paying), topic.ID, forum.Draft{Key: club.Key(), Text: "@rita, what do you say?"}))(t)
		mine := clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Regular), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Beans or peas", Text: "Which?"}))(t)
		for range 25 {
			club.Clock.Turn(time.Minute)
			club.Reply(club.Paying, mine, "Beans.")
		}
		unread := clubtest.Must(club.Bell.Unread(t.Context(), club.Again(club.Regular)))(t)
		if unread < 26 {
			t.Fatalf("only %d are unread", unread)
		}
		since := clubtest.Must(club.Home.Since(t.Context(), club.Again(club.Regular), club.Clock.Now(), club.Clock.Now()))(t)
		if len(since.Notes) != 20 || since.Notes[0].Kind != notify.Mentioned || since.More != unread-20 {
			t.Fatalf("%d notes, %d more, and the first is %+v", len(since.Notes), since.More, since.Notes[:min(1, len(since.Notes))])
		}
		clubtest.OK(t, club.Bell.Read(t.Context(), club.Again(club.Regular), since.Notes[0].ID))
		since = clubtest.Must(club.Home.Since(t.Context(), club.Again(club.Regular), club.Clock.Now(), club.Clock.Now()))(t)
		if len(since.Notes) != 20 || since.Notes[0].Kind == notify.Mentioned || since.More != unread-1-20 {
			t.Errorf("%d notes, %d more, with what was read", len(since.Notes), since.More)
		}
	})
}
