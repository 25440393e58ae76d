package chat

import (
	"context"
	"errors"
	"strings"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Draft is what somebody is about to say. Key is made by the client: the same key twice says it once.
type Draft struct {
	Key  string
	Text string
	Here []id.ID // who is in the room at this moment, for @here
}

// sending is a message on its way to the committer: cooked, and checked a first time.
type sending struct {
	viewer access.Viewer
	room   id.ID
	key    string
	text   prose.Cooked
	here   []id.ID
	kept   *Message // filled in by keep
}

// Send says d in a room. When it returns without an error the message is kept. If ctx ends first
// the outcome is unknown, and sending again with the same key is safe.
func (c *Chat) Send(ctx context.Context, v access.Viewer, room id.ID, d Draft) (Message, error) {
	text, err := d.cook()
	if err != nil {
		return Message{}, err
	}
	place, err := access.FindPlace(c.store.Read(ctx), room)
	if err != nil {
		return Message{}, err
	}
	if err := v.CanChat(place); err != nil {
		return Message{}, err
	}
	var kept Message
	s := sending{viewer: v, room: room, key: d.Key, text: text, here: d.Here, kept: &kept}
	if store.Within(ctx) {
		err = c.say(ctx, s) // a batch of the caller's, which commits for us
	} else {
		err = c.commits.do(ctx, s)
	}
	if err != nil {
		return Message{}, err // kept may still be written to: it is not looked at
	}
	return kept, nil
}

func (d *Draft) cook() (prose.Cooked, error) {
	d.Text = strings.TrimSpace(strings.ReplaceAll(d.Text, "\r\n", "\n"))
	if d.Key == "" || len(d.Key) > 64 {
		return prose.Cooked{}, problem.Invalid("", "The page is out of date. Load it again; your text stays in it.")
	}
	return cook(d.Text)
}

func cook(text string) (prose.Cooked, error) {
	cooked, err := prose.Message(text)
	switch {
	case errors.Is(err, prose.ErrTooLong):
		return cooked, problem.TooLarge("text", "A message has at most %d letters. Yours has %d.", MaxText, len(text))
	case err != nil:
		return cooked, problem.Invalid("text", "That text has characters that cannot be kept. Paste it as plain text.")
	case cooked.Plain == "" && !strings.Contains(cooked.HTML, "<img"):
		return cooked, problem.Invalid("text", "Write something first.")
	}
	return cooked, nil
}

// keep commits a batch: each message a savepoint of its own, so that one which is refused leaves
// its neighbours standing. An error of the batch itself is everybody's.
func (c *Chat) keep(ctx context.Context, batch []sending) (refused []error, err error) {
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		refused = make([]error, len(batch))
		for i, s := range batch {
			refused[i] = c.say(tx.Context(), s)
			if refused[i] != nil && problem.Of(refused[i]) == nil {
				return refused[i]
			}
		}
		return nil
	})
	return refused, err
}

// say writes one message with what follows from it: its number in the room, the points, those told.
func (c *Chat) say(ctx context.Context, s sending) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, s.viewer)
		if err != nil {
			return err
		}
		place, err := access.FindPlace(tx.DB, s.room)
		if err != nil {
			return err
		}
		if err := v.CanChat(place); err != nil {
			return err
		}
		var before []Message
		if err := tx.Where("author_id = ? and key = ?", v.ID, s.key).Limit(1).Find(&before).Error; err != nil {
			return err
		}
		if len(before) > 0 {
			*s.kept = before[0]
			return nil
		}
		m := Message{ID: tx.NewID(), RoomID: s.room, AuthorID: v.ID, Key: s.key, CreatedAt: tx.Now}
		called, err := c.members.Call(tx, v, place, s.text.HTML, s.text.Mentions, s.here)
		if err != nil {
			return err
		}
		sizes, err := files.Hang(tx, v, place, m.ID, s.text.Files)
		if err != nil {
			return err
		}
		m.Source, m.HTML, m.Plain, m.Recipe = s.text.Source, prose.Sized(called.HTML, sizes), s.text.Plain, prose.Version
		if m.Cards, err = c.previews.Hang(tx, m.RoomID, m.ID, m.HTML); err != nil {
			return err
		}
		if m.Seq, err = stream.Add(tx, s.room, stream.Added, m.ID); err != nil {
			return err
		}
		if err := tx.Create(&m).Error; err != nil {
			return err
		}
		if err := index.Put(tx, card(m)); err != nil {
			return err
		}
		if err := draft.End(tx, v.ID, draft.Message, s.room); err != nil {
			return err
		}
		m.Untold = called.Untold
		*s.kept = m
		if err := c.standing.Earn(tx, standing.Act{Kind: standing.Message, By: v.ID, On: m.ID, At: place}); err != nil {
			return err
		}
		return notify.Tell(tx, notify.Line{Kind: notify.Mentioned, At: s.room, Subject: m.ID, By: v.ID}, called.Tell...)
	})
}
