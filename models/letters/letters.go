// Package letters is the club's correspondence: private, titled, unhurried writing between two or a few
// people. A letter waits a while after it was written, in which its writer may take it back; then it is
// brought to those it is for, and stands as it is. Nobody but its people reads it: whoever reports one lets
// the owners read that one.
package letters

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Limits of letters. Texts and titles are in bytes.
const (
	MaxTitle  = 200
	MaxText   = prose.MaxPost
	MaxPeople = 8 // to whom one letter goes

	MaxWaiting = 20  // letters of one member that wait to be delivered
	perDay     = 100 // letters that a member writes within a day
	newPerDay  = 20  // of which so many begin a correspondence
	firstDays  = 7 * 24 * time.Hour
	firstDay   = 3 // that is all in the first days of a member
	maxAhead   = 366 * 24 * time.Hour
)

// Pause is how long a letter waits after it was written, unless its writer chose a time.
const Pause = 10 * time.Minute

// Thread is a correspondence: its title, and who may read its letters. The circle is that of its first
// letter: whoever else is to read along gets a new one.
type Thread struct {
	ID        id.ID
	Title     string
	ByID      id.ID
	Key       string
	Letters   int64 // that were delivered
	CreatedAt time.Time
}

// TableName is where correspondences are kept.
func (Thread) TableName() string { return "letter_threads" }

// Letter is one letter of a correspondence.
type Letter struct {
	ID          id.ID
	ThreadID    id.ID
	Number      *int64 // from 1 on; nil until it is delivered
	AuthorID    id.ID
	Key         string
	Source      string
	HTML        string `gorm:"column:html"`
	Plain       string
	Recipe      int
	WrittenAt   time.Time
	DeliverAt   time.Time
	DeliveredAt *time.Time
	Refused     string // why it could not be delivered
	RemovedAt   *time.Time
	RemovedBy   *id.ID
}

// Waits tells whether it is not delivered yet: its writer alone knows of it.
func (l Letter) Waits() bool { return l.Number == nil }

// Removed tells whether the owners took it away.
func (l Letter) Removed() bool { return l.RemovedAt != nil }

// DOMID is the id of its element on a page.
func (l Letter) DOMID() string { return "letter-" + l.ID.String() }

// Person is one of those between whom letters go, with how they have the correspondence in their letterbox.
type Person struct {
	ThreadID   id.ID
	MemberID   id.ID
	LastID     *id.ID
	LastBy     *id.ID
	LastAt     *time.Time
	Unread     int64
	ReadNumber int64
	PutAwayAt  *time.Time
	LeftAt     *time.Time
}

// TableName is where they are kept.
func (Person) TableName() string { return "letter_people" }

// Copy is that a letter was brought to somebody.
type Copy struct {
	LetterID id.ID
	MemberID id.ID
}

// TableName is where copies are kept.
func (Copy) TableName() string { return "letter_copies" }

// Letters answers for the correspondence of one club.
type Letters struct {
	store   *store.Store
	access  *access.Access
	members *member.Members
}

// New returns the letters of a database.
func New(s *store.Store, a *access.Access, m *member.Members) *Letters { return &Letters{s, a, m} }
