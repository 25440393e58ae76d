package letters

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Box is a part of a letterbox.
type Box string

// The parts of a letterbox. Drafts, and letters that wait to be delivered, are beside them.
const (
	ToRead   Box = "read"     // a letter came
	ToAnswer Box = "answer"   // it was read, and the last word is somebody else's
	Answered Box = "answered" // the last letter is one's own
	Away     Box = "away"     // put away, until another comes
)

// Boxes are all of them, in the order in which they are shown.
var Boxes = []Box{ToRead, ToAnswer, Answered, Away}

// in is the condition of a part, in which a question mark is the member.
var in = map[Box]string{
	ToRead:   "letter_people.put_away_at is null and letter_people.unread > 0",
	ToAnswer: "letter_people.put_away_at is null and letter_people.unread = 0 and letter_people.last_by <> letter_people.member_id",
	Answered: "letter_people.put_away_at is null and letter_people.unread = 0 and letter_people.last_by = letter_people.member_id",
	Away:     "letter_people.put_away_at is not null",
}

// Entry is a correspondence in a letterbox, with the last letter that its member has of it.
type Entry struct {
	Person
	Title   string
	Plain   string // of the last letter
	Removed bool   // that one was
	Letters int64
	People  []Person `gorm:"-"` // all of them, the member too
}

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// PageSize is how many correspondences a page of a letterbox has.
const PageSize = 20

// mine is the statement of the letterbox of v, whatever is in it.
func (l *Letters) mine(ctx context.Context, v access.Viewer) *store.DB {
	return l.store.Read(ctx).Table("letter_people").Scopes(access.Reachable(v, "letter_people.thread_id")).
		Where("letter_people.member_id = ? and letter_people.left_at is null and letter_people.last_id is not null", v.ID)
}

// Box returns a part of v's letterbox, the latest first, after the cursor: in two statements.
func (l *Letters) Box(ctx context.Context, v access.Viewer, box Box, after Cursor) (all []Entry, next Cursor, err error) {
	db := l.mine(ctx, v).Where(in[box]).Joins("join letter_threads on letter_threads.id = letter_people.thread_id").
		Joins("join letters on letters.id = letter_people.last_id").
		Select("letter_people.*, letter_threads.title, letter_threads.letters, letters.plain, letters.removed_at is not null as removed")
	if at, key, ok := after.Time(); ok {
		db = db.Where("(letter_people.last_at, letter_people.thread_id) < (?, ?)", at, key)
	}
	if err := db.Order("letter_people.last_at desc, letter_people.thread_id desc").Limit(PageSize + 1).Scan(&all).Error; err != nil {
		return nil, "", err
	}
	all, next = store.Page(all, PageSize, func(e Entry) store.Cursor { return store.CursorAt(*e.LastAt, e.ThreadID) })
	return all, next, l.people(ctx, all)
}

// people adds between whom the letters go.
func (l *Letters) people(ctx context.Context, all []Entry) error {
	if len(all) == 0 {
		return nil
	}
	keys := make([]id.ID, len(all))
	at := map[id.ID]int{}
	for i, e := range all {
		keys[i], at[e.ThreadID] = e.ThreadID, i
	}
	var rows []Person
	err := l.store.Read(ctx).Where("thread_id in ?", keys).Order("thread_id, member_id").Find(&rows).Error
	for _, p := range rows {
		e := &all[at[p.ThreadID]]
		e.People = append(e.People, p)
	}
	return err
}

// Counts is how much is in each part of a letterbox, up to MostCounted.
type Counts struct {
	In      map[Box]int64
	Waiting int64 // letters that are not delivered yet
}

// MostCounted is the highest number that is counted to.
const MostCounted = 100

const counted = `select 'read' as what, count(*) as n from (?) as a union all select 'answer', count(*) from (?) as b union all select 'answered', count(*) from (?) as c
	union all select 'away', count(*) from (?) as d union all select 'waiting', count(*) from letters where author_id = ? and number is null`

// Count counts v's letterbox, in one statement.
func (l *Letters) Count(ctx context.Context, v access.Viewer) (c Counts, err error) {
	c.In = map[Box]int64{}
	part := func(b Box) *store.DB {
		return l.mine(ctx, v).Where(in[b]).Select("letter_people.thread_id").Limit(MostCounted)
	}
	var rows []struct {
		What string
		N    int64
	}
	err = l.store.Read(ctx).Raw(counted, part(ToRead), part(ToAnswer), part(Answered), part(Away), v.ID).Scan(&rows).Error
	for _, r := range rows {
		if r.What == "waiting" {
			c.Waiting = r.N
		} else {
			c.In[Box(r.What)] = r.N
		}
	}
	return c, err
}

// Unread is the statement of the correspondences in which v has a letter to read, up to MostCounted.
func (l *Letters) Unread(ctx context.Context, v access.Viewer) *store.DB {
	return l.mine(ctx, v).Where(in[ToRead]).Select("letter_people.thread_id").Limit(MostCounted)
}

// Pending is a letter of one's own that is not delivered yet.
type Pending struct {
	Letter
	Title string
	First bool     // it begins the correspondence
	To    []Person `gorm:"-"` // whom it is for
}

// Waiting returns the letters of v that are not delivered yet, the next one first: in two statements.
func (l *Letters) Waiting(ctx context.Context, v access.Viewer) (all []Pending, err error) {
	err = l.store.Read(ctx).Table("letters").Joins("join letter_threads on letter_threads.id = letters.thread_id").
		Where("letters.author_id = ? and letters.number is null", v.ID).Order("letters.deliver_at, letters.id").Limit(MaxWaiting).
		Select("letters.*, letter_threads.title, letter_threads.letters = 0 as first").Scan(&all).Error
	if err != nil || len(all) == 0 {
		return nil, err
	}
	keys := make([]id.ID, len(all))
	for i, p := range all {
		keys[i] = p.ThreadID
	}
	var people []Person
	err = l.store.Read(ctx).Where("thread_id in ? and member_id <> ? and left_at is null", keys, v.ID).Order("thread_id, member_id").Find(&people).Error
	for i := range all {
		for _, p := range people {
			if p.ThreadID == all[i].ThreadID {
				all[i].To = append(all[i].To, p)
			}
		}
	}
	return all, err
}
