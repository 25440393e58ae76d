package home

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/prose"
)

// Digest is what a member missed while they were away: finite, and only what they may read.
type Digest struct {
	Since  time.Time
	Topics []Missed
}

// Missed is a topic that its reader has not opened, with how it begins.
type Missed struct {
	forum.Listed
	Space string // its slug
	Text  string
}

// mostMissed is how many topics a digest names, and inDigest how much of each it shows, in runes.
const (
	mostMissed = 5
	inDigest   = 280
)

func (h *Home) digest(ctx context.Context, v access.Viewer, l Letter) (_ Letter, ok bool, err error) {
	if l.Digest.Since, ok, err = h.Bell.Away(ctx, v.ID); err != nil || !ok {
		return l, false, err
	}
	topics, err := h.Forum.Missed(ctx, v, l.Digest.Since, mostMissed)
	if err != nil {
		return l, false, err
	}
	keys := make([]id.ID, len(topics))
	for i, t := range topics {
		keys[i] = t.ID
	}
	var texts []struct {
		TopicID id.ID
		HTML    string `gorm:"column:html"`
	}
	err = h.store.Read(ctx).Raw("select topic_id, html from posts where topic_id in ? and number = 1 and removed_at is null", keys).Scan(&texts).Error
	if err != nil {
		return l, false, err
	}
	begins := map[id.ID]string{}
	for _, t := range texts {
		begins[t.TopicID] = prose.Excerpt(prose.Letter(t.HTML), inDigest)
	}
	at, err := h.Spots(ctx, keys, nil)
	if err != nil {
		return l, false, err
	}
	for _, t := range topics {
		l.Digest.Topics = append(l.Digest.Topics, Missed{t, at[t.ID].Space, begins[t.ID]})
	}
	if l.Unread, err = h.Bell.Unread(ctx, v); err != nil {
		return l, false, err
	}
	return l, len(l.Digest.Topics) > 0 || l.Unread > 0, nil
}
