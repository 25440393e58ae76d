// Package forum holds discussion: topics and posts, reactions, answers, and who has read how far.
package forum

import (
	"strings"
	"sync/atomic"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/preview"
	"guildhall/models/reaction"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Forum answers for the discussion of one club.
type Forum struct {
	store    *store.Store
	access   *access.Access
	members  *member.Members
	standing *standing.Standing
	previews *preview.Previews
	carries  []Carry
	site     atomic.Pointer[string] // where the club stands, as it is before the paths of addresses
}

// StandsAt says where the club is: an address there is one of its own, as a path alone is, and no other. It is
// called before the club is served.
func (f *Forum) StandsAt(base string) {
	base = strings.ToLower(base)
	f.site.Store(&base)
}

// here tells whether an address with that scheme and host, or with none, is one of the club's.
func (f *Forum) here(site string) bool {
	own := f.site.Load()
	return site == "" || own != nil && strings.ToLower(site) == *own
}

// New returns the forum of a database.
func New(s *store.Store, a *access.Access, m *member.Members, st *standing.Standing, p *preview.Previews) *Forum {
	return &Forum{store: s, access: a, members: m, standing: st, previews: p}
}

// Topic is a thread of posts. Its id is its place's.
type Topic struct {
	ID         id.ID
	SpaceID    id.ID
	AuthorID   id.ID
	Key        string
	Title      string
	Slug       string
	Posts      int64 // that can be read
	LastNumber int64 // the highest ever given
	LastBy     *id.ID
	CreatedAt  time.Time
	ActiveAt   time.Time
	PinnedAt   *time.Time
	ClosedAt   *time.Time
	ClosedBy   *id.ID
	AnswerID   *id.ID
	AnsweredAt *time.Time

	PinnedUntil *time.Time // the pin ends by itself; see lapse
	SlowSeconds int64      // between two replies of one member; 0: no slow mode
	SlowBy      *id.ID
	SlowWhy     string
	Timers      string // see Clocks
	Lines       string // see Deeds
	MergedInto  *id.ID // its posts stand there now

	Hidden   bool `gorm:"->;-:migration"` // of its place
	Taster   bool `gorm:"->;-:migration"`
	Unlisted bool `gorm:"->;-:migration"`
	Archived bool `gorm:"->;-:migration"`

	Untold bool `gorm:"-"` // of one that was just begun: it mentions somebody in vain, see Post.Untold
}

// Place makes a topic a thing that access can judge.
func (t Topic) Place() access.Place {
	return access.Place{ID: t.ID, SpaceID: t.SpaceID, Kind: access.TopicPlace, Hidden: t.Hidden, Taster: t.Taster, Unlisted: t.Unlisted, Archived: t.Archived}
}

// Closed tells whether nobody may reply any more but moderators.
func (t Topic) Closed() bool { return t.ClosedAt != nil }

// Pinned tells whether the topic stands at the top of its space.
func (t Topic) Pinned() bool { return t.PinnedAt != nil }

// Solved tells whether an answer was accepted.
func (t Topic) Solved() bool { return t.AnswerID != nil }

// Replies is the number of posts after the first.
func (t Topic) Replies() int64 { return max(0, t.Posts-1) }

// Post is one contribution to a topic. Its number never changes.
type Post struct {
	ID        id.ID
	TopicID   id.ID
	Number    int64
	AuthorID  id.ID
	Key       string
	Source    string // Markdown, as it was typed
	HTML      string // made by models/prose
	Plain     string
	Cards     string // of what it shows from outside; see preview.Cards
	Recipe    int
	CreatedAt time.Time
	EditedAt  *time.Time
	EditedBy  *id.ID
	RemovedAt *time.Time
	RemovedBy *id.ID

	Untold []string `gorm:"-"` // of one that was just written: handles of members who were mentioned and have no key to its space
	Votes  int64    // of members to whom it helped, in a space of questions
	Wiki   bool     // whoever may reply may edit it

	Notice     string // of staff, beside it: Markdown
	NoticeHTML string // made by models/prose
	NoticeBy   *id.ID
	NoticeAt   *time.Time
}

// DOMID is the id of the post's element on a page.
func (p Post) DOMID() string { return "post-" + p.ID.String() }

// Removed tells whether the post was deleted: its text is for its author and the moderators.
func (p Post) Removed() bool { return p.RemovedAt != nil }

// Limits of what is typed, in bytes.
const (
	MaxTitle = 200
	MinTitle = 4
	MaxText  = 32_000
)

// Reactions to posts, in the order of the picker.
var Reactions = []reaction.Kind{
	{Kind: "thanks", Icon: "i-heart", Words: "thanks"},
	{Kind: "question", Icon: "i-bulb", Words: "good question"},
	{Kind: "applause", Icon: "i-clap", Words: "applause"},
	{Kind: "photograph", Icon: "i-camera", Words: "fine photograph"},
	{Kind: "worked", Icon: "i-solved", Words: "this worked"},
}

// Count is how many members gave one kind of reaction to a post.
type Count = reaction.Count

var reactions = reaction.Table{
	Name: "post_reactions", Subject: "post_id",
	Own: []string{
		"select post_id, '" + Voted + "', 0, 1 from post_votes where member_id = ? and post_id in ?",
		"select post_id, '" + Bookmarked + "', 0, 1 from bookmarks where member_id = ? and post_id in ? and removed_at is null",
	},
}
