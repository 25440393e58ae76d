// Package founding opens a new club: the first set-up page, and the demo club that shows what one
// looks like after a year.
package founding

import (
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Deps is the club that is founded.
type Deps struct {
	Site     *site.Site
	Access   *access.Access
	Members  *member.Members
	Standing *standing.Standing
	Spaces   *space.Spaces
	Forum    *forum.Forum
	Chat     *chat.Chat
	Letters  *letters.Letters
}

// Founding founds the club of one database.
type Founding struct {
	store *store.Store
	Deps
}

// New returns the founding of a database.
func New(s *store.Store, deps Deps) *Founding { return &Founding{s, deps} }
