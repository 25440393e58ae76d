package preview_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/preview"
	"guildhall/models/queue"
	"guildhall/models/stream"
)

// page answers with a page of that title, and counts how often it was asked for.
func page(title string, asked *atomic.Int32) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<title>%s</title><meta name=description content='About %s.'>", title, r.URL.Path)
	})
}

// work does what waits of the previews.
func work(t *testing.T, club *clubtest.Club) {
	t.Helper()
	for {
		job, ok, err := club.Queue.Take(t.Context(), []queue.Kind{preview.Ask, preview.Redraw})
		clubtest.OK(t, err)
		if !ok {
			return
		}
		var page id.ID
		var after int64
		if job.Kind == preview.Ask {
			clubtest.OK(t, job.Read(&page))
			clubtest.OK(t, club.Previews.Fetch(t.Context(), page))
		} else {
			clubtest.OK(t, job.Read(&after))
			clubtest.OK(t, club.Previews.Redraw(t.Context(), after))
		}
		clubtest.OK(t, club.Queue.Finish(t.Context(), job))
	}
}

func titles(kept string) (all []string) {
	for _, c := range preview.Cards(kept) {
		all = append(all, c.Title)
	}
	return all
}

// post is a post as it is now.
func post(t *testing.T, club *clubtest.Club, key id.ID) forum.Post {
	t.Helper()
	p, _, err := club.Forum.Post(t.Context(), club.Again(club.Owner), key)
	clubtest.OK(t, err)
	return p
}

func TestALinkAloneGetsItsCard(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		at := club.Outside.Host("benches.test-site.org", page("Old benches", &asked))
		topic := club.Topic(club.Open, "Where to sit")
		p := club.Reply(club.Regular, topic, "Look:\n\n"+at+"/park#deep\n\nand "+at+"/beside")
		if p.Cards != "" {
			t.Fatalf("there are cards before the page was asked for: %s", p.Cards)
		}
		work(t, club)
		got := preview.Cards(post(t, club, p.ID).Cards)
		if len(got) != 1 || got[0].Title != "Old benches" || got[0].About != "About /park." || got[0].Address != at+"/park" || got[0].Host != "benches.test-site.org" {
			t.Fatalf("the cards are %+v", got)
		}
		changes, _, whole, err := club.Streams.Since(t.Context(), topic.ID, 0)
		clubtest.OK(t, err)
		if last := changes[len(changes)-1]; !whole || last.Kind != stream.Edited || last.SubjectID != p.ID {
			t.Errorf("open pages were told %+v", last)
		}
		if post(t, club, p.ID).EditedAt != nil {
			t.Error("the card makes the post look edited")
		}
		again := club.Reply(club.Newcomer, topic, at+"/park") // what is known needs no asking
		if !slices.Equal(titles(again.Cards), []string{"Old benches"}) || asked.Load() != 1 {
			t.Errorf("the second has %v, after asking %d times", titles(again.Cards), asked.Load())
		}
		club.Clock.Turn(8 * 24 * time.Hour)
		third := club.Reply(club.Newcomer, topic, at+"/park")
		if !slices.Equal(titles(third.Cards), []string{"Old benches"}) {
			t.Errorf("what is no longer fresh is not shown meanwhile: %v", titles(third.Cards))
		}
		work(t, club)
		if asked.Load() != 2 {
			t.Errorf("asked %d times", asked.Load())
		}
	})
}

func TestAMessageHasCardsToo(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		at := club.Outside.Host("benches.test-site.org", page("Old benches", &asked))
		room := clubtest.Must(club.Chat.Room(t.Context(), club.Regular, club.Open.ID))(t)
		m := clubtest.Must(club.Chat.Send(t.Context(), club.Regular, room.ID, chat.Draft{Key: club.Key(), Text: at + "/"}))(t)
		work(t, club)
		drawn, _, err := club.Chat.Drawn(t.Context(), room.ID, []id.ID{m.ID})
		clubtest.OK(t, err)
		if !slices.Equal(titles(drawn[0].Cards), []string{"Old benches"}) {
			t.Fatalf("the cards are %v", drawn[0].Cards)
		}
		card := preview.Cards(drawn[0].Cards)[0].ID
		_, err = club.Chat.DropCard(t.Context(), club.Newcomer, m.ID, card)
		clubtest.Refused(t, err, "Only its author")
		clubtest.Must(club.Chat.DropCard(t.Context(), club.Moderator, m.ID, card))(t)
		drawn, _, err = club.Chat.Drawn(t.Context(), room.ID, []id.ID{m.ID})
		clubtest.OK(t, err)
		if drawn[0].Cards != "" {
			t.Errorf("the card is still there: %s", drawn[0].Cards)
		}
	})
}

