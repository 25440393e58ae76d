package forum

import (
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// tagAs gives a topic tags beside those that it has, and takes others away, as far as its space lets it. The
// way back says which of them it really was, so that others that come meanwhile stay.
func (f *Forum) tagAs(tx *store.Tx, v access.Viewer, t *Topic, o Command) (back Command, changed bool, err error) {
	had, err := tagsOf(tx.DB, t.ID)
	if err != nil {
		return back, false, err
	}
	give, take := o.Tags, o.Without
	if o.Do == ToUntag {
		give, take = nil, o.Tags
	}
	if give, err = f.tagsNow(tx.DB, v, give); err != nil {
		return back, false, err
	}
	if take, err = f.tagsNow(tx.DB, v, take); err != nil {
		return back, false, err
	}
	gone := less(both(had, take), give)
	names := append(less(had, gone), less(give, had)...)
	if back = (Command{Do: ToRetag, Tags: gone, Without: less(give, had)}); len(back.Tags)+len(back.Without) == 0 {
		return back, false, nil
	}
	return back, true, f.setTags(tx, v, *t, names)
}

// retagged says in the log what was given and what was taken away: the other way round than the way back.
func retagged(back Command) string {
	var said []string
	for _, name := range back.Without {
		said = append(said, "+"+name)
	}
	for _, name := range back.Tags {
		said = append(said, "−"+name)
	}
	return strings.Join(said, " ")
}

// sameTags tells whether two lines of the log are about one tag.
func sameTags(a, b string) bool {
	bare := func(said string) (names []string) {
		for name := range strings.FieldsSeq(said) {
			names = append(names, strings.TrimLeft(name, "+−"))
		}
		return names
	}
	return len(both(bare(a), bare(b))) > 0
}

// tagsOf are the names of a topic's tags, in order.
func tagsOf(db *store.DB, topic id.ID) (names []string, err error) {
	err = db.Table("topic_tags").Joins("join tags on tags.id = topic_tags.tag_id").Where("topic_tags.topic_id = ?", topic).Order("tags.name").Pluck("tags.name", &names).Error
	return names, err
}

// tagsNow are the names by which v knows tags now: what was renamed goes by its new one.
func (f *Forum) tagsNow(db *store.DB, v access.Viewer, names []string) (now []string, err error) {
	for _, name := range names {
		known, err := f.findTag(db, v, name)
		if err != nil {
			return nil, err
		}
		if known.ID != 0 {
			name = known.Name
		}
		if !slices.Contains(now, name) {
			now = append(now, name)
		}
	}
	return now, nil
}

// both are those of a that are in b too, and less those that are not.
func both(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return !slices.Contains(b, name) })
}

func less(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return slices.Contains(b, name) })
}
