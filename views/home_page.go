package views

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"guildhall/models/forum"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/standing"
)

// HomePage is where a member arrives: what changed since they were here, and then its end.
type HomePage struct {
	Me      Person
	At      time.Time // since when
	Items   []Item    // of what concerns them
	New     []Item    // what others began
	Waiting []Row     // questions that they could answer

	Announced []Row // to everybody, until each has opened or dismissed it

	Standing standing.Card
	Gains    []standing.Gain // since then
	Unlisted int64           // things that they were told and have not read, beyond those
	Rooms    []Busy
	Newcomer bool
	First    bool   // they are here for the first time
	Steps    []Step // the first ones, until they are taken
}

// Step is one of the first that a newcomer takes.
type Step struct {
	Icon, Text, Why, Href string
	Done                  bool
}

// FirstSteps are those of m, while any of them is left to take. begins is where one introduces oneself.
func FirstSteps(m member.Member, gains []standing.Gain, begins string) []Step {
	wrote := slices.ContainsFunc(gains, func(g standing.Gain) bool {
		return g.Ever > 0 && (g.Kind.Key == standing.Topic || g.Kind.Key == standing.Reply || g.Kind.Key == standing.Message)
	})
	if wrote && m.Picture != "" {
		return nil
	}
	return []Step{
		{Icon: "camera", Text: "Give yourself a picture", Why: "It need not be of you. People remember it.", Href: "/settings#picture-title", Done: m.Picture != ""},
		{Icon: "door", Text: "Look through the rooms", Why: "What is where, what is open to you, and what opens the rest.", Href: SpacesAddress},
		{Icon: "wave", Text: "Say hello", Why: "Two lines are enough: who you are, and what brings you.", Href: begins, Done: wrote},
	}
}

// mostOf are how many things of a kind home lists before it says where the rest is.
const (
	mostConcerns = 12
	mostNew      = 5
)

// more is how much concerns the member beyond what is listed.
func (p HomePage) more() int64 { return max(0, int64(len(p.Items)-mostConcerns)) + p.Unlisted }

// Concerning parts what concerns a member from what others began.
func Concerning(items []Item) (mine, others []Item) {
	for _, i := range items {
		if i.Elsewhere {
			others = append(others, i)
		} else {
			mine = append(mine, i)
		}
	}
	return mine, others
}

// rose says what the member gained since they were here: "Up 37 since Tuesday: answer accepted (+25)."
func (p HomePage) rose(r Reader) string {
	total, most := 0.0, []string{}
	for _, g := range p.Gains {
		total += g.Points
		if points := math.Round(g.Points); points > 0 && len(most) < 3 {
			most = append(most, fmt.Sprintf("%s %s (+%s)", Number(g.Times), strings.ToLower(g.Kind.Words(g.Times)), Number(int64(points))))
		}
	}
	if total = math.Round(total); total <= 0 || len(most) == 0 {
		return ""
	}
	return fmt.Sprintf("Up %s since %s: %s.", Number(int64(total)), p.since(r), strings.Join(most, ", "))
}

// since is since when: "Tuesday".
func (p HomePage) since(r Reader) string {
	if p.First {
		return "you joined"
	}
	day := r.Since(p.At)
	if day == "earlier today" {
		return "you were here " + day
	}
	return day
}

// falls says until when the status holds by itself, when that is soon.
func falls(c standing.Card, r Reader) string {
	if c.FallsAt.IsZero() || r.Now.IsZero() || c.FallsAt.Sub(r.Now) > fallsSoon {
		return ""
	}
	return fmt.Sprintf("%s holds until %s. With %s points or more it goes on.", c.Rung.Name, r.Say(c.FallsAt, Date), Number(c.Rung.Keep))
}

// Item is one thing of home's finite list.
type Item struct {
	Href  string
	Title string
	By    Person
	Icon  string
	Why   string // "3 new replies to your question"
	Good  bool   // it is a reason to be glad
	Words string
	Where string // the name of the space

	Elsewhere bool // somebody else began it, and nobody spoke to the member in it
}

// Busy is a room with people in it.
type Busy struct {
	Name, Href string
	People     []Person
	N          int64
	Spoken     time.Time // when something was last said, if that is a moment ago
}

// Head names the page.
func (p HomePage) Head() Head {
	return Head{Title: "Home", Crumbs: []Crumb{{Text: "Home"}}, Here: "/", Tab: HomeTab, Feed: latestFeed}
}

