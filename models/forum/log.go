package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Logged is a line of the log, with the topic that it is about.
type Logged struct {
	audit.Kept
	Topic  Topic // as it is now
	Undoes bool  // whether there is a way back
	Act    Deed  // or none
}

// logPage is how many lines a page of the log shows.
const logPage = 50

// Log lists what was done to a topic, the latest first, to those who look after it: in their spaces alone, as
// it may have stood elsewhere before.
func (f *Forum) Log(ctx context.Context, v access.Viewer, t Topic, after Cursor) ([]Logged, Cursor, error) {
	if err := v.CanModerate(t); err != nil {
		return nil, "", err
	}
	return f.logged(ctx, v, f.lines(ctx, v).Where("audits.place_id = ?", t.ID), after)
}

// SpaceLog lists what was done to the topics of a space, the posts in them and its room, the latest first, to those
// who look after it.
func (f *Forum) SpaceLog(ctx context.Context, v access.Viewer, space id.ID, after Cursor) ([]Logged, Cursor, error) {
	if !v.Keeps(space) {
		return nil, "", problem.Refused("Only the moderators of this space can do that.")
	}
	return f.logged(ctx, v, f.lines(ctx, v).Where("audits.space_id = ? and (audits.place_id is not null or audits.what in ?)", space, ofSpaces), after)
}

// ofSpaces are the lines of a space's log that are about no topic. What is done to its doors and to those who
// look after it is the owners' to read.
var ofSpaces = []string{"reply.saved", "reply.dropped", "template.saved", "template.dropped",
	"room.topic", "room.manners", "room.slowed", "room.silenced", "room.opened", "room.kept", "message.removed", "message.pinned", "message.unpinned", "message.card_removed", "room.archived", "room.unarchived"}

// Batch lists what was done at once, to those who look after the spaces.
func (f *Forum) Batch(ctx context.Context, v access.Viewer, batch id.ID) ([]Logged, error) {
	lines, _, err := f.named(ctx, v, f.lines(ctx, v).Where("audits.batch_id = ?", batch).Order("audits.at, audits.id").Limit(MaxBulk), MaxBulk)
	return lines, err
}

// lines are those of the spaces that v looks after.
func (f *Forum) lines(ctx context.Context, v access.Viewer) *store.DB {
	return audit.Logged(f.store.Read(ctx)).Scopes(access.Keeping(v, "audits.space_id"))
}

func (f *Forum) logged(ctx context.Context, v access.Viewer, db *store.DB, after Cursor) ([]Logged, Cursor, error) {
	if at, key, ok := after.Time(); ok {
		db = db.Where("(audits.at, audits.id) < (?, ?)", at, key)
	}
	return f.named(ctx, v, db.Order("audits.at desc, audits.id desc").Limit(logPage+1), logPage)
}

// named reads lines with the topics that they are about.
func (f *Forum) named(ctx context.Context, v access.Viewer, db *store.DB, size int) ([]Logged, Cursor, error) {
	var rows []audit.Kept
	if err := db.Find(&rows).Error; err != nil {
		return nil, "", err
	}
	rows, next := store.Page(rows, size, func(k audit.Kept) store.Cursor { return store.CursorAt(k.At, k.ID) })
	keys := make([]id.ID, len(rows))
	for i, k := range rows {
		keys[i] = k.Place
	}
	topics, err := f.held(ctx, v, keys)
	if err != nil {
		return nil, "", err
	}
	lines := make([]Logged, len(rows))
	for i, k := range rows {
		lines[i] = Logged{Kept: k, Topic: topics[k.Place], Undoes: undoes(v, k), Act: DeedOf(k.What)}
	}
	return lines, next, nil
}

// held are those of the topics that stand where v looks after them, by id: of one that went elsewhere the
// title is not told.
func (f *Forum) held(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]Topic, error) {
	var topics []Topic
	if len(keys) > 0 {
		if err := f.store.Read(ctx).Scopes(access.Keeping(v, "topics.space_id")).Where("topics.id in ?", keys).Find(&topics).Error; err != nil {
			return nil, err
		}
	}
	of := make(map[id.ID]Topic, len(topics))
	for _, t := range topics {
		of[t.ID] = t
	}
	return of, nil
}
