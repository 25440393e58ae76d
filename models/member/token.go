package member

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Bounds of tokens.
const (
	MaxTokens    = 20  // that one member may have at a time
	MaxTokenDays = 366 // a token always ends
	maxTokenName = 60
)

// TokenPrefix begins every token, so that one which was left somewhere is known for what it is.
const TokenPrefix = "gh_"

// Token lets a program of a member's own read what they may read. Its secret is shown once; the row
// keeps a hash.
type Token struct {
	ID         id.ID
	MemberID   id.ID
	Name       string // the member's own word for it
	Hash       string
	Scopes     string // with blanks between: see Holds
	SpaceID    *id.ID // nil: all that the member may read
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time // to the minute
	RevokedAt  *time.Time
}

// Opens tells whether the token still opens anything at now.
func (t Token) Opens(now time.Time) bool { return t.RevokedAt == nil && now.Before(t.ExpiresAt) }

// Held are the token's scopes.
func (t Token) Held() []Scope {
	var held []Scope
	for _, s := range strings.Fields(t.Scopes) {
		held = append(held, Scope(s))
	}
	return held
}

// Holds tells whether the token has the scope.
func (t Token) Holds(s Scope) bool { return slices.Contains(t.Held(), s) }

// Space is the one space that the token is for, or 0.
func (t Token) Space() id.ID { return key(t.SpaceID) }

// TokenDraft is what a member asks of a new token.
type TokenDraft struct {
	Name   string
	Scopes []Scope
	Space  id.ID // 0: all that the member may read
	Days   int
}

func (d *TokenDraft) named() error {
	d.Name = fold(d.Name)
	switch {
	case d.Name == "":
		return problem.Invalid("name", "Give it a name, so that you know it again.")
	case len(d.Name) > maxTokenName:
		return problem.Invalid("name", "A name has at most %d bytes.", maxTokenName)
	}
	return nil
}

func (d *TokenDraft) check() error {
	if err := d.named(); err != nil {
		return err
	}
	switch {
	case len(d.Scopes) == 0:
		return problem.Invalid("scopes", "Choose at least one thing that it may read.")
	case d.Days < 1 || d.Days > MaxTokenDays:
		return problem.Invalid("days", "A token lasts 1 to %d days.", MaxTokenDays)
	}
	for _, s := range d.Scopes {
		if !s.Known() {
			return problem.Invalid("scopes", "There is no such thing to read. Choose from the list.")
		}
	}
	return nil
}

// scopes writes what was chosen in one order, each once.
func (d TokenDraft) scopes() string {
	var all []string
	for _, s := range Scopes {
		if slices.Contains(d.Scopes, s) {
			all = append(all, string(s))
		}
	}
	return strings.Join(all, " ")
}

// IssueToken makes a token of v's own and returns its secret, which is kept nowhere. A space it is
// for has to be open to v by keys of their own: no token has the powers of staff.
func (s *Members) IssueToken(ctx context.Context, v access.Viewer, d TokenDraft) (t Token, secret string, err error) {
	if err := d.check(); err != nil {
		return t, "", err
	}
	return s.issue(ctx, v, d, d.scopes())
}

func (s *Members) issue(ctx context.Context, v access.Viewer, d TokenDraft, scopes string) (t Token, secret string, err error) {
	secret = TokenPrefix + Secret()
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.deps.Access.Renew(tx, v)
		if err != nil {
			return err
		}
		if _, _, out := v.Suspended(); out || !v.SignedIn() {
			return problem.Refused("You cannot make tokens at present.")
		}
		ends := tx.Now.AddDate(0, 0, d.Days)
		if d.Space != 0 && v.Narrowed(d.Space, ends).CanEnter(d.Space) != nil {
			return problem.Invalid("space", "Choose a space that is open to you by keys of your own: a token has none of the powers of staff.")
		}
		if err := roomForToken(tx, v.ID); err != nil {
			return err
		}
		t = Token{ID: tx.NewID(), MemberID: v.ID, Name: d.Name, Hash: Hash(secret), Scopes: scopes, CreatedAt: tx.Now, ExpiresAt: ends}
		if d.Space != 0 {
			t.SpaceID = &d.Space
		}
		if err := tx.Create(&t).Error; err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "token.made", Space: d.Space, Subject: t.ID, Detail: t.Scopes})
	})
	return t, secret, err
}

// roomForToken refuses one token too many. The member's row is held meanwhile, so that two at once
// are counted one after the other.
func roomForToken(tx *store.Tx, member id.ID) error {
	if err := lockMember(tx, member); err != nil {
		return err
	}
	var n int64
	err := tx.Model(&Token{}).Where("member_id = ? and revoked_at is null and expires_at > ?", member, tx.Now).Count(&n).Error
	if err == nil && n >= MaxTokens {
		err = problem.Conflict("You have %d tokens that still work. Revoke one first.", MaxTokens)
	}
	return err
}

// mostTokens is how many tokens are listed: those that work, and the latest of those that ended.
const mostTokens = 50

// Tokens returns v's tokens, those that still work before those that ended, the latest first. The
// keys of feeds are not among them.
func (s *Members) Tokens(ctx context.Context, v access.Viewer) ([]Token, error) {
	return s.issued(ctx, v, "scopes <> ?")
}

func (s *Members) issued(ctx context.Context, v access.Viewer, which string) (all []Token, err error) {
	now := s.store.Now(ctx)
	err = s.store.Read(ctx).Where("member_id = ?", v.ID).Where(which, string(ReadFeeds)).Order("revoked_at is not null, expires_at desc, id desc").Limit(mostTokens).Find(&all).Error
	slices.SortFunc(all, func(a, b Token) int {
		if works := a.Opens(now); works != b.Opens(now) {
			return map[bool]int{true: -1, false: 1}[works]
		}
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
	})
	return all, err
}

// RevokeToken ends one of v's tokens. It opens nothing from the commit on.
func (s *Members) RevokeToken(ctx context.Context, v access.Viewer, token id.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := v.CanChange(); err != nil {
			return err
		}
		res := tx.Model(&Token{}).Where("id = ? and member_id = ? and revoked_at is null", token, v.ID).Update("revoked_at", tx.Now)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return problem.Missing("There is no such token of yours.")
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "token.revoked", Subject: token})
	})
}