// ItemsOf makes the list of home from what home gathered. A topic that a note speaks of is not
// listed twice.
func ItemsOf(s home.Since, me Person, spaces map[id.ID]space.Space, people map[id.ID]Person) []Item {
	var items []Item
	told, names := map[id.ID]bool{}, map[string]string{}
	for _, sp := range spaces {
		names[sp.Slug] = sp.Name
	}
	for _, n := range s.Notes {
		if n.Topic != 0 && told[n.Topic] {
			continue
		}
		told[n.Topic] = true
		item := itemOfNote(n, me, people)
		item.Where = names[n.Space]
		items = append(items, item)
	}
	for _, t := range s.Announced {
		told[t.ID] = true // it stands above the list
	}
	for _, t := range s.Topics {
		if !told[t.ID] {
			items = append(items, itemOfTopic(t, me, spaces[t.SpaceID], people))
		}
	}
	return items
}

func itemOfTopic(t forum.Listed, me Person, in space.Space, people map[id.ID]Person) Item {
	fresh := t.LastNumber - t.ReadNumber
	item := Item{Href: TopicAddress(in.Slug, t.ID, t.Slug), Title: t.Title, By: people[t.AuthorID], Icon: "reply", Where: in.Name}
	if t.LastBy != nil {
		item.By = people[*t.LastBy]
	}
	switch {
	case t.ReadNumber == 0 && t.AuthorID != me.ID:
		item.By, item.Icon, item.Why = people[t.AuthorID], "topic", "New from "+calledBy(people[t.AuthorID])
		item.Elsewhere = true
	case t.AuthorID == me.ID:
		item.Why = Plural(fresh, "new reply", "new replies") + " to " + yours(in)
	default:
		item.Why = Plural(fresh, "new reply", "new replies")
	}
	if t.ReadNumber > 0 {
		item.Href = PostAddress(in.Slug, t.ID, t.Slug, t.ReadNumber+1)
	}
	return item
}

func itemOfNote(n home.Note, me Person, people map[id.ID]Person) Item {
	var by Person
	if n.ActorID != nil {
		by = people[*n.ActorID]
	}
	note := NoteOf(n, me, by)
	item := Item{Href: note.Href, Title: note.Where, By: by, Icon: note.Icon, Words: note.Words, Good: note.Icon == "solved" || note.By == nil}
	item.Why = note.Text
	if note.By != nil {
		item.Why = calledBy(by) + " " + withoutIn(note.Text)
	}
	if item.Title == "" { // of nothing that they may read any more: what was done is all there is to say
		item.Title = cmp.Or(item.Words, "Something of yours")
		item.Words = ""
	}
	return item
}

// withoutIn drops the word that would lead to the title, which stands above.
func withoutIn(text string) string {
	if n := len(text) - len(" in"); n > 0 && text[n:] == " in" {
		return text[:n]
	}
	return text
}

func calledBy(p Person) string {
	if p.Former() {
		return "somebody who has left"
	}
	return First(p.Name)
}

func yours(in space.Space) string {
	if in.Kind == space.Questions {
		return "your question"
	}
	return "what you started"
}

// summary is the sentence under the greeting.
func (p HomePage) summary(r Reader) string {
	concern := fmt.Sprintf("%s %s you", Title(Spelled(int64(len(p.Items)), "thing", "things")), noun(int64(len(p.Items)), "concerns", "concern"))
	if len(p.Items) == 0 {
		concern = "Nothing new concerns you"
	}
	waits := ""
	if n := int64(len(p.Waiting)); n > 0 {
		waits = fmt.Sprintf(", and %s for an answer that you could give", Spelled(n, r.Words.Member+" is waiting", r.Words.Members+" are waiting"))
	}
	if p.First {
		return fmt.Sprintf("It is good to have you here. %s%s.", concern, waits)
	}
	return fmt.Sprintf("You were last in %s. %s%s.", onDay(r.Since(p.At)), concern, waits)
}

// onDay puts "on" before a day that needs it.
func onDay(day string) string {
	if day == "yesterday" || day == "earlier today" {
		return day
	}
	return "on " + day
}

// ladderShare is how far somebody is from their rung to the next.
func ladderShare(c standing.Card) int {
	if c.Next == nil {
		return 100
	}
	return percent(c.Score-c.Rung.Enter, c.Next.Enter-c.Rung.Enter)
}

// toNext says what is to go: "88 to Mentor".
func toNext(c standing.Card) string {
	if c.Next == nil {
		return "the highest there is"
	}
	return Number(c.ToGo) + " to " + c.Next.Name
}

type standingCard = standing.Card
