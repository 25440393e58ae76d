package views

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/forum"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/space"
	"guildhall/models/standing"
)

func TestHomeListsEachThingOnce(t *testing.T) {
	amara, otis, kofi := people["amara"], people["otis"], people["kofi"]
	note := func(kind string, topic id.ID, title string) home.Note {
		return home.Note{Notification: notify.Notification{Kind: kind, ActorID: &otis.ID, CreatedAt: evening}, Title: title, Space: "questions", Topic: topic, Slug: "x", Number: 3}
	}
	badge := home.Note{Notification: notify.Notification{Kind: notify.Won}, Badge: standing.Badge{Name: "Second light", Words: "Seven days in a row."}}
	listed := func(key, author id.ID, read, last int64) forum.Listed {
		return forum.Listed{Topic: forum.Topic{ID: key, SpaceID: 20, AuthorID: author, Title: "T" + key.String(), Slug: "x", LastNumber: last, LastBy: &kofi.ID}, ReadNumber: read}
	}
	since := home.Since{
		Notes:  []home.Note{note(notify.Accepted, 1, "Magenta cast"), note(notify.Mentioned, 1, "Magenta cast"), badge},
		Topics: []forum.Listed{listed(1, amara.ID, 2, 3), listed(2, amara.ID, 1, 4), listed(3, otis.ID, 0, 1), listed(4, otis.ID, 4, 5)},
	}
	items := ItemsOf(since, amara, map[id.ID]space.Space{20: questions}, byID())
	var got []string
	for _, i := range items {
		got = append(got, i.Title+": "+i.Why)
	}
	want := []string{
		"Magenta cast: Otis accepted your answer", "Second light: You earned the badge",
		"T" + id.ID(2).String() + ": 3 new replies to your question", "T" + id.ID(3).String() + ": New from Otis", "T" + id.ID(4).String() + ": 1 new reply",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("home lists\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if items[0].Where != "Questions" || items[1].Where != "" {
		t.Errorf("the notes are said to be in %q and %q", items[0].Where, items[1].Where)
	}
	if at := PostAddress("questions", 2, "x", 2); items[2].Href != at {
		t.Errorf("it leads to %s, want the first unread post, %s", items[2].Href, at)
	}
}

func TestHomeSaysWhatWaits(t *testing.T) {
	r := shell().Reader
	for _, c := range []struct {
		items, waiting int
		ago            time.Duration
		want           string
	}{
		{5, 3, 3 * aDay, "You were last in on Tuesday. Five things concern you, and three members are waiting for an answer that you could give."},
		{1, 1, aDay, "You were last in yesterday. One thing concerns you, and one member is waiting for an answer that you could give."},
		{0, 0, time.Hour, "You were last in earlier today. Nothing new concerns you."},
		{0, 0, 40 * aDay, "You were last in on 12 October. Nothing new concerns you."},
	} {
		p := HomePage{At: before(c.ago), Items: make([]Item, c.items), Waiting: make([]Row, c.waiting)}
		if got := p.summary(r); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Whoever came in a moment ago was never away.
func TestHomeGreetsWhoIsNew(t *testing.T) {
	p := HomePage{At: before(time.Minute), First: true}
	if got, want := p.summary(shell().Reader), "It is good to have you here. Nothing new concerns you."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := p.since(shell().Reader); got != "you joined" {
		t.Errorf("what is new is so since %s", got)
	}
}

// What others began is not said to concern anybody, and first steps end when they are taken.
func TestHomePartsWhatConcernsOne(t *testing.T) {
	mine, others := Concerning([]Item{{Title: "a"}, {Title: "b", Elsewhere: true}, {Title: "c"}})
	if len(mine) != 2 || len(others) != 1 || others[0].Title != "b" {
		t.Errorf("mine are %+v, of others %+v", mine, others)
	}
	p := homePage()
	if got, want := p.rose(shell().Reader), "Up 27 since Tuesday: 1 answer accepted (+25), 2 days here (+2)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.Gains = nil
	if got := p.rose(shell().Reader); got != "" {
		t.Errorf("nothing gained is %q", got)
	}
	said := []standing.Gain{gain(standing.Reply, 1, 3)}
	if steps := FirstSteps(member.Member{}, said, "/new"); len(steps) != 3 || steps[0].Done || !steps[2].Done {
		t.Errorf("without a picture: %+v", steps)
	}
	if steps := FirstSteps(member.Member{Picture: "x"}, said, "/new"); steps != nil {
		t.Errorf("all taken: %+v", steps)
	}
	c := card()
	if falls(c, shell().Reader) != "" {
		t.Error("a status that is safe is said to fall")
	}
	c.FallsAt = before(-5 * aDay)
	if got := falls(c, shell().Reader); !strings.Contains(got, "holds until 26 November") {
		t.Errorf("a status that falls: %q", got)
	}
}

// Both columns of a ledger add up to the score, as they stand on the page.
func TestTheLedgerOnThePageAddsUp(t *testing.T) {
	p := profilePage()
	var given, worth standing.Points
	for _, g := range p.Ledger.Groups {
		given, worth = given+g.Given, worth+g.Worth
	}
	given += p.Ledger.Behind.Given + p.Ledger.Faded + p.Ledger.Rounding
	worth += p.Ledger.Behind.Worth + p.Ledger.Rounding
	if given != worth || given != standing.Points(p.Ledger.Score*10) {
		t.Fatalf("the sample does not add up: %v, %v", given, worth)
	}
	sums := columns(t, render(t, Profile(p)))
	for i, sum := range sums {
		if sum != p.Ledger.Score*10 {
			t.Errorf("column %d adds up to %d tenths, want %d", i, sum, p.Ledger.Score*10)
		}
	}
}
