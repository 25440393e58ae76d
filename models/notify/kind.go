package notify

import "fmt"

// Channel is a way to be told.
type Channel string

// The channels.
const (
	OnBell Channel = "bell"
	ByMail Channel = "mail"
	ByPush Channel = "push"
)

// Channels are all of them, in the order in which the settings show them.
var Channels = []Channel{OnBell, ByMail, ByPush}

// Kind is what is promised about one kind of notification.
type Kind struct {
	Name     string
	Words    string    // on the page of settings: "Somebody replies in your topic"
	On       []Channel // what it comes by until its member chooses otherwise
	Personal bool      // said to this member alone: its letter does not wait for the pause
	Fixed    bool      // the bell rings for it whatever was chosen
	Filed    string    // under which of Files it is found on the page of notifications; "" is the last of them
	After    []string  // who was told of the same by one of these is not told again
}

// What notifications are filed under.
const (
	Replies  = "replies"
	Mentions = "mentions"
	Thanks   = "thanks"
	Others   = "others"
)

// Files are all of these, in the order in which they are shown.
var Files = []string{Replies, Mentions, Thanks, Others}

// filed are the names of the kinds that are filed there.
func filed(under string) (names []string) {
	for _, k := range Kinds {
		if k.Filed == under || k.Filed == "" && under == Others {
			names = append(names, k.Name)
		}
	}
	return names
}

// Kinds is every kind, one to a line, in the order in which the settings show them. What is not here
// is not told.
var Kinds = []Kind{
	{Name: Watched, Words: "Somebody writes where you watch", On: []Channel{OnBell, ByMail}, Filed: Replies},
	{Name: Started, Words: "Somebody begins a topic where you watch", On: []Channel{OnBell, ByMail}, Filed: Replies},
	{Name: Reminded, Words: "You asked to be reminded of what you kept", On: []Channel{OnBell, ByMail, ByPush}, Personal: true},
	{Name: Replied, Words: "Somebody replies in a topic of yours", On: []Channel{OnBell, ByMail, ByPush}, Filed: Replies, After: []string{Mentioned, Quoted}},
	{Name: Quoted, Words: "Somebody answers a post of yours, with its words", On: []Channel{OnBell, ByMail, ByPush}, Filed: Replies, After: []string{Mentioned}},
	{Name: Answered, Words: "Somebody writes in a thread that you follow", On: []Channel{OnBell, ByPush}, Filed: Replies, After: []string{Mentioned}},
	{Name: Linked, Words: "Somebody links to a post of yours", On: []Channel{OnBell}, Filed: Mentions, After: []string{Mentioned, Quoted, Replied}},
	{Name: Mentioned, Words: "Somebody mentions you", On: []Channel{OnBell, ByMail, ByPush}, Filed: Mentions},
	{Name: Direct, Words: "Somebody writes to you in a direct room", On: []Channel{OnBell, ByMail, ByPush}, Filed: Mentions},
	{Name: Reacted, Words: "Somebody thanks you for what you wrote", On: []Channel{OnBell}, Filed: Thanks},
	{Name: Accepted, Words: "Your answer is accepted", On: []Channel{OnBell, ByMail}, Filed: Thanks},
	{Name: Edited, Words: "Somebody else changes a post of yours", On: []Channel{OnBell}},
	{Name: Removed, Words: "Somebody else removes a post of yours", On: []Channel{OnBell, ByMail}},
	{Name: Moved, Words: "A topic of yours is moved, merged, renamed, closed, archived, removed or given away", On: []Channel{OnBell, ByMail}},
	{Name: Rose, Words: "You reach a new status", On: []Channel{OnBell, ByMail}, Personal: true},
	{Name: Won, Words: "You earn a badge", On: []Channel{OnBell}, Personal: true},
	{Name: Granted, Words: "You are granted a tier", On: []Channel{OnBell, ByMail}, Personal: true},
	{Name: Published, Words: "A topic that you scheduled is published", On: []Channel{OnBell}, Personal: true},
	{Name: Unpublished, Words: "A topic that you scheduled could not be published", On: []Channel{OnBell, ByMail}, Personal: true},
	{Name: Mailed, Words: "An answer by mail is posted in your name", On: []Channel{OnBell}, Personal: true, Fixed: true},
	{Name: Letter, Words: "Somebody writes you a letter", On: []Channel{OnBell, ByMail, ByPush}},
	{Name: LetterBack, Words: "A letter of yours could not be delivered", On: []Channel{OnBell, ByMail}, Personal: true},
	{Name: Warned, Words: "The club's staff warn you", On: []Channel{OnBell, ByMail}, Personal: true, Fixed: true},
}

// FindKind is the kind of that name; ok is false when there is none.
func FindKind(name string) (k Kind, ok bool) {
	for _, k := range Kinds {
		if k.Name == name {
			return k, true
		}
	}
	return k, false
}

// declaredKind is FindKind for what is to be told: one that nobody declared is a mistake of ours.
func declaredKind(name string) (Kind, error) {
	k, ok := FindKind(name)
	if !ok {
		return k, fmt.Errorf("notification %q: give it a line among the kinds in models/notify/kind.go", name)
	}
	return k, nil
}

// Usual tells whether it comes by that channel until its member chooses otherwise.
func (k Kind) Usual(c Channel) bool {
	for _, on := range k.On {
		if on == c {
			return true
		}
	}
	return false
}
