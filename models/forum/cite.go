package forum

import (
	"cmp"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// tellNamed tells those to whom v speaks in a post, each for the nearest reason alone: whom it mentions,
// whose posts it answers, whose topic it replies to, and whose posts it links to. Of a post nobody tells more
// members than a text may mention, by whichever of these and in however many edits.
func (f *Forum) tellNamed(tx *store.Tx, v access.Viewer, t Topic, p Post, mentioned []id.ID, cites []prose.Cite, asker ...id.ID) error {
	line := notify.Line{Kind: notify.Mentioned, At: t.ID, Subject: p.ID, By: v.ID}
	if err := notify.Tell(tx, line, mentioned...); err != nil {
		return err
	}
	quoted, linked, err := f.cited(tx, v, t, p, cites)
	if err != nil {
		return err
	}
	for _, said := range []struct {
		kind string
		to   []id.ID
	}{{notify.Quoted, quoted}, {notify.Replied, asker}, {notify.Linked, linked}} {
		if len(said.to) == 0 || len(said.to) == 1 && said.to[0] == v.ID {
			continue
		}
		line.Kind, line.Without = said.kind, muting(tx.DB, t.ID, said.to)
		if err := notify.Tell(tx, line, said.to...); err != nil {
			return err
		}
	}
	return nil
}

// named are the members whom v has told of a post because its text names them or what they wrote.
func named(tx *store.Tx, v access.Viewer, post id.ID) (all []id.ID, err error) {
	err = tx.Table("notifications").Distinct("member_id").Where("subject_id = ? and actor_id = ? and kind in ?", post, v.ID, []string{notify.Mentioned, notify.Quoted, notify.Linked}).Scan(&all).Error
	return all, err
}

// cited are the authors of the posts that p quotes and links to below t: of those which v may read, the
// authors who may read t, as many as may still be told.
func (f *Forum) cited(tx *store.Tx, v access.Viewer, t Topic, p Post, cites []prose.Cite) (quoted, linked []id.ID, err error) {
	cites = slices.DeleteFunc(slices.Clone(cites), func(c prose.Cite) bool { return !f.here(c.Site) })
	if len(cites) == 0 {
		return nil, nil, nil
	}
	authors, err := authorsOf(tx, v, cites)
	if err != nil || len(authors) == 0 {
		return nil, nil, err
	}
	all := make([]id.ID, 0, len(authors))
	for _, author := range authors {
		all = append(all, author)
	}
	may, err := f.access.Readers(tx.Context(), t, all)
	if err != nil {
		return nil, nil, err
	}
	told, err := named(tx, v, p.ID)
	slices.SortStableFunc(cites, func(a, b prose.Cite) int { return cmp.Compare(nearness(a), nearness(b)) })
	for _, c := range cites {
		author := authors[spotOf(c)]
		switch known := slices.Contains(told, author); {
		case !may[author] || author == v.ID || !known && len(told) >= member.MostMentioned:
			continue
		case !known:
			told = append(told, author)
		}
		if c.Quoted {
			quoted = append(quoted, author)
		} else {
			linked = append(linked, author)
		}
	}
	return quoted, linked, err
}

// nearness puts what is quoted before what is linked.
func nearness(c prose.Cite) int {
	if c.Quoted {
		return 0
	}
	return 1
}

// numbered is a post by its place.
type numbered struct {
	topic  id.ID
	number int64
}

// spotOf is where a text says that the post stands; nowhere for an address that never was.
func spotOf(c prose.Cite) numbered {
	topic, err := id.Parse(c.Topic)
	if err != nil {
		return numbered{}
	}
	return numbered{topic, c.Number}
}

// authorsOf are the authors of posts that v may read, by where a text says that they stand: one that
// moved since is found too.
func authorsOf(tx *store.Tx, v access.Viewer, cites []prose.Cite) (map[numbered]id.ID, error) {
	var topics []id.ID
	var numbers []int64
	for _, c := range cites {
		at := spotOf(c)
		topics, numbers = append(topics, at.topic), append(numbers, at.number)
	}
	var rows []struct {
		AuthorID, TopicID id.ID
		Number            int64
	}
	err := tx.Raw(`select author_id, topic_id, number from (?) as here union all select author_id, topic_id, number from (?) as moved`,
		tx.Table("posts").Select("posts.author_id, posts.topic_id, posts.number").Scopes(access.Reachable(v, "posts.topic_id")).
			Where("posts.topic_id in ? and posts.number in ? and posts.removed_at is null", topics, numbers),
		tx.Table("moved_posts").Joins("join posts on posts.id = moved_posts.post_id").Select("posts.author_id, moved_posts.topic_id, moved_posts.number").Scopes(access.Reachable(v, "posts.topic_id")).
			Where("moved_posts.topic_id in ? and moved_posts.number in ? and posts.removed_at is null", topics, numbers)).Scan(&rows).Error
	authors := map[numbered]id.ID{}
	for _, r := range rows {
		authors[numbered{r.TopicID, r.Number}] = r.AuthorID
	}
	return authors, err
}

// newly are the posts that a changed text names and the one before did not.
func newly(before Post, cites []prose.Cite) []prose.Cite {
	already := prose.CitedIn(before.HTML)
	return slices.DeleteFunc(slices.Clone(cites), func(c prose.Cite) bool {
		return slices.ContainsFunc(already, func(old prose.Cite) bool { return old.Topic == c.Topic && old.Number == c.Number && old.Site == c.Site })
	})
}

// muting is the statement of those of the members who muted a topic, by itself or by a tag or its space:
// of what happens there they are told by name alone.
func muting(db *store.DB, topic id.ID, members []id.ID) *store.DB {
	level := "coalesce((select w.level from watches as w where w.member_id = members.id and w.kind = 'topic' and w.subject_id = topics.id), " +
		"(select max(w.level) from topic_tags as own join watches as w on w.subject_id = own.tag_id and w.kind = 'tag' and w.member_id = members.id where own.topic_id = topics.id), " +
		"(select w.level from watches as w where w.member_id = members.id and w.kind = 'space' and w.subject_id = topics.space_id), 1)"
	return db.Table("topics").Joins("join members on members.id in ?", members).Where("topics.id = ? and "+level+" = 0", topic).Select("members.id as member_id")
}
