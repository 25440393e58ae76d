package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
	"guildhall/models/store"
	"guildhall/models/stream"
)

func score(t *testing.T, club *clubtest.Club, v access.Viewer) float64 {
	t.Helper()
	f := clubtest.Must(club.Standing.Facts(club.Store.Read(t.Context()), v.ID, club.Clock.Now()))(t)
	return f.Score(club.Clock.Now())
}

func draft(club *clubtest.Club, text string) forum.Draft {
	return forum.Draft{Key: club.Key(), Text: text}
}

func TestReplyNeedsStatus(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Garden", map[access.Verb]access.Lock{access.Reply: {{{Kind: access.StatusKey, Amount: 3}}}})
		topic := club.Topic(sp, "Garden plans")

		_, err := club.Forum.Reply(t.Context(), club.Newcomer, topic.ID, draft(club, "Hello."))
		clubtest.Refused(t, err, "opens at Regular")
		_, err = club.Forum.Reply(t.Context(), club.Regular, topic.ID, draft(club, "Hello."))
		clubtest.OK(t, err)
	})
}

// TestTheSameKeyTwiceIsOnePost, however many retries come at once.
func TestTheSameKeyTwiceIsOnePost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Which film for snow?")
		d := draft(club, "Meter the shadows.")
		ids := make([]forum.Post, 6)
		var wait sync.WaitGroup
		for i := range ids {
			wait.Go(func() {
				p, err := club.Forum.Reply(t.Context(), club.Regular, topic.ID, d)
				if err != nil {
					t.Error(err)
				}
				ids[i] = p
			})
		}
		wait.Wait()
		for _, p := range ids {
			if p.ID != ids[0].ID || p.Number != 2 {
				t.Fatalf("post %s has number %d", p.ID, p.Number)
			}
		}
		start := forum.Draft{Key: club.Key(), Title: "Twice", Text: "Only once."}
		a := clubtest.Must(club.Forum.Start(t.Context(), club.Regular, club.Open.ID, start))(t)
		b := clubtest.Must(club.Forum.Start(t.Context(), club.Regular, club.Open.ID, start))(t)
		if a.ID != b.ID {
			t.Fatal("two topics")
		}
	})
}

func TestAReplyIsToldCountedAndEarns(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		asker := club.Join("asker")
		topic := clubtest.Must(club.Forum.Start(t.Context(), asker, club.Open.ID, forum.Draft{Key: club.Key(), Title: "Thin negatives", Text: "Why?"}))(t)
		var said []any
		club.Listen(func(_ context.Context, events []any) { said = append(said, events...) })
		before := score(t, club, club.Newcomer)
		p := club.Reply(club.Newcomer, topic, "It is the developer, @asker and @nobody.")

		if after := score(t, club, club.Newcomer); after <= before {
			t.Fatalf("a reply earned nothing: %v, then %v", before, after)
		}
		rows, _, err := club.Bell.Rung(t.Context(), club.Again(asker), "", 10)
		clubtest.OK(t, err)
		rows = slices.DeleteFunc(rows, func(n notify.Notification) bool { return n.Kind == notify.Won })
		if len(rows) != 1 || rows[0].SubjectID != p.ID || rows[0].Kind != notify.Mentioned { // and not once more as the asker
			t.Fatalf("the asker was told %+v", rows)
		}
		changes := 0
		for _, e := range said {
			if c, ok := e.(stream.Change); ok && c.PlaceID == topic.ID && c.SubjectID == p.ID && c.Seq == 2 {
				changes++
			}
		}
		if changes != 1 {
			t.Fatalf("open pages heard of it %d times", changes)
		}
		got := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(asker), topic.ID))(t)
		if got.Posts != 2 || got.LastNumber != 2 || got.ReadNumber != 1 || got.New(asker) != 1 {
			t.Fatalf("topic %+v", got)
		}
		const won = 2 // badges of a first topic and of a first day, which stand nowhere
		clubtest.OK(t, club.Forum.ReadUpTo(t.Context(), asker, topic.ID, 99))
		got = clubtest.Must(club.Forum.Topic(t.Context(), club.Again(asker), topic.ID))(t)
		if n, _ := club.Bell.Unread(t.Context(), club.Again(asker)); got.New(asker) != 0 || n != won {
			t.Fatalf("still new: %d posts, %d notifications", got.New(asker), n)
		}
	})
}

