package member

import (
	"context"
	"errors"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/store"
)

// ErrNoToken is the answer for a token that opens nothing: one that never was, expired, was revoked,
// or whose member left. It does not tell which.
var ErrNoToken = errors.New("a token that opens nothing")

// tokenLength is that of every token.
const tokenLength = len(TokenPrefix) + 43

// Bearer returns who holds a token, as narrow as it is: one statement loads the token, its member
// and both epochs. What is done with the ctx that it returns can only read.
func (s *Members) Bearer(ctx context.Context, secret string) (context.Context, Visit, error) {
	ctx = store.ReadOnly(ctx)
	if len(secret) != tokenLength || !strings.HasPrefix(secret, TokenPrefix) {
		return ctx, Visit{}, ErrNoToken
	}
	var row struct {
		Token  Token  `gorm:"embedded;embeddedPrefix:t_"`
		Member Member `gorm:"embedded;embeddedPrefix:m_"`
		Epoch  int64
		Club   int64
	}
	err := s.store.Read(ctx).Raw(borne, s.store.Now(ctx), Hash(secret)).Take(&row).Error
	if errors.Is(err, store.ErrNotFound) {
		return ctx, Visit{}, ErrNoToken
	}
	if err != nil {
		return ctx, Visit{}, err
	}
	who := access.Who{ID: row.Member.ID, Joined: row.Member.JoinedAt, Epochs: access.Epochs{Member: row.Epoch, Club: row.Club}}
	v, err := s.deps.Access.Viewer(ctx, who)
	return ctx, Visit{Viewer: v.Narrowed(row.Token.Space(), row.Token.ExpiresAt), Member: row.Member, Token: row.Token}, err
}

const borne = `select t.id as t_id, t.member_id as t_member_id, t.name as t_name, t.scopes as t_scopes, t.space_id as t_space_id,
	t.created_at as t_created_at, t.expires_at as t_expires_at, t.last_used_at as t_last_used_at,
	` + whose + ` from tokens t join members m on m.id = t.member_id
	where t.expires_at > ? and t.revoked_at is null and m.left_at is null and t.hash = ?`

// usedPause is how seldom the use of a token is written down.
const usedPause = time.Minute

// Used notes that a token is in use, to the minute and beside whatever it is used for: nobody waits
// for it, and a note that fails is the next request's to write.
func (s *Members) Used(ctx context.Context, t Token) {
	now := s.store.Now(ctx)
	if t.LastUsedAt != nil && now.Sub(*t.LastUsedAt) < usedPause || !s.notes.begin(t.ID) {
		return
	}
	go func() {
		defer s.notes.end(t.ID)
		ctx, stop := context.WithTimeout(store.At(context.Background(), now), usedWithin)
		defer stop()
		_ = s.store.Write(ctx, func(tx *store.Tx) error {
			return tx.Model(&Token{}).Where("id = ? and (last_used_at is null or last_used_at < ?)", t.ID, now).Update("last_used_at", now).Error
		}) // the next request tries again
	}()
}

// usedWithin is how long a note may take.
const usedWithin = 5 * time.Second

// Rest waits for the notes that are being written.
func (s *Members) Rest() { s.notes.wait() }
