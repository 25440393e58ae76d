package letters

import (
	"strconv"
	"strings"

	"guildhall/models/home"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/prose"
	"guildhall/models/site"
	"guildhall/views"
)

// Around is what stands around what a letter tells.
type Around struct {
	Club    site.Club
	Base    string // of links: "https://club.example.org"
	Leave   string // where its reader ends letters of this sort
	Answers bool   // whether an answer by mail is taken
}

// Told is the letter of what a member was told, in the words of the bell.
func Told(a Around, l home.Letter) Letter {
	name := plain(a.Club.Name)
	letter := Letter{kind: Telling, Club: name, accent: views.Accent(a.Club.Hue), Subject: short(told(name, l)), Lead: heading(l), Why: why(name, l), Foot: a.foot(endOf(l))}
	for _, line := range l.Lines {
		note := noteOf(l, line)
		letter.Items = append(letter.Items, Item{Lead: spoken(note), Text: paragraphs(line.Text, note.Words), Link: Link{"Open it in " + name, a.Base + note.Href}})
	}
	letter.Preview = preview(l)
	if letter.Answers = a.Answers; a.Answers {
		letter.After = []string{"You can answer this letter: what you write above the line at its top is posted under your name."}
	}
	return letter
}

// endOf says what the link at the foot ends.
func endOf(l home.Letter) string {
	if What(l) == notify.EveryLetter {
		return "No more letters about what happens here"
	}
	return "No more letters of this sort"
}

// What is what a reader of the letter who unsubscribes wants to hear no more of.
func What(l home.Letter) string {
	if l.Kind == notify.OfDigest {
		return notify.TheDigest
	}
	kind := ""
	for _, line := range l.Lines {
		if kind != "" && kind != line.Kind {
			return notify.EveryLetter
		}
		kind = line.Kind
	}
	return kind
}

func (a Around) foot(end string) []Link {
	return []Link{{end, a.Leave}, {"Choose what is mailed to you", a.Base + "/settings/notifications"}}
}

func noteOf(l home.Letter, line home.Line) views.Note {
	return views.NoteOf(line.Note, person(l.To), person(line.Actor))
}

func person(n member.Named) views.Person {
	if n.Former() {
		return views.Person{ID: n.ID}
	}
	return views.Person{ID: n.ID, Handle: n.Handle, Name: n.Name}
}

// spoken is a note in one line: "Amara Okafor replied in Garden plans".
func spoken(n views.Note) string {
	return strings.Join(strings.Fields(n.Lead+" "+n.Text+" "+n.Where), " ")
}

// told is the subject. Letters of one topic have one, so that mail programs keep them together.
func told(club string, l home.Letter) string {
	if l.PlaceID != nil && l.Lines[0].Title != "" {
		return "[" + club + "] " + plain(l.Lines[0].Title)
	}
	if len(l.Lines) == 1 {
		return "[" + club + "] " + plain(spoken(noteOf(l, l.Lines[0])))
	}
	return "[" + club + "] " + strconv.Itoa(len(l.Lines)) + " things for you"
}

func heading(l home.Letter) string {
	if len(l.Lines) == 1 {
		return spoken(noteOf(l, l.Lines[0]))
	}
	return strconv.Itoa(len(l.Lines)) + " things happened while you were away"
}

func preview(l home.Letter) string {
	if len(l.Lines) > 1 {
		return prose.Excerpt(spoken(noteOf(l, l.Lines[0])), 90)
	}
	return prose.Excerpt(plain(l.Lines[0].Text), 90)
}

// why says why the letter came, in the words of the settings.
func why(club string, l home.Letter) string {
	k, ok := notify.FindKind(What(l))
	if !ok {
		return "You get this letter as a member of " + club + ", for things that you chose to be mailed."
	}
	return "You get this letter as a member of " + club + ", because you chose to be mailed when this happens: " + lower(k.Words) + "."
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// paragraphs is a text of several, or the words that stand for it.
func paragraphs(text, words string) []string {
	if text == "" {
		text = words
	}
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n\n")
}

// mostOfSubject is how many bytes of a subject mail programs can be trusted with.
const mostOfSubject = 180

func short(s string) string {
	for runes := mostOfSubject; len(s) > mostOfSubject; runes = runes * 3 / 4 {
		s = prose.Excerpt(s, runes)
	}
	return s
}
