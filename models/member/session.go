package member

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// How long a login session lasts: Idle without a visit, Longest in all.
const (
	Idle    = 14 * 24 * time.Hour
	Longest = 90 * 24 * time.Hour
)

// Session is one browser in which a member is signed in. Its secret is known to that browser only;
// the row keeps a hash.
type Session struct {
	ID        id.ID
	MemberID  id.ID
	Hash      string
	Method    string // "google", "link", "passkey", "dev"
	Agent     string
	IP        string
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	AskedAt   *time.Time // when a passkey was last asked for
}

// TableName is the table of Session.
func (Session) TableName() string { return "login_sessions" }

// From is where a sign-in comes from.
type From struct {
	Method string
	Agent  string
	IP     string
	asked  bool // a passkey that made sure of its person
}

// Establish begins a login session and returns its secret, 256 random bits, which is kept nowhere.
// Every way of signing in ends here, so a member who left, was removed or is unknown gets none.
func (s *Members) Establish(tx *store.Tx, member id.ID, from From) (secret string, err error) {
	var m Member
	if err := tx.Take(&m, "id = ?", member).Error; err != nil {
		return "", missing(err)
	}
	switch {
	case m.RemovedAt != nil:
		return "", errRemoved
	case m.Former():
		return "", missing(store.ErrNotFound)
	}
	secret = Secret()
	row := Session{
		ID: tx.NewID(), MemberID: member, Hash: Hash(secret), Method: from.Method, Agent: cut(fold(from.Agent), 200), IP: from.IP,
		CreatedAt: tx.Now, SeenAt: tx.Now, ExpiresAt: tx.Now.Add(Idle),
	}
	if from.asked {
		row.AskedAt = &tx.Now
	}
	if err := tx.Create(&row).Error; err != nil {
		return "", err
	}
	return secret, s.deps.Visited(tx, member)
}

// Visit is what one request knows of who made it.
type Visit struct {
	Viewer  access.Viewer
	Member  Member  // zero for a guest
	Session Session // zero for a guest, and for a token
	Token   Token   // zero but for a program that holds one
	Away    []id.ID // the banners that the member put away
}

// putAway reads the ids of banners as the statement joins them.
func putAway(joined string) (all []id.ID) {
	for _, digits := range strings.Fields(joined) {
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			all = append(all, id.ID(n))
		}
	}
	return all
}

// SignedIn returns who holds secret: one statement loads the login session, its member and both
// epochs. A secret that opens nothing is a guest's, not an error.
func (s *Members) SignedIn(ctx context.Context, secret string) (Visit, error) {
	if secret == "" {
		return s.guest(ctx)
	}
	return s.visit(ctx, "s.hash = ?", Hash(secret))
}

// Still returns the visit of a session that was signed in before, as it is now; a guest's when it
// ended meanwhile.
func (s *Members) Still(ctx context.Context, session id.ID) (Visit, error) {
	return s.visit(ctx, "s.id = ?", session)
}

func (s *Members) visit(ctx context.Context, which string, key any) (Visit, error) {
	row, err := store.One[struct {
		Session Session `gorm:"embedded;embeddedPrefix:s_"`
		Member  Member  `gorm:"embedded;embeddedPrefix:m_"`
		Away    string
		Epoch   int64
		Club    int64
	}](s.store.Read(ctx).Raw(signedIn+which, s.store.Now(ctx), key))
	if errors.Is(err, store.ErrNotFound) {
		return s.guest(ctx)
	}
	if err != nil {
		return Visit{}, err
	}
	v, err := s.deps.Access.Viewer(ctx, access.Who{ID: row.Member.ID, Joined: row.Member.JoinedAt, Epochs: access.Epochs{Member: row.Epoch, Club: row.Club}})
	return Visit{Viewer: v, Member: row.Member, Session: row.Session, Away: putAway(row.Away)}, err
}

const signedIn = `select s.id as s_id, s.member_id as s_member_id, s.method as s_method, s.agent as s_agent, s.ip as s_ip,
	s.created_at as s_created_at, s.seen_at as s_seen_at, s.expires_at as s_expires_at, s.asked_at as s_asked_at,
	` + whose + ` from login_sessions s join members m on m.id = s.member_id
	where s.expires_at > ? and m.left_at is null and `

