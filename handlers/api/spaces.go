package api

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/views"
)

// Space is a space as it is listed: of a closed one what stands on its door, and what opens it.
type Space struct {
	ID      string `json:"id"`
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Section string `json:"section"`
	About   string `json:"about,omitempty" doc:"What it is for; of a closed one the line on its door"`
	Kind    string `json:"kind" doc:"talk or questions"`
	Chat    bool   `json:"chat" doc:"Whether it has a room"`
	Open    bool   `json:"open" doc:"Whether you may read it"`
	Opens   string `json:"opens,omitempty" doc:"What opens a closed one, in words"`
	URL     string `json:"url"`
}

func (a *API) spaceOf(v access.Viewer, sp space.Space, section string) Space {
	s := Space{
		ID: sp.ID.String(), Slug: sp.Slug, Name: sp.Name, Section: section, About: sp.About, Kind: sp.Kind, Chat: sp.Chat,
		Open: v.CanEnter(sp.ID) == nil, URL: a.BaseURL + views.SpaceAddress(sp.Slug),
	}
	if !s.Open {
		s.About, s.Chat, s.Opens = sp.OnDoor(), false, v.Opens(sp.ID, access.Read)
	}
	return s
}

const spacesPerPage = 50

func (a *API) spaces(ctx context.Context, v member.Visit, in *Page) (List[Space], error) {
	sections, seen, err := a.Club.Spaces.Listed(ctx, v.Viewer)
	if err != nil {
		return List[Space]{}, err
	}
	after, _ := id.Parse(in.After) // what is no id is that of no space, and the list begins
	seen = seen[slices.IndexFunc(seen, func(sp space.Space) bool { return sp.ID == after })+1:]
	next := ""
	if len(seen) > spacesPerPage {
		seen = seen[:spacesPerPage]
		next = seen[spacesPerPage-1].ID.String()
	}
	all := make([]Space, len(seen))
	for i, sp := range seen {
		all[i] = a.spaceOf(v.Viewer, sp, nameOf(sections, sp.SectionID))
	}
	return list(all, next), nil
}

func nameOf(sections []space.Section, key id.ID) string {
	for _, s := range sections {
		if s.ID == key {
			return s.Name
		}
	}
	return ""
}

// into returns the space of an address, in which the viewer may read.
func (a *API) into(ctx context.Context, v access.Viewer, slug string) (space.Space, error) {
	sp, err := a.Club.Spaces.BySlug(ctx, v, slug)
	if err != nil {
		return sp, err
	}
	return sp, v.CanEnter(sp.ID)
}

func (a *API) space(ctx context.Context, v member.Visit, in *InSpace) (Space, error) {
	sp, err := a.into(ctx, v.Viewer, in.Space)
	if err != nil {
		return Space{}, err
	}
	section, err := a.Club.Spaces.Section(ctx, v.Viewer, sp.SectionID)
	return a.spaceOf(v.Viewer, sp, section.Name), err
}
