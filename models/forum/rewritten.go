package forum

import (
	"crypto/sha256"
	"encoding/hex"

	"guildhall/models/problem"
)

// Change is what a post is to say from now on.
type Change struct {
	Text string
	Why  string // or nothing
	From string // the wording that it was begun with; empty: whatever it says now
}

// Wording is a name for what a post says: another text has another one, and the same text the same. It is
// the first 16 hexadecimal digits of the SHA-256 of its Markdown.
func (p Post) Wording() string {
	sum := sha256.Sum256([]byte(p.Source))
	return hex.EncodeToString(sum[:8])
}

// Rewritten is a Conflict problem of an edit whose post was changed since it was begun. Sent again from the
// wording that Now has, it goes through.
type Rewritten struct {
	*problem.Problem
	Now Post
}

// Unwrap gives the Problem.
func (r *Rewritten) Unwrap() error { return r.Problem }

func rewritten(now Post) error {
	return &Rewritten{problem.Conflict("Somebody changed this post while you wrote. See what it says now, and save yours as it is or change it."), now}
}
