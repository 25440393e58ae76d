package views

import (
	"fmt"
	"time"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
)

// HomePage is where a member arrives: what changed since they were here, and then its end.
type HomePage struct {
	Me       Person
	At       time.Time // since when
	Items    []Item
	Waiting  []Row // questions that they could answer
	Standing standing.Card
	Rooms    []Busy
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
}

// Busy is a room with people in it.
type Busy struct {
	Name, Href string
	People     []Person
	N          int64
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

// GuestPage is home for somebody who is not signed in.
type GuestPage struct {
	Club   site.Club
	Front  site.Page // what the owners say to strangers; none: the house speaks for itself
	Rooms  []OpenRoom
	Topics []Row         // the latest that anybody may read
	Tiers  []access.Tier // lowest first
}

// OpenRoom is a space as a guest finds it.
type OpenRoom struct {
	space.Space
	Locked string // what opens it, or nothing
}

// Head names the page.
func (p GuestPage) Head() Head {
	return Head{Crumbs: []Crumb{{Text: "Home"}}, Here: "/", Tab: HomeTab, Feed: latestFeed, Public: &Public{Page: "/", About: about(p.Club.Tagline), Kind: "website"}}
}

type standingCard = standing.Card
