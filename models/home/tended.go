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

// tells says whether a notification is of such a deed: others may be about the same post.
func tells(r notify.Notification) bool { return r.Kind == notify.Moved || r.Kind == notify.Edited }

// tended reads what was done, by what the notifications are about, if any of them tell of such a thing: of
// topics what the log says, of posts the reason that whoever changed them gave.
func (h *Home) tended(ctx context.Context, rows []notify.Notification) (map[id.ID]tended, error) {
	var lines, posts []id.ID
	for _, r := range rows {
		switch r.Kind {
		case notify.Moved:
			lines = append(lines, r.SubjectID)
		case notify.Edited:
			posts = append(posts, r.SubjectID)
		}
	}
	all := map[id.ID]tended{}
	if len(lines)+len(posts) == 0 {
		return all, nil
	}
	var found []tended
	err := h.store.Read(ctx).Raw(`select id, what, why from audits where id in ?
		union all select posts.id, '', coalesce((select reason from post_versions where post_versions.post_id = posts.id and post_versions.by_id <> posts.author_id
			and post_versions.hidden_at is null order by number desc limit 1), '') from posts where posts.id in ?`, lines, posts).Scan(&found).Error
	for _, d := range found {
		all[d.ID] = d
	}
	return all, err
}
