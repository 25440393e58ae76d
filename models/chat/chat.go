// Package chat holds the rooms of the club and what is said in them.
package chat

import (
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/preview"
	"guildhall/models/problem"
	"guildhall/models/reaction"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Chat answers for the rooms of one club.
type Chat struct {
	store    *store.Store
	access   *access.Access
	members  *member.Members
	standing *standing.Standing
	previews *preview.Previews
	commits  *committer
	starts   Starts
}

// Turns lets messages become topics.
func (c *Chat) Turns(starts Starts) { c.starts = starts }

// New returns the rooms of a database. Close ends what it runs.
func New(s *store.Store, a *access.Access, m *member.Members, st *standing.Standing, p *preview.Previews) *Chat {
	c := &Chat{store: s, access: a, members: m, standing: st, previews: p}
	c.commits = newCommitter(c.keep)
	return c
}

// Close waits for what is being sent and ends the committer. Sends after it are refused.
func (c *Chat) Close() { c.commits.close() }

// Room is the chat of a space, or one of a few people without one. Its id is its place's.
type Room struct {
	ID        id.ID
	SpaceID   id.ID
	CreatedAt time.Time

	Name   string // of a room of a few
	MadeBy *id.ID // of a room without a space: who opened it

	Topic       string // one line
	Manners     string // Markdown
	MannersHTML string // made by models/prose
	SlowSeconds int64  // between two messages of one member; 0: no slow mode
	SlowBy      *id.ID
	SlowWhy     string
	ReadOnly    bool  // those alone speak who look after it
	KeepDays    int64 // how long what is said here is kept; 0: always
	CutSeq      int64 // up to where nothing is left that was too old; 0: nothing went yet

	Hidden   bool          `gorm:"->;-:migration"` // of its place
	Archived bool          `gorm:"->;-:migration"`
	People   access.People `gorm:"->;-:migration"`
}

// Place makes a room a thing that access can judge.
func (r Room) Place() access.Place {
	return access.Place{ID: r.ID, SpaceID: r.SpaceID, Kind: access.RoomPlace, Hidden: r.Hidden, Archived: r.Archived, People: r.People}
}

// Message is one thing said in a room. Seq is that of the change which brought it.
type Message struct {
	ID        id.ID
	RoomID    id.ID
	Seq       int64
	AuthorID  id.ID
	Key       string
	Source    string // Markdown, as it was typed
	HTML      string // made by models/prose
	Plain     string
	Cards     string // of what it shows from outside; see preview.Cards
	Recipe    int
	CreatedAt time.Time
	EditedAt  *time.Time
	RemovedAt *time.Time
	RemovedBy *id.ID

	RootID    *id.ID // the message that it answers in a thread; nil for what stands in the room itself
	Replies   int64  // in its thread, that can be read
	RepliedAt *time.Time
	Repliers  string // see RepliedBy
	PinnedAt  *time.Time
	PinnedBy  *id.ID
	OriginID  *id.ID // the message that it was forwarded from
	TopicID   *id.ID // that was made of it

	Untold []string `gorm:"-"` // of one that was just said: handles of members who were mentioned and have no key to its space
}

// DOMID is the id of the message's element on a page.
func (m Message) DOMID() string { return "message-" + m.ID.String() }

// Removed tells whether the message was deleted.
func (m Message) Removed() bool { return m.RemovedAt != nil }

// MaxText is the longest message, in bytes.
const MaxText = 4_000

// Reactions to messages, in the order of the picker.
var Reactions = []reaction.Kind{
	{Kind: "thanks", Icon: "i-heart", Words: "thanks"},
	{Kind: "applause", Icon: "i-clap", Words: "applause"},
	{Kind: "photograph", Icon: "i-camera", Words: "fine photograph"},
	{Kind: "wave", Icon: "i-wave", Words: "hello"},
}

// Count is how many members gave one kind of reaction to a message.
type Count = reaction.Count

// Bookmarked is the kind under which Stretch.Mine tells of a message that the viewer keeps.
const Bookmarked = "bookmarked"

var reactions = reaction.Table{Name: "message_reactions", Subject: "message_id", Own: []string{
	"select message_id, '" + Bookmarked + "', 0, 1 from bookmarks where member_id = ? and message_id in ? and removed_at is null",
}}

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return problem.Missing("There is no such room or message.")
	}
	return err
}

func some(key id.ID) *id.ID {
	if key == 0 {
		return nil
	}
	return &key
}
