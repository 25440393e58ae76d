package views

import (
	"guildhall/models/site"
	"guildhall/static"
)

// Shell is all that stands around a page: whose club it is, who looks, what they may enter, and
// what waits for them.
type Shell struct {
	Club     site.Club
	Me       *Me // nil for a guest
	Sections []Section
	Owner    bool  // shows the back office
	Staff    bool  // shows the queue of what was reported
	Waiting  int64 // how much of it waits
	Bell     Bell
	Direct   int64 // rooms of a few in which something waits
	Letters  int64 // letters to read, up to a hundred
	Reader   Reader

	Chat     string // address of the room that the chat tab opens; none shows the boards instead
	NewTopic string // address of the form for a new topic; none hides its button
	Script   string // address of the one module
	Density  string // "compact", or roomy
	Said     string // what was just done, said once: "Reply posted."
	Note     string // the address where what was just kept gets a note and a reminder
	Undo     string // the address that takes it back, if one does

	Links  []site.Link  // the club's own pages, for the foot of this one
	Banner *site.Banner // what owners announce to this viewer, or nothing
	Asked  bool         // the viewer is to agree to the rules before they write
	Base   string       // where the club is, without the last slash: "https://club.example"
	Path   string       // where the page stands: what is put away leads back to it

	Head
}

// Head is what a page says of itself to the house around it.
type Head struct {
	Title  string
	Crumbs []Crumb // where one is; the last is this page and has no address
	Here   string  // address of the entry in the sidebar that this page belongs to
	Tab    Tab
	Main   string  // how wide: "", "wide" or "bleed"
	Feed   string  // address of the feed that tells of what the page shows
	Public *Public // for what a stranger reads
}

// Crumb is one step of the way to a page.
type Crumb struct{ Text, Href string }

// Tab is one of the five places at the foot of a small screen.
type Tab string

// Tabs.
const (
	HomeTab   Tab = "home"
	SpacesTab Tab = "spaces"
	ChatTab   Tab = "chat"
	InboxTab  Tab = "inbox"
	YouTab    Tab = "you"
)

// Me is the member who looks.
type Me struct {
	Person
	Theme string // "system", "light" or "dark"

	NoKeys bool // single keys do nothing
}

// Section is a group of spaces in the sidebar.
type Section struct {
	Name  string
	Links []SpaceLink
}

// SpaceLink is a space in the sidebar.
type SpaceLink struct {
	Name   string
	Href   string
	Icon   string
	Locked string // what opens it, "at Regular", when it is closed to this viewer
	New    int64  // how much is new to them there
	Dot    bool   // something is new, and is not counted
	Here   int64  // how many are in its room
	Room   string // the id of its room, or empty
	Heard  int64  // how much there is unread, as they follow it
}

// Bell is what a member was told and has not read, up to a hundred of them, and the latest few.
type Bell struct {
	Unread int64
	Notes  []Note // nil: the panel asks for them when it opens
}

// With puts a page's head into the shell.
func (s Shell) With(h Head) Shell {
	s.Head = h
	return s
}

func (s Shell) title() string {
	switch {
	case s.Club.Name == "":
		return s.Title
	case s.Title == "":
		return s.Club.Name
	}
	return s.Title + " · " + s.Club.Name
}

func (s Shell) theme() string {
	if s.Me == nil || s.Me.Theme == "system" {
		return ""
	}
	return s.Me.Theme
}

func (s Shell) zone() string {
	if s.Reader.Zone == nil {
		return "UTC"
	}
	return s.Reader.Zone.String()
}

func (s Shell) hueSheet() string {
	hue := s.Club.Hue
	if s.Club.ID == 0 {
		hue = Bottle // not founded yet
	}
	path, _ := static.Hue(hue)
	return path
}

// backOffice lists the owners' pages.
func backOffice(w site.Words) []SpaceLink {
	return []SpaceLink{
		{Name: "The club", Href: manageClub, Icon: "gear"},
		{Name: "Pages", Href: ManagePagesAddress, Icon: "book"},
		{Name: "Banners", Href: ManageBannersAddress, Icon: "megaphone"},
		{Name: Title(w.Spaces) + " and doors", Href: manageSpaces, Icon: "door"},
		{Name: Title(w.Tiers), Href: manageTiers, Icon: "ticket"},
		{Name: Title(w.Members), Href: manageMembers, Icon: "users"},
		{Name: "Groups", Href: manageGroups, Icon: "userplus"},
		{Name: "Mail", Href: ManageLettersAddress, Icon: "mail"},
		{Name: "Tags", Href: manageTags, Icon: "hash"},
		{Name: "Link previews", Href: ManagePreviewsAddress, Icon: "link"},
	}
}

// sidebarSections are the spaces with home above them, the owners' pages, and what the club has
// beside its spaces.
func (s Shell) sidebarSections(w site.Words) []Section {
	home := SpaceLink{Name: "Home", Href: "/", Icon: "home"}
	all := append([]Section(nil), s.Sections...)
	if len(all) == 0 {
		all = []Section{{}}
	}
	all[0].Links = append(s.own(home), all[0].Links...)
	if s.Staff {
		review := SpaceLink{Name: "Review", Href: ReviewAddress, Icon: "gavel", New: s.Waiting}
		all = append(all, Section{Name: "Back office", Links: []SpaceLink{review}})
	}
	if s.Owner {
		all[len(all)-1].Links = append(all[len(all)-1].Links, backOffice(w)...)
	}
	return append(all, Section{Name: "The club", Links: []SpaceLink{
		{Name: "Standing", Href: "/standing", Icon: "trophy"},
		{Name: "Membership", Href: "/membership", Icon: "ticket"},
	}})
}

// own is what stands above the spaces: home and, of a member, what they have begun.
func (s Shell) own(home SpaceLink) []SpaceLink {
	latest := SpaceLink{Name: "Latest", Href: LatestAddress, Icon: "clock"}
	if s.Me == nil {
		return []SpaceLink{home, latest}
	}
	return []SpaceLink{home, latest, {Name: "Direct rooms", Href: RoomsAddress, Icon: "chat", New: s.Direct}, {Name: "Letters", Href: LettersAddress, Icon: "mail", New: s.Letters}, {Name: "Bookmarks", Href: BookmarksAddress, Icon: "bookmark"}, {Name: "Drafts", Href: DraftsAddress, Icon: "pencil"}}
}

// standing is what a member's name is followed by: "Contributor · Patron".
func (m Me) standing() string {
	switch {
	case m.Rung.Name == "":
		return m.Tier.Name
	case m.Tier.Name == "":
		return m.Rung.Name
	}
	return m.Rung.Name + " · " + m.Tier.Name
}
