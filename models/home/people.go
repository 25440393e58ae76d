package home

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/standing"
)

// Person is a member as they are named beside what they wrote, with their status and tier now.
type Person struct {
	member.Named
	Rung standing.Rung
	Tier access.Tier
}

const people = `select members.id, members.handle, members.name, members.picture, members.left_at, ` + standing.Columns + `, ` + access.TierColumns + `
	from members` + standing.Join + access.TierJoin + ` where members.id in ?`

// People returns members by id, in one statement for however many; for nobody in none.
func (h *Home) People(ctx context.Context, ids []id.ID) (map[id.ID]Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	now := h.store.Now(ctx)
	rows, err := h.store.Read(ctx).Raw(people, now, now, ids).Rows()
	if err != nil {
		return nil, err
	}
	type found struct {
		Person
		beside standing.Beside
	}
	all := make([]found, 0, len(ids))
	for rows.Next() {
		var f found
		fields := append([]any{&f.ID, &f.Handle, &f.Name, &f.Picture, &f.LeftAt}, f.beside.Fields()...)
		if err := rows.Scan(append(fields, f.Tier.Fields()...)...); err != nil {
			_ = rows.Close() // the first fault is told
			return nil, err
		}
		all = append(all, f)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	of := make(map[id.ID]Person, len(all))
	for _, f := range all {
		if f.Rung, err = h.Standing.Rung(ctx, f.beside); err != nil {
			return nil, err
		}
		of[f.ID] = f.Person
	}
	return of, nil
}
