package notify

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// What can be unsubscribed from beside a kind: every letter, or the digest.
const (
	EveryLetter = "letters"
	TheDigest   = "digest"
)

// Farewell is what the link in a letter ends.
type Farewell struct {
	Member id.ID
	What   string // a kind, EveryLetter or TheDigest
}

// Token is what stands in the link of a letter by which its reader ends letters of that sort without
// signing in. It holds until the member makes the links of all their letters void.
func (b *Bell) Token(ctx context.Context, f Farewell) (string, error) {
	key, err := store.Value[string](b.store.Read(ctx).Table("told_settings").Where("member_id = ?", f.Member).Select("key"))
	if err != nil {
		return "", err
	}
	return f.Member.String() + "." + f.What + "." + f.mark(key), nil
}

func (f Farewell) mark(key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("unsubscribe:" + f.Member.String() + ":" + f.What))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// Farewell reads the token of a link. One that was changed, or made void, is as one that never was.
func (b *Bell) Farewell(ctx context.Context, token string) (f Farewell, err error) {
	stale := problem.Missing("This link has ended. Choose in your settings what is mailed to you.")
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 100 {
		return f, stale
	}
	member, err := id.Parse(parts[0])
	if err != nil {
		return f, stale
	}
	f = Farewell{member, parts[1]}
	var kept []string
	if err := b.store.Read(ctx).Table("told_settings").Where("member_id = ?", member).Pluck("key", &kept).Error; err != nil {
		return f, err
	}
	if len(kept) != 1 || !hmac.Equal([]byte(f.mark(kept[0])), []byte(parts[2])) {
		return Farewell{}, stale
	}
	return f, nil
}

// Unsubscribe ends what the token of a link is for. Twice is once.
func (b *Bell) Unsubscribe(ctx context.Context, token string) (f Farewell, err error) {
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		if f, err = b.Farewell(tx.Context(), token); err != nil {
			return err
		}
		if f.What == TheDigest {
			if err := settle(tx, f.Member, map[string]any{"digest": Never}); err != nil {
				return err
			}
			return Schedule(tx, f.Member)
		}
		for _, k := range Kinds {
			if f.What == k.Name || f.What == EveryLetter {
				if err := unmail(tx, f.Member, k); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return f, err
}

// unmail lets a kind come by mail no more.
func unmail(tx *store.Tx, member id.ID, k Kind) error {
	row := map[string]any{"member_id": member, "kind": k.Name, "channel": string(ByMail), "wanted": false}
	return tx.Table("told_choices").Clauses(store.Upsert("member_id, kind, channel", "wanted")).Create(row).Error
}

// EndLinks makes void what opens anything in the letters that v was sent so far: their links, and the
// addresses by which they are answered.
func (b *Bell) EndLinks(ctx context.Context, v access.Viewer) error {
	if err := chooses(v); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		if err := EndReplies(tx, v.ID); err != nil {
			return err
		}
		return settle(tx, v.ID, map[string]any{"key": rand.Text() + rand.Text()})
	})
}
