package member

import (
	"context"
	"strconv"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Arrival is somebody who proved who they are and has not yet told us a name.
type Arrival struct {
	ID        id.ID
	Hash      string
	Provider  string // empty when they came by e-mail link
	Subject   string
	Label     string
	Address   string // confirmed by our own mail, or empty
	Claimed   string // what the provider says; never trusted
	Name      string
	Handle    string
	ReturnTo  string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// Welcome is how long the first-visit page may be thought over.
const Welcome = time.Hour

func arrivalOf(p Proof, returnTo string) Arrival {
	claimed, err := ParseAddress(p.Address)
	if err != nil {
		claimed = "" // none, or one that we would not write to
	}
	return Arrival{
		Provider: p.Provider, Subject: p.Subject, Label: cut(fold(p.Label), 120), Claimed: claimed,
		Name: cut(fold(p.Name), 60), Handle: cut(p.Handle, 60), ReturnTo: returnTo,
	}
}

// arrive keeps an arrival and returns its secret.
func arrive(tx *store.Tx, a Arrival) (secret string, err error) {
	secret = Secret()
	a.ID, a.Hash, a.CreatedAt, a.ExpiresAt = tx.NewID(), Hash(secret), tx.Now, tx.Now.Add(Welcome)
	return secret, tx.Create(&a).Error
}

// Arriving returns the arrival that holds secret, and the member who confirmed its address before:
// known is set only when the mailbox was proved and came with an account of a provider.
func (s *Members) Arriving(ctx context.Context, secret string) (a Arrival, known *Named, err error) {
	db := s.store.Read(ctx)
	a, err = arriving(db, secret, s.store.Now(ctx))
	if err != nil || a.Provider == "" || a.Address == "" {
		return a, nil, err
	}
	member, err := confirmedBy(db, a.Address)
	if err != nil || member == 0 {
		return a, nil, err
	}
	names, err := s.Named(ctx, []id.ID{member})
	n := names[member]
	return a, &n, err
}

func arriving(db *store.DB, secret string, now time.Time) (a Arrival, err error) {
	if secret == "" {
		return a, gone()
	}
	err = db.Take(&a, "hash = ? and used_at is null and expires_at > ?", Hash(secret), now).Error
	if isNotFound(err) {
		return a, gone()
	}
	return a, err
}

func gone() error {
	return problem.Refused("Your sign-in was a while ago, or is finished. Begin again.")
}

// useArrival uses an arrival up with one conditional statement: two visits at once make one member.
func useArrival(tx *store.Tx, secret string) (Arrival, error) {
	var rows []Arrival
	if secret != "" {
		err := tx.Raw("update arrivals set used_at = ? where hash = ? and used_at is null and expires_at > ? returning *", tx.Now, Hash(secret), tx.Now).Scan(&rows).Error
		if err != nil {
			return Arrival{}, err
		}
	}
	if len(rows) != 1 {
		return Arrival{}, gone()
	}
	return rows[0], nil
}

// SuggestHandle returns a free handle like the one that somebody uses elsewhere, or their name, or
// nothing when neither has letters for one.
func (s *Members) SuggestHandle(ctx context.Context, like ...string) (string, error) {
	for _, text := range like {
		root := handleLike(text)
		if len(root) < 2 {
			continue
		}
		var taken []string
		err := s.store.Read(ctx).Table("members").Where("handle like ? escape '!'", escapeLike(root)+"%").Limit(500).Pluck("handle", &taken).Error
		if err != nil {
			return "", err
		}
		return freeHandle(root, taken), nil
	}
	return "", nil
}

// freeHandle is root itself, or root with the least number that makes it free.
func freeHandle(root string, taken []string) string {
	used := map[string]bool{}
	for _, t := range taken {
		used[t] = true
	}
	for n, handle := 2, root; ; n++ {
		if !used[handle] && CheckHandle(handle) == nil {
			return handle
		}
		if n > len(taken)+2 {
			return "" // not a root that a number helps
		}
		handle = root + strconv.Itoa(n)
	}
}

// handleLike folds a name or the front of an address into the letters of a handle.
func handleLike(text string) string {
	text, _, _ = strings.Cut(strings.ToLower(text), "@")
	folded := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_':
			return r
		case r == ' ' || r == '.' || r == '-':
			return '_'
		}
		return -1
	}, text)
	return cut(strings.Trim(folded, "_"), 26)
}
