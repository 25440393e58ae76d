package views

import (
	"time"

	"guildhall/models/id"
)

// DraftsAddress is where a member finds what they began.
const DraftsAddress = "/drafts"

// DraftsPage is what a member began and has not posted.
type DraftsPage struct {
	Drafts    []Unposted // the latest first
	Scheduled ScheduledPage
	Discarded []Unposted // lately: each can be brought back
	Next      string     // cursor of earlier ones
	Later     bool       // not the first of them
}

// Unposted is one draft as its author reads it. Of one whose place is closed to them nothing is said but
// their own words.
type Unposted struct {
	ID    string
	Icon  string
	What  string // "Reply in “Garden plans”"
	Where string // the space, or nothing
	GoOn  string // empty: its place is not open any more
	Title string
	Text  string
	Other bool // another device wrote something else
	At    time.Time
}

// Head names the page.
func (p DraftsPage) Head() Head {
	return Head{Title: "Drafts", Crumbs: []Crumb{{Text: "Drafts"}}, Here: DraftsAddress}
}

func (k Unposted) address(what string) string { return DraftsAddress + "/" + k.ID + "/" + what }

// excerpt is how a draft begins.
func (k Unposted) excerpt() string {
	const most = 160
	text := []rune(k.Text)
	if len(text) <= most {
		return k.Text
	}
	return string(text[:most]) + "…"
}

// GoingOn is the address of a page on which one writes, with what was begun there.
func GoingOn(address string) string { return with(address, "draft", "on") + "#text" }

// ReplyDraftAddress and its neighbours are where a script saves what is begun.
func ReplyDraftAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/draft" }

// TopicDraftAddress keeps a new topic of a space.
func TopicDraftAddress(space string) string { return SpaceAddress(space) + "/draft" }

// MessageDraftAddress keeps what is about to be said in the room at an address.
func MessageDraftAddress(room string) string { return room + "/draft" }

// PageDraftAddress keeps a page of the club; a new one where it has no id.
func PageDraftAddress(page id.ID) string {
	if page == 0 {
		return ManagePagesAddress + "/draft"
	}
	return ManagePageAddress(page) + "/draft"
}

// ScheduledDraftAddress keeps a change of a topic that waits to be published.
func ScheduledDraftAddress(key id.ID) string { return scheduledRoot(key) + "/draft" }

// DraftAddress keeps another text of the post.
func (p Posted) DraftAddress() string { return p.root() + "/draft" }
