package views

import (
	"guildhall/models/id"
	"guildhall/models/safety"
	"guildhall/models/space"
)

// ReviewAddress is the queue of what was reported.
const ReviewAddress = "/review"

// ReviewPage is what waits for a decision of the reader's.
type ReviewPage struct {
	Matters []Matter // the longest waiting first
	Waiting int64    // all of them, up to a hundred
	Next    string   // cursor of later ones
	Later   bool     // not the first of them
	Refused Judged
	Owner   bool
}

// Judged is a decision that did not go through, as it was typed.
type Judged struct {
	Flag     id.ID
	Decision string
	Reason   string
	Text     string // what was wrong with it
}

// Matter is one thing that was reported, with who is named in it.
type Matter struct {
	safety.Reported
	Author Person
	In     space.Space
	By     map[id.ID]Person
}

// Head names the page.
func (p ReviewPage) Head() Head {
	return Head{Title: "Review", Crumbs: []Crumb{{Text: "Back office"}, {Text: "Review"}}, Here: ReviewAddress}
}

func (p ReviewPage) title() string {
	if p.Waiting == 0 {
		return "Nothing needs a decision"
	}
	if p.Waiting > 99 {
		return "Many things need a decision"
	}
	return Title(Spelled(p.Waiting, "thing needs a decision", "things need a decision"))
}

// where says what it is and where it stands.
func (m Matter) where() string {
	switch {
	case m.SubjectKind == safety.OfMember:
		return "Reported as a person"
	case m.Post != nil && m.Post.Number == 1:
		return "First post of “" + m.Post.Topic.Title + "” in " + m.In.Name
	case m.Post != nil:
		return "Reply in “" + m.Post.Topic.Title + "” in " + m.In.Name
	case m.Few:
		return "Said in a direct room"
	case m.Said != nil:
		return "Chat, " + m.In.Name
	case m.Letter != nil:
		return "A letter, reported by somebody to whom it was brought"
	}
	return "It is no longer there"
}

// address is where it can be read in its place.
func (m Matter) address() string {
	switch {
	case m.SubjectKind == safety.OfMember && !m.Author.Former():
		return m.Author.Address()
	case m.Post != nil:
		return PostAddress(m.In.Slug, m.Post.TopicID, m.Post.Topic.Slug, m.Post.Number)
	case m.Said != nil && !m.Few:
		return RoomAddress(m.In.Slug)
	}
	return ""
}

func (m Matter) html() string {
	switch {
	case m.Post != nil:
		return m.Post.HTML
	case m.Said != nil:
		return m.Said.HTML
	case m.Letter != nil:
		return m.Letter.HTML
	}
	return ""
}

// changed tells whether it said something else when it was reported.
func (m Matter) changed() bool {
	return m.Then != nil && m.Post != nil && m.Then.Source != m.Post.Source
}

// history is where all that it said can be read.
func (m Matter) history() string {
	return Posted{Post: m.Post.Post, Topic: m.Post.Topic, In: m.In}.HistoryAddress()
}

// gone tells whether it was removed, or hidden with its topic, before anybody decided.
func (m Matter) gone() bool {
	return m.Post != nil && (m.Post.Removed() || m.Post.Number == 1 && m.Post.Topic.Hidden) || m.Said != nil && m.Said.Removed() || m.Letter != nil && m.Letter.Removed()
}

// sealed tells whether it is a letter, or something said among a few, that the reader has not opened.
func (m Matter) sealed() bool {
	return m.Sealed() || m.Letter != nil && !m.Letter.Opened && !m.Letter.Removed()
}

// warns tells whether its author can still be told anything.
func (m Matter) warns() bool { return !m.Author.Former() && !m.Sealed() }

// removes tells whether there is anything to take away.
func (m Matter) removes() bool {
	return m.SubjectKind != safety.OfMember && !m.gone() && m.html() != ""
}

func (m Matter) action() string { return ReviewAddress + "/" + m.ID.String() }

// reasons are those that were given, each once.
func (m Matter) reasons() (all []complaint) {
	seen := map[string]bool{}
	for _, f := range m.Flags {
		if !seen[f.Reason] {
			seen[f.Reason] = true
			all = append(all, complaintOf(f.Reason))
		}
	}
	return all
}

// first is what its author is called in a sentence.
func (m Matter) first() string {
	if m.Author.Former() {
		return "its author"
	}
	return First(m.Author.Name)
}

// removal says what removing it does.
func (m Matter) removal() string {
	if m.Post != nil && m.Post.Number == 1 {
		return "The topic is hidden with everything in it, and " + m.first() + " is warned."
	}
	return "It goes from the page for everybody, and " + m.first() + " is warned."
}
