package space

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Doorway is what an owner lets the closed door of a space show.
type Doorway struct {
	Teaser string
	Titles bool
	Counts bool
	People bool
	Taster id.ID // the topic that may be read from the door; zero: none
}

const maxTeaser = 300

// SetDoor changes what the door of a space shows. A taster is open from the commit on, and one that
// is taken back is closed from then on.
func (s *Spaces) SetDoor(ctx context.Context, v access.Viewer, space id.ID, d Doorway) error {
	if d.Teaser = strings.TrimSpace(d.Teaser); len(d.Teaser) > maxTeaser {
		return problem.Invalid("teaser", "The line on the door has at most %d bytes.", maxTeaser)
	}
	return s.owned(ctx, v, func(tx *store.Tx, v access.Viewer) error {
		res := tx.Model(&Space{}).Where("id = ?", space).Updates(map[string]any{
			"teaser": d.Teaser, "door_titles": d.Titles, "door_counts": d.Counts, "door_people": d.People, "door_taster": d.Taster != 0,
		})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return missing(store.ErrNotFound)
		}
		if err := access.SetTaster(tx, space, d.Taster); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "door.set", Space: space, Subject: space, Detail: d.Teaser})
	})
}

// keepDoor carries over what SetDoor alone changes.
func (sp *Space) keepDoor(old Space) {
	sp.Teaser, sp.DoorTitles, sp.DoorCounts, sp.DoorPeople, sp.DoorTaster = old.Teaser, old.DoorTitles, old.DoorCounts, old.DoorPeople, old.DoorTaster
}

// Taster is a topic that could be read from the door of its space.
type Taster struct {
	ID     id.ID
	Title  string
	Chosen bool
}

// mostTasters is how many topics are offered: the latest, and the chosen one wherever it is.
const mostTasters = 50

// Tasters returns the topics of a space from which an owner chooses the taster, latest first.
func (s *Spaces) Tasters(ctx context.Context, v access.Viewer, space id.ID) (all []Taster, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx).Table("topics").Joins("join places on places.id = topics.id and not places.hidden and not places.unlisted").
		Where("topics.space_id = ?", space).Select("topics.id, topics.title, places.taster as chosen").
		Order("places.taster desc, topics.active_at desc, topics.id desc").Limit(mostTasters).Find(&all).Error
	return all, err
}

// Unlisted ends a space's points for the public score: what is hidden would move what all can see.
func Unlisted(tx *store.Tx, space id.ID) error {
	return tx.Model(&Space{}).Where("id = ?", space).Update("scores", false).Error
}
