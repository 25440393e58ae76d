package views

import "time"

// NotificationsPage lists what the reader was told, and ends.
type NotificationsPage struct {
	Notes  []Note
	Unread int64
	Next   string // cursor of older ones
	Later  bool   // not the first page
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
