package home

import (
	"context"

	"guildhall/models/id"
	"guildhall/models/notify"
)

// tended is what somebody did to a post or a topic of another, and why.
type tended struct {
	ID        id.ID
	What, Why string
}

// postRemoved is the word of the log for that.
const postRemoved = "post.removed"

// deed is what was done to something: of a post a change and its removal may both be told.
type deed struct {
	to      id.ID
	removed bool
}

// tended reads what was done, by what the notifications are about, if any of them tell of such a thing: of
// topics what the log says, of posts the reason that whoever changed or removed them gave. Who was given a topic, and has it still, is told
// so as what was done to them.
func (h *Home) tended(ctx context.Context, rows []notify.Notification) (map[deed]tended, error) {
	var lines, posts, gone []id.ID
	var member id.ID // all of them are one member's
	for _, r := range rows {
		member = r.MemberID
		switch r.Kind {
		case notify.Removed:
			gone = append(gone, r.SubjectID)
		case notify.Moved:
			lines = append(lines, r.SubjectID)
		case notify.Edited:
			posts = append(posts, r.SubjectID)
		}
	}
	all := map[deed]tended{}
	if len(lines)+len(posts)+len(gone) == 0 {
		return all, nil
	}
	var found []tended
	err := h.store.Read(ctx).Raw(`select id, case when what = 'topic.given' and exists (select 1 from topics where topics.id = audits.place_id and topics.author_id = ?) then 'topic.received' else what end as what, why
			from audits where id in ?
		union all select posts.id, 'post.removed', coalesce((select why from audits where audits.place_id = posts.topic_id and audits.subject_id = posts.id and audits.what = 'post.removed'
			order by audits.at desc, audits.id desc limit 1), '') from posts where posts.id in ?
		union all select posts.id, '', coalesce((select reason from post_versions where post_versions.post_id = posts.id and post_versions.by_id <> posts.author_id
			and post_versions.hidden_at is null order by number desc limit 1), '') from posts where posts.id in ?`, member, lines, gone, posts).Scan(&found).Error
	for _, d := range found {
		all[deed{d.ID, d.What == postRemoved}] = d
	}
	return all, err
}
