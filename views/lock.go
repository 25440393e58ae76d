package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
)

// LocksPage is where owners say who may enter a space. The locks on it are a draft that the form
// carries until it is saved, so it works without a script: every button posts the whole draft.
type LocksPage struct {
	Space   space.Space
	Section string
	Draft   map[access.Verb]access.Lock
	Changed bool // the draft differs from what hangs there
	Keys    KeyNames
	Tasters []Option // topics that may be read from the door
	Taster  string   // the chosen one; empty: none
	Faults  Faults
	Adding  map[access.Verb]Adding // what was typed beside a lock and could not be taken
}

// Adding is a key that is being added to a lock, as it was typed.
type Adding struct{ Key, Amount, Handle, With string }

// KeyNames are all things that a key may ask for, with what they are called.
type KeyNames struct {
	Tiers  []access.Tier
	Rungs  []access.Rung
	Badges []Option // by id
	Groups []access.Group
	People map[id.ID]Person // whom the draft names
}

// Head names the page.
func (p LocksPage) Head(site.Words) Head {
	return managed("Who may enter", manageSpaces, Crumb{p.Space.Name, ManageSpaceAddress(p.Space.Slug)})
}

// verbRow is one row of the page.
type verbRow struct {
	Verb       access.Verb
	Icon       string
	Title, Say string
	Open       string // what no alternatives mean
}

func verbRows(w site.Words) []verbRow {
	return []verbRow{
		{access.See, "eye", "See it", "In the sidebar, with a lock", "Everyone, " + w.Guests + " too"},
		{access.Read, "door", "Read", Title(w.Topics) + " and the room", "Everyone who sees it"},
		{access.Start, "plus", "Start " + w.Topics, "", "Every " + w.Member + " who reads it"},
		{access.Reply, "reply", "Reply", "", "Every " + w.Member + " who reads it"},
		{access.Chat, "chat", "Chat", "Speak in its room", "Every " + w.Member + " who reads it"},
	}
}

// WayText writes one alternative of a lock as a form carries it: "tier:…+status:3". ParseWay
// reads it.
func WayText(keys []access.Key) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = KeyText(k)
	}
	return strings.Join(parts, "+")
}

// KeyText writes one key: its kind, and what it asks for.
func KeyText(k access.Key) string {
	switch k.Kind {
	case access.Anyone, access.SignedIn:
		return string(k.Kind)
	case access.TierKey, access.BadgeKey, access.GroupKey, access.NamedKey:
		return string(k.Kind) + ":" + k.Ref.String()
	}
	return string(k.Kind) + ":" + strconv.FormatInt(k.Amount, 10)
}

// ParseWay reads what WayText wrote. Whether such tiers or badges exist is for access to say.
func ParseWay(text string) ([]access.Key, error) {
	var keys []access.Key
	for part := range strings.SplitSeq(text, "+") {
		k, err := ParseKey(part)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// ParseKey reads what KeyText wrote.
func ParseKey(text string) (access.Key, error) {
	kind, of, _ := strings.Cut(text, ":")
	k := access.Key{Kind: access.KeyKind(kind)}
	var err error
	switch k.Kind {
	case access.Anyone, access.SignedIn:
		if of != "" {
			err = fmt.Errorf("%q asks for nothing", kind)
		}
	case access.TierKey, access.BadgeKey, access.GroupKey, access.NamedKey:
		k.Ref, err = id.Parse(of)
	case access.StatusKey, access.ScoreKey, access.TenureKey, access.RoleKey:
		k.Amount, err = strconv.ParseInt(of, 10, 64)
	default:
		err = fmt.Errorf("no key is called %q", kind)
	}
	return k, err
}

// choice is one key of the list to add from; a group of them shares a heading.
type choice struct{ Value, Text string }

type choices struct {
	Heading string
	All     []choice
}

// choices are all keys that can be added. The last few ask for a number or a name beside them.
func (n KeyNames) choices(verb access.Verb, w site.Words) []choices {
	everybody := choices{"Everybody", []choice{{"signed_in", "Every " + w.Member}}}
	if verb == access.See || verb == access.Read {
		everybody.All = append([]choice{{"anyone", "Everyone, " + w.Guests + " too"}}, everybody.All...)
	}
	return slices.DeleteFunc([]choices{
		everybody,
		{Title(w.Tiers), each(n.Tiers, func(t access.Tier) choice {
			return choice{KeyText(access.Key{Kind: access.TierKey, Ref: t.ID}), t.Name + " or above"}
		})},
		{Title(w.Status), each(n.Rungs, func(r access.Rung) choice {
			return choice{KeyText(access.Key{Kind: access.StatusKey, Amount: int64(r.Position)}), r.Name + " and up"}
		})},
		{"Badges", each(n.Badges, func(o Option) choice { return choice{"badge:" + o.Value, o.Text} })},
		{"Groups", each(n.Groups, func(g access.Group) choice {
			return choice{KeyText(access.Key{Kind: access.GroupKey, Ref: g.ID}), g.Name}
		})},
		{"Roles", []choice{{"role:2", Title(w.Moderators)}, {"role:1", Title(w.Owners)}}},
		{"With a number or a handle", []choice{{"score", "A " + w.Score + " of at least …"}, {"tenure", "… days here"}, {"member", "One " + w.Member + " by handle …"}}},
	}, func(c choices) bool { return len(c.All) == 0 })
}

func each[T any](all []T, of func(T) choice) []choice {
	list := make([]choice, len(all))
	for i, a := range all {
		list[i] = of(a)
	}
	return list
}

func (n KeyNames) tier(ref id.ID) access.Tier {
	i := slices.IndexFunc(n.Tiers, func(t access.Tier) bool { return t.ID == ref })
	if i < 0 {
		return access.Tier{Name: "one that is gone", Ticket: 1}
	}
	return n.Tiers[i]
}

func (n KeyNames) rung(position int64) access.Rung {
	i := slices.IndexFunc(n.Rungs, func(r access.Rung) bool { return int64(r.Position) == position })
	if i < 0 {
		return access.Rung{Name: "rung " + strconv.FormatInt(position, 10)}
	}
	return n.Rungs[i]
}

func (n KeyNames) badge(ref id.ID) string {
	for _, b := range n.Badges {
		if b.Value == ref.String() {
			return b.Text
		}
	}
	return "gone"
}

func (n KeyNames) group(ref id.ID) string {
	for _, g := range n.Groups {
		if g.ID == ref {
			return g.Name
		}
	}
	return "a group that is gone"
}

func (n KeyNames) person(ref id.ID, w site.Words) string {
	if p := n.People[ref]; !p.Former() {
		return p.Name
	}
	return "a former " + w.Member
}

func (p LocksPage) tasters(w site.Words) []Option {
	return append([]Option{{Value: "", Text: "No " + w.Topic}}, p.Tasters...)
}

func lockField(verb access.Verb, what string) string { return string(verb) + "_" + what }
