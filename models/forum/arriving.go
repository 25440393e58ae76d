package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Arriving are the short lists that home shows beside what is new.
type Arriving struct {
	Announced []Listed // by owners, and neither dismissed nor opened since; the latest first
	Waiting   []Listed // questions without an answer that the viewer did not ask
}

// Arriving lists, in one statement, what is announced to v, and at most size questions that wait for an
// answer: where v gave answers that helped before others, and of those with the fewest replies first, of
// the last 30 days.
func (f *Forum) Arriving(ctx context.Context, v access.Viewer, size int) (a Arriving, err error) {
	var rows []struct {
		Listed
		Waits bool
		Turn  int64
	}
	err = f.store.Read(ctx).Raw("select * from (?) as announced union all select * from (?) as waiting order by turn", f.announcedTo(ctx, v), f.waiting(ctx, v, size)).Scan(&rows).Error
	told := map[id.ID]bool{} // one that is announced does not wait below as well
	for _, r := range rows {
		if !r.Waits {
			told[r.ID] = true
			a.Announced = append(a.Announced, r.Listed)
		}
	}
	for _, r := range rows {
		if r.Waits && !told[r.ID] {
			a.Waiting = append(a.Waiting, r.Listed)
		}
	}
	lapse(a.Announced, f.store.Now(ctx))
	lapse(a.Waiting, f.store.Now(ctx))
	return a, err
}

// announcedTo is the statement of the announcements that v has not opened since they were made.
func (f *Forum) announcedTo(ctx context.Context, v access.Viewer) *store.DB {
	const turn = ", false as waits, row_number() over (order by announcements.at desc, topics.id desc) as turn"
	return f.announced(ctx, v).Select(f.columns() + turn).Where("topic_reads.at is null or topic_reads.number = 0 or topic_reads.at < announcements.at")
}

// Waiting is the second of the two lists by itself.
func (f *Forum) Waiting(ctx context.Context, v access.Viewer, size int) (topics []Listed, err error) {
	err = f.waiting(ctx, v, size).Find(&topics).Error
	lapse(topics, f.store.Now(ctx))
	return topics, err
}

// waiting is the statement of the questions that v could answer.
func (f *Forum) waiting(ctx context.Context, v access.Viewer, size int) *store.DB {
	const order = "case when helped.space_id is null then 1 else 0 end, topics.posts, topics.created_at desc, topics.id desc"
	return f.wanted(ctx, f.listed(ctx, v), v, Everywhere).Joins("join spaces on spaces.id = topics.space_id and spaces.kind = 'questions'").
		Where("topics.answer_id is null and topics.closed_at is null and topics.author_id <> ? and topics.created_at > ?", v.ID, f.store.Now(ctx).AddDate(0, 0, -30)).
		Joins("left join (?) as helped on helped.space_id = topics.space_id", f.helped(ctx, v)).
		Select(f.columns() + ", true as waits, row_number() over (order by " + order + ") as turn").Order(order).Limit(size)
}

// helped is the statement of the spaces in which answers of v were accepted.
func (f *Forum) helped(ctx context.Context, v access.Viewer) *store.DB {
	return f.store.Read(ctx).Table("acts").Select("distinct helped_in.space_id").Joins("join places as helped_in on helped_in.id = acts.place_id").
		Where("acts.member_id = ? and acts.kind = ? and acts.voided_at is null", v.ID, standing.Accepted)
}