func TestRemovingTakesBackAndRestoringGivesAgain(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Grain")
		before := score(t, club, club.Newcomer)
		p := club.Reply(club.Newcomer, topic, "A secret that is taken back.")
		earned := score(t, club, club.Newcomer)

		_, err := club.Forum.Remove(t.Context(), club.Regular, p.ID)
		clubtest.Refused(t, err, "Only its author")
		clubtest.Must(club.Forum.Remove(t.Context(), club.Newcomer, p.ID))(t)
		if got := score(t, club, club.Newcomer); got != before {
			t.Fatalf("after removing %v, before %v", got, before)
		}
		for who, sees := range map[string]bool{"regular": false, "newcomer": true, "moderator": true, "guest": false} {
			v := club.Cast()[who]
			l := clubtest.Must(club.Forum.Topic(t.Context(), v, topic.ID))(t)
			page := clubtest.Must(club.Forum.Posts(t.Context(), v, l, 1))(t)
			if got := strings.Contains(page.Posts[1].HTML+page.Posts[1].Source+page.Posts[1].Plain, "secret"); got != sees {
				t.Errorf("%s sees the removed text: %v", who, got)
			}
		}
		clubtest.Must(club.Forum.Restore(t.Context(), club.Newcomer, p.ID))(t)
		if got := score(t, club, club.Newcomer); got != earned {
			t.Fatalf("after restoring %v, before %v", got, earned)
		}
		clubtest.Must(club.Forum.Remove(t.Context(), club.Moderator, p.ID))(t)
		_, err = club.Forum.Restore(t.Context(), club.Newcomer, p.ID)
		clubtest.Refused(t, err, "Only the moderators")
		l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Owner), topic.ID))(t)
		if l.Posts != 1 || l.LastNumber != 2 {
			t.Fatalf("%d posts, last number %d", l.Posts, l.LastNumber)
		}
	})
}

func TestAnswersAreTheAskersToAccept(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := clubtest.Must(club.Forum.Start(t.Context(), club.Newcomer, club.Open.ID, forum.Draft{Key: club.Key(), Title: "Fog or paper?", Text: "Which?"}))(t)
		good := club.Reply(club.Regular, topic, "Paper.")
		better := club.Reply(club.Paying, topic, "Fog.")
		_, err := club.Forum.Accept(t.Context(), club.Regular, good.ID)
		clubtest.Refused(t, err, "Only the person who asked")

		regular, paying := score(t, club, club.Regular), score(t, club, club.Paying)
		clubtest.Must(club.Forum.Accept(t.Context(), club.Newcomer, good.ID))(t)
		if got := score(t, club, club.Regular); got < regular+20 {
			t.Fatalf("an accepted answer earned %v", got-regular)
		}
		clubtest.Must(club.Forum.Accept(t.Context(), club.Newcomer, better.ID))(t)
		if got := score(t, club, club.Regular); got != regular {
			t.Fatalf("the mark moved, but %v stayed", got-regular)
		}
		if got := score(t, club, club.Paying); got < paying+20 {
			t.Fatal("the better answer earned nothing")
		}
		clubtest.Must(club.Forum.Unaccept(t.Context(), club.Newcomer, better.ID))(t)
		l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Newcomer), topic.ID))(t)
		if l.Solved() || score(t, club, club.Paying) != paying {
			t.Fatal("taking the mark back left something")
		}
		own := clubtest.Must(club.Forum.Reply(t.Context(), club.Newcomer, topic.ID, draft(club, "Solved it myself.")))(t)
		newcomer := score(t, club, club.Newcomer)
		clubtest.Must(club.Forum.Accept(t.Context(), club.Newcomer, own.ID))(t)
		if score(t, club, club.Newcomer) != newcomer {
			t.Fatal("one's own answer earned")
		}
	})
}

func TestReactionsEarnOnceAndNeverForOneself(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "A print a week")
		p := club.Reply(club.Newcomer, topic, "Week 46.")
		_, err := club.Forum.React(t.Context(), club.Newcomer, p.ID, "thanks", true)
		clubtest.Refused(t, err, "what others wrote")
		_, err = club.Forum.React(t.Context(), club.Regular, p.ID, "skull", true)
		clubtest.Refused(t, err, "no such reaction")

		before := score(t, club, club.Newcomer)
		clubtest.Must(club.Forum.React(t.Context(), club.Regular, p.ID, "thanks", true))(t)
		once := score(t, club, club.Newcomer)
		if once <= before {
			t.Fatal("a reaction earned nothing")
		}
		for range 3 { // again, another kind, off and on: bounded by the one line
			clubtest.Must(club.Forum.React(t.Context(), club.Regular, p.ID, "photograph", true))(t)
			clubtest.Must(club.Forum.React(t.Context(), club.Regular, p.ID, "photograph", false))(t)
		}
		if got := score(t, club, club.Newcomer); got != once {
			t.Fatalf("%v after playing with it, %v before", got, once)
		}
		l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Regular), topic.ID))(t)
		page := clubtest.Must(club.Forum.Posts(t.Context(), club.Again(club.Regular), l, 1))(t)
		if g := page.Given[p.ID]; len(g) != 1 || g[0].Kind != "thanks" || g[0].N != 1 || !page.Mine[p.ID]["thanks"] {
			t.Fatalf("given %+v, mine %+v", page.Given, page.Mine)
		}
		clubtest.Must(club.Forum.React(t.Context(), club.Regular, p.ID, "thanks", false))(t)
		if got := score(t, club, club.Newcomer); got != before {
			t.Fatalf("taken back, but %v stayed", got-before)
		}
	})
}

