package member

import "slices"

// Scope is one thing that a token may read. Each stands in the table of routes beside what it opens.
type Scope string

// The scopes, in the order of the form.
const (
	ReadMe            Scope = "me:read"
	ReadSpaces        Scope = "spaces:read"
	ReadPosts         Scope = "posts:read"
	ReadChat          Scope = "chat:read"
	ReadMembers       Scope = "members:read"
	ReadNotifications Scope = "notifications:read"
	ReadStanding      Scope = "standing:read"
)

// ReadFeeds is that of the key in the address of a private feed. It stands in no form, and no key of a
// feed has another beside it: an address is seen by more eyes than a header.
const ReadFeeds Scope = "feeds:read"

// Scopes are all that a token can be given. None of them changes anything.
var Scopes = []Scope{ReadMe, ReadSpaces, ReadPosts, ReadChat, ReadMembers, ReadNotifications, ReadStanding}

var scopeWords = map[Scope][2]string{
	ReadMe:            {"who you are", "Your name, handle, time zone, tier and status."},
	ReadSpaces:        {"spaces", "The spaces that are listed for you, and what opens those that are closed."},
	ReadPosts:         {"topics and posts", "The topics that you may read, and what was written in them."},
	ReadChat:          {"chat", "What is said in the rooms that you may read."},
	ReadMembers:       {"members", "The public page of a member whose handle is known: name, words, tier, status, badges."},
	ReadNotifications: {"notifications", "What you were told. Reading them here marks none as read."},
	ReadStanding:      {"standing", "The leaderboards, and where you stand on them."},
}

// Known tells whether there is such a scope.
func (s Scope) Known() bool { return slices.Contains(Scopes, s) }

// Words name what the scope reads, within a sentence: "topics and posts".
func (s Scope) Words() string { return scopeWords[s][0] }

// Sentence says what a token with the scope is shown.
func (s Scope) Sentence() string { return scopeWords[s][1] }
