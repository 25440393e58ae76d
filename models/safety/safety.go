// Package safety holds what members report and what staff decide about it and about them: the review
// queue, warnings, suspensions and removals.
package safety

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/store"
)

// Safety answers for what is reported in one club.
type Safety struct {
	store   *store.Store
	access  *access.Access
	members *member.Members
	forum   *forum.Forum
	chat    *chat.Chat
	letters *letters.Letters
}

// New returns the safety of a database.
func New(s *store.Store, a *access.Access, m *member.Members, f *forum.Forum, c *chat.Chat, l *letters.Letters) *Safety {
	return &Safety{s, a, m, f, c, l}
}

// What can be reported.
const (
	OfPost    = "post"
	OfMessage = "message"
	OfMember  = "member"
	OfLetter  = "letter"
)

// Reasons of a report, in the order in which they are offered.
const (
	Spam     = "spam"
	Hostile  = "hostile"
	OffTopic = "off_topic"
	Other    = "other"
)

// Reasons in the order in which they are offered.
var Reasons = []string{Hostile, Spam, OffTopic, Other}

// What is decided about a report.
const (
	Dismissed = "dismissed"
	Warned    = "warned"  // its author was, and it stays
	Removed   = "removed" // and its author was warned
)

// Flag is one member's report of one thing. It holds references: what it is about is looked up, and
// allowed, when it is drawn.
type Flag struct {
	ID          id.ID
	PlaceID     *id.ID // nil for a report of a member or a letter
	SubjectKind string
	SubjectID   id.ID
	ByID        id.ID
	Reason      string
	Words       string
	CreatedAt   time.Time
	VersionID   *id.ID // of a post: what it said then
	DecidedAt   *time.Time
	DecidedBy   *id.ID
	Decision    *string
}

// Open tells whether nobody decided about it yet.
func (f Flag) Open() bool { return f.DecidedAt == nil }

// MaxWords is the longest remark on a report, in bytes.
const MaxWords = 1000

// Carry takes the reports of posts along to another place: who looks after that decides on them.
func Carry(tx *store.Tx, posts []id.ID, to id.ID) error {
	return tx.Exec("update flags set place_id = ? where subject_kind = 'post' and subject_id in ?", to, posts).Error
}
