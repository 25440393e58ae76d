package letters

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"guildhall/models/problem"
	"guildhall/models/prose"
)

// Draft is a letter that somebody is about to send. Key is made by the client: the same key twice gives the
// same letter.
type Draft struct {
	Key    string
	To     []string // handles, of a letter that begins a correspondence
	Title  string   // of that
	Text   string
	At     *time.Time // when to deliver it; nil: after the pause
	Target int64      // the id under which it was drafted, of a new letter
}

// Cook makes the text of a letter HTML. With a problem it returns what there is to show all the same.
func Cook(text string) (prose.Cooked, error) {
	cooked, err := prose.Post(text)
	switch {
	case errors.Is(err, prose.ErrTooLong):
		return cooked, problem.TooLarge("text", "A letter has at most %d bytes. Yours has %d.", MaxText, len(text))
	case err != nil:
		return cooked, problem.Invalid("text", "That text has characters that cannot be kept. Paste it as plain text.")
	case len(cooked.Polls) > 0 || cooked.Flaw != "":
		return cooked, problem.Invalid("text", "A letter has no polls: ask the question in words.")
	case cooked.Plain == "" && !strings.Contains(cooked.HTML, "<img"):
		return cooked, problem.Invalid("text", "Write something first.")
	}
	return cooked, nil
}

func (d *Draft) cook() (prose.Cooked, error) {
	d.Text = strings.TrimSpace(strings.ReplaceAll(d.Text, "\r\n", "\n"))
	if d.Key == "" || len(d.Key) > 64 {
		return prose.Cooked{}, problem.Invalid("", "The form is out of date. Load the page again; your text stays in it.")
	}
	return Cook(d.Text)
}

// whole checks a letter that begins a correspondence.
func (d *Draft) whole() (prose.Cooked, error) {
	d.Title = strings.Join(strings.Fields(strings.Map(shown, d.Title)), " ")
	switch {
	case len(d.To) == 0:
		return prose.Cooked{}, problem.Invalid("readers", "Say to whom it goes.")
	case d.Title == "":
		return prose.Cooked{}, problem.Invalid("title", "Give the letter a title: it is what they see first.")
	case len(d.Title) > MaxTitle:
		return prose.Cooked{}, problem.Invalid("title", "A title has at most %d bytes. Yours has %d.", MaxTitle, len(d.Title))
	}
	return d.cook()
}

// shown leaves out of a title what cannot be seen, or turns what follows round.
func shown(r rune) rune {
	joins := r == '\u200c' || r == '\u200d'
	if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && !joins {
		return -1
	}
	return r
}

// Readers are the handles that were typed for whom a letter is, each once, in order.
func Readers(typed string) (handles []string) {
	seen := map[string]bool{}
	split := func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }
	for _, word := range strings.FieldsFunc(typed, split) {
		handle := strings.ToLower(strings.TrimLeft(word, "@"))
		if handle != "" && !seen[handle] {
			seen[handle] = true
			handles = append(handles, handle)
		}
	}
	return handles
}
