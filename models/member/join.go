package member

import (
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/store"
)

// Newcomer is somebody about to become a member.
type Newcomer struct {
	Profile
	InvitedBy id.ID // or zero
}

// Join makes a member. It is a step of a first visit, a set-up or an import: the caller has checked
// the profile and decided that they may come in.
func Join(tx *store.Tx, n Newcomer) (Member, error) {
	var number int64
	if err := tx.Raw("update counters set value = value + 1 where name = 'members' returning value").Scan(&number).Error; err != nil {
		return Member{}, err
	}
	m := Member{
		ID: tx.NewID(), Number: number, Handle: n.Handle, Name: n.Name, Bio: n.Bio, Zone: n.Zone, Theme: "system",
		OnBoards: true, SingleKeys: true, JoinedAt: tx.Now, SeenAt: tx.Now, CaughtUpAt: tx.Now, RulesAt: tx.Now,
	}
	if n.InvitedBy != 0 {
		m.InvitedBy = &n.InvitedBy
	}
	if err := tx.Create(&m).Error; err != nil {
		return m, taken(err)
	}
	if err := file(tx, m); err != nil {
		return m, err
	}
	if err := site.Agreed(tx, m.ID); err != nil {
		return m, err
	}
	tx.Say(Arrived{m.ID})
	return m, nil
}

// Arrived is the event that somebody became a member.
type Arrived struct{ Member id.ID }

// Changed is the event that a member's name, handle or picture changed.
type Changed struct{ Member id.ID }
