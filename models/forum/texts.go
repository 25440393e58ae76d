package forum

import (
	"context"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// SavedReply is a text that those who keep a space have at hand.
type SavedReply struct {
	ID        id.ID
	SpaceID   id.ID
	Name      string
	Text      string // Markdown, with placeholders: see Fill
	ByID      id.ID
	ChangedAt time.Time
}

// Template is a text with which a new topic of a space may begin.
type Template struct {
	ID        id.ID
	SpaceID   id.ID
	Name      string
	Title     string
	Text      string
	First     bool // the form begins with it
	ByID      id.ID
	ChangedAt time.Time
}

// TableName is where templates are kept.
func (Template) TableName() string { return "topic_templates" }

// Limits of the texts of a space: how many of each, and their bytes.
const (
	MaxTexts    = 50
	MaxTextName = 80
	MaxSaved    = 8_000
)

// Fill puts what is known into a saved reply: {name}, {me}, {topic} and {space}. Anything else in braces
// stays as it was typed.
func Fill(text string, name, me, topic, space string) string {
	return strings.NewReplacer("{name}", name, "{me}", me, "{topic}", topic, "{space}", space).Replace(text)
}

// SavedReplies lists those of a space by name, for those who keep it.
func (f *Forum) SavedReplies(ctx context.Context, v access.Viewer, space id.ID) (all []SavedReply, err error) {
	if !v.Keeps(space) {
		return nil, keepersOnly()
	}
	err = f.store.Read(ctx).Where("space_id = ?", space).Order("name").Limit(MaxTexts).Find(&all).Error
	return all, err
}

// Templates lists those of a space by name, the first one before all, for whoever may start a topic there.
func (f *Forum) Templates(ctx context.Context, v access.Viewer, space id.ID) (all []Template, err error) {
	if err := v.CanStart(space); err != nil {
		return nil, err
	}
	err = f.store.Read(ctx).Where("space_id = ?", space).Order("first desc, name").Limit(MaxTexts).Find(&all).Error
	return all, err
}

// SaveReply keeps a reply at hand, or changes one that has an id.
func (f *Forum) SaveReply(ctx context.Context, v access.Viewer, r SavedReply) (SavedReply, error) {
	if err := checkText(&r.Name, &r.Text); err != nil {
		return r, err
	}
	err := f.keeping(ctx, v, r.SpaceID, func(tx *store.Tx, v access.Viewer) error {
		r.ByID, r.ChangedAt = v.ID, tx.Now
		if err := room[SavedReply](tx, r.SpaceID, r.Name, r.ID); err != nil {
			return err
		}
		if err := save(tx, &r, &r.ID, r.SpaceID); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "reply.saved", Space: r.SpaceID, Subject: r.ID, Detail: r.Name})
	})
	return r, err
}

// SaveTemplate keeps a template, or changes one that has an id. One that is First takes that place from
// another.
func (f *Forum) SaveTemplate(ctx context.Context, v access.Viewer, t Template) (Template, error) {
	t.Title = strings.Join(strings.Fields(t.Title), " ")
	if len(t.Title) > MaxTitle {
		return t, problem.Invalid("title", "A title has at most %d bytes. Yours has %d.", MaxTitle, len(t.Title))
	}
	if err := checkText(&t.Name, &t.Text); err != nil {
		return t, err
	}
	err := f.keeping(ctx, v, t.SpaceID, func(tx *store.Tx, v access.Viewer) error {
		t.ByID, t.ChangedAt = v.ID, tx.Now
		if err := room[Template](tx, t.SpaceID, t.Name, t.ID); err != nil {
			return err
		}
		if t.First {
			if err := tx.Model(&Template{}).Where("space_id = ? and first and id <> ?", t.SpaceID, t.ID).Update("first", false).Error; err != nil {
				return err
			}
		}
		if err := save(tx, &t, &t.ID, t.SpaceID); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "template.saved", Space: t.SpaceID, Subject: t.ID, Detail: t.Name})
	})
	return t, err
}

// DropReply takes a saved reply away.
func (f *Forum) DropReply(ctx context.Context, v access.Viewer, space, key id.ID) error {
	return f.keeping(ctx, v, space, func(tx *store.Tx, v access.Viewer) error {
		return drop[SavedReply](tx, v, space, key, "reply.dropped")
	})
}

// DropTemplate takes a template away.
func (f *Forum) DropTemplate(ctx context.Context, v access.Viewer, space, key id.ID) error {
	return f.keeping(ctx, v, space, func(tx *store.Tx, v access.Viewer) error {
		return drop[Template](tx, v, space, key, "template.dropped")
	})
}

// keeping runs fn for somebody who looks after the space in this instant.
func (f *Forum) keeping(ctx context.Context, v access.Viewer, space id.ID, fn func(*store.Tx, access.Viewer) error) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if !v.Keeps(space) {
			return keepersOnly()
		}
		return fn(tx, v)
	})
}

func keepersOnly() error { return problem.Refused("Only the moderators of this space can do that.") }

func checkText(name, text *string) error {
	*name, *text = strings.Join(strings.Fields(*name), " "), strings.TrimSpace(*text)
	switch {
	case *name == "":
		return problem.Invalid("name", "Give it a name, by which it is found.")
	case len(*name) > MaxTextName:
		return problem.Invalid("name", "A name has at most %d bytes. Yours has %d.", MaxTextName, len(*name))
	case *text == "":
		return problem.Invalid("text", "Write something first.")
	case len(*text) > MaxSaved:
		return problem.TooLarge("text", "It has at most %d bytes. Yours has %d.", MaxSaved, len(*text))
	}
	return nil
}

// room is nil when the space has room for one more, and none of that name.
func room[T any](tx *store.Tx, space id.ID, name string, key id.ID) error {
	var named, all int64
	if err := tx.Model(new(T)).Where("space_id = ? and name = ? and id <> ?", space, name, key).Count(&named).Error; err != nil {
		return err
	}
	if named > 0 {
		return problem.Invalid("name", "There is one of that name already.")
	}
	if err := tx.Model(new(T)).Where("space_id = ?", space).Count(&all).Error; err != nil {
		return err
	}
	if key == 0 && all >= MaxTexts {
		return problem.Conflict("A space keeps at most %d of these. Take one away first.", MaxTexts)
	}
	return nil
}

// save writes a new row, or one of the same space anew.
func save[T any](tx *store.Tx, row *T, key *id.ID, space id.ID) error {
	if *key == 0 {
		*key = tx.NewID()
		return tx.Create(row).Error
	}
	res := tx.Model(row).Where("space_id = ?", space).Select("*").Omit("id", "space_id").Updates(row)
	if res.Error == nil && res.RowsAffected == 0 {
		return problem.Missing("It was taken away meanwhile.")
	}
	return res.Error
}

func drop[T any](tx *store.Tx, v access.Viewer, space, key id.ID, what string) error {
	res := tx.Where("id = ? and space_id = ?", key, space).Delete(new(T))
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	return audit.Write(tx, audit.Line{By: v.ID, What: what, Space: space, Subject: key})
}
