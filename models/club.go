// Package models wires the club: one package per noun, on floors, and this type as the only door
// for handlers.
package models

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/founding"
	"guildhall/models/home"
	"guildhall/models/joining"
	"guildhall/models/letters"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/preview"
	"guildhall/models/push"
	"guildhall/models/queue"
	"guildhall/models/safety"
	"guildhall/models/search"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Club is a running club over its database.
type Club struct {
	Site     *site.Site
	Access   *access.Access
	Members  *member.Members
	Standing *standing.Standing
	Spaces   *space.Spaces
	Forum    *forum.Forum
	Chat     *chat.Chat
	Letters  *letters.Letters
	Bell     *notify.Bell
	Files    *files.Files
	Drafts   *draft.Drafts
	Previews *preview.Previews
	Push     *push.Push
	Home     *home.Home
	Joining  *joining.Joining
	Safety   *safety.Safety
	Search   *search.Search
	Founding *founding.Founding
	Streams  *stream.Streams
	Queue    *queue.Queue

	store *store.Store
}

// Open opens the club's database at url (see store.Open), migrates it and wires the club over it.
func Open(ctx context.Context, url string) (*Club, error) {
	s, err := store.Open(ctx, url, store.System{})
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		_ = s.Close() // the first error says more
		return nil, err
	}
	return Over(s), nil
}

// Listen adds fn to those who are told the events of each committed transaction, in order; see
// store.Listen.
func (c *Club) Listen(fn func(context.Context, []any)) { c.store.Listen(fn) }

// Ready asks the database for an answer.
func (c *Club) Ready(ctx context.Context) error { return c.store.Ping(ctx) }

// Founded tells whether there is a club yet.
func (c *Club) Founded(ctx context.Context) (bool, error) {
	_, err := c.Site.Club(ctx)
	if errors.Is(err, site.ErrNotFounded) {
		return false, nil
	}
	return err == nil, err
}

// Close lets what is being sent or noted be kept and ends all connections to the database.
func (c *Club) Close() error {
	c.Chat.Close()
	c.Members.Rest()
	return c.store.Close()
}
