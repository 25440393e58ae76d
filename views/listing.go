package views

import (
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
)

// Where lists across all spaces stand.
const (
	LatestAddress = "/latest"
	TagsAddress   = "/tags"
)

// Listing is a list of topics with its tabs, of one space, of a tag, or of all there is.
type Listing struct {
	Root      string // its address, without parameters
	Filter    forum.Filter
	Period    forum.Period // of the best
	Counts    forum.Counts
	Announced []Row // stand above it, until the reader dismisses them
	Topics    []Row
	Next      string // cursor of what follows
	Later     bool   // not the first page
	Guest     bool
	Tends     bool           // the reader looks after some of the spaces
	Kept      map[id.ID]bool // those of its topics that they look after
	Picks     bool           // with a box at each of theirs
	In        string         // slug of the space whose list it is; empty: of several
	Questions bool           // some of them are, so that answers can be asked for
}

func (l Listing) at(f forum.Filter) string { return with(l.Root, "show", string(f)) }

func (l Listing) filters() []Segmented {
	link := func(text string, f forum.Filter) Segmented {
		return Segmented{Text: text, Href: l.at(f), Current: f == l.Filter}
	}
	all := []Segmented{link("Latest", forum.Latest)}
	if !l.Guest {
		fresh, unread := link("New", forum.Unopened), link("Unread", forum.Unread)
		fresh.Count, fresh.What = l.Counts.New, "new"
		unread.Count, unread.What = l.Counts.Unread, "unread"
		all = append(all, fresh, unread)
	}
	all = append(all, link("Top", forum.Top))
	if l.Questions {
		all = append(all, link("Unanswered", forum.Unanswered), link("Solved", forum.Solved))
	}
	if !l.Guest {
		all = append(all, link("Mine", forum.Mine))
	}
	return all
}

var periodWords = map[forum.Period]string{forum.Week: "Week", forum.Month: "Month", forum.Quarter: "Quarter", forum.Year: "Year", forum.AllTime: "All time"}

func (l Listing) periods() (all []Segmented) {
	for _, p := range forum.Periods {
		all = append(all, Segmented{Text: periodWords[p], Href: with(l.at(forum.Top), "period", string(p)), Current: p == l.Period})
	}
	return all
}

// order says what comes first.
func (l Listing) order() string {
	switch l.Filter {
	case forum.Unopened:
		return "Newest first, of the last two weeks"
	case forum.Top:
		return "Most replies and thanks first"
	}
	return "Latest activity first"
}

func (l Listing) older() string {
	at := l.at(l.Filter)
	if l.Filter == forum.Top {
		at = with(at, "period", string(l.Period))
	}
	return with(at, "after", l.Next)
}

// empty is what stands in the place of a list without topics, and what else there is to see.
type empty struct{ Art, Title, Text, Href, Button string }

func (l Listing) empty(w site.Words) empty {
	all := empty{Href: l.Root, Button: "Show all"}
	switch l.Filter {
	case forum.Unopened:
		all.Art, all.Title, all.Text = Finished, "Nothing new", "You have seen every "+w.Topic+" of the last two weeks."
	case forum.Unread:
		all.Art, all.Title, all.Text = Finished, "Nothing unread", "You are up to date with what you opened and follow."
	case forum.Top:
		all.Art, all.Title, all.Text = Lost, "Nothing stands out yet", "What is answered and thanked for in this time is listed here."
		if l.Period != forum.AllTime {
			all.Href, all.Button = with(l.at(forum.Top), "period", string(forum.AllTime)), "Look at all times"
		}
	case forum.Unanswered:
		all.Art, all.Title, all.Text = Finished, "Every question has its answer", "Nobody is waiting just now."
	case forum.Solved:
		all.Art, all.Title, all.Text = Lost, "Nothing solved yet", "Whoever asks can say which answer helped."
	case forum.Mine:
		all.Art, all.Title, all.Text = Lost, "Nothing of yours yet", "What you start is listed here."
	default:
		all.Art, all.Title, all.Text = Fresh, "Nothing here yet", "What is begun where you may read is listed here."
		all.Href, all.Button = "/", "Back to home"
	}
	return all
}

// LatestPage is the list of all topics that the reader may read.
type LatestPage struct{ Listing }

// Head names the page.
func (p LatestPage) Head(w site.Words) Head {
	title := map[forum.Filter]string{
		forum.Latest: "Latest " + w.Topics, forum.Unopened: "New " + w.Topics, forum.Unread: "Unread " + w.Topics, forum.Top: "Top " + w.Topics,
		forum.Unanswered: "Unanswered questions", forum.Solved: "Solved questions", forum.Mine: "My " + w.Topics,
	}[p.Filter]
	return Head{Title: title, Crumbs: []Crumb{{Text: "All " + w.Spaces}, {Text: title}}, Here: LatestAddress, Tab: SpacesTab}
}
