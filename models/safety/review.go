package safety

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/store"
)

// Reported is one thing that waits for a decision: who reported it, and what it is, looked up and
// allowed at this moment. A thing that is gone has neither Post nor Message
// nor Letter.
type Reported struct {
	Flag          // the first report of it
	Flags  []Flag // all that are open, the first among them
	Post   *forum.Picked
	Said   *chat.Picked
	Letter *letters.Reported
	Then   *forum.Version // of a post: what it said when it was first reported
	Space  id.ID          // in which it stands; 0 for a member
	Few    bool           // said among a few: nobody reads it here but whoever opened the report, on record
}

// Author is whose it is, as far as that can be told.
func (r Reported) Author() id.ID {
	switch {
	case r.SubjectKind == OfMember:
		return r.SubjectID
	case r.Post != nil:
		return r.Post.AuthorID
	case r.Said != nil:
		return r.Said.AuthorID
	case r.Letter != nil:
		return r.Letter.AuthorID
	}
	return 0
}

// PageSize is how many things a page of the queue has; mostFlags how many reports are shown of all
// of them together.
const (
	PageSize  = 20
	mostFlags = 200
)

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// Queue returns what waits for v's decision, the longest waiting first, after the cursor: as a
// moderator of its space, or as an owner. Each thing stands there once, however many reported it.
func (s *Safety) Queue(ctx context.Context, v access.Viewer, after Cursor) (all []Reported, next Cursor, err error) {
	var leads []Flag
	db := s.waiting(ctx, v).Select("flags.*")
	if at, key, ok := after.Time(); ok {
		db = db.Where("(flags.created_at, flags.id) > (?, ?)", at, key)
	}
	if err := db.Order("flags.created_at, flags.id").Limit(PageSize + 1).Find(&leads).Error; err != nil {
		return nil, "", err
	}
	leads, next = store.Page(leads, PageSize, func(f Flag) store.Cursor { return store.CursorAt(f.CreatedAt, f.ID) })
	all, err = s.look(ctx, v, leads)
	return all, next, err
}

// mostWaiting is the highest number that the sidebar shows.
const mostWaiting = 100

// Waiting counts what waits for v's decision, up to a hundred.
func (s *Safety) Waiting(ctx context.Context, v access.Viewer) (n int64, err error) {
	if v.CanKeep() != nil {
		return 0, nil
	}
	err = s.store.Read(ctx).Table("(?) as waiting", s.waiting(ctx, v).Select("flags.id").Limit(mostWaiting)).Count(&n).Error
	return n, err
}

// waiting is the statement of what v may decide about: of each thing the first report that is open. What
// v wrote is somebody else's to decide about, and who reported it is not theirs to know; owners see all.
func (s *Safety) waiting(ctx context.Context, v access.Viewer) *store.DB {
	db := s.store.Read(ctx).Model(&Flag{})
	if !v.Owner() {
		db = db.Where("not exists (select 1 from posts where posts.id = flags.subject_id and posts.author_id = ?)", v.ID).
			Where("not exists (select 1 from messages where messages.id = flags.subject_id and messages.author_id = ?)", v.ID)
	}
	return db.Scopes(access.Reviewable(v, "flags.place_id")).Where("flags.decided_at is null").
		Where(`not exists (select 1 from flags e where e.subject_kind = flags.subject_kind and e.subject_id = flags.subject_id
			and e.decided_at is null and (e.created_at, e.id) < (flags.created_at, flags.id))`)
}

// look adds all that is open about the same things, and the things themselves, in six statements.
func (s *Safety) look(ctx context.Context, v access.Viewer, leads []Flag) ([]Reported, error) {
	if len(leads) == 0 {
		return nil, nil
	}
	subjects := make([][]any, len(leads))
	of := map[string][]id.ID{}
	for i, f := range leads {
		subjects[i] = []any{f.SubjectKind, f.SubjectID}
		of[f.SubjectKind] = append(of[f.SubjectKind], f.SubjectID)
	}
	var flags []Flag
	err := s.store.Read(ctx).Where("(subject_kind, subject_id) in ? and decided_at is null", subjects).Order("created_at, id").Limit(mostFlags).Find(&flags).Error
	if err != nil {
		return nil, err
	}
	posts, err := s.forum.Pick(ctx, v, of[OfPost])
	if err != nil {
		return nil, err
	}
	messages, err := s.chat.Pick(ctx, v, of[OfMessage])
	if err != nil {
		return nil, err
	}
	sealed, err := s.letters.Reported(ctx, v, of[OfLetter])
	if err != nil {
		return nil, err
	}
	then, err := s.forum.Versions(ctx, versionsOf(leads))
	if err != nil {
		return nil, err
	}
	all := make([]Reported, len(leads))
	for i, f := range leads {
		all[i] = Reported{Flag: f, Flags: about(f, flags)}
		if p, ok := posts[f.SubjectID]; ok && f.SubjectKind == OfPost {
			all[i].Post, all[i].Space = &p, p.Topic.SpaceID
			if v, ok := then[versionOf(f)]; ok {
				all[i].Then = &v
			}
		}
		if m, ok := messages[f.SubjectID]; ok && f.SubjectKind == OfMessage {
			all[i].Said, all[i].Space = &m, m.SpaceID
		}
		if l, ok := sealed[f.SubjectID]; ok && f.SubjectKind == OfLetter {
			all[i].Letter = &l
		}
	}
	return all, s.unseal(ctx, v, all)
}

// about are those of the flags that report the same thing as f.
func about(f Flag, flags []Flag) (same []Flag) {
	for _, g := range flags {
		if g.SubjectKind == f.SubjectKind && g.SubjectID == f.SubjectID {
			same = append(same, g)
		}
	}
	return same
}

// versionOf is what a reported post said then, or none.
func versionOf(f Flag) id.ID {
	if f.VersionID == nil {
		return 0
	}
	return *f.VersionID
}

func versionsOf(flags []Flag) (keys []id.ID) {
	for _, f := range flags {
		if f.VersionID != nil {
			keys = append(keys, *f.VersionID)
		}
	}
	return keys
}
