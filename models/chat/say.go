package chat

import (
	"cmp"
	"context"
	"slices"
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

// keep commits a batch. One that is refused leaves its neighbours standing; an error of the batch
// itself is everybody's.
func (c *Chat) keep(ctx context.Context, batch []sending) (refused []error, err error) {
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		refused, err = c.say(tx, batch)
		return err
	})
	return refused, err
}

// one is a batch of one, within a change of the caller's.
func (c *Chat) one(ctx context.Context, s sending) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		refused, err := c.say(tx, []sending{s})
		return cmp.Or(err, refused[0])
	})
}

// saying is a message that is being kept, and what follows from it.
type saying struct {
	sending
	at      int // in the batch
	place   access.Place
	message Message
	thread  *Message // its root, or nil
	tell    []id.ID
}

// writer is one key of one author: what was said under it stands once.
type writer struct {
	author id.ID
	key    string
}

// say writes messages with what follows from them: their numbers in their rooms, the points, those told.
// It takes about as many statements for many as for one.
func (c *Chat) say(tx *store.Tx, batch []sending) (refused []error, err error) {
	refused = make([]error, len(batch))
	fresh, err := c.admit(tx, batch, refused)
	if err == nil {
		fresh, err = threaded(tx, fresh, refused)
	}
	if err != nil {
		return refused, err
	}
	said := fresh[:0]
	for _, s := range fresh {
		switch err := c.dress(tx, s); {
		case problem.Of(err) != nil:
			refused[s.at] = err
		case err != nil:
			return refused, err
		default:
			said = append(said, s)
		}
	}
	if err := c.write(tx, said); err != nil {
		return refused, err
	}
	for i, s := range batch { // those that came twice too
		if refused[i] == nil && s.kept.ID == 0 {
			for _, first := range said {
				if first.viewer.ID == s.viewer.ID && first.key == s.key {
					*s.kept = first.message
				}
			}
		}
	}
	return refused, nil
}

// admit asks of each message whether it may be said, as of this instant, and returns those that are new.
// Of those that were said before it fills in what is kept.
func (c *Chat) admit(tx *store.Tx, batch []sending, refused []error) (fresh []*saying, err error) {
	var viewers []access.Viewer
	var rooms []id.ID
	for _, s := range batch {
		viewers, rooms = append(viewers, s.viewer), append(rooms, s.room)
	}
	renewed, err := c.access.RenewAll(tx, viewers)
	if err != nil {
		return nil, err
	}
	halls, err := halls(tx, rooms)
	if err != nil {
		return nil, err
	}
	before, err := saidBefore(tx, batch)
	if err != nil {
		return nil, err
	}
	paces, err := pace(tx, halls, batch)
	if err != nil {
		return nil, err
	}
	taken := map[writer]bool{}
	for i, s := range batch {
		who := renewed[s.viewer.ID]
		hall := halls[s.room]
		if refused[i] = cmp.Or(who.Err, hall.CanHear(who.Viewer)); refused[i] != nil {
			continue
		}
		w := writer{s.viewer.ID, s.key}
		if m, ok := before[w]; ok {
			*s.kept = m
		} else if !taken[w] {
			if refused[i] = paces.holds(who.Viewer, hall); refused[i] != nil {
				continue
			}
			taken[w] = true
			s.viewer = who.Viewer
			fresh = append(fresh, &saying{sending: s, at: i, place: hall.Place(), message: Message{ID: tx.NewID(), RoomID: s.room, AuthorID: w.author, Key: s.key, OriginID: some(s.origin), CreatedAt: tx.Now}})
		}
	}
	return fresh, nil
}

