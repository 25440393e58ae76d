package member

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// FeedDays is how long the key of a feed lasts, as every token ends.
const FeedDays = MaxTokenDays

// IssueFeed makes a key with which a program reads feeds in v's name, of one space or (0) of all that v
// may read, and returns its secret, which is kept nowhere. It is a token, counted among them, that
// opens nothing but feeds.
func (s *Members) IssueFeed(ctx context.Context, v access.Viewer, name string, space id.ID) (t Token, secret string, err error) {
	d := TokenDraft{Name: name, Space: space, Days: FeedDays}
	if err := d.named(); err != nil {
		return t, "", err
	}
	return s.issue(ctx, v, d, string(ReadFeeds))
}

// Feeds returns v's keys of feeds, as Tokens does.
func (s *Members) Feeds(ctx context.Context, v access.Viewer) ([]Token, error) {
	return s.issued(ctx, v, "scopes = ?")
}

// FeedReader is Bearer for the key of a feed: a token of any other kind opens none.
func (s *Members) FeedReader(ctx context.Context, secret string) (context.Context, Visit, error) {
	ctx, v, err := s.Bearer(ctx, secret)
	if err == nil && v.Token.Scopes != string(ReadFeeds) {
		return ctx, Visit{}, ErrNoToken
	}
	return ctx, v, err
}