func TestModeratorsCareInTheirOwnSpacesOnly(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		other := club.Space("Other", nil)
		mine, theirs := club.Topic(club.Open, "Mine to keep"), club.Topic(other, "Not mine to keep")
		for what, do := range map[string]func(forum.Topic) error{
			"pin": func(x forum.Topic) error {
				_, err := club.Forum.Pin(t.Context(), club.Moderator, x.ID, true)
				return err
			},
			"close": func(x forum.Topic) error {
				_, err := club.Forum.Close(t.Context(), club.Moderator, x.ID, true)
				return err
			},
			"hide": func(x forum.Topic) error {
				_, err := club.Forum.Hide(t.Context(), club.Moderator, x.ID, true)
				return err
			},
		} {
			clubtest.OK(t, do(mine))
			if err := do(theirs); err == nil {
				t.Errorf("%s: done in another's space", what)
			}
		}
		_, err := club.Forum.Reply(t.Context(), club.Newcomer, mine.ID, draft(club, "Still here?"))
		clubtest.Missing(t, err)
		clubtest.Must(club.Forum.Hide(t.Context(), club.Moderator, mine.ID, false))(t)
		_, err = club.Forum.Reply(t.Context(), club.Newcomer, mine.ID, draft(club, "Still here?"))
		clubtest.Refused(t, err, "closed")
		_, err = club.Forum.Move(t.Context(), club.Moderator, mine.ID, other.ID)
		clubtest.Refused(t, err, "that you moderate as well")
		club.Reply(club.Owner, mine, "Moved along.")
		moved := clubtest.Must(club.Forum.Move(t.Context(), club.Again(club.Owner), mine.ID, other.ID))(t)
		if moved.SpaceID != other.ID {
			t.Fatal("not moved")
		}
		l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Newcomer), mine.ID))(t)
		if l.SpaceID != other.ID || l.Posts != 2 {
			t.Fatalf("after the move: %+v", l)
		}
	})
}

func TestListsArePagedByKeyWithoutHolesOrDoubles(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		want := map[string]bool{}
		for i := range forum.PageSize*2 + 5 {
			title := fmt.Sprintf("Topic number %d", i)
			club.Topic(club.Open, title)
			want[title] = true
			if i%3 > 0 {
				club.Clock.Turn(time.Minute) // some are as old as their neighbours
			}
		}
		v, after, pages := club.Again(club.Newcomer), store.Cursor(""), 0
		for {
			rows, next, err := club.Forum.Topics(t.Context(), v, club.Open.ID, forum.Latest, after)
			clubtest.OK(t, err)
			for _, r := range rows {
				if !want[r.Title] {
					t.Fatalf("%q came twice", r.Title)
				}
				delete(want, r.Title)
			}
			if pages++; next == "" {
				break
			}
			after = next
		}
		if len(want) != 0 || pages != 3 {
			t.Fatalf("%d were left out on %d pages", len(want), pages)
		}
	})
}

func TestADeepLinkStandsOnItsPage(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Long")
		for i := range 44 {
			club.Reply(club.Owner, topic, fmt.Sprintf("Reply %d", i))
		}
		l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Newcomer), topic.ID))(t)
		for _, number := range []int64{1, 20, 21, 40, 45} {
			page := clubtest.Must(club.Forum.Posts(t.Context(), club.Newcomer, l, forum.Around(number)))(t)
			if first, last := page.Posts[0].Number, page.Posts[len(page.Posts)-1].Number; number < first || number > last {
				t.Errorf("post %d is not among %d–%d", number, first, last)
			}
		}
	})
}

func TestWhatCannotBeTakenIsSaid(t *testing.T) {
	club := clubtest.SQLite(t)
	topic := club.Topic(club.Open, "Words")
	for text, want := range map[string]string{
		"":                          "Write something",
		" \n\t ":                    "Write something",
		strings.Repeat("x", 32_001): "at most 32000",
		"not \xff text":             "cannot be kept",
	} {
		_, err := club.Forum.Reply(t.Context(), club.Newcomer, topic.ID, draft(club, text))
		clubtest.Refused(t, err, want)
	}
	_, err := club.Forum.Start(t.Context(), club.Newcomer, club.Open.ID, forum.Draft{Key: "k", Title: " a ", Text: "x"})
	clubtest.Refused(t, err, "at least 4 letters")
	_, err = club.Forum.Reply(t.Context(), club.Newcomer, topic.ID, forum.Draft{Text: "No key."})
	clubtest.Refused(t, err, "out of date")
	_, err = club.Forum.Reply(t.Context(), club.Guest, topic.ID, draft(club, "Nobody."))
	clubtest.Refused(t, err, "Sign in")
	l := clubtest.Must(club.Forum.Topic(t.Context(), club.Newcomer, topic.ID))(t)
	if l.Posts != 1 {
		t.Fatal("something half-written was kept")
	}
}
