package search_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/search"
	"guildhall/models/store"
)

func TestHistoryIsOnesOwn(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita, newt := t.Context(), club.Again(club.Regular), club.Again(club.Newcomer)
		ask := func(v access.Viewer, text string) {
			t.Helper()
			club.Clock.Turn(time.Minute)
			clubtest.OK(t, club.Search.Remember(ctx, v, search.Parse(text, club.Clock.Now())))
		}
		history := func(v access.Viewer) (texts string, last search.Asked) {
			t.Helper()
			asked := clubtest.Must(club.Search.History(ctx, v))(t)
			var all []string
			for _, a := range asked {
				all = append(all, a.Text)
			}
			if len(asked) > 0 {
				last = asked[0]
			}
			return strings.Join(all, ","), last
		}
		for _, text := range []string{"one", "two", "two", "one", "", "  ", `"`} {
			ask(rita, text)
		}
		ask(newt, "secret of newt")
		ask(club.Again(club.Guest), "of nobody")
		texts, last := history(rita)
		if texts != "one,two" {
			t.Errorf("rita asked for %s", texts)
		}
		clubtest.OK(t, club.Search.Forget(ctx, newt, last.ID)) // it is not theirs
		if texts, _ := history(rita); texts != "one,two" {
			t.Errorf("somebody else forgot for rita: %s", texts)
		}
		clubtest.OK(t, club.Search.Forget(ctx, rita, last.ID))
		if texts, _ := history(rita); texts != "two" {
			t.Errorf("rita has %s", texts)
		}
		for i := range search.MostKept + 5 {
			ask(rita, fmt.Sprint("q", i))
		}
		var kept int64
		clubtest.OK(t, club.Store.Read(ctx).Table("searches").Where("member_id = ?", rita.ID).Count(&kept).Error)
		if texts, _ := history(rita); kept != search.MostKept || !strings.HasPrefix(texts, "q24,q23,") {
			t.Errorf("%d are kept: %s", kept, texts)
		}
		clubtest.OK(t, club.Search.ForgetAll(ctx, rita))
		mine, _ := history(rita)
		theirs, _ := history(newt)
		if mine != "" || theirs != "secret of newt" {
			t.Errorf("left: %q and %q", mine, theirs)
		}
		if narrow := rita.Narrowed(0, club.Clock.Now().Add(time.Hour)); club.Search.Remember(ctx, narrow, search.Parse("x", tuesday)) != nil || club.Search.ForgetAll(ctx, narrow) == nil {
			t.Error("a token changes what a member asked for")
		}
		clubtest.OK(t, club.Safety.Remove(ctx, club.Again(club.Owner), newt.ID, removal))
		clubtest.OK(t, club.Store.Read(ctx).Table("searches").Count(&kept).Error)
		if kept != 0 {
			t.Errorf("%d are kept of somebody who was removed", kept)
		}
	})
}

var tuesday = clubtest.Start

// TestAnOlderClubGetsItsCards: what was written before there was an index is found once the job is
// through, in stretches, and a stretch that is done twice does no harm.
func TestAnOlderClubGetsItsCards(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		topic, post := start(t, club, club.Newcomer, club.Open, "An old wombat", "Wombat.")
		for range 60 {
			club.Reply(club.Newcomer, topic, "One more wombat.")
		}
		gone := club.Reply(club.Newcomer, topic, "A wombat that went.")
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Newcomer), gone.ID))(t)
		clubtest.Must(club.Forum.React(ctx, club.Again(club.Regular), post, "thanks", true))(t)
		say(t, club, club.Newcomer, club.Open, "wombat")
		before := look(t, club, club.Again(club.Regular), "wombat")
		for _, statement := range []string{"delete from search_words", "delete from search_titles", "delete from search_rows", "insert into search_fills (name, after) values ('posts', 0), ('messages', 0), ('members', 0)"} {
			clubtest.OK(t, club.Store.Write(ctx, func(tx *store.Tx) error { return tx.Exec(statement).Error }))
		}
		if len(before) != 62 || len(look(t, club, club.Again(club.Regular), "wombat")) != 0 {
			t.Fatal("the premise does not hold")
		}
		for range 10 {
			clubtest.OK(t, club.Search.Fill(ctx))
		}
		if after := look(t, club, club.Again(club.Regular), "wombat"); len(after) != len(before) {
			t.Errorf("%d of %d are found", len(after), len(before))
		}
		if first := look(t, club, club.Again(club.Regular), "wombat order:likes"); first[0] != post {
			t.Error("what it was liked by was forgotten")
		}
		agrees(t, club)
		var left int64
		clubtest.OK(t, club.Store.Read(ctx).Table("search_fills").Count(&left).Error)
		if left != 0 {
			t.Error("it does not end")
		}
	})
}
