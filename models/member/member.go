// Package member holds the people of the club: who they are, how they prove it, and where they
// are signed in.
package member

import (
	"context"
	"regexp"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Member is one person. The row stays when they leave, emptied.
type Member struct {
	ID         id.ID
	Number     int64 // in order of joining: "Member no. 0318"
	Handle     string
	Name       string
	Bio        string
	Zone       string // IANA name: times are shown to them in it
	Picture    string // hash of their picture, or none
	Theme      string // system, light or dark
	OnBoards   bool
	SingleKeys bool // single keys of the keyboard do something
	JoinedAt   time.Time
	SeenAt     time.Time
	CaughtUpAt time.Time
	RulesAt    time.Time
	InvitedBy  *id.ID
	LeftAt     *time.Time
	RemovedAt  *time.Time // by its owners: nothing leads back in
}

// Location is the member's zone.
func (m Member) Location() *time.Location { return store.Zone(m.Zone) }

// Former tells whether the member has left.
func (m Member) Former() bool { return m.LeftAt != nil }

// Deps are what members need of the floors below and beside them.
type Deps struct {
	Access *access.Access
	// Visited writes the day of a visit into the ledger.
	Visited func(tx *store.Tx, member id.ID) error
	// Relist keeps a member on the boards, or off them; staff stand outside either way.
	Relist func(tx *store.Tx, member id.ID, listed bool) error
	// Invited uses up one use of the invitation with that secret for a guest who just became a
	// member, and tells who invited them. None where nobody can be invited.
	Invited func(tx *store.Tx, secret string, guest id.ID) (by id.ID, err error)
}

// Members answers for the people of one club.
type Members struct {
	store *store.Store
	deps  Deps
	notes notes
}

// New returns the members of a database.
func New(s *store.Store, deps Deps) *Members { return &Members{store: s, deps: deps} }

// Named is a member as they are named beside what they wrote.
type Named struct {
	ID      id.ID
	Handle  string
	Name    string
	Picture string
	LeftAt  *time.Time
}

// Former tells whether the member has left: their name is then nobody's.
func (n Named) Former() bool { return n.LeftAt != nil }

// Named returns the names of members, by id, in one statement; in none for nobody.
func (s *Members) Named(ctx context.Context, ids []id.ID) (map[id.ID]Named, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []Named
	err := s.store.Read(ctx).Table("members").Where("id in ?", ids).Find(&rows).Error
	of := make(map[id.ID]Named, len(rows))
	for _, n := range rows {
		of[n.ID] = n
	}
	return of, err
}

// ByHandle returns the member of that handle. Profiles are shown to whoever may enter the club.
func (s *Members) ByHandle(ctx context.Context, handle string) (m Member, err error) {
	err = s.store.Read(ctx).Take(&m, "handle = ? and left_at is null", strings.ToLower(handle)).Error
	return m, missing(err)
}

// Get returns a member by id.
func (s *Members) Get(ctx context.Context, key id.ID) (m Member, err error) {
	err = s.store.Read(ctx).Take(&m, "id = ?", key).Error
	return m, missing(err)
}

// Search returns at most ten members whose handle or name begins with text, by handle.
func (s *Members) Search(ctx context.Context, text string) (found []Named, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || len(text) > 60 {
		return nil, nil
	}
	like := escapeLike(text) + "%"
	err = s.store.Read(ctx).Table("members").Where("left_at is null and (handle like ? escape '!' or lower(name) like ? escape '!')", like, like).Order("handle").Limit(10).Find(&found).Error
	return found, err
}

// Viewer returns the viewer of a member who is not at a page now: the reader of a mail, the
// member that a socket belongs to.
func (s *Members) Viewer(ctx context.Context, key id.ID) (access.Viewer, error) {
	var who struct {
		JoinedAt time.Time
		Member   int64
		Club     int64
	}
	err := s.store.Read(ctx).Raw(`select joined_at, coalesce((select epoch from epochs where member_id = members.id), 0) as member,
		(select epoch from epochs where member_id = 0) as club from members where id = ? and left_at is null`, key).Take(&who).Error
	if err != nil {
		return access.Viewer{}, missing(err)
	}
	return s.deps.Access.Viewer(ctx, access.Who{ID: key, Joined: who.JoinedAt, Epochs: access.Epochs{Member: who.Member, Club: who.Club}})
}

// Joined is when a member came; for rules that ask for tenure.
func Joined(db *store.DB, key id.ID) (at time.Time, err error) {
	err = db.Model(&Member{}).Select("joined_at").Where("id = ?", key).Take(&at).Error
	return at, missing(err)
}

func escapeLike(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}

func missing(err error) error {
	if isNotFound(err) {
		return problem.Missing("There is no such member.")
	}
	return err
}

var handleShape = regexp.MustCompile(`^[a-z0-9_]{2,30}$`)

// reserved handles would read as the club speaking.
var reserved = map[string]bool{"admin": true, "owner": true, "moderator": true, "staff": true, "system": true, "guildhall": true, "here": true, "everyone": true, "all": true, "me": true, "settings": true}

// CheckHandle tells what is wrong with a handle, or nothing.
func CheckHandle(handle string) error {
	switch {
	case !handleShape.MatchString(handle):
		return problem.Invalid("handle", "A handle has 2 to 30 small letters, digits or underscores.")
	case reserved[handle]:
		return problem.Invalid("handle", "That handle is kept for the club. Choose another.")
	}
	return nil
}

// Some returns members by id, in one statement; in none for nobody.
func (s *Members) Some(ctx context.Context, ids []id.ID) (map[id.ID]Member, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []Member
	err := s.store.Read(ctx).Where("id in ?", ids).Find(&rows).Error
	of := make(map[id.ID]Member, len(rows))
	for _, m := range rows {
		of[m.ID] = m
	}
	return of, err
}

// Handles returns the handles of those members who have one of these, by id, in one statement.
func (s *Members) Handles(ctx context.Context, handles []string) (map[id.ID]string, error) {
	var rows []Named
	err := s.store.Read(ctx).Table("members").Where("handle in ? and left_at is null", handles).Find(&rows).Error
	of := make(map[id.ID]string, len(rows))
	for _, n := range rows {
		of[n.ID] = n.Handle
	}
	return of, err
}
