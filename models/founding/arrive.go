package founding

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"guildhall/models/access"
	"guildhall/models/founding/script"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/standing"
	"guildhall/models/store"
)

func profileOf(x script.Person) member.Profile {
	return member.Profile{Handle: x.Handle, Name: x.Name, Bio: x.Bio, Zone: x.Zone}
}

// hang gives a person their drawing, if there is one.
func hang(tx *store.Tx, x script.Person, m id.ID) error {
	file, err := pictures.Open("pictures/" + x.Handle + ".png")
	if errors.Is(err, fs.ErrNotExist) {
		return nil // their initials stand for them
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // embedded
	picture, err := member.Repaint(tx.Context(), file)
	if err != nil {
		return fmt.Errorf("the picture of %s: %w", x.Handle, err)
	}
	return member.Hang(tx, m, picture)
}

// join makes somebody a member, with the tier, the seats and the group that are theirs.
func (p *play) join(ctx context.Context, x *script.Person) error {
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		m, err := member.Join(tx, member.Newcomer{Profile: profileOf(*x), InvitedBy: p.members[x.InvitedBy]})
		if err != nil {
			return err
		}
		p.members[x.Handle] = m.ID
		if err := hang(tx, *x, m.ID); err != nil {
			return err
		}
		if by := p.members[x.InvitedBy]; by != 0 {
			if err := p.f.Standing.Earn(tx, standing.Act{Kind: standing.Invited, By: by, From: m.ID, On: m.ID}); err != nil {
				return err
			}
		}
		return p.place(tx, x)
	})
}

// place gives a member what they hold from the day that they came.
func (p *play) place(tx *store.Tx, x *script.Person) (err error) {
	ctx, m := tx.Context(), p.members[x.Handle]
	if p.house.owner, err = p.f.Members.Viewer(ctx, p.house.owner.ID); err != nil {
		return err
	}
	if tier := strings.ToUpper(x.Tier[:1]) + x.Tier[1:]; tier != demoTiers[0].Name {
		g := access.Grant{MemberID: m, TierID: p.house.tiers[tier], Reason: "Dues are paid standing, until cancelled.", Key: "demo-" + x.Handle}
		if _, err := p.f.Access.Give(ctx, p.house.owner, g); err != nil {
			return err
		}
	}
	if x.Committee {
		if err := p.f.Access.Join(ctx, p.house.owner, p.house.groups["Committee"], m, nil); err != nil {
			return err
		}
	}
	for _, slug := range x.Moderates {
		if err := p.f.Access.Seat(ctx, p.house.owner, p.house.spaces[slug].ID, m); err != nil {
			return err
		}
	}
	return nil
}
