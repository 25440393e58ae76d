package space

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// layout is all sections and spaces in the order of the sidebar. Every change of one raises the
// club's epoch, so a layout that was read under an epoch holds for whoever was seen under it.
type layout struct {
	epoch    int64
	sections []Section
	spaces   []Space
}

// layout returns it as v may know it: from memory, where v was not seen after a change of it.
func (s *Spaces) layout(ctx context.Context, v access.Viewer) (*layout, error) {
	epoch := v.Epochs().Club
	s.mu.Lock()
	l := s.laid
	s.mu.Unlock()
	if l != nil && l.epoch >= epoch && !store.Within(ctx) {
		return l, nil
	}
	l = &layout{epoch: epoch}
	db := s.store.Read(ctx)
	if err := db.Order("position, id").Find(&l.sections).Error; err != nil {
		return nil, err
	}
	err := db.Joins("join sections on sections.id = spaces.section_id").
		Order("sections.position, sections.id, spaces.position, spaces.id").Find(&l.spaces).Error
	if err != nil {
		return nil, err
	}
	if !store.Within(ctx) { // what a transaction reads may yet be rolled back
		s.lay(l)
	}
	return l, nil
}

func (s *Spaces) lay(l *layout) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.laid == nil || s.laid.epoch < l.epoch {
		s.laid = l
	}
}

// Listed returns the sections, and the spaces that are listed for v, in the order of the sidebar and
// without their doors.
func (s *Spaces) Listed(ctx context.Context, v access.Viewer) ([]Section, []Space, error) {
	l, err := s.layout(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	seen := make([]Space, 0, len(l.spaces))
	for _, sp := range l.spaces {
		if v.CanSee(sp.ID) == nil {
			seen = append(seen, sp)
		}
	}
	return slices.Clone(l.sections), seen, nil
}

// Seen returns the spaces that are listed for v, in the order of the sidebar, without their doors.
func (s *Spaces) Seen(ctx context.Context, v access.Viewer) ([]Space, error) {
	_, spaces, err := s.Listed(ctx, v)
	return spaces, err
}

// BySlug returns the space of that address if it is listed for v, be it closed to them: ask
// CanEnter next. One that is not listed never was.
func (s *Spaces) BySlug(ctx context.Context, v access.Viewer, slug string) (Space, error) {
	return s.seen(ctx, v, func(sp Space) bool { return sp.Slug == slug })
}

// Get returns the space of that id if it is listed for v.
func (s *Spaces) Get(ctx context.Context, v access.Viewer, key id.ID) (Space, error) {
	return s.seen(ctx, v, func(sp Space) bool { return sp.ID == key })
}

func (s *Spaces) seen(ctx context.Context, v access.Viewer, is func(Space) bool) (Space, error) {
	l, err := s.layout(ctx, v)
	if err != nil {
		return Space{}, err
	}
	if i := slices.IndexFunc(l.spaces, is); i >= 0 && v.CanSee(l.spaces[i].ID) == nil {
		return l.spaces[i], nil
	}
	return Space{}, missing(store.ErrNotFound)
}

// Section returns the section of that id, as v may know it.
func (s *Spaces) Section(ctx context.Context, v access.Viewer, key id.ID) (Section, error) {
	l, err := s.layout(ctx, v)
	if err != nil {
		return Section{}, err
	}
	if i := slices.IndexFunc(l.sections, func(sec Section) bool { return sec.ID == key }); i >= 0 {
		return l.sections[i], nil
	}
	return Section{}, missing(store.ErrNotFound)
}
