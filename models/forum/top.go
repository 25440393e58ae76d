package forum

import (
	"context"
	"strings"
	"time"

	"guildhall/models/store"
)

// Period is the time over which topics are compared.
type Period string

// Periods, from the shortest on.
const (
	Week    Period = "week"
	Month   Period = "month"
	Quarter Period = "quarter"
	Year    Period = "year"
	AllTime Period = "all"
)

// Periods are all of them.
var Periods = []Period{Week, Month, Quarter, Year, AllTime}

// stretches are half of each period, in days. A post counts in the stretch that it was written in and
// in the next, so a list covers between half and all of its period and is never empty on a first day.
var stretches = map[Period]int64{Week: 4, Month: 15, Quarter: 46, Year: 183}

// What a post is worth to its topic: itself, and each reaction to it.
const (
	perReply    = 1
	perReaction = 2
)

func liked(on bool) int64 {
	if on {
		return perReaction
	}
	return -perReaction
}

// at is the stretch of a period in which an instant lies.
func (p Period) at(t time.Time) int64 {
	if stretches[p] == 0 {
		return 0
	}
	return t.Unix() / (24 * 60 * 60) / stretches[p]
}

// weigh adds to what a topic is worth, for a post that was written then: in every stretch that is not
// over. What a post was given counts as of that post, so taking it back leaves no trace.
func weigh(tx *store.Tx, t Topic, written time.Time, by int64) error {
	var rows []string
	var args []any
	for _, p := range Periods {
		now, first := p.at(tx.Now), p.at(written)
		for s := first; s <= first+1; s++ {
			if s >= now && (stretches[p] > 0 || s == 0) {
				rows, args = append(rows, "(?, ?, ?, ?, ?)"), append(args, t.ID, t.SpaceID, p, s, by)
			}
		}
	}
	return tx.Exec("insert into topic_tops (topic_id, space_id, period, stretch, worth) values "+strings.Join(rows, ", ")+
		" on conflict (topic_id, period, stretch) do update set worth = topic_tops.worth + excluded.worth", args...).Error
}

// best narrows topics to those that are worth anything in a period.
func (f *Forum) best(ctx context.Context, db *store.DB, of Of) *store.DB {
	period := of.Period
	if period == "" {
		period = Month
	}
	db = db.Joins("join topic_tops on topic_tops.topic_id = topics.id").
		Where("topic_tops.period = ? and topic_tops.stretch = ? and topic_tops.worth > 0", period, period.at(f.store.Now(ctx)))
	if of.Space != 0 {
		db = db.Where("topic_tops.space_id = ?", of.Space)
	}
	return db.Select(f.columns() + ", topic_tops.worth")
}

// SweepTops drops what counted in periods that are over, at most limit rows, and tells how many went.
func (f *Forum) SweepTops(ctx context.Context, limit int) (gone int64, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		for _, p := range Periods {
			old := tx.Table("topic_tops").Select("topic_id, period, stretch").Where("period = ? and stretch < ?", p, p.at(tx.Now)).Limit(limit)
			res := tx.Exec("delete from topic_tops where (topic_id, period, stretch) in (?)", old)
			if res.Error != nil {
				return res.Error
			}
			gone += res.RowsAffected
		}
		return nil
	})
	return gone, err
}
