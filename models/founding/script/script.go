// Package script is what the demo club says: its people, their topics and replies, the chat, and the order in
// which it all happened over a year. It is pure: it knows no database and no other package of the house. The
// same seed always gives the same script; founding replays it through the club's public operations.
package script

import "time"

// The ten spaces of the club, by the word in their address.
const (
	Announcements    = "announcements"
	Questions        = "questions"
	Critique         = "critique"
	Introductions    = "introductions"
	Darkroom         = "darkroom"
	Developing       = "developing"
	LensLibrary      = "lens-library"      // patrons and fellows
	PrintMasterclass = "print-masterclass" // fellows (or a Mentor, whom the script never counts on)
	QuietRoom        = "quiet-room"        // by status: only long-standing, busy people act here
	Committee        = "committee"         // the seven of Person.Committee
)

// Spaces lists the ten in the order of the sidebar.
func Spaces() []string {
	return []string{Announcements, Questions, Critique, Introductions, Darkroom,
		Developing, LensLibrary, PrintMasterclass, QuietRoom, Committee}
}

// The rooms that people chat in.
const (
	Lounge          = "lounge"
	DarkroomChat    = "darkroom"
	MasterclassChat = "masterclass"
)

// The kinds of a reaction.
const (
	Thanks     = "thanks"
	Question   = "question"
	Applause   = "applause"
	Photograph = "photograph"
	Worked     = "worked"
)

// Script is a year of the club, oldest event first.
type Script struct{ Events []Event }

// Event is one act and how long before now it happened. Events of equal Ago stand in the order to replay.
type Event struct {
	Ago time.Duration
	Act Act
}

// Act is one of Topic, Reply, React, Accept, Pin, Chat, ChatReact, Visit and Invite.
type Act interface{ doer() string }

// Topic opens a topic. Its opening post is number 1.
type Topic struct{ Key, Space, Author, Title, Text string }

// Reply adds a post. Number is the one that it gets when the script is replayed in order; QuoteOf is the number
// of the post that it quotes, or 0.
type Reply struct {
	TopicKey        string
	Number, QuoteOf int
	Author, Text    string
}

// React puts a reaction of By on a post of somebody else; nobody reacts twice to the same post.
type React struct {
	TopicKey string
	Number   int
	By, Kind string
}

// Accept is the asker's: post Number is the answer.
type Accept struct {
	TopicKey string
	Number   int
	By       string
}

// Pin is a moderator's of the topic's space.
type Pin struct{ TopicKey, By string }

// Chat is one message; Key counts the messages of the script from 1.
type Chat struct {
	Key            int
	Room, By, Text string
}

// ChatReact puts a reaction on somebody else's message.
type ChatReact struct {
	Key      int
	By, Kind string
}

// Visit is a day on which By was here: at most one for each person and UTC day.
type Visit struct{ By string }

// Invite is By asking Guest in, just before Guest joins.
type Invite struct{ By, Guest string }

// Doer is the handle of whoever does a.
func Doer(a Act) string { return a.doer() }

func (a Topic) doer() string     { return a.Author }
func (a Reply) doer() string     { return a.Author }
func (a React) doer() string     { return a.By }
func (a Accept) doer() string    { return a.By }
func (a Pin) doer() string       { return a.By }
func (a Chat) doer() string      { return a.By }
func (a ChatReact) doer() string { return a.By }
func (a Visit) doer() string     { return a.By }
func (a Invite) doer() string    { return a.By }
