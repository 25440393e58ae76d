package views

import (
	"time"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
)

// ScheduledPage lists one's own topics that wait to be published.
type ScheduledPage struct {
	Topics []forum.Scheduled
	Spaces map[id.ID]space.Space // those that the reader sees
}

// Head names the page.
func (p ScheduledPage) Head(w site.Words) Head {
	return Head{Title: "Scheduled " + w.Topics, Tab: YouTab, Crumbs: []Crumb{{Text: "Scheduled " + w.Topics}}}
}

// ScheduledForm changes one of them.
type ScheduledForm struct {
	Scheduled forum.Scheduled
	Space     space.Space
	At        string // as it was typed, or as the reader's clock shows it
	Title     string
	Tags      Tagging
	Text      Compose
	Faults    Faults
}

// Head names the page.
func (p ScheduledForm) Head(w site.Words) Head {
	return Head{Title: "Scheduled " + w.Topic, Tab: YouTab, Crumbs: []Crumb{{"Scheduled " + w.Topics, ScheduledAddress}, {Text: p.Scheduled.Title}}}
}

func scheduledRoot(key id.ID) string { return ScheduledAddress + "/" + key.String() }

// ScheduledOne is the address of one of them.
func ScheduledOne(key id.ID) string { return scheduledRoot(key) }

// Typed is a time as a field for one shows it, by the reader's clock.
func Typed(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2006-01-02T15:04")
}
