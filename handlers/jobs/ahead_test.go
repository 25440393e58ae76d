package jobs_test

import (
	"fmt"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// What a member was told of a post far down a topic waits on the bell, by mail and by push while they read
// the beginning of it, and is read where they come to the post, or past it.
func TestWhatIsFurtherDownIsStillTold(t *testing.T) {
	for name, step := range map[string]struct {
		read func(t *testing.T, d *desk, page func(from int64) forum.Page)
		told bool
	}{
		"the first page":      {func(t *testing.T, d *desk, page func(int64) forum.Page) { d.look(t, page(1)) }, true},
		"all of it":           {func(t *testing.T, d *desk, page func(int64) forum.Page) { d.reads(t, page(1), 20) }, true},
		"the page of it":      {func(t *testing.T, d *desk, page func(int64) forum.Page) { d.look(t, page(21)) }, false},
		"as far as that post": {func(t *testing.T, d *desk, page func(int64) forum.Page) { d.reads(t, page(1), 22) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
				d, newt := open(t, club), club.Newcomer
				club.Push.StandsAt("https://club.example")
				d.mailbox(t, newt, "newt@example.org")
				box, _ := d.browser(t, newt, "newt")
				topic := club.Topic(club.Open, "Where to sit")
				for i := range 20 {
					club.Reply(club.Regular, topic, fmt.Sprintf("Bench %d.", i))
				}
				club.Clock.Turn(time.Minute)
				if p := club.Reply(club.Regular, topic, "And you, @newt?"); p.Number != 22 {
					t.Fatalf("the post is number %d", p.Number)
				}
				page := func(from int64) forum.Page {
					listed := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(newt), topic.ID))(t)
					return clubtest.Must(club.Forum.Posts(t.Context(), club.Again(newt), listed, from))(t)
				}
				step.read(t, d, page)
				bell := clubtest.Must(club.Bell.Unread(t.Context(), club.Again(newt)))(t)
				d.later(t)
				came, _ := box.Came()
				mailed := d.after(t, time.Hour)
				if want := map[bool]int{true: 1}[step.told]; int(bell) != want || len(came) != want || len(mailed) != want {
					t.Errorf("the bell has %d, %d came by push and %d by mail; it should be %d of each", bell, len(came), len(mailed), want)
				}
			})
		})
	}
}

// look is what the page itself notes.
func (d *desk) look(t *testing.T, p forum.Page) {
	t.Helper()
	clubtest.OK(t, d.club.Forum.Look(t.Context(), d.club.Again(d.club.Newcomer), p.Topic, p.Sight(p.Opened())))
}

// reads is what is told as somebody comes down a page.
func (d *desk) reads(t *testing.T, p forum.Page, upTo int64) {
	t.Helper()
	clubtest.OK(t, d.club.Forum.ReadUpTo(t.Context(), d.club.Again(d.club.Newcomer), p.Topic.ID, upTo))
}
