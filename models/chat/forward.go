package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Forward says in another room what was said in this one, as a quotation with its author and the way to it.
// Everybody who may read there must be one who may read here; d.Text, which may be empty, goes before it.
func (c *Chat) Forward(ctx context.Context, v access.Viewer, message, to id.ID, d Draft) (Message, error) {
	m, from, err := c.readable(ctx, v, message)
	if err != nil {
		return Message{}, err
	}
	place, err := access.FindPlace(c.store.Read(ctx), to)
	if err != nil {
		return Message{}, err
	}
	if err := v.CanChat(place); err != nil {
		return Message{}, err
	}
	all, err := c.access.Within(ctx, place, from)
	if err != nil {
		return Message{}, err
	}
	if !all {
		return Message{}, problem.Refused("Some who read that room cannot read this one, so it is not forwarded there.")
	}
	quoted, err := c.quoted(ctx, []Message{m}, from)
	if err != nil {
		return Message{}, err
	}
	if d.Text != "" {
		d.Text += "\n\n"
	}
	d.Text += quoted
	d.origin = m.ID
	return c.Send(ctx, v, to, d)
}

// readable is a message that is there, with its place, if v may read it.
func (c *Chat) readable(ctx context.Context, v access.Viewer, message id.ID) (m Message, at access.Place, err error) {
	db := c.store.Read(ctx)
	if err := db.Where("id = ? and removed_at is null", message).Take(&m).Error; err != nil {
		return m, at, missing(err)
	}
	if at, err = access.FindPlace(db, m.RoomID); err == nil {
		err = v.CanRead(at)
	}
	return m, at, err
}

// Quoted is the Markdown that quotes a message of a room that v may read.
func (c *Chat) Quoted(ctx context.Context, v access.Viewer, r Room, message id.ID) (string, error) {
	m, at, err := c.readable(ctx, v, message)
	if err != nil {
		return "", err
	}
	if at.ID != r.ID {
		return "", missing(store.ErrNotFound)
	}
	return c.quoted(ctx, []Message{m}, at)
}

// quoted is the Markdown that quotes messages of one room, each with its author and the way to it.
func (c *Chat) quoted(ctx context.Context, all []Message, at access.Place) (text string, err error) {
	by := make([]id.ID, len(all))
	for i, m := range all {
		by[i] = m.AuthorID
	}
	named, err := c.members.Named(ctx, by)
	if err != nil {
		return "", err
	}
	path := "/rooms/" + at.ID.String()
	if at.SpaceID != 0 {
		var slug string
		if err := c.store.Read(ctx).Table("spaces").Where("id = ?", at.SpaceID).Pluck("slug", &slug).Error; err != nil {
			return "", err
		}
		path = "/s/" + slug + "/chat"
	}
	for _, m := range all {
		who := named[m.AuthorID]
		text += prose.QuoteSaid(who.Handle, who.Name, path+"?at="+m.ID.String()+"#"+m.DOMID(), m.Source)
	}
	return text, nil
}
