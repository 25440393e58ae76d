package member

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Profile is what a member tells of themselves.
type Profile struct {
	Handle string
	Name   string
	Bio    string
	Zone   string
}

// Check folds what was typed into the shape it is kept in, and tells what is wrong with it.
func (p *Profile) Check() error {
	p.Handle = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p.Handle), "@")))
	p.Name, p.Bio = fold(p.Name), strings.TrimSpace(p.Bio)
	if err := CheckHandle(p.Handle); err != nil {
		return err
	}
	switch {
	case p.Name == "":
		return problem.Invalid("name", "Tell us the name that others should see.")
	case len(p.Name) > 60:
		return problem.Invalid("name", "A name has at most 60 bytes.")
	case len(p.Bio) > 300:
		return problem.Invalid("bio", "A few words about you: at most 300 bytes.")
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" || p.Zone == "Local" {
		return problem.Invalid("zone", "Choose your time zone from the list.")
	}
	return nil
}

// fold drops what a name could be disguised with: control and format characters, runs of blanks.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// ChangeProfile saves what v tells of themselves.
func (s *Members) ChangeProfile(ctx context.Context, v access.Viewer, p Profile) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	if err := p.Check(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if !v.SignedIn() {
			return problem.Refused("Sign in to do this.")
		}
		if err := lockMember(tx, v.ID); err != nil {
			return err // they were removed meanwhile, and nothing of them comes back
		}
		err := tx.Model(&Member{}).Where("id = ?", v.ID).Updates(map[string]any{"handle": p.Handle, "name": p.Name, "bio": p.Bio, "zone": p.Zone}).Error
		if err != nil {
			return taken(err)
		}
		m := Member{ID: v.ID}
		if err := tx.Take(&m).Error; err != nil {
			return missing(err)
		}
		if err := file(tx, m); err != nil {
			return err
		}
		tx.Say(Changed{v.ID})
		return nil
	})
}

// ChangeTheme sets the look of the pages for v: system, light or dark.
func (s *Members) ChangeTheme(ctx context.Context, v access.Viewer, theme string) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	if theme != "system" && theme != "light" && theme != "dark" {
		return problem.Invalid("theme", "Choose as the device, light or dark.")
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Model(&Member{}).Where("id = ?", v.ID).Update("theme", theme).Error
	})
}

func taken(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return problem.Invalid("handle", "Somebody has that handle already. Choose another.")
	}
	return err
}

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

// CaughtUp notes that v has seen all that was new: home counts from now on.
func (s *Members) CaughtUp(ctx context.Context, v access.Viewer) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Model(&Member{}).Where("id = ?", v.ID).Update("caught_up_at", tx.Now).Error
	})
}

// ShowOnBoards lets v stand on the leaderboards, or not.
func (s *Members) ShowOnBoards(ctx context.Context, v access.Viewer, on bool) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := lockMember(tx, v.ID); err != nil {
			return err
		}
		if err := tx.Model(&Member{}).Where("id = ?", v.ID).Update("on_boards", on).Error; err != nil {
			return err
		}
		return s.deps.Relist(tx, v.ID, on)
	})
}

// UseKeys lets single keys of the keyboard do something for v, or not.
func (s *Members) UseKeys(ctx context.Context, v access.Viewer, on bool) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Model(&Member{}).Where("id = ?", v.ID).Update("single_keys", on).Error
	})
}

// Relist puts a member on the boards or off them, as they wish and as they may.
func (s *Members) Relist(tx *store.Tx, member id.ID) error {
	on, err := store.Value[bool](tx.Model(&Member{}).Select("on_boards").Where("id = ?", member))
	if err != nil {
		return missing(err)
	}
	return s.deps.Relist(tx, member, on)
}
