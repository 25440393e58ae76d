package script

import (
	"slices"
	"strings"
)

// Person is a member of the demo club as the script knows them.
type Person struct {
	Handle, Name, Bio string
	Town, Zone        string   // Zone is an IANA name
	Joined            int      // days before now
	Weight            float64  // how active, 0 to 1
	Role              string   // owner, moderator or member
	Moderates         []string // spaces, for a moderator
	Tier              string   // guest, member, patron or fellow
	Committee         bool
	Picture           string // a drawing's name without ending, or ""
	InvitedBy         string // a handle, or ""

	since rune // 'v' prints since before most were born, 'n' is new to film, 'm' stands between
	owl   bool // keeps late hours
}

// First is the name that others call the person by.
func (p Person) First() string { first, _, _ := strings.Cut(p.Name, " "); return first }

// People lists everybody, longest here first. The slice is the caller's own.
func People() []Person {
	all := make([]Person, 0, len(table))
	for _, r := range table {
		p := Person{Handle: r.handle, Name: r.name, Bio: r.bio, Town: r.town, Zone: r.zone, Joined: r.joined,
			Weight: r.weight, Role: "member", InvitedBy: invitedBy[r.handle]}
		p.Tier, p.since = r.tier, rune(r.marks[0])
		p.owl = strings.Contains(r.marks, "o")
		p.Committee = strings.Contains(r.marks, "c")
		if strings.Contains(r.marks, "p") {
			p.Picture = r.handle
		}
		if seats := moderates[r.handle]; seats != nil {
			p.Role, p.Moderates = "moderator", slices.Clone(seats)
		}
		if r.handle == "saoirse" {
			p.Role = "owner"
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Person) int { return b.Joined - a.Joined })
	return all
}

var moderates = map[string][]string{
	"priya":  {Critique, Introductions},
	"tomasz": {Questions, Developing},
}

var invitedBy = map[string]string{
	"wren": "otis", "rafael": "ines", "theo": "tendai", "jonas": "mehmet", "ruth": "ellis", "lotte": "bram",
	"billie": "callum", "zofia": "tomasz", "delphine": "otis", "kenji": "hana", "samir": "katya", "femi": "yusuf",
	"niall": "aoife", "arthur": "idris", "esme": "priya", "mina": "noor", "nadia": "luc", "grace": "saoirse",
}

// May says whether the script lets p act in a space: the locks that the demo's founder is to set, and no wider.
// Starting a topic in Announcements is the committee's.
func (p Person) May(space string, start bool) bool {
	switch space {
	case Committee:
		return p.Committee
	case PrintMasterclass:
		return p.Tier == "fellow"
	case LensLibrary:
		return p.Tier == "fellow" || p.Tier == "patron"
	case QuietRoom:
		return p.Weight >= .5 && p.Joined >= 270
	case Announcements:
		return p.Committee || !start && p.Tier != "guest"
	case Questions, Introductions:
		return true
	}
	return p.Tier != "guest"
}

// MayChat is the same for a room.
func (p Person) MayChat(room string) bool {
	switch room {
	case MasterclassChat:
		return p.Tier == "fellow"
	case DarkroomChat:
		return p.Tier != "guest"
	}
	return true
}
