package forum

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
)

// What a map of the club for those who list its pages holds: the topics that were begun last, so many
// to a page of it.
const (
	MappedPerPage = 1_000
	mostMapped    = 50 * MappedPerPage
)

// Mapped is a topic on the map: where it is, and when something was last written in it.
type Mapped struct {
	ID       id.ID
	SpaceID  id.ID
	Slug     string
	ActiveAt time.Time
}

// MapPages returns the topics with which the pages of the map begin, of those that v may read.
func (f *Forum) MapPages(ctx context.Context, v access.Viewer) (begin []id.ID, err error) {
	db := f.store.Read(ctx)
	numbered := db.Model(&Topic{}).Scopes(access.Readable(v, "topics.id")).
		Select("topics.id, row_number() over (order by topics.id desc) as n").Order("topics.id desc").Limit(mostMapped)
	err = db.Table("(?) as mapped", numbered).Where("(n - 1) % ? = 0", MappedPerPage).Order("id desc").Pluck("id", &begin).Error
	return begin, err
}

// MapPage returns a page of the map: the topics that v may read from that one on, going back. It need
// be none that v may read, nor one at all.
func (f *Forum) MapPage(ctx context.Context, v access.Viewer, from id.ID) (topics []Mapped, err error) {
	err = f.store.Read(ctx).Model(&Topic{}).Scopes(access.Readable(v, "topics.id")).Where("topics.id <= ?", from).
		Select("topics.id, topics.space_id, topics.slug, topics.active_at").Order("topics.id desc").Limit(MappedPerPage).Find(&topics).Error
	return topics, err
}
