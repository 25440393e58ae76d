package views

import (
	"fmt"
	"strings"
	"time"

	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/prose"
)

// LettersAddress is a member's letterbox.
const LettersAddress = "/letters"

// WriteAddress is the form for a new letter, to somebody already named or to nobody yet.
func WriteAddress(handle string) string { return with(LettersAddress+"/new", "to", handle) }

// BegunLetterAddress is the form of one that was begun under an id of its own.
func BegunLetterAddress(target id.ID) string { return LettersAddress + "/new/" + target.String() }

// ThreadAddress is a correspondence.
func ThreadAddress(thread id.ID) string { return LettersAddress + "/" + thread.String() }

// LetterAddress is one letter in its correspondence.
func LetterAddress(thread, letter id.ID) string {
	return ThreadAddress(thread) + "#" + letters.Letter{ID: letter}.DOMID()
}

// BoxAddress is a part of the letterbox; the first is the letterbox itself.
func BoxAddress(box letters.Box) string {
	if box == letters.ToRead {
		return LettersAddress
	}
	return with(LettersAddress, "in", string(box))
}

// LetterDrafts is the part of the letterbox in which one's own drafts and waiting letters are.
const LetterDrafts letters.Box = "drafts"

// The endpoints beside what is written in a letter.
const (
	LetterCompleteAddress = LettersAddress + "/complete"
	SuggestMembersAddress = "/suggest/members"
)

// LetterboxPage is a part of a letterbox.
type LetterboxPage struct {
	Box     letters.Box
	Counts  letters.Counts
	Entries []Enveloped
	Waiting []Enclosed // of the drafts: letters that are not delivered yet
	Drafts  []Unposted
	Begun   int64 // drafts of letters
	Next    string
	Later   bool
}

// Enveloped is a correspondence in the letterbox.
type Enveloped struct {
	letters.Entry
	With []Person // the others
	Mine bool     // the last letter is the reader's own
}

// Enclosed is a letter that waits to be delivered.
type Enclosed struct {
	letters.Pending
	With []Person
}

// Head names the page.
func (p LetterboxPage) Head() Head {
	return Head{Title: "Letters", Crumbs: []Crumb{{Text: "Letters"}}, Here: LettersAddress, Tab: InboxTab}
}

func (p LetterboxPage) parts() []Segmented {
	names := map[letters.Box]string{letters.ToRead: "To read", letters.ToAnswer: "Waiting for your answer", letters.Answered: "Sent and answered", letters.Away: "Put away"}
	all := make([]Segmented, 0, 5)
	for _, b := range letters.Boxes {
		s := Segmented{Text: names[b], Href: BoxAddress(b), Current: p.Box == b}
		if b == letters.ToRead || b == letters.ToAnswer {
			s.Count, s.What = p.Counts.In[b], "letters"
		}
		all = append(all, s)
	}
	return append(all, Segmented{Text: "Drafts", Href: BoxAddress(LetterDrafts), Current: p.Box == LetterDrafts, Count: p.Begun + p.Counts.Waiting, What: "letters"})
}

// namesOf are people in a sentence: "Kofi Mensah and Hana Ito".
func namesOf(all []Person, nobody string) string {
	var texts []string
	for _, p := range all {
		if p.Former() {
			texts = append(texts, nobody)
		} else {
			texts = append(texts, p.Name)
		}
	}
	return Listed(texts)
}

// Listed puts words side by side: "Kofi, Hana and June".
func Listed(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		text := words[0]
		for _, w := range words[1 : n-1] {
			text += ", " + w
		}
		return text + " and " + words[n-1]
	}
}

// excerpt is how the last letter begins.
func (e Enveloped) excerpt() string {
	if e.Removed {
		return "This letter was removed."
	}
	return prose.Excerpt(e.Plain, 180)
}

func (e Enveloped) address() string { return LetterAddress(e.ThreadID, *e.LastID) }

// CorrespondencePage is a correspondence as one of its people reads it.
type CorrespondencePage struct {
	letters.Opened
	People map[id.ID]Person
	Me     id.ID
	Answer *Compose // nil: nobody is left to write to, or the reader may not write
	At     string   // when to deliver the answer, as it was typed
	Fault  string   // of that
	Why    string   // why there is no answer
}

// Head names the page.
func (p CorrespondencePage) Head() Head {
	return Head{Title: p.Title, Crumbs: []Crumb{{"Letters", LettersAddress}, {Text: p.Title}}, Here: LettersAddress, Tab: InboxTab}
}

func (p CorrespondencePage) address() string { return ThreadAddress(p.ID) }

// others are all but the reader.
func (p CorrespondencePage) others() (all []Person) {
	for _, q := range p.Opened.People {
		if q.MemberID != p.Me {
			all = append(all, p.People[q.MemberID])
		}
	}
	return all
}

// left are those who left the correspondence and are members still.
func (p CorrespondencePage) left() (all []Person) {
	for _, q := range p.Opened.People {
		if q.LeftAt != nil && !q.Gone {
			all = append(all, p.People[q.MemberID])
		}
	}
	return all
}

// gone tells how many of the others are members no more.
func (p CorrespondencePage) gone() (n int64) {
	for _, q := range p.Opened.People {
		if q.Gone {
			n++
		}
	}
	return n
}

// to says to whom a letter of it went.
func (p CorrespondencePage) to(l letters.Letter, member string) string {
	var all []string
	for _, q := range p.Opened.People {
		switch {
		case q.MemberID == l.AuthorID:
		case q.MemberID == p.Me:
			all = append(all, "you")
		case q.Gone:
			all = append(all, "a former "+member)
		default:
			all = append(all, p.People[q.MemberID].Name)
		}
	}
	return "to " + Listed(all)
}

// delivered tells whether anything of it is.
func (p CorrespondencePage) delivered() bool { return p.Thread.Letters > 0 }

// reports is where a letter is reported.
func (p CorrespondencePage) reports(l letters.Letter) string {
	return p.address() + "/l/" + l.ID.String() + "/report"
}

// LetterReportAddress is where a letter is reported.
func LetterReportAddress(thread, letter id.ID) string {
	return CorrespondencePage{Opened: letters.Opened{Thread: letters.Thread{ID: thread}}}.reports(letters.Letter{ID: letter})
}

// WaitingAddress is what can be done with a letter that is not delivered: "recall", "send".
func WaitingAddress(letter id.ID, what string) string {
	return LettersAddress + "/waiting/" + letter.String() + "/" + what
}

// WriteLetterPage is the form of a new letter.
type WriteLetterPage struct {
	Readers string // as they were typed
	Title   string
	At      string
	Text    Compose
	Faults  Faults
}

// Head names the page.
func (p WriteLetterPage) Head() Head {
	return Head{Title: "New letter", Crumbs: []Crumb{{"Letters", LettersAddress}, {Text: "New letter"}}, Here: LettersAddress, Tab: InboxTab}
}

// handles are those of the others, for another letter.
func (p CorrespondencePage) handles() string {
	var all []string
	for _, q := range p.others() {
		if !q.Former() {
			all = append(all, q.Handle)
		}
	}
	return strings.Join(all, ", ")
}

func (p WriteLetterPage) readersHint() string {
	return fmt.Sprintf("Handles of one to %d people, with commas between them. All of them read every letter of it. %s", letters.MaxPeople, Limit(draft.MaxReaders))
}

var minutes = int(letters.Pause / time.Minute)

// pauseWords say how long a letter can be taken back.
var pauseWords = fmt.Sprintf("It is delivered %d minutes after you send it, or at the time that you choose. Until then you can take it back; from then on it stands.", minutes)
