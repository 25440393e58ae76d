package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Retag gives a topic these tags and no others: its author's to do, and the moderators' of its space, of
// whom its log tells.
func (f *Forum) Retag(ctx context.Context, v access.Viewer, topic id.ID, names []string) (t Topic, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		if !v.Keeps(t.SpaceID) && t.AuthorID != v.ID {
			return problem.Refused("Only its author and the moderators of this space can change the tags.")
		}
		if err := mayStill(v, t); err != nil {
			return err
		}
		if t.AuthorID != v.ID {
			had, err := tagsOf(tx.DB, t.ID)
			if err != nil {
				return err
			}
			names, err := f.tagsNow(tx.DB, v, names)
			if err != nil {
				return err
			}
			_, err = f.act(tx, v, &t, Command{Do: ToRetag, Tags: less(names, had), Without: less(had, names)})
			return err
		}
		if err := f.setTags(tx, v, t, names); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Moved, t.ID)
		return err
	})
	return t, err
}

// setTags writes t's tags by name, after asking what its space wants of them. What v may not make must
// be there already, for v.
func (f *Forum) setTags(tx *store.Tx, v access.Viewer, t Topic, names []string) error {
	rule, err := f.tagRule(tx.DB, t.SpaceID)
	if err != nil {
		return err
	}
	if err := rule.check(names); err != nil {
		return err
	}
	ids := make([]id.ID, len(names))
	for i, name := range names {
		if ids[i], err = f.useTag(tx, v, t.SpaceID, rule, name); err != nil {
			return err
		}
	}
	if err := tx.Exec("delete from topic_tags where topic_id = ?", t.ID).Error; err != nil {
		return err
	}
	for _, tag := range ids {
		err := tx.Exec("insert into topic_tags (topic_id, tag_id, active_at) values (?, ?, ?) on conflict (topic_id, tag_id) do nothing", t.ID, tag, t.ActiveAt).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// useTag is the tag of that name, made if v may make it. One that only hidden topics have is, to v, as
// one that never was: it is taken up as if it were new, or refused as if it were not there.
func (f *Forum) useTag(tx *store.Tx, v access.Viewer, space id.ID, rule TagRule, name string) (id.ID, error) {
	if tag, ok := rule.tag(name); ok {
		return tag, nil
	}
	known, err := f.findTag(tx.DB, v, name)
	if err != nil || known.ID != 0 {
		return known.ID, err
	}
	if err := f.mayMakeTags(tx.DB, v, space, name); err != nil {
		return 0, err
	}
	tag := Tag{ID: tx.NewID(), Name: name, MadeBy: &v.ID, CreatedAt: tx.Now}
	if err := store.OnConflictSkip(tx.DB).Create(&tag).Error; err != nil {
		return 0, err
	}
	return store.Value[id.ID](tx.Table("tags").Select("id").Where("name = ?", name))
}

// findTag is the tag of that name, or the one that had it before, if v knows of it; else zero.
func (f *Forum) findTag(db *store.DB, v access.Viewer, name string) (tag Tag, err error) {
	var found []Tag
	former := db.Table("tag_names").Select("tag_id").Where("name = ?", name)
	err = visible(db.Model(&Tag{}), v, db).Where("tags.name = ? or tags.id in (?)", name, former).
		Select("tags.*, case when tags.name = ? then 0 else 1 end as former", name).Order("former").Limit(1).Find(&found).Error
	if len(found) > 0 {
		tag = found[0]
	}
	return tag, err
}

// bump carries a topic's activity to where its tags' lists are sorted by it.
func bump(tx *store.Tx, t Topic) error {
	return tx.Exec("update topic_tags set active_at = ? where topic_id = ?", t.ActiveAt, t.ID).Error
}
