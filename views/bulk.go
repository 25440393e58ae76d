package views

import (
	"slices"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
)

// BulkPage asks again before many topics are changed at once.
type BulkPage struct {
	Space  space.Space // zero: they stand in several
	From   string      // the list in which they were ticked
	Topics []forum.Listed
	Do     forum.Deed
	Until  string // a day until which they are pinned, as it was typed
	Pace   string // in seconds
	Moves  []Option
	To     string // slug of the space, as it was typed
	Tags   string // as they were typed
	Why    string
	Faults Faults
}

// Head names the page.
func (p BulkPage) Head(w site.Words) Head { return bulkHead(p.Space, "Several "+w.Topics) }

func bulkHead(in space.Space, title string) Head {
	if in.ID == 0 {
		return Head{Title: title, Here: LatestAddress, Tab: SpacesTab, Crumbs: []Crumb{{"Latest", LatestAddress}, {Text: title}}}
	}
	at := SpaceAddress(in.Slug)
	return Head{Title: title, Here: at, Tab: SpacesTab, Crumbs: []Crumb{{in.Name, at}, {Text: title}}}
}

// asked is the question, in words.
func (p BulkPage) asked(w site.Words) string {
	n := Plural(int64(len(p.Topics)), w.Topic, w.Topics)
	switch p.Do {
	case forum.ToTag:
		return "Give " + n + " a tag?"
	case forum.ToUntag:
		return "Take a tag off " + n + "?"
	}
	return bulkWords[p.Do] + " " + n + "?"
}

var bulkWords = map[forum.Deed]string{
	forum.ToClose: "Close", forum.ToOpen: "Open", forum.ToArchive: "Archive", forum.ToUnarchive: "Take out of the archive", forum.ToUnlist: "Unlist",
	forum.ToList: "List", forum.ToMove: "Move", forum.ToHide: "Hide", forum.ToShow: "Show",
	forum.ToTag: "Add tags", forum.ToUntag: "Take tags away", forum.ToPin: "Pin", forum.ToUnpin: "Unpin", forum.ToBump: "Bring up", forum.ToSlow: "Slow down",
}

// yes are the words of the button.
func (p BulkPage) yes() string {
	switch p.Do {
	case forum.ToTag:
		return "Add to them"
	case forum.ToUntag:
		return "Take from them"
	}
	return bulkWords[p.Do] + " them"
}

// tagging is the field for the tags that are added, or taken away: then it names those that are there.
func (p BulkPage) tagging() Tagging {
	t := Tagging{Value: p.Tags, Space: p.Space.ID, Fault: p.Faults["tags"], Label: "Tags to add", Hint: "Beside those that each has, between commas or blanks. One would have at most five."}
	if p.Do == forum.ToUntag {
		t.Label, t.Hint = "Tags to take away", "Between commas or blanks."
		if had := p.had(); len(had) > 0 {
			t.Hint += " They have " + Names(had) + "."
		}
	}
	return t
}

// had are the tags of any of them, in order.
func (p BulkPage) had() (names []string) {
	for _, t := range p.Topics {
		names = append(names, t.Tags()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// bulkChoices are what can be done to many topics at once.
func bulkChoices() (all []Option) {
	for _, do := range forum.BulkDeeds {
		all = append(all, Option{string(do), bulkWords[do]})
	}
	return all
}

// BulkDone is what came of it.
type BulkDone struct {
	Space space.Space
	Batch id.ID
	Lines []forum.Logged
	Left  int64
}

// Head names the page.
func (p BulkDone) Head(w site.Words) Head { return bulkHead(p.Space, "Several "+w.Topics) }

func (p BulkDone) standing() (n int64) {
	for _, l := range p.Lines {
		if l.Undoes {
			n++
		}
	}
	return n
}

// in says where they stand.
func (p BulkPage) in(w site.Words) string { return bulkIn(p.Space, w) }
func (p BulkDone) in(w site.Words) string { return bulkIn(p.Space, w) }

func bulkIn(in space.Space, w site.Words) string {
	if in.ID == 0 {
		return "In the " + w.Spaces + " that you look after"
	}
	return "In " + in.Name
}

// back leads to the list in which they were ticked.
func (p BulkPage) back() string {
	if p.Space.ID == 0 {
		return with(p.From, "pick", "on")
	}
	return with(SpaceAddress(p.Space.Slug), "pick", "on")
}

func (p BulkDone) back() string {
	if p.Space.ID == 0 {
		return LatestAddress
	}
	return SpaceAddress(p.Space.Slug)
}

// BulkDoneAddress is the result of what was done at once, in a space or, without one, in several.
func BulkDoneAddress(in string, batch id.ID, left int64) string {
	at := BulkAddress(in) + "/" + batch.String()
	if left > 0 {
		at = with(at, "left", Number(left))
	}
	return at
}

// pick is the address of the list with a box at each topic, or without.
func (l Listing) pick() string {
	at := l.at(l.Filter)
	if l.Filter == forum.Top {
		at = with(at, "period", string(l.Period))
	}
	if l.Picks {
		return at
	}
	return with(at, "pick", "on")
}

// ticks tells whether a topic of the list has a box.
func (l Listing) ticks(r Row) bool { return l.Picks && l.Kept[r.SpaceID] }
