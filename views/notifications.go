package views

import (
	"time"

	"guildhall/models/notify"
)

// NotificationsPage lists what the reader was told, and ends.
type NotificationsPage struct {
	Notes  []Note
	Unread int64
	Next   string // cursor of older ones
	Later  bool   // not the first page
	Show   notify.Shown
}

// UnreadNotes is what the address asks for that shows what was not read.
const UnreadNotes = "unread"

// files are the ways to narrow the list.
func (p NotificationsPage) files() []Segmented {
	all := []Segmented{{Text: "All", Href: "/notifications", Current: p.Show == notify.Shown{}},
		{Text: "Unread", Href: p.address(UnreadNotes), Current: p.Show.Unread, Count: p.Unread, What: "unread"}}
	words := map[string]string{notify.Replies: "Replies", notify.Mentions: "Mentions", notify.Thanks: "Thanks", notify.Others: "Other"}
	for _, f := range notify.Files {
		all = append(all, Segmented{Text: words[f], Href: p.address(f), Current: p.Show.Under == f})
	}
	return all
}

func (p NotificationsPage) address(show string) string { return with("/notifications", "show", show) }

// here is the address of the first page of what is shown.
func (p NotificationsPage) here() string {
	switch {
	case p.Show.Unread:
		return p.address(UnreadNotes)
	case p.Show.Under != "":
		return p.address(p.Show.Under)
	}
	return "/notifications"
}

// Head names the page.
func (p NotificationsPage) Head() Head {
	return Head{Title: "Notifications", Crumbs: []Crumb{{Text: "Notifications"}}, Here: "/notifications", Tab: InboxTab}
}

// bundle is a run of notes under one heading.
type bundle struct {
	Title string
	Notes []Note
}

// bundles groups the notes by how long ago they came: they are sorted, latest first.
func (p NotificationsPage) bundles(r Reader) []bundle {
	var all []bundle
	for _, n := range p.Notes {
		title := era(r, n.At)
		if len(all) == 0 || all[len(all)-1].Title != title {
			all = append(all, bundle{Title: title})
		}
		last := &all[len(all)-1]
		last.Notes = append(last.Notes, n)
	}
	return all
}

func era(r Reader, at time.Time) string {
	switch days := calendarDays(r.at(at), r.at(r.Now)); {
	case days <= 0:
		return "Today"
	case days < 7:
		return "Earlier this week"
	}
	return "Earlier"
}
