package home

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// Note is a notification with what it speaks of, looked up and allowed at this moment.
type Note struct {
	notify.Notification
	Actor   member.Named
	Title   string // of the topic, the room's space or its own name, the rung, the badge, the tier; of a warning its reason
	Space   string // slug of the space that it happened in
	Topic   id.ID
	Slug    string
	Number  int64 // of the post, 0 for a message
	Seq     int64 // of the message, 0 for a post
	Rung    standing.Rung
	Badge   standing.Badge
	Letters id.ID  // the correspondence of a letter
	Said    string // what there is to add: the reason, where somebody gave one
	Did     string // what was done to a topic, in the words of the log: "topic.closed"
}

// Notes returns v's notifications, latest first, with what they speak of: whatever v may not read
// any more is left out. Each kind of thing is looked up in one statement.
func (h *Home) Notes(ctx context.Context, v access.Viewer, after Cursor, size int) ([]Note, Cursor, error) {
	return h.NotesOf(ctx, v, notify.Shown{}, after, size)
}

// NotesOf is Notes for those that are shown.
func (h *Home) NotesOf(ctx context.Context, v access.Viewer, show notify.Shown, after Cursor, size int) ([]Note, Cursor, error) {
	rows, next, err := h.Bell.Filed(ctx, v, show, after, size)
	if err != nil {
		return nil, "", err
	}
	notes, err := h.noted(ctx, rows)
	return notes, next, err
}

// noted looks up what notifications speak of. Whether they may be read was asked by whoever listed them.
func (h *Home) noted(ctx context.Context, rows []notify.Notification) ([]Note, error) {
	var actors, posts, rooms []id.ID
	for _, r := range rows {
		if r.ActorID != nil {
			actors = append(actors, *r.ActorID)
		}
		switch {
		case r.PlaceID != nil && r.Kind == notify.Moved: // it is about the topic as it is now
			posts = append(posts, *r.PlaceID)
		case r.PlaceID != nil:
			posts, rooms = append(posts, r.SubjectID), append(rooms, *r.PlaceID)
		case r.Kind == notify.Granted, r.Kind == notify.Warned, r.Kind == notify.Unpublished:
			posts = append(posts, r.SubjectID)
		}
	}
	named, err := h.Members.Named(ctx, actors)
	if err != nil {
		return nil, err
	}
	at, err := h.Spots(ctx, posts, rooms)
	if err != nil {
		return nil, err
	}
	ladder, badges, err := h.honours(ctx, rows)
	if err != nil {
		return nil, err
	}
	done, err := h.tended(ctx, rows)
	if err != nil {
		return nil, err
	}
	notes := make([]Note, 0, len(rows))
	for _, r := range rows {
		n := Note{Notification: r}
		if r.ActorID != nil {
			n.Actor = named[*r.ActorID]
		}
		if r.PlaceID != nil {
			spot, ok := at[r.SubjectID]
			if !ok {
				if spot, ok = at[*r.PlaceID]; !ok {
					continue
				}
			}
			n.Title, n.Space, n.Topic, n.Slug, n.Number, n.Seq, n.Said, n.Letters = spot.Title, spot.Space, spot.TopicID, spot.Slug, spot.Number, spot.Seq, spot.Said, spot.Letters
		}
		if r.Kind == notify.Granted || r.Kind == notify.Warned || r.Kind == notify.Unpublished {
			n.Title, n.Said = at[r.SubjectID].Title, at[r.SubjectID].Said
		}
		if d, ok := done[deed{r.SubjectID, r.Kind == notify.Removed}]; ok && tells(r) {
			n.Did, n.Said = d.What, d.Why
		}
		n.Rung, n.Badge = ladder[int(r.SubjectID)], badges[r.SubjectID]
		notes = append(notes, n)
	}
	return notes, nil
}

// Spot is where something stands.
type Spot struct {
	ID      id.ID // of the post, the message or the room
	Title   string
	Slug    string
	Space   string
	TopicID id.ID
	Number  int64
	Seq     int64  // of a message
	Letters id.ID  // the correspondence of a letter
	Said    string // of a scheduled topic: why it was not published, or what it was published without
}

// Spots finds where posts, topics, messages, letters and rooms stand, the tiers of grants, the reasons of warnings
// and what became of scheduled topics, by id, in one statement: subjects are any of these, places rooms or topics. Whether
// they may be read was asked by whoever listed them.
func (h *Home) Spots(ctx context.Context, subjects, places []id.ID) (map[id.ID]Spot, error) {
	at := map[id.ID]Spot{}
	if len(subjects)+len(places) == 0 {
		return at, nil
	}
	var found []Spot
	db := h.store.Read(ctx)
	err := db.Raw(`select posts.id, topics.title, topics.slug, spaces.slug as space, topics.id as topic_id, posts.number, 0 as seq, '' as said, 0 as letters
		from posts join topics on topics.id = posts.topic_id join spaces on spaces.id = topics.space_id where posts.id in ?
		union all select topics.id, topics.title, topics.slug, spaces.slug, topics.id, 1, 0, '', 0 from topics join spaces on spaces.id = topics.space_id where topics.id in ?
		union all select grants.id, tiers.name, '', '', 0, 0, 0, '', 0 from grants join tiers on tiers.id = grants.tier_id where grants.id in ?
		union all select sanctions.id, sanctions.reason, '', '', 0, 0, 0, '', 0 from sanctions where sanctions.kind = 'warned' and sanctions.id in ?
		union all select scheduled_topics.id, scheduled_topics.title, coalesce(topics.slug, ''), coalesce(spaces.slug, ''), coalesce(topics.id, 0), 1, 0, scheduled_topics.refused, 0
			from scheduled_topics left join topics on topics.id = scheduled_topics.topic_id left join spaces on spaces.id = topics.space_id where scheduled_topics.id in ?
		union all select messages.id, coalesce(spaces.name, rooms.name), '', coalesce(spaces.slug, ''), 0, 0, messages.seq, '', 0 from messages join rooms on rooms.id = messages.room_id left join spaces on spaces.id = rooms.space_id
			where messages.id in ? and messages.removed_at is null
		union all select rooms.id, coalesce(spaces.name, rooms.name), '', coalesce(spaces.slug, ''), 0, 0, 0, '', 0 from rooms left join spaces on spaces.id = rooms.space_id where rooms.id in ?
		union all select letters.id, letter_threads.title, '', '', 0, 0, 0, letters.refused, letter_threads.id from letters join letter_threads on letter_threads.id = letters.thread_id where letters.id in ?`,
		subjects, subjects, subjects, subjects, subjects, subjects, places, subjects).Scan(&found).Error
	for _, s := range found {
		at[s.ID] = s
	}
	return at, err
}

// honours reads the ladder and the badges if any of the rows speak of one.
func (h *Home) honours(ctx context.Context, rows []notify.Notification) (map[int]standing.Rung, map[id.ID]standing.Badge, error) {
	ladder, badges := map[int]standing.Rung{}, map[id.ID]standing.Badge{}
	wanted := false
	for _, r := range rows {
		wanted = wanted || r.Kind == notify.Rose || r.Kind == notify.Won
	}
	if !wanted {
		return ladder, badges, nil
	}
	rungs, err := h.Standing.Ladder(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rungs {
		ladder[r.Position] = r
	}
	all, err := h.Standing.Badges(ctx)
	for _, b := range all {
		badges[b.ID] = b
	}
	return ladder, badges, err
}
