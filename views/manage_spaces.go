package views

import (
	"guildhall/models/access"
	"guildhall/models/site"
	"guildhall/models/space"
)

// SpacesPage lists the sections with their spaces, for owners.
type SpacesPage struct {
	Wings  []Wing
	Typed  string // the name of a new section, when it was refused
	Faults Faults
}

// Wing is a section with its spaces.
type Wing struct {
	space.Section
	Spaces []Kept
	Typed  string // another name for it, when that was refused
	Fault  string
}

func (w Wing) named() string {
	if w.Fault != "" {
		return w.Typed
	}
	return w.Name
}

// Kept is a space as owners list it: with what opens it, and who keeps it.
type Kept struct {
	space.Space
	Opens   map[access.Verb]string // "at Regular, or with Patron"; nothing: no lock of its own
	Keepers []Person
}

// acting says what opens each of the verbs above reading.
func (k Kept) acting(w site.Words) (said []string) {
	for _, a := range []struct {
		verb access.Verb
		what string
	}{{access.Start, "New " + w.Topics + " open "}, {access.Reply, "Replies open "}, {access.Chat, "Chat opens "}} {
		if opens := k.Opens[a.verb]; opens != "" {
			said = append(said, a.what+opens)
		}
	}
	return said
}

// Head names the page.
func (p SpacesPage) Head(w site.Words) Head {
	return managed(Title(w.Spaces)+" and doors", manageSpaces)
}

// SpaceForm is where owners make or change a space.
type SpaceForm struct {
	Space    space.Space // ID 0 for a new one; as it was typed, when it was refused
	Was      string      // its address before this form
	Sections []space.Section
	Keepers  []Person
	Typed    string // the handle of another keeper, when it was refused
	Faults   Faults
}

// Head names the page.
func (p SpaceForm) Head(w site.Words) Head {
	title := p.Space.Name
	if p.Space.ID == 0 {
		title = "New " + w.Space
	}
	return managed(title, manageSpaces, Crumb{Title(w.Spaces), manageSpaces})
}

func (p SpaceForm) action() string {
	if p.Space.ID == 0 {
		return manageSpaces
	}
	return ManageSpaceAddress(p.Was)
}

func (p SpaceForm) sections() []Option {
	options := make([]Option, len(p.Sections))
	for i, s := range p.Sections {
		options[i] = Option{Value: s.ID.String(), Text: s.Name}
	}
	return options
}

// spaceIcons are the glyphs offered for a space.
var spaceIcons = []string{
	"chat", "question", "megaphone", "wave", "camera", "aperture", "film", "drop", "map", "armchair", "book", "bag",
	"bulb", "calendar", "gift", "handshake", "hash", "heart", "image", "key", "medal", "moon", "paint", "plant", "rocket", "seat", "star", "sun", "users", "flame",
}