// whose are the columns of the member m and of both epochs.
const whose = `m.id as m_id, m.number as m_number, m.handle as m_handle, m.name as m_name, m.bio as m_bio, m.zone as m_zone, m.picture as m_picture,
	m.theme as m_theme, m.on_boards as m_on_boards, m.single_keys as m_single_keys, m.joined_at as m_joined_at, m.seen_at as m_seen_at, m.caught_up_at as m_caught_up_at, m.rules_at as m_rules_at,
	coalesce((select string_agg(cast(d.banner_id as text), ' ') from banner_dismissals d where d.member_id = m.id), '') as away,
	coalesce((select epoch from epochs where member_id = m.id), 0) as epoch, (select epoch from epochs where member_id = 0) as club`

func (s *Members) guest(ctx context.Context) (Visit, error) {
	v, err := s.deps.Access.Guest(ctx)
	return Visit{Viewer: v}, err
}

// pause is how seldom a session's row is touched by the requests made with it.
const pause = 5 * time.Minute

// Touch notes that the member is here, at most once in five minutes, prolongs the session, and
// counts the first visit of a day in the ledger.
func (s *Members) Touch(ctx context.Context, v Visit) error {
	now := s.store.Now(ctx)
	if v.Session.ID == 0 || now.Sub(v.Session.SeenAt) < pause && v.Session.SeenAt.YearDay() == now.YearDay() {
		return nil
	}
	expires := now.Add(Idle)
	if last := v.Session.CreatedAt.Add(Longest); expires.After(last) {
		expires = last
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Model(&Session{}).Where("id = ? and seen_at = ?", v.Session.ID, v.Session.SeenAt).Updates(map[string]any{"seen_at": now, "expires_at": expires})
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		if err := tx.Model(&Member{}).Where("id = ? and seen_at < ?", v.Member.ID, now).Update("seen_at", now).Error; err != nil {
			return err
		}
		return s.deps.Visited(tx, v.Member.ID)
	})
}

// Sessions returns where v is signed in, latest first.
func (s *Members) Sessions(ctx context.Context, v access.Viewer) (all []Session, err error) {
	err = s.store.Read(ctx).Where("member_id = ? and expires_at > ?", v.ID, s.store.Now(ctx)).Order("seen_at desc, id").Limit(100).Find(&all).Error
	return all, err
}

// SignOut ends the session that holds secret.
func (s *Members) SignOut(ctx context.Context, secret string) error {
	return s.end(ctx, "hash = ?", Hash(secret))
}

// Revoke ends one of v's sessions.
func (s *Members) Revoke(ctx context.Context, v access.Viewer, session id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.end(ctx, "id = ? and member_id = ?", session, v.ID)
}

// RevokeOthers ends all of v's sessions but this one, and what answers their letters by mail.
func (s *Members) RevokeOthers(ctx context.Context, v access.Viewer, but id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := notify.EndReplies(tx, v.ID); err != nil {
			return err
		}
		return s.end(tx.Context(), "member_id = ? and id <> ?", v.ID, but)
	})
}

// Ended is the event that a login session ended: its sockets close.
type Ended struct{ Session, Member id.ID }

func (s *Members) end(ctx context.Context, where string, args ...any) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		var gone []Session
		if err := tx.Where(where, args...).Find(&gone).Error; err != nil || len(gone) == 0 {
			return err
		}
		if err := tx.Where(where, args...).Delete(&Session{}).Error; err != nil {
			return err
		}
		for _, g := range gone {
			tx.Say(Ended{g.ID, g.MemberID})
		}
		return access.Raise(tx, gone[0].MemberID)
	})
}

// Rotate gives a session a new secret, as rights rose, and notes that a passkey was asked for.
func (s *Members) Rotate(ctx context.Context, session id.ID) (secret string, err error) {
	secret = Secret()
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Model(&Session{}).Where("id = ?", session).Updates(map[string]any{"hash": Hash(secret), "asked_at": tx.Now})
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Refused("Sign in again.")
		}
		return res.Error
	})
	return secret, err
}

// Secret makes 256 random bits, as text that fits a cookie or a link.
func Secret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// Hash is how a secret is kept. 256 random bits need no salt.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// cut keeps at most n bytes, and no half letter: what comes from outside is kept as text.
func cut(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "")
}
