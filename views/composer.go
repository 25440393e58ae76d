package views

import (
	"fmt"

	"guildhall/models/files"
)

// Compose is where a text is written. Everything in it survives a refusal.
type Compose struct {
	Action  string
	Key     string // made for this form: the same one twice posts once
	Text    string
	Preview string // made by models/prose, when the preview was asked for without a script
	Label   string // "Your reply, in Markdown"
	Button  string // "Post reply"
	Rows    int
	Draft   string // under which a script keeps it until it is posted; empty: not kept
	Away    string // the way out, or none
	Faults  Faults
	NoFiles bool // nothing can be attached: the text hangs in no space
}

// attachWords say what can be attached to a text.
var attachWords = fmt.Sprintf("Attach pictures or files, up to %d MB each", files.MaxUpload>>20)

// mark is a button of the toolbar: what it does to the text is a script's to know.
type mark struct{ Name, Icon, Label string }

var marks = []mark{
	{"bold", "bold", "Bold"}, {"italic", "italic", "Italic"}, {"link", "link", "Link"},
	{"quote", "quote", "Quote"}, {"code", "code", "Code"}, {"list", "list", "List"},
	{"mention", "at", "Mention somebody"},
}
