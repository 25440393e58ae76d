package access

import (
	"context"

	"guildhall/models/id"
)

// atOnce is how many members are asked about together.
const atOnce = 500

// Within tells whether everybody who may read at the one place may read at the other: only then may words be
// carried from the other to the one. It goes through the members, and asks of guests by themselves; of a place of
// a few it asks its people, and whoever of them is kept out of the club for now counts as one who may not.
func (a *Access) Within(ctx context.Context, one, other Thing) (bool, error) {
	if one.Place().ID == other.Place().ID {
		return true, nil
	}
	guest, err := a.Guest(ctx)
	if err != nil {
		return false, err
	}
	if guest.CanRead(one) == nil && guest.CanRead(other) != nil {
		return false, nil
	}
	if few := one.Place(); few.Private() {
		there, err := a.Readers(ctx, other, few.People)
		return err == nil && len(there) == len(few.People), err
	}
	for last := id.ID(0); ; {
		var members []id.ID
		err := a.store.Read(ctx).Table("members").Where("id > ? and left_at is null", last).Order("id").Limit(atOnce).Pluck("id", &members).Error
		if err != nil || len(members) == 0 {
			return err == nil, err
		}
		last = members[len(members)-1]
		here, err := a.Readers(ctx, one, members)
		if err != nil {
			return false, err
		}
		there, err := a.Readers(ctx, other, members)
		if err != nil {
			return false, err
		}
		for m := range here {
			if !there[m] {
				return false, nil
			}
		}
	}
}
