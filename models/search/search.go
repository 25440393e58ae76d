// Package search finds topics, posts, messages and members by what is asked for. One question asks all
// of them; what its asker may not read is left out by the same condition that guards every list, in the
// statement that finds. The cards that are searched are written below, by models/index.
package search

import (
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/store"
)

// Deps are whom search asks for what it found.
type Deps struct {
	Access  *access.Access
	Spaces  *space.Spaces
	Forum   *forum.Forum
	Chat    *chat.Chat
	Members *member.Members
	Letters *letters.Letters
}

// Search answers for one club.
type Search struct {
	store *store.Store
	Deps
}

// New returns the search of a database.
func New(s *store.Store, deps Deps) *Search { return &Search{s, deps} }
