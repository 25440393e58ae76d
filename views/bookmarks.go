package views

import (
	"strings"
	"time"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// BookmarksAddress is where a member finds what they keep.
const BookmarksAddress = "/bookmarks"

// BookmarksPage is what a member keeps.
type BookmarksPage struct {
	forum.Sought
	Kept    []Keepsake
	Next    string
	Later   bool
	Removed id.ID // was just taken away, and can be brought back
	Editing id.ID // whose form was refused
	Note    string
	At      string
	Faults  Faults
}

// Keepsake is one bookmark with what it keeps.
type Keepsake struct {
	forum.Kept
	In     space.Space
	Author Person
}

// BookmarkPage is one bookmark with its note and its reminder, which came from somewhere.
type BookmarkPage struct {
	BookmarksPage
	Keepsake Keepsake
	From     string // where one goes on
}

// Head names the page.
func (p BookmarkPage) Head() Head {
	return Head{Title: "Note and reminder", Crumbs: []Crumb{{"Bookmarks", BookmarksAddress}, {Text: "Note and reminder"}}, Here: BookmarksAddress, Tab: YouTab}
}

// BookmarkAddress is one bookmark's own page.
func BookmarkAddress(bookmark id.ID) string { return BookmarksAddress + "/" + bookmark.String() }

// Head names the page.
func (p BookmarksPage) Head() Head {
	return Head{Title: "Bookmarks", Crumbs: []Crumb{{Text: "Bookmarks"}}, Here: BookmarksAddress, Tab: YouTab}
}

func (p BookmarksPage) shows() string {
	switch {
	case p.Waits:
		return "reminders"
	case p.Topics:
		return "topics"
	}
	return ""
}

func (p BookmarksPage) filters(topics string) []Segmented {
	link := func(text, show string) Segmented {
		return Segmented{Text: text, Href: with(with(BookmarksAddress, "show", show), "q", p.Words), Current: p.shows() == show}
	}
	return []Segmented{link("All", ""), link(topics, "topics"), link("With a reminder", "reminders")}
}

func (p BookmarksPage) older() string {
	return with(with(with(BookmarksAddress, "show", p.shows()), "q", p.Words), "after", p.Next)
}

func (p BookmarksPage) narrowed() bool { return p.Words != "" || p.shows() != "" || p.Later }

// Address is what the bookmark keeps.
func (k Keepsake) Address() string {
	if k.MessageID != 0 {
		return SaidAt(k.In, k.RoomID, k.Seq, k.MessageID)
	}
	return PostAddress(k.In.Slug, k.TopicID, k.Slug, k.Number)
}

func (k Keepsake) root() string { return BookmarksAddress + "/" + k.ID.String() }

// excerpt is how the post begins.
func (k Keepsake) excerpt() string {
	const most = 160
	letters := []rune(strings.Join(strings.Fields(k.Plain), " "))
	if len(letters) <= most {
		return string(letters)
	}
	return string(letters[:most]) + "…"
}

// note and at are what stands in the form: what was typed, where it was refused.
func (p BookmarksPage) note(k Keepsake) string {
	if p.Editing == k.ID {
		return p.Note
	}
	return k.Note
}

func (p BookmarksPage) at(k Keepsake, r Reader) string {
	switch {
	case p.Editing == k.ID:
		return p.At
	case k.RemindAt == nil:
		return ""
	}
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	return k.RemindAt.In(zone).Format("2006-01-02T15:04")
}

func (p BookmarksPage) fault(k Keepsake, field string) string {
	if p.Editing != k.ID {
		return ""
	}
	return p.Faults[field]
}

// whens are the choices of a reminder.
func (k Keepsake) whens() []Option {
	all := []Option{{"", "No reminder"}, {"hour", "In an hour"}, {"tomorrow", "Tomorrow at nine"}, {"week", "On Monday at nine"}, {"at", "At the time below"}}
	if k.RemindAt != nil {
		all = append([]Option{{"keep", "As it is"}}, all...)
	}
	return all
}

func (p BookmarksPage) when(k Keepsake) string {
	switch {
	case p.Editing == k.ID && p.At != "":
		return "at"
	case k.RemindAt != nil:
		return "keep"
	}
	return ""
}
