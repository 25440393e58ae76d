package views

import (
	"maps"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/site"
)

// Where the lists of the back office stand.
const (
	ManageClubAddress   = manageClub
	ManageTiersAddress  = manageTiers
	ManageGroupsAddress = manageGroups
	ManageSpacesAddress = manageSpaces

	ManageMembersAddress = manageMembers
)

// managed is the head of a page of the back office, under the page that leads to it.
func managed(title, here string, above ...Crumb) Head {
	if len(above) == 0 {
		above = []Crumb{{Text: "Back office", Href: manageClub}}
	}
	return Head{Title: title, Crumbs: append(above, Crumb{Text: title}), Here: here}
}

// ClubPage is where owners change the club's settings.
type ClubPage struct {
	Club   site.Club // as it was typed, when it was refused
	Zones  []string
	Faults Faults
}

// Head names the page.
func (p ClubPage) Head() Head { return managed("The club", manageClub) }

func zoneOptions(zones []string) []Option {
	options := make([]Option, len(zones))
	for i, z := range zones {
		options[i] = Option{Value: z, Text: z}
	}
	return options
}

// TiersPage lists the club's tiers in order, for owners.
type TiersPage struct {
	Tiers []access.Tier // lowest first
}

// Head names the page.
func (p TiersPage) Head(w site.Words) Head { return managed(Title(w.Tiers), manageTiers) }

func (p TiersPage) highestFirst() []access.Tier {
	tiers := slices.Clone(p.Tiers)
	slices.Reverse(tiers)
	return tiers
}

// TierPage is where owners make or change one tier.
type TierPage struct {
	Tier   access.Tier // ID 0 for a new one; as it was typed, when it was refused
	Faults Faults
}

// Head names the page.
func (p TierPage) Head(w site.Words) Head {
	title := p.Tier.Name
	if p.Tier.ID == 0 {
		title = "New " + w.Tier
	}
	return managed(title, manageTiers, Crumb{Title(w.Tiers), manageTiers})
}

func (p TierPage) action() string {
	if p.Tier.ID == 0 {
		return manageTiers
	}
	return ManageTierAddress(p.Tier.ID)
}

// GroupsPage lists the club's groups, with a form for another.
type GroupsPage struct {
	Groups []access.Group
	Typed  access.Group
	Faults Faults
}

// Head names the page.
func (p GroupsPage) Head() Head { return managed("Groups", manageGroups) }

// GroupPage is where owners fill one group.
type GroupPage struct {
	Group   access.Group
	Members []Belonging
	Zone    *time.Location // the club's, of whose days an end is one
	Joining Joining
	Named   access.Group // its name and words as they were typed
	Faults  Faults       // of member and ends_at, or of name and words
}

// Joining is a place in a group as it is typed.
type Joining struct{ Handle, Ends string }

// Belonging is a member's place in a group.
type Belonging struct {
	Group  access.Group
	Person Person
	EndsAt *time.Time
}

// Head names the page.
func (p GroupPage) Head() Head {
	return managed(p.Group.Name, manageGroups, Crumb{"Groups", manageGroups})
}

// PeoplePage is where owners find a member. Without a query it shows who joined last.
type PeoplePage struct {
	Query string
	Found []Person
}

// Head names the page.
func (p PeoplePage) Head(w site.Words) Head { return managed(Title(w.Members), manageMembers) }

// PersonPage is one member as owners see them: what they hold, and why.
type PersonPage struct {
	Person Person
	Grants []Granted
	Groups []Belonging // that they are in
	Zone   *time.Location
	Tiers  []access.Tier  // that can be granted: all but the lowest
	Others []access.Group // that they are not in
	Key    string         // made by the form: the same one twice grants once
	Typed  Giving
	Faults Faults

	Refused Refused
	Conduct Conduct
}

// Refused is the withdrawal of a grant that did not go through, as it was typed.
type Refused struct {
	Grant id.ID
	Why   string
	Text  string // what was wrong with it
}

// Giving is a grant as it is typed.
type Giving struct{ Tier, Starts, Ends, Reason string }

// Head names the page.
func (p PersonPage) Head(w site.Words) Head {
	return managed(p.Person.Name, manageMembers, Crumb{Title(w.Members), manageMembers})
}

// of keeps the faults of some fields, for a page with several forms: the first form has the rest.
func (f Faults) of(names ...string) Faults {
	some := Faults{}
	for _, name := range names {
		if text := f[name]; text != "" {
			some[name] = text
		}
	}
	return some
}

func (f Faults) but(names ...string) Faults {
	rest := maps.Clone(f)
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

func withdrawAddress(grant id.ID) string { return "/manage/grants/" + grant.String() + "/withdraw" }

func tierOptions(tiers []access.Tier) []Option {
	options := make([]Option, len(tiers))
	for i, t := range tiers {
		options[i] = Option{Value: t.ID.String(), Text: t.Name}
	}
	return options
}

func groupOptions(groups []access.Group) []Option {
	options := make([]Option, len(groups))
	for i, g := range groups {
		options[i] = Option{Value: g.ID.String(), Text: g.Name}
	}
	return options
}
