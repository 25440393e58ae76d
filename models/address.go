package models

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
)

// TopicAt finds the topic of an address, and the space that the address names: the topic may stand
// in another space by now. The space is asked first, so below a closed door every address answers
// alike; only the taster is let through.
func (c *Club) TopicAt(ctx context.Context, v access.Viewer, slug string, topic id.ID) (space.Space, forum.Listed, error) {
	sp, err := c.Spaces.BySlug(ctx, v, slug)
	if err != nil {
		return sp, forum.Listed{}, err
	}
	t, err := c.Forum.Topic(ctx, v, topic)
	if shut := v.CanEnter(sp.ID); shut != nil && (err != nil || t.SpaceID != sp.ID) {
		return sp, t, shut
	}
	if problem.Of(err) != nil {
		err = c.Nothing() // be it behind another door: this address does not tell
	}
	return sp, t, err
}

// NewID makes an id for what is about to be begun.
func (c *Club) NewID() id.ID { return c.store.NewID() }

// Nothing is the answer where nothing is, or nothing that may be told of.
func (c *Club) Nothing() error {
	return problem.Missing("There is nothing here, or nothing that is open to you.")
}
