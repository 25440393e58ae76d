package forum_test

import (
	"fmt"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/store"
)

// manyTopics is how many there are where plans are looked at.
const manyTopics = 100_000

// series is a table of one column n with the numbers from 1 up.
var series = map[string]string{
	"sqlite":   "(with recursive s(n) as (select 1 union all select n + 1 from s where n < %d) select n from s) as s",
	"postgres": "generate_series(1, %d) as s(n)",
}

// earlier is an instant ten minutes before another for each n.
var earlier = map[string]string{"sqlite": "strftime('%Y-%m-%d %H:%M:%f+00:00', ?, '-' || n || '0 minutes')", "postgres": "cast(? as timestamptz) - n * interval '10 minutes'"}

// grow puts topics into a space, ten minutes apart, all with the tag "crowd", every hundredth with another one and every thousandth read by a
// member, without any of what stands in them.
func grow(t *testing.T, club *clubtest.Club, in id.ID, tag id.ID, reader access.Viewer) {
	t.Helper()
	dialect := club.Store.Dialect()
	from, at := fmt.Sprintf(series[dialect], manyTopics), earlier[dialect]
	const first, last = int64(1) << 55, int64(1)<<55 + manyTopics // such ids were given long before
	club.Write(func(tx *store.Tx) error {
		when := tx.Now.UTC().Format("2006-01-02 15:04:05.000")
		if dialect == "postgres" {
			when += "+00"
		}
		for _, do := range []struct {
			sql  string
			with []any
		}{
			{"insert into places (id, space_id, kind) select cast(? as bigint) + n, ?, 'topic' from " + from, []any{first, in}},
			{"insert into topics (id, space_id, author_id, key, title, slug, posts, last_number, created_at, active_at) select cast(? as bigint) + n, ?, ?, 'many-' || n, 'Topic ' || n, 'topic', 1, 1, " + at + ", " + at + " from " + from,
				[]any{first, in, club.Owner.ID, when, when}},
			{"insert into topic_tags (topic_id, tag_id, active_at) select id, ?, active_at from topics where id between ? and ? and id % 100 = 0", []any{tag, first, last}},
			{"insert into topic_tags (topic_id, tag_id, active_at) select topics.id, tags.id, active_at from topics join tags on tags.name = 'crowd' where topics.id between ? and ?", []any{first, last}},
			{"insert into topic_reads (member_id, topic_id, number, at) select ?, id, 1, active_at from topics where id between ? and ? and id % 1000 = 1", []any{reader.ID, first, last}},
			{"analyze", nil},
		} {
			if err := tx.Exec(do.sql, do.with...).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// watchRead collects the statements that lists ask, each with its values.
func watchRead(t *testing.T, db *store.DB, all *[]question) {
	note := func(db *store.DB) {
		if !db.DryRun && db.Statement.SQL.Len() > 0 {
			*all = append(*all, question{db.Statement.SQL.String(), append([]any(nil), db.Statement.Vars...)})
		}
	}
	clubtest.OK(t, db.Callback().Query().After("gorm:query").Register("watch", note))
	clubtest.OK(t, db.Callback().Row().After("gorm:row").Register("watch", note))
}

// question is a statement as it went to the database.
type question struct {
	sql  string
	vars []any
}

// plan is how the database means to answer.
func plan(t *testing.T, club *clubtest.Club, q question) string {
	t.Helper()
	var lines []string
	if club.Store.Dialect() == "postgres" {
		clubtest.OK(t, club.Store.Read(t.Context()).Raw("explain "+q.sql, q.vars...).Scan(&lines).Error)
	} else {
		var steps []struct{ Detail string }
		clubtest.OK(t, club.Store.Read(t.Context()).Raw("explain query plan "+q.sql, q.vars...).Scan(&steps).Error)
		for _, step := range steps {
			lines = append(lines, step.Detail)
		}
	}
	return strings.Join(lines, "\n")
}

// walks tells whether a plan reads a table from its beginning to its end, where an index would do.
func walks(plan string) bool {
	for line := range strings.SplitSeq(plan, "\n") {
		for _, table := range []string{"topics", "places", "topic_tags"} {
			if strings.Contains(line, "Seq Scan on "+table+" ") || strings.TrimSpace(line) == "SCAN "+table {
				return true
			}
		}
	}
	return false
}

// TestListsReadByIndex: in a club of a hundred thousand topics, no list of them reads all of them.
func TestListsReadByIndex(t *testing.T) {
	if testing.Short() {
		t.Skip("a club of many topics is for the long pass")
	}
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Regular
		begins(t, club, club.Open, "Of two tags", "beans", "crowd")
		tag := clubtest.Must(club.Forum.Tag(ctx, club.Again(v), "beans"))(t)
		grow(t, club, club.Open.ID, tag.ID, v)
		v = club.Again(v)
		var all []question
		watchRead(t, club.Store.Read(ctx), &all)
		look := func(name string, size int, of forum.Of) {
			all = nil
			of.Joined = club.Clock.Now().AddDate(-1, 0, 0)
			topics, next, err := club.Forum.List(ctx, v, of, "")
			clubtest.OK(t, err)
			if len(topics) < size {
				t.Errorf("%s lists %d topics", name, len(topics))
			}
			if next != "" {
				_, _, err = club.Forum.List(ctx, v, of, next)
				clubtest.OK(t, err)
			}
			clubtest.Must(club.Forum.Counts(ctx, v, of))(t)
			if len(all) < 2 {
				t.Fatalf("%s asked %d statements", name, len(all))
			}
			for _, q := range all {
				if how := plan(t, club, q); walks(how) {
					t.Errorf("%s:\n%s\n%s", name, how, q.sql)
				}
			}
		}
		all = nil
		clubtest.Must(club.Forum.Pinned(ctx, v, club.Open.ID))(t)
		if how := plan(t, club, all[len(all)-1]); !strings.Contains(how, "topics_pinned") {
			t.Errorf("the pinned ones are looked for among all:\n%s", how)
		}
		all = nil
		clubtest.Must(club.Forum.Announced(ctx, v))(t)
		if how := plan(t, club, all[0]); walks(how) || strings.Contains(how, "SCAN topics") {
			t.Errorf("what is announced is looked for among all:\n%s", how)
		}
		for filter, index := range map[forum.Filter]string{forum.Unanswered: "_latest", forum.Solved: "topics_solved_latest"} {
			all = nil
			_, _, err := club.Forum.List(ctx, v, forum.Of{Filter: filter}, "")
			clubtest.OK(t, err)
			if how := plan(t, club, all[0]); !strings.Contains(how, index) {
				t.Errorf("what is %s everywhere is not read in its order:\n%s", filter, how)
			}
		}
		look("everything", forum.PageSize, forum.Of{})
		look("what is new", forum.PageSize, forum.Of{Filter: forum.Unopened})
		look("what is unread", 0, forum.Of{Filter: forum.Unread})
		look("a space", forum.PageSize, forum.Of{Space: club.Open.ID})
		look("what is unanswered in a space", forum.PageSize, forum.Of{Space: club.Open.ID, Filter: forum.Unanswered})
		look("what is solved in a space", 0, forum.Of{Space: club.Open.ID, Filter: forum.Solved})
		look("a tag", forum.PageSize, forum.Of{Tag: tag.ID})
		crowd := clubtest.Must(club.Forum.Tag(ctx, v, "crowd"))(t)
		look("a tag of all", forum.PageSize, forum.Of{Tag: crowd.ID})
		look("what is new of a tag of all", forum.PageSize, forum.Of{Tag: crowd.ID, Filter: forum.Unopened})
		look("what is unanswered of a tag", forum.PageSize, forum.Of{Tag: tag.ID, Filter: forum.Unanswered})

		all = nil
		if tags := clubtest.Must(club.Forum.Tags(ctx, v))(t); len(tags) != 2 || tags[1].Topics != forum.MostTagged+1 || tags[0].Topics != forum.MostTagged+1 {
			t.Errorf("the list of tags has %+v", tags)
		}
		if how := plan(t, club, all[0]); walks(how) {
			t.Errorf("tags:\n%s", how)
		}
		// And the eyes see: a question that no index answers reads them all.
		if how := plan(t, club, question{sql: "select * from topics where slug = 'no such' and posts = 7"}); !walks(how) {
			t.Errorf("a walk is not seen:\n%s", how)
		}
	})
}
