package forum

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// TagRule is what a space asks of its topics: at least so many tags, and where any are listed, only
// those.
type TagRule struct {
	Space   id.ID
	Least   int
	Allowed []Tag
}

func (r TagRule) tag(name string) (id.ID, bool) {
	i := slices.IndexFunc(r.Allowed, func(t Tag) bool { return t.Name == name })
	if i < 0 {
		return 0, false
	}
	return r.Allowed[i].ID, true
}

// Names are those of the allowed tags; none: any will do.
func (r TagRule) Names() []string {
	names := make([]string, len(r.Allowed))
	for i, t := range r.Allowed {
		names[i] = t.Name
	}
	return names
}

func (r TagRule) check(names []string) error {
	switch {
	case len(names) > MaxTags:
		return problem.Invalid("tags", "A topic has at most %d tags. Yours has %d.", MaxTags, len(names))
	case len(names) < r.Least && r.Least == 1:
		return problem.Invalid("tags", "Give it a tag: this space asks for one.")
	case len(names) < r.Least:
		return problem.Invalid("tags", "Give it at least %d tags: this space asks for them.", r.Least)
	}
	for _, name := range names {
		if err := r.among(name); err != nil {
			return err
		}
	}
	return nil
}

// among is nil when the space lets its topics have that tag.
func (r TagRule) among(name string) error {
	if _, ok := r.tag(name); !ok && len(r.Allowed) > 0 {
		return problem.Invalid("tags", "“%s” is not among the tags of this space. Choose from: %s.", name, strings.Join(r.Names(), ", "))
	}
	return nil
}

// TagRule returns what a space asks of its topics' tags. Who may start there may know it.
func (f *Forum) TagRule(ctx context.Context, space id.ID) (TagRule, error) {
	return f.tagRule(f.store.Read(ctx), space)
}

// tagRule reads it in one statement: the number stands beside each allowed tag, or alone.
func (f *Forum) tagRule(db *store.DB, space id.ID) (TagRule, error) {
	all, err := f.tagRules(db.Where("spaces.id = ?", space))
	if len(all) == 0 {
		return TagRule{Space: space}, err
	}
	return all[0], err
}

func (f *Forum) tagRules(db *store.DB) (all []TagRule, err error) {
	var rows []struct {
		SpaceID id.ID
		Least   int
		TagID   id.ID
		Name    string
	}
	err = db.Table("spaces").Joins("left join space_tag_rules on space_tag_rules.space_id = spaces.id").
		Joins("left join space_tags on space_tags.space_id = spaces.id").Joins("left join tags on tags.id = space_tags.tag_id").
		Select("spaces.id as space_id, coalesce(space_tag_rules.least, 0) as least, coalesce(tags.id, 0) as tag_id, coalesce(tags.name, '') as name").
		Order("spaces.id, tags.name").Scan(&rows).Error
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1].Space != r.SpaceID {
			all = append(all, TagRule{Space: r.SpaceID, Least: r.Least})
		}
		if r.TagID != 0 {
			last := &all[len(all)-1]
			last.Allowed = append(last.Allowed, Tag{ID: r.TagID, Name: r.Name})
		}
	}
	return all, err
}

// Who may make a tag that was not there. Moderators may in their spaces whoever else may, and owners
// everywhere.
const (
	ByStarters   = "starters" // whoever may start a topic there
	ByStatus     = "status"
	ByTier       = "tier"
	ByModerators = "moderators"
	ByOwners     = "owners"
)

// TagMakers says who may make new tags.
type TagMakers struct {
	Makers string
	RefID  id.ID // the position of the lowest status, or the lowest tier
}

func (f *Forum) mayMakeTags(db *store.DB, v access.Viewer, space id.ID, name string) error {
	var m TagMakers
	if err := db.Table("tag_rules").Where("id = 1").Take(&m).Error; err != nil {
		return err
	}
	if v.Keeps(space) && m.Makers != ByOwners || v.Owner() {
		return nil
	}
	switch m.Makers {
	case ByStarters:
		return nil // the topic itself was asked for
	case ByStatus:
		if v.Rung().Position >= int(m.RefID) {
			return nil
		}
	case ByTier:
		var least int
		err := db.Table("tiers").Select("rank").Where("id = ?", m.RefID).Scan(&least).Error
		if err != nil || least > 0 && v.Tier().Rank >= least {
			return err
		}
	}
	return problem.Invalid("tags", "There is no tag “%s” yet, and making new ones is not open to you. Choose one that is there.", name)
}

// TagRules returns who may make tags, and what each space asks of them: for owners.
func (f *Forum) TagRules(ctx context.Context, v access.Viewer) (m TagMakers, of []TagRule, err error) {
	if err := v.CanOwn(); err != nil {
		return m, nil, err
	}
	db := f.store.Read(ctx)
	if err := db.Table("tag_rules").Where("id = 1").Take(&m).Error; err != nil {
		return m, nil, err
	}
	of, err = f.tagRules(db)
	return m, of, err
}

// SetTagMakers says who may make new tags.
func (f *Forum) SetTagMakers(ctx context.Context, v access.Viewer, m TagMakers) error {
	return f.owned(ctx, v, "tags.makers", m.Makers, func(tx *store.Tx) error {
		if !slices.Contains([]string{ByStarters, ByStatus, ByTier, ByModerators, ByOwners}, m.Makers) {
			return problem.Invalid("makers", "Choose who may make new tags.")
		}
		if (m.Makers == ByStatus || m.Makers == ByTier) && m.RefID == 0 {
			return problem.Invalid("makers", "Choose from which status or tier on.")
		}
		return tx.Exec("update tag_rules set makers = ?, ref_id = ? where id = 1", m.Makers, m.RefID).Error
	})
}

// SetTagRule says what a space asks of its topics. Names that are no tags yet are made.
func (f *Forum) SetTagRule(ctx context.Context, v access.Viewer, space id.ID, least int, names []string) error {
	return f.owned(ctx, v, "tags.asked", strings.Join(names, " "), func(tx *store.Tx) error {
		if least < 0 || least > MaxTags {
			return problem.Invalid("least", "A space asks for at most %d tags.", MaxTags)
		}
		if len(names) > 0 && len(names) < least {
			return problem.Invalid("allowed", "List at least as many tags as each topic must have.")
		}
		err := tx.Exec("insert into space_tag_rules (space_id, least) values (?, ?) on conflict (space_id) do update set least = excluded.least", space, least).Error
		if err != nil {
			return err
		}
		if err := tx.Exec("delete from space_tags where space_id = ?", space).Error; err != nil {
			return err
		}
		for _, name := range names {
			tag := Tag{ID: tx.NewID(), Name: name, MadeBy: &v.ID, CreatedAt: tx.Now}
			if err := store.OnConflictSkip(tx.DB).Create(&tag).Error; err != nil {
				return err
			}
			if err := tx.Exec("insert into space_tags (space_id, tag_id) select ?, id from tags where name = ?", space, name).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// owned lets an owner change what holds for the whole club, and writes that down.
func (f *Forum) owned(ctx context.Context, v access.Viewer, what, detail string, fn func(*store.Tx) error) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: what, Detail: detail})
	})
}