func TestACardIsTakenAwayForGood(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		a, b := club.Outside.Host("a.test-site.org", page("A", &asked)), club.Outside.Host("b.test-site.org", page("B", &asked))
		topic := club.Topic(club.Open, "Where to sit")
		p := club.Reply(club.Regular, topic, b+"/\n"+a+"/")
		work(t, club)
		p = post(t, club, p.ID)
		if !slices.Equal(titles(p.Cards), []string{"B", "A"}) {
			t.Fatalf("the cards are %v", titles(p.Cards))
		}
		_, err := club.Forum.DropCard(t.Context(), club.Newcomer, p.ID, preview.Cards(p.Cards)[0].ID)
		clubtest.Refused(t, err, "Only its author")
		clubtest.Must(club.Forum.DropCard(t.Context(), club.Regular, p.ID, preview.Cards(p.Cards)[0].ID))(t)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"A"}) {
			t.Errorf("left are %v", got)
		}
		clubtest.Must(club.Forum.Edit(t.Context(), club.Regular, p.ID, b+"/\n"+a+"/\nAnd words."))(t)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"A"}) {
			t.Errorf("after an edit there are %v", got)
		}
		clubtest.Must(club.Forum.Edit(t.Context(), club.Regular, p.ID, "Only words."))(t)
		if got := post(t, club, p.ID).Cards; got != "" {
			t.Errorf("without the link there is still %s", got)
		}
	})
}

// Who shows a page learns nothing of whether somebody showed it before where they may not be: the card
// comes when the page was asked for, for them like for the first, and not at all when it is gone.
func TestACardTellsOfNobodyElse(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		var gone atomic.Bool
		there := page("Old benches", &asked)
		at := club.Outside.Host("benches.test-site.org", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if gone.Load() {
				asked.Add(1)
				http.NotFound(w, r)
				return
			}
			there.ServeHTTP(w, r)
		}))
		behind := club.Topic(club.Space("Cellar", nil), "Behind a door")
		before := club.Reply(club.Owner, behind, at+"/park")
		work(t, club)
		if !slices.Equal(titles(post(t, club, before.ID).Cards), []string{"Old benches"}) {
			t.Fatal("the premise: nobody showed it before")
		}
		topic := club.Topic(club.Open, "Where to sit")
		p := club.Reply(club.Newcomer, topic, at+"/park")
		if p.Cards != "" || asked.Load() != 1 {
			t.Errorf("at once there is %s, after asking %d times", p.Cards, asked.Load())
		}
		work(t, club)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"Old benches"}) || asked.Load() != 2 {
			t.Errorf("then there are %v, after asking %d times", got, asked.Load())
		}
		gone.Store(true)
		other := club.Reply(club.Newcomer, club.Topic(club.Open, "Elsewhere"), at+"/park")
		work(t, club)
		if got := post(t, club, other.ID).Cards; got != "" || asked.Load() != 3 {
			t.Errorf("of a page that is gone there is %s, after asking %d times", got, asked.Load())
		}
	})
}

// A post that was moved keeps what it shows, and what was taken from it, when it is edited there.
func TestACardMovesWithItsPost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		a, b := club.Outside.Host("a.test-site.org", page("A", &asked)), club.Outside.Host("b.test-site.org", page("B", &asked))
		topic := club.Topic(club.Open, "Where to sit")
		p := club.Reply(club.Regular, topic, a+"/\n"+b+"/")
		work(t, club)
		clubtest.Must(club.Forum.DropCard(t.Context(), club.Regular, p.ID, preview.Cards(post(t, club, p.ID).Cards)[0].ID))(t)
		to := club.Topic(club.Open, "Benches")
		_, _, err := club.Forum.Split(t.Context(), club.Again(club.Owner), topic.ID, forum.Splitting{Posts: []id.ID{p.ID}, To: to.ID, Key: club.Key()})
		clubtest.OK(t, err)
		clubtest.Must(club.Forum.Edit(t.Context(), club.Regular, p.ID, a+"/\n"+b+"/\nAnd words."))(t)
		work(t, club)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"B"}) || asked.Load() != 2 {
			t.Errorf("there are %v, after asking %d times", got, asked.Load())
		}
	})
}

// What cannot be had is not asked for again the same day, and what was removed shows no cards.
func TestAPageThatIsNotThere(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		gone := club.Outside.Host("gone.test-site.org", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, "<title>Not found</title>")
		}))
		topic := club.Topic(club.Open, "Where to sit")
		for range 2 {
			p := club.Reply(club.Regular, topic, gone+"/")
			work(t, club)
			if got := post(t, club, p.ID).Cards; got != "" {
				t.Errorf("there is %s", got)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times", asked.Load())
		}
		here := club.Outside.Host("here.test-site.org", page("Here", &asked))
		p := club.Reply(club.Regular, topic, here+"/")
		work(t, club)
		clubtest.Must(club.Forum.Remove(t.Context(), club.Regular, p.ID))(t)
		other, _, err := club.Forum.Post(t.Context(), club.Newcomer, p.ID)
		clubtest.OK(t, err)
		if other.Cards != "" || post(t, club, p.ID).Cards == "" {
			t.Errorf("others see %q of a removed post, staff %q", other.Cards, post(t, club, p.ID).Cards)
		}
	})
}

