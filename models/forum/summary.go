package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// SummedUp is how many replies a topic has before its best is offered by itself.
const SummedUp = 25

// mostInSummary is how many of the best-liked posts a summary has at the most.
const mostInSummary = 20

// Summary returns the best-liked tenth of a topic's posts, at most twenty of them, in the order of
// time, with the first post and the accepted answer always among them. v may read the topic.
func (f *Forum) Summary(ctx context.Context, v access.Viewer, t Listed) (p Page, err error) {
	p = Page{Topic: t, Order: Oldest, Seq: t.Seq}
	db, answer := f.store.Read(ctx), id.ID(0)
	if t.AnswerID != nil {
		answer = *t.AnswerID
	}
	liked := db.Table("search_rows").Select("id").Where("place_id = ? and likes > 0", t.ID).
		Order("likes desc, at, id").Limit(int(min(mostInSummary, (t.Posts+9)/10)))
	err = db.Where("topic_id = ? and (number = 1 or id = ? or id in (?))", t.ID, answer, liked).Order("number").Find(&p.Posts).Error
	if err != nil {
		return p, err
	}
	for i := range p.Posts {
		p.Posts[i] = veil(v, t.Topic, p.Posts[i])
	}
	p.Given, p.Mine, p.Polls, err = f.given(ctx, v, p.Posts)
	return p, err
}
