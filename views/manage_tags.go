package views

import (
	"strconv"
	"strings"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/models/standing"
)

// ManageTagsAddress is where owners look after tags.
const ManageTagsAddress = manageTags

// ManageTagsPage is where owners look after tags.
type ManageTagsPage struct {
	Tags   []forum.Counted // by name
	Next   string
	Later  bool
	Makers forum.TagMakers
	Rules  []AskedOf
	Ladder []standing.Rung
	Tiers  []access.Tier
	Faults Faults
	Wrong  id.ID  // of the tag or the space whose form was refused
	Typed  string // into its field
}

// AskedOf is what a space asks of its topics.
type AskedOf struct {
	Space space.Space
	forum.TagRule
}

// Head names the page.
func (p ManageTagsPage) Head(_ site.Words) Head { return managed("Tags", manageTags) }

// makers are the choices of who may make tags, and chosen is the one that holds.
func (p ManageTagsPage) makers(w site.Words) []Option {
	all := []Option{{forum.ByStarters, "Whoever may start a " + w.Topic}}
	for _, r := range p.Ladder {
		if r.Position > 1 {
			all = append(all, Option{forum.ByStatus + ":" + strconv.Itoa(r.Position), "From " + r.Name + " on"})
		}
	}
	for _, t := range p.Tiers {
		if t.Rank > 1 {
			all = append(all, Option{forum.ByTier + ":" + t.ID.String(), "With " + t.Name})
		}
	}
	return append(all, Option{forum.ByModerators, Title(w.Moderators) + " in their " + w.Spaces}, Option{forum.ByOwners, "Owners alone"})
}

func (p ManageTagsPage) chosen() string {
	switch p.Makers.Makers {
	case forum.ByStatus:
		return forum.ByStatus + ":" + strconv.FormatInt(int64(p.Makers.RefID), 10)
	case forum.ByTier:
		return forum.ByTier + ":" + p.Makers.RefID.String()
	}
	return p.Makers.Makers
}

// fault is what is wrong with a field of one form.
func (p ManageTagsPage) fault(of id.ID, field string) string {
	if p.Wrong != of {
		return ""
	}
	return p.Faults[field]
}

// value is what stands in a field of one form: what was typed, where that was refused.
func (p ManageTagsPage) value(of id.ID, field, kept string) string {
	if p.fault(of, field) != "" {
		return p.Typed
	}
	return kept
}

func (a AskedOf) allowed() string { return strings.Join(a.Names(), ", ") }

func (a AskedOf) least() string { return strconv.Itoa(a.Least) }

// asks sums it up: "at least 1, of film and paper".
func (a AskedOf) asks() string {
	said := "Asks for none"
	if a.Least > 0 {
		said = "At least " + Number(int64(a.Least))
	}
	if len(a.Allowed) > 0 {
		said += ", from a list of " + Number(int64(len(a.Allowed)))
	}
	return said
}
