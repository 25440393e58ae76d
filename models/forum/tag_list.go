package forum

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Counted is a tag with how many topics have it that somebody may read.
type Counted struct {
	Tag
	Topics int64
}

const (
	maxListed = 500 // tags in the list of all

	// MostTagged is the highest number that a tag is shown with; one more stands for more.
	MostTagged = 99
)

// Tags lists the tags of topics that v may read, the most used first, with how many of those have each:
// at most 500. No more topics of a tag are counted than MostTagged and one.
func (f *Forum) Tags(ctx context.Context, v access.Viewer) (tags []Counted, err error) {
	db := f.store.Read(ctx)
	used := db.Table("topic_tags").Scopes(access.Readable(v, "topic_tags.topic_id")).Select("1").Where("topic_tags.tag_id = tags.id").Limit(MostTagged + 1)
	counted := db.Table("tags").Select("tags.*, (select count(*) from (?) as used) as topics", used)
	err = db.Table("(?) as counted", counted).Where("topics > 0").Order("topics desc, name").Limit(maxListed).Scan(&tags).Error
	return tags, err
}

// Tag returns the tag of a name that v knows of. It may have another name by now: see Tag.Name.
func (f *Forum) Tag(ctx context.Context, v access.Viewer, name string) (Tag, error) {
	name, ok := TagName(name)
	if !ok {
		return Tag{}, noTag()
	}
	tag, err := f.findTag(f.store.Read(ctx), v, name)
	if err == nil && tag.ID == 0 {
		err = noTag()
	}
	return tag, err
}

func noTag() error { return problem.Missing("There is no such tag.") }

// CompleteTags offers at most size tags whose name begins with what was typed, the most used first, to
// somebody who writes in a space (0: anywhere): those that v knows of, or where the space lists its
// own, those of the list.
func (f *Forum) CompleteTags(ctx context.Context, v access.Viewer, space id.ID, typed string, size int) (names []string, err error) {
	begin, ok := TagName(typed)
	if !ok && strings.Trim(typed, "# \t") != "" {
		return nil, nil
	}
	db := f.store.Read(ctx)
	if space != 0 && v.CanEnter(space) == nil {
		rule, err := f.tagRule(db, space)
		if err != nil {
			return nil, err
		}
		if len(rule.Allowed) > 0 {
			for _, name := range rule.Names() {
				if strings.HasPrefix(name, begin) && len(names) < size {
					names = append(names, name)
				}
			}
			return names, nil
		}
	}
	like := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(begin) + "%"
	used := db.Table("topic_tags").Scopes(access.Readable(v, "topic_tags.topic_id")).Select("1").Where("topic_tags.tag_id = tags.id").Limit(maxUsed)
	count := db.Table("(?) as used", used).Select("count(*)")
	offered := visible(db.Table("tags"), v, db).Where(`tags.name like ? escape '\'`, like).Select("tags.name, (?) as used", count)
	err = db.Table("(?) as offered", offered).Select("name").Order("used desc, name").Limit(size).Scan(&names).Error
	return names, err
}

// maxUsed is as far as the topics of a tag are counted to put it in order.
const maxUsed = 100

// AllTags lists every tag there is, with how many topics have it, to owners: by name, after the given
// one, with as many as a page holds.
func (f *Forum) AllTags(ctx context.Context, v access.Viewer, after string, size int) (tags []Counted, next string, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, "", err
	}
	err = f.store.Read(ctx).Table("tags").Where("name > ?", after).
		Select("tags.*, (select count(*) from topic_tags where topic_tags.tag_id = tags.id) as topics").
		Order("name").Limit(size + 1).Scan(&tags).Error
	if len(tags) > size {
		tags = tags[:size]
		next = tags[size-1].Name
	}
	return tags, next, err
}

// byTag narrows topics to those of a tag. They are walked in the order of their activity.
func byTag(db *store.DB, tag id.ID) *store.DB {
	return db.Joins("join topic_tags on topic_tags.topic_id = topics.id").Where("topic_tags.tag_id = ?", tag)
}
