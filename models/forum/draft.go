package forum

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
)

// Draft is what somebody wrote and is about to post. Key is made by the client: the same key twice
// gives the same thing.
type Draft struct {
	Key   string
	Title string // of a new topic
	Text  string
	Seen  int64    // the last post that was read when a reply was begun; 0: it asks nothing
	Here  []id.ID  // who is in the topic or the room of its space at this moment, for @here
	Tags  []string // of a new topic, by name
}

// cook checks the text and makes it HTML, before any transaction begins.
func (d *Draft) cook() (prose.Cooked, error) {
	d.Text = strings.TrimSpace(strings.ReplaceAll(d.Text, "\r\n", "\n"))
	switch {
	case d.Key == "" || len(d.Key) > 64:
		return prose.Cooked{}, problem.Invalid("", "The form is out of date. Load the page again; your text stays in it.")
	case d.Text == "":
		return prose.Cooked{}, problem.Invalid("text", "Write something first.")
	}
	return Cook(d.Text)
}

// Cook makes the text of a post HTML. With a problem it returns what there is to show all the same.
func Cook(text string) (prose.Cooked, error) {
	cooked, err := prose.Post(text)
	switch {
	case errors.Is(err, prose.ErrTooLong):
		return cooked, problem.TooLarge("text", "A post has at most %d bytes. Yours has %d.", MaxText, len(text))
	case err != nil:
		return cooked, problem.Invalid("text", "That text has characters that cannot be kept. Paste it as plain text.")
	case cooked.Flaw != "":
		return cooked, problem.Invalid("text", "%s", cooked.Flaw)
	case cooked.Plain == "" && !strings.Contains(cooked.HTML, "<img"):
		return cooked, problem.Invalid("text", "Write something first.")
	}
	return cooked, nil
}

func (d *Draft) checkTitle() error {
	d.Title = strings.Join(strings.Fields(strings.Map(shown, d.Title)), " ")
	switch {
	case utf8.RuneCountInString(d.Title) < MinTitle:
		return problem.Invalid("title", "Give the topic a title of at least %d letters.", MinTitle)
	case len(d.Title) > MaxTitle:
		return problem.Invalid("title", "A title has at most %d bytes. Yours has %d.", MaxTitle, len(d.Title))
	}
	return nil
}

// shown leaves out of a title what cannot be seen and turns what follows round, or what no letter may carry
// in its subject; but for the two marks by which some scripts and emoji join.
func shown(r rune) rune {
	joins := r == '\u200c' || r == '\u200d'
	if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && !joins {
		return -1
	}
	return r
}

// whole checks a topic with its title.
func (d *Draft) whole() (prose.Cooked, error) {
	if err := d.checkTitle(); err != nil {
		return prose.Cooked{}, err
	}
	return d.cook()
}