// Of the club's own pages there is no card, by whatever way one would come to them; and none of what
// owners barred, from then on and of what was there before.
func TestWhatIsNeverAskedFor(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var own, asked atomic.Int32
		home := club.Outside.Host("club.test-site.org", page("Secret", &own))
		way := club.Outside.Host("way.test-site.org", http.RedirectHandler(home+"/s/secret", http.StatusFound))
		other := club.Outside.Host("www.other-site.org", page("Other", &asked))
		club.Previews.StandsAt("https://CLUB.test-site.org:8443")
		topic := club.Topic(club.Open, "Where to sit")
		p := club.Reply(club.Regular, topic, strings.Join([]string{home + "/s/secret", way + "/", other + "/"}, "\n"))
		private := club.Reply(club.Regular, topic, "http://127.0.0.1/\nhttp://169.254.169.254/latest/\nhttp://nowhere.test-site.org/")
		work(t, club)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"Other"}) || own.Load() != 0 {
			t.Errorf("the cards are %v; the club's own were asked for %d times", got, own.Load())
		}
		if got := post(t, club, private.ID).Cards; got != "" {
			t.Errorf("there is %s", got)
		}
		clubtest.Refused(t, club.Previews.Change(t.Context(), club.Regular, preview.Rules{}), "owner")
		clubtest.Refused(t, club.Previews.Change(t.Context(), club.Owner, preview.Rules{Enabled: true, Hosts: "no host!"}), "is no host")
		clubtest.OK(t, club.Previews.Change(t.Context(), club.Owner, preview.Rules{Enabled: true, Hosts: "https://Other-Site.org"}))
		work(t, club)
		if got := post(t, club, p.ID).Cards; got != "" {
			t.Errorf("what is barred is still shown: %s", got)
		}
		late := club.Reply(club.Regular, topic, other+"/")
		clubtest.OK(t, club.Previews.Change(t.Context(), club.Owner, preview.Rules{}))
		work(t, club)
		if rules := clubtest.Must(club.Previews.Rules(t.Context()))(t); rules.Enabled || late.Cards != "" || asked.Load() != 1 {
			t.Errorf("%+v, %q, asked %d times", rules, late.Cards, asked.Load())
		}
		clubtest.OK(t, club.Previews.Change(t.Context(), club.Owner, preview.Rules{Enabled: true}))
		work(t, club)
		if got := titles(post(t, club, p.ID).Cards); !slices.Equal(got, []string{"Other"}) {
			t.Errorf("back are %v", got)
		}
	})
}

// A page that was never read is forgotten once nobody shows it, and not before.
func TestTheSweepForgetsWhatWasNeverRead(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		at := club.Outside.Host("benches.test-site.org", page("Old benches", &asked))
		p := club.Reply(club.Regular, club.Topic(club.Open, "Where to sit"), at+"/never")
		swept := func() int64 { return clubtest.Must(club.Previews.Sweep(t.Context(), 500))(t) }
		club.Clock.Turn(365 * 24 * time.Hour)
		if gone := swept(); gone != 0 {
			t.Errorf("%d that are shown were forgotten", gone)
		}
		clubtest.Must(club.Forum.Edit(t.Context(), club.Again(club.Regular), p.ID, "Nowhere."))(t)
		if gone := swept(); gone != 1 || asked.Load() != 0 {
			t.Errorf("%d were forgotten, asked for %d times", gone, asked.Load())
		}
	})
}

// A page that nobody shows any more is forgotten a month after its card went stale, and no other.
func TestTheSweepForgetsWhatNobodyShows(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var asked atomic.Int32
		at := club.Outside.Host("benches.test-site.org", page("Old benches", &asked))
		topic := club.Topic(club.Open, "Where to sit")
		club.Reply(club.Regular, topic, at+"/stays")
		p := club.Reply(club.Regular, topic, at+"/goes")
		work(t, club)
		clubtest.Must(club.Forum.Edit(t.Context(), club.Again(club.Regular), p.ID, "Nowhere."))(t)
		for _, step := range []struct {
			after time.Duration
			gone  int64
		}{{29 * 24 * time.Hour, 0}, {9 * 24 * time.Hour, 1}, {time.Hour, 0}} {
			club.Clock.Turn(step.after)
			if gone := clubtest.Must(club.Previews.Sweep(t.Context(), 500))(t); gone != step.gone {
				t.Errorf("%s later %d were forgotten", step.after, gone)
			}
		}
		if again := club.Reply(club.Regular, topic, at+"/stays"); !slices.Equal(titles(again.Cards), []string{"Old benches"}) {
			t.Errorf("what is shown has %v", titles(again.Cards))
		}
	})
}
