package forum

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// RenameTag gives a tag another name: an owner's to do. What it was called leads on to it.
func (f *Forum) RenameTag(ctx context.Context, v access.Viewer, tag id.ID, typed string) (name string, err error) {
	name, ok := TagName(typed)
	if !ok {
		return typed, problem.Invalid("name", "A tag has at most %d letters, digits and hyphens.", MaxTag)
	}
	err = f.owned(ctx, v, "tag.renamed", name, func(tx *store.Tx) error {
		old, err := lockTag(tx, tag)
		if err != nil || old.Name == name {
			return err
		}
		var taken int64
		if err := tx.Table("tags").Where("name = ?", name).Count(&taken).Error; err != nil {
			return err
		}
		if taken > 0 {
			return problem.Invalid("name", "There is a tag of that name already. Merge the two instead.")
		}
		if err := tx.Exec("delete from tag_names where name = ?", name).Error; err != nil {
			return err
		}
		if err := tx.Exec("update tags set name = ? where id = ?", name, tag).Error; err != nil {
			return err
		}
		return formerly(tx, old.Name, tag)
	})
	return name, err
}

// MergeTag makes one tag part of another: its topics have that one from now on, and who follows it
// follows that one. Its address leads on.
func (f *Forum) MergeTag(ctx context.Context, v access.Viewer, tag id.ID, into string) error {
	name, ok := TagName(into)
	if !ok {
		return problem.Invalid("into", "Name the tag that it becomes part of.")
	}
	return f.owned(ctx, v, "tag.merged", name, func(tx *store.Tx) error {
		old, err := lockTag(tx, tag)
		if err != nil {
			return err
		}
		to, err := store.Value[id.ID](tx.Table("tags").Select("id").Where("name = ?", name))
		if errors.Is(err, store.ErrNotFound) || err == nil && to == tag {
			return problem.Invalid("into", "There is no other tag of that name.")
		}
		if err != nil {
			return err
		}
		for _, change := range []string{
			"insert into topic_tags (topic_id, tag_id, active_at) select topic_id, @to, active_at from topic_tags where tag_id = @tag on conflict (topic_id, tag_id) do nothing",
			"insert into space_tags (space_id, tag_id) select space_id, @to from space_tags where tag_id = @tag on conflict (space_id, tag_id) do nothing",
			"insert into watches (member_id, kind, subject_id, level, at) select member_id, kind, @to, level, at from watches where kind = 'tag' and subject_id = @tag on conflict (member_id, kind, subject_id) do nothing",
			"update tag_names set tag_id = @to where tag_id = @tag",
		} {
			if err := tx.Exec(change, map[string]any{"to": to, "tag": tag}).Error; err != nil {
				return err
			}
		}
		if err := dropTag(tx, tag); err != nil {
			return err
		}
		return formerly(tx, old.Name, to)
	})
}

// DeleteTag takes a tag from every topic, for good.
func (f *Forum) DeleteTag(ctx context.Context, v access.Viewer, tag id.ID) error {
	return f.owned(ctx, v, "tag.deleted", tag.String(), func(tx *store.Tx) error {
		if _, err := lockTag(tx, tag); err != nil {
			return err
		}
		if err := tx.Exec("delete from tag_names where tag_id = ?", tag).Error; err != nil {
			return err
		}
		return dropTag(tx, tag)
	})
}

func lockTag(tx *store.Tx, tag id.ID) (t Tag, err error) {
	err = store.ForUpdate(tx.DB).Take(&t, "id = ?", tag).Error
	if errors.Is(err, store.ErrNotFound) {
		err = noTag()
	}
	return t, err
}

func dropTag(tx *store.Tx, tag id.ID) error {
	for _, change := range []string{
		"delete from topic_tags where tag_id = ?", "delete from space_tags where tag_id = ?",
		"delete from watches where kind = 'tag' and subject_id = ?", "delete from tags where id = ?",
	} {
		if err := tx.Exec(change, tag).Error; err != nil {
			return err
		}
	}
	return nil
}

// formerly lets an old name lead on to a tag.
func formerly(tx *store.Tx, name string, tag id.ID) error {
	return tx.Exec("insert into tag_names (name, tag_id) values (?, ?) on conflict (name) do update set tag_id = excluded.tag_id", name, tag).Error
}
