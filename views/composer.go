package views

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guildhall/models/files"
)

// Compose is where a text is written. Everything in it survives a refusal.
type Compose struct {
	Action  string
	Key     string // made for this form: the same one twice posts once
	Text    string
	Preview string   // made by models/prose, when the preview was asked for without a script
	Untold  []string // handles of those whom the text of the preview mentions in vain
	TooMany []string // handles of those whom it mentions after the last one who is told
	Label   string   // "Your reply, in Markdown"
	Button  string   // "Post reply"
	Rows    int
	Draft   string // under which a script keeps it until it is posted; empty: not kept
	Away    string // the way out, or none
	Faults  Faults

	Seen   int64  // of a reply: the last post that was there when it was begun
	From   string // of an edit: the wording that it was begun with
	Anyway string // what the button says where others wrote meanwhile; empty: they did not
	Keep   string // where a script saves what is begun; empty: it is not a draft yet
	Begun  Begun
	Why    *Input // asks for a reason, of an edit

	Complete string // where a script asks what a word may become; empty: nowhere
	Topic    string // in which it is written, if it is in one

	Saved string // where saved replies are chosen from; empty: nowhere

	As string // what it becomes, for the preview of a script: "page", or a post

	NoFiles bool // nothing can be attached: the text hangs in no space
	NoPolls bool // nothing can be voted on
}

// Begun is what the reader began here before, on whichever device.
type Begun struct {
	ID       string // empty: nothing
	At       time.Time
	GoOn     string // the address of this page with it
	Revision int64  // from which the text in the box goes on; 0 where it goes on from none
	Other    string // what was written on another device meanwhile
}

// offered tells whether it is offered, and not in the box yet.
func (b Begun) offered() bool { return b.ID != "" && b.Revision == 0 }

func (b Begun) discard() string { return DraftsAddress + "/" + b.ID + "/discard" }
func (b Begun) settle() string  { return DraftsAddress + "/" + b.ID + "/settle" }

// button is the word on the button that posts.
func (c Compose) button() string {
	if c.Anyway != "" {
		return c.Anyway
	}
	return c.Button
}

// attachWords say what can be attached to a text.
var attachWords = fmt.Sprintf("Attach pictures or files, up to %d MB each", files.MaxUpload>>20)

// mark is a button of the toolbar: what it does to the text is a script's to know. Key is pressed in the
// text in its place, as keys.go spells it; empty: none.
type mark struct{ Name, Icon, Label, Key string }

// more are the marks behind the dots.
func (c Compose) more() []mark {
	if !c.NoPolls {
		return textMore
	}
	return slices.DeleteFunc(slices.Clone(textMore), func(m mark) bool { return m == polled })
}

// title is what is said of a mark to whoever points at it.
func (m mark) title() string {
	if m.Key == "" {
		return m.Label
	}
	return m.Label + " (" + m.Key + ")"
}

// shortcut is its key as assistive technology reads it.
func (m mark) shortcut() string {
	return strings.Join(strings.Fields(strings.ReplaceAll(m.Key, "Ctrl", "Control")), "+")
}

var (
	bold     = mark{"bold", "bold", "Bold", "Ctrl B"}
	italic   = mark{"italic", "italic", "Italic", "Ctrl I"}
	linked   = mark{"link", "link", "Link", "Ctrl K"}
	quoted   = mark{"quote", "quote", "Quote", "Ctrl Shift 9"}
	coded    = mark{"code", "code", "Code", "Ctrl E"}
	bulleted = mark{"list", "list", "List", "Ctrl Shift 8"}
	numbers  = mark{"numbers", "numbers", "Numbered list", "Ctrl Shift 7"}
	heading  = mark{"heading", "heading", "Heading", ""}
	struck   = mark{"strike", "strike", "Strike out", "Ctrl Shift X"}
	hides    = mark{"spoiler", "eyeoff", "Hide words", ""}
	folds    = mark{"fold", "caret", "Fold away", ""}
	tabled   = mark{"table", "table", "Table", ""}
	dated    = mark{"date", "calendar", "Date and time", ""}
	polled   = mark{"poll", "chart", "Poll", ""}
	calls    = mark{"mention", "at", "Mention somebody", ""}
	smiles   = mark{"emoji", "smile", "Emoji", ""}
)

// The marks of a text, in groups, and of a message: those at hand, and those behind the dots. Those of
// textTight are at hand only where there is room.
var (
	textMarks    = [][]mark{{bold, italic, linked}, {quoted, coded, bulleted, numbers, heading}}
	textTight    = []mark{coded, numbers, heading}
	textInserts  = []mark{calls, smiles}
	textMore     = []mark{struck, hides, folds, tabled, dated, polled}
	messageMore  = []mark{bold, italic, struck, linked, quoted, coded, bulleted, calls, hides, dated}
	messageMarks = []mark{smiles}
)
