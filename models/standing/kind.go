package standing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kinds of acts that count.
const (
	Topic       = "topic"
	Reply       = "reply"
	ReactionGot = "reaction"
	Accepted    = "accepted"
	Voted       = "vote"
	Message     = "message"
	Visit       = "visit"
	Invited     = "invited"
)

// Kind is an entry of the catalogue: every act of these kinds is kept, also one to which the
// present rules give nothing.
type Kind struct {
	Key       string
	One, Many string // what a ledger line says
	Received  bool   // another member causes it: from oneself it is worth nothing
	Daily     bool   // once a day: it has no subject but its day
}

// Kinds is the catalogue, in the order in which the ledger lists it.
var Kinds = []Kind{
	{Key: Accepted, One: "Answer accepted", Many: "Answers accepted", Received: true},
	{Key: Topic, One: "Topic started", Many: "Topics started"},
	{Key: Reply, One: "Reply", Many: "Replies"},
	{Key: ReactionGot, One: "Thanks received", Many: "Thanks received", Received: true},
	{Key: Voted, One: "Vote received", Many: "Votes received", Received: true},
	{Key: Message, One: "Chat message", Many: "Chat messages"},
	{Key: Visit, One: "Day here", Many: "Days here", Daily: true},
	{Key: Invited, One: "Guest who came in", Many: "Guests who came in", Received: true},
}

// FindKind returns a kind of the catalogue.
func FindKind(key string) (k Kind, ok bool) {
	for _, k := range Kinds {
		if k.Key == key {
			return k, true
		}
	}
	return Kind{}, false
}

// Words says n acts of the kind as a ledger line does, without the number: "Answers accepted".
func (k Kind) Words(n int64) string {
	if n == 1 {
		return k.One
	}
	return k.Many
}

// Aside says one act of the kind after a number of points: "+25, answer accepted".
func (k Kind) Aside() string {
	first, size := utf8.DecodeRuneInString(k.One)
	return string(unicode.ToLower(first)) + k.One[size:]
}

// What can cut the worth of an act.
const (
	CapSelf   = "self"   // caused by who would earn by it
	CapSpace  = "space"  // in a space whose acts earn no public score
	CapGiver  = "giver"  // past what counts of a day from one person
	CapDay    = "day"    // past what counts of a day
	CapMutual = "mutual" // half: two people back and forth
)

// CapWords says why an act is worth less than others of its kind; nothing for the empty cap.
func CapWords(limit string) string {
	return map[string]string{
		CapSelf:   "Nobody earns by what they do for themselves.",
		CapSpace:  "What happens in this space does not count towards the score.",
		CapGiver:  "Past what counts from one person in a day.",
		CapDay:    "Past what counts in a day.",
		CapMutual: "Half, because the two of you went back and forth that day.",
	}[limit]
}

// splitKinds lists the kinds of a badge.
func splitKinds(kinds string) []string { return strings.Fields(kinds) }

// named tells whether key is one of a badge's kinds.
func named(kinds, key string) bool {
	for k := range strings.FieldsSeq(kinds) {
		if k == key {
			return true
		}
	}
	return false
}
