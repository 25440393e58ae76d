package views

import (
	"fmt"
	"strings"

	"guildhall/models/access"
	"guildhall/models/site"
	"guildhall/models/space"
)

// DoorPage is a closed space that is listed for the reader: which keys open it, and how far the
// reader is from each.
type DoorPage struct {
	space.Door
	Section string
	Guest   bool
	Find    string    // where somebody could be helped just now, or nothing
	Carried []Carried // of a form that was refused as the door had closed
}

// Head names the page.
func (p DoorPage) Head() Head {
	at := SpaceAddress(p.Space.Slug)
	crumbs := []Crumb{{Text: p.Section}, {Text: p.Space.Name}}
	if p.inside() {
		crumbs = []Crumb{{Text: p.Space.Name, Href: at}, {Text: "Closed"}}
	}
	return Head{Title: p.Space.Name, Crumbs: crumbs, Here: at, Tab: SpacesTab}
}

// inside tells whether the reader may read in the space, and came to do more.
func (p DoorPage) inside() bool {
	return p.Verb == access.Start || p.Verb == access.Reply || p.Verb == access.Chat
}

// acting is what is closed in a space that may be read.
func (p DoorPage) acting(w site.Words) string {
	return map[access.Verb]string{access.Start: "to start " + w.Topics + " here", access.Reply: "to reply here", access.Chat: "to speak in its room"}[p.Verb]
}

// opens says all the ways in one line: "Opens at Mentor, or with Fellow".
func opens(ways []access.Way) string {
	if len(ways) == 0 {
		return "Not open to you"
	}
	said := make([]string, len(ways))
	for i, w := range ways {
		said[i] = w.Phrase()
	}
	return "Opens " + strings.Join(said, ", or ")
}

// widest is the longest line that a tag takes on a small screen.
const widest = 36

// tagged is opens, or how many ways there are if they do not go on one line.
func tagged(ways []access.Way) string {
	if line := opens(ways); len(line) <= widest {
		return line
	}
	return Title(Spelled(int64(len(ways)), "way", "ways")) + " in"
}

// upgrade is the lowest tier that opens the door by itself, if there is one.
func upgrade(ways []access.Way) (tier access.Tier, ok bool) {
	for _, w := range ways {
		if len(w) == 1 && w[0].Key.Kind == access.TierKey && (!ok || w[0].Tier.Rank < tier.Rank) {
			tier, ok = w[0].Tier, true
		}
	}
	return tier, ok
}

// wayIn is one way as the door shows it.
type wayIn struct {
	Icon  string
	Text  string // "Earn the key: Mentor at 500"
	So    string // "412 of 500"
	To    string // what is to go, in a sentence
	Share int    // of a hundred; -1: it cannot be measured
	Met   bool
}

func waysIn(ways []access.Way, w site.Words) []wayIn {
	all := make([]wayIn, len(ways))
	for i, way := range ways {
		if len(way) == 1 {
			all[i] = oneKey(way[0], w)
		} else {
			all[i] = manyKeys(way, w)
		}
	}
	return all
}

func oneKey(n access.Need, w site.Words) wayIn {
	in := wayIn{Icon: keyIcon(n.Key.Kind), Text: Title(keyText(n, w)), Share: -1, Met: n.Met}
	if n.Met {
		in.Icon, in.So = "check", "you hold it"
		return in
	}
	unit := "points"
	switch n.Key.Kind {
	case access.TenureKey:
		unit = "days"
	case access.StatusKey, access.ScoreKey:
	default:
		return in
	}
	in.So, in.Share = fmt.Sprintf("%s of %s", Number(n.Have), Number(n.Want)), percent(n.Have, n.Want)
	in.To = fmt.Sprintf("%s %s to go.", Number(n.Gap), unit)
	return in
}

// manyKeys is a way whose keys are all needed: as near as the one that is furthest away.
func manyKeys(way access.Way, w site.Words) wayIn {
	in := wayIn{Icon: "key", Share: -1, Met: true}
	var texts, missing []string
	met := 0
	for _, n := range way {
		one := oneKey(n, w)
		texts = append(texts, keyText(n, w))
		if n.Met {
			met++
			continue
		}
		in.Met = false
		if one.Share >= 0 {
			missing = append(missing, strings.TrimSuffix(one.To, " to go."))
			if in.Share < 0 || one.Share < in.Share {
				in.Share = one.Share
			}
		} else {
			missing = append(missing, n.Name)
		}
	}
	in.Text, in.So = Title(strings.Join(texts, ", and ")), fmt.Sprintf("%d of %d held", met, len(way))
	if len(missing) > 0 {
		in.To = "To go: " + strings.Join(missing, "; ") + "."
	}
	return in
}

func keyText(n access.Need, w site.Words) string {
	switch n.Key.Kind {
	case access.StatusKey:
		return fmt.Sprintf("%s, at %s points", n.Name, Number(n.Want))
	case access.TierKey:
		return "the " + n.Name + " " + w.Tier
	}
	return n.Name
}

func keyIcon(kind access.KeyKind) string {
	switch kind {
	case access.TierKey:
		return "ticket"
	case access.BadgeKey:
		return "medal"
	case access.GroupKey:
		return "users"
	case access.TenureKey:
		return "calendar"
	case access.RoleKey:
		return "shield"
	case access.NamedKey:
		return "mail"
	}
	return "key"
}
