package search

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/store"
)

// matching is the statement of what fits a question and may be read by the one who asks.
func (a asking) matching(ctx context.Context, q Query) *store.DB {
	yes, no := q.wanted()
	db := a.store.Seek(ctx).Table("search_rows")
	if len(yes) > 0 {
		m := a.all(yes, q.Titled)
		db = a.store.Seek(ctx).Table(m.table).Joins("join search_rows on search_rows.id = "+m.table+".rowid").Where(m.where, m.with)
	}
	db = db.Scopes(access.Findable(a.viewer, "search_rows.place_id"), letters.Had(a.viewer))
	if len(no) > 0 {
		m := a.any(no)
		db = db.Where("search_rows.id not in (?)", a.store.Seek(ctx).Table("search_words").Select("search_words.rowid").Where(m.where, m.with))
	}
	if len(q.Kinds) > 0 {
		db = db.Where("search_rows.kind in ?", q.Kinds)
	}
	if q.Image {
		db = db.Where("search_rows.image")
	}
	if !q.After.IsZero() {
		db = db.Where("search_rows.at >= ?", q.After.UTC())
	}
	if !q.Before.IsZero() {
		db = db.Where("search_rows.at < ?", q.Before.UTC())
	}
	return a.standing(ctx, a.tagged(a.by(a.within(db, q), q), q), q)
}

// within narrows to spaces. One that is not listed for the asker is as one that never was.
func (a asking) within(db *store.DB, q Query) *store.DB {
	if len(q.Spaces) > 0 {
		db = db.Where("places.space_id in ?", a.called(q.Spaces))
	}
	if len(q.NotSpaces) > 0 {
		db = db.Where("(places.space_id is null or places.space_id not in ?)", a.called(q.NotSpaces))
	}
	return db
}

func (a asking) called(slugs []string) []id.ID {
	ids := []id.ID{0} // of nothing
	for _, sp := range a.spaces {
		for _, slug := range slugs {
			if sp.Slug == slug {
				ids = append(ids, sp.ID)
			}
		}
	}
	return ids
}

// by narrows to authors.
func (a asking) by(db *store.DB, q Query) *store.DB {
	if q.Mine || len(q.By) > 0 {
		db = db.Where("search_rows.author_id in ?", a.named(q.By, q.Mine))
	}
	if len(q.NotBy) > 0 {
		db = db.Where("search_rows.author_id not in ?", a.named(q.NotBy, false))
	}
	return db
}

// named are the members of handles, who were looked up before.
func (a asking) named(handles []string, mine bool) []id.ID {
	ids := []id.ID{0} // of nobody
	if mine {
		ids = append(ids, a.viewer.ID)
	}
	for _, h := range handles {
		ids = append(ids, a.people[h])
	}
	if len(ids) > 1 {
		ids = ids[1:] // one author by themselves are found in the order of their index
	}
	return ids
}

// statuses are conditions on the topic that a thing stands in; a question mark is now. Where nothing is asked, nothing waits for an answer.
var statuses = map[Status]string{
	Solved: "topics.answer_id is not null", Unanswered: "topics.answer_id is null and topics.space_id in (select spaces.id from spaces where spaces.kind = 'questions')",
	Open: "topics.closed_at is null", Closed: "topics.closed_at is not null", Archived: "places.archived",
	Unreplied: "topics.posts = 1", Pinned: "topics.pinned_at is not null and (topics.pinned_until is null or topics.pinned_until > ?)",
}

// marks are conditions on a thing, in which each question mark is the asker.
var marks = map[Mark]string{
	Bookmarked: "search_rows.id in (select coalesce(post_id, message_id) from bookmarks where member_id = ? and removed_at is null)",
	Watched:    "search_rows.place_id in (select subject_id from watches where member_id = ? and kind = 'topic' and level = 3)",
	Tracked:    "search_rows.place_id in (select subject_id from watches where member_id = ? and kind = 'topic' and level = 2)",
	Seen:       "search_rows.place_id in (select topic_id from topic_reads where member_id = ? and number > 0)",
	Unseen:     "exists (select 1 from topics where topics.id = search_rows.place_id) and search_rows.place_id not in (select topic_id from topic_reads where member_id = ? and number > 0)",
	Praised:    "search_rows.id in (select post_id from post_reactions where member_id = ? union all select message_id from message_reactions where member_id = ?)",
	Wiki:       "exists (select 1 from posts where posts.id = search_rows.id and posts.wiki)",
}

// standing narrows by how the topic stands, and by what was made of a thing; what stands in no topic is left
// out by the first.
func (a asking) standing(ctx context.Context, db *store.DB, q Query) *store.DB {
	each := func(sql string, with any) []any { return slices.Repeat([]any{with}, strings.Count(sql, "?")) }
	for _, s := range q.Status {
		is := statuses[s]
		db = db.Where("exists (select 1 from topics where topics.id = search_rows.place_id and "+is+")", each(is, a.store.Now(ctx))...)
	}
	for _, m := range q.Marks {
		db = db.Where("("+marks[m]+")", each(marks[m], a.viewer.ID)...)
	}
	if q.Topic != 0 {
		db = db.Where("search_rows.place_id = ?", q.Topic)
	}
	return db
}

// hasTag is the condition that the topic in which a thing stands has a tag, by its name or a former one.
const hasTag = "exists (select 1 from topic_tags join tags on tags.id = topic_tags.tag_id where topic_tags.topic_id = search_rows.place_id" +
	" and (tags.name = ? or tags.id in (select tag_id from tag_names where tag_names.name = ?)))"

// tagged narrows by tags: all that are named, and none of the others.
func (a asking) tagged(db *store.DB, q Query) *store.DB {
	for _, name := range q.Tags {
		db = db.Where(hasTag, name, name)
	}
	for _, name := range q.NotTags {
		db = db.Where("not "+hasTag, name, name)
	}
	return db
}