// saidBefore are those messages of a batch that are kept already: asked for pair by pair, as each author and
// each key apart would be every key of every author.
func saidBefore(tx *store.Tx, batch []sending) (map[writer]Message, error) {
	var pairs []any
	for _, s := range batch {
		pairs = append(pairs, s.viewer.ID, s.key)
	}
	values := strings.Repeat(", (cast(? as bigint), cast(? as text))", len(batch))[2:]
	var rows []Message
	err := tx.Where("(author_id, key) in (values "+values+")", pairs...).Find(&rows).Error
	by := make(map[writer]Message, len(rows))
	for _, m := range rows {
		by[writer{m.AuthorID, m.Key}] = m
	}
	return by, err
}

// dress finds whom a message calls, and hangs its files and cards on it. A message that has none of them
// asks for nothing; in another, whatever is refused leaves nothing behind.
func (c *Chat) dress(tx *store.Tx, s *saying) error {
	m := &s.message
	m.Source, m.HTML, m.Plain, m.Recipe = s.text.Source, s.text.HTML, s.text.Plain, prose.Version
	if len(s.text.Mentions) == 0 && len(s.text.Files) == 0 && !strings.Contains(m.HTML, "<a ") {
		return nil
	}
	return c.store.Write(tx.Context(), func(tx *store.Tx) error {
		called, err := c.members.Call(tx, s.viewer, s.place, m.HTML, s.text.Mentions, s.here)
		if err != nil {
			return err
		}
		sizes, err := files.Hang(tx, s.viewer, s.place, m.ID, s.text.Files)
		if err != nil {
			return err
		}
		m.HTML, m.Untold, s.tell = prose.Sized(called.HTML, sizes), called.Untold, called.Tell
		m.Cards, err = c.previews.Hang(tx, s.room, m.ID, m.HTML)
		return err
	})
}

// write keeps the messages, and all that follows from them.
func (c *Chat) write(tx *store.Tx, said []*saying) error {
	if len(said) == 0 {
		return nil
	}
	if err := number(tx, said); err != nil {
		return err
	}
	if err := answer(tx, said); err != nil {
		return err
	}
	messages, cards, acts := make([]Message, len(said)), make([]index.Card, len(said)), make([]standing.Act, len(said))
	for i, s := range said {
		messages[i], cards[i] = s.message, card(s.message)
		acts[i] = standing.Act{Kind: standing.Message, By: s.viewer.ID, On: s.message.ID, At: s.place, Made: true}
		*s.kept = s.message
	}
	if err := tx.Create(&messages).Error; err != nil {
		return err
	}
	if err := index.Put(tx, cards...); err != nil {
		return err
	}
	if err := c.standing.Earn(tx, acts...); err != nil {
		return err
	}
	if err := tellDirect(tx, said); err != nil {
		return err
	}
	for _, s := range said {
		if s.place.Private() {
			continue // all who are there are told that it was said
		}
		if err := notify.Tell(tx, notify.Line{Kind: notify.Mentioned, At: s.room, Subject: s.message.ID, By: s.viewer.ID, Without: muting(tx.DB, s.room)}, s.tell...); err != nil {
			return err
		}
	}
	return tellThreads(tx, said)
}

// number gives each message its number in its room, room by room in the order of their keys, and takes
// away the drafts that are said now.
func number(tx *store.Tx, said []*saying) error {
	in := map[id.ID][]*saying{}
	for _, s := range said {
		in[s.room] = append(in[s.room], s)
	}
	rooms := make([]id.ID, 0, len(in))
	for room := range in {
		rooms = append(rooms, room)
	}
	slices.Sort(rooms)
	for _, room := range rooms { // most often it is one
		var subjects, authors []id.ID
		for _, s := range in[room] {
			subjects, authors = append(subjects, s.message.ID), append(authors, s.viewer.ID)
		}
		last, err := stream.Add(tx, room, stream.Added, subjects...)
		if err != nil {
			return err
		}
		for i, s := range in[room] {
			s.message.Seq = last - int64(len(subjects)-1-i)
		}
		if err := draft.End(tx, draft.Message, room, authors...); err != nil {
			return err
		}
	}
	return nil
}
