package views

import "time"

// Note is one notification as it is drawn: what it says was looked up, and allowed, just now.
type Note struct {
	ID     string
	Href   string // where it leads; following it reads it
	Icon   string
	By     *Person // who caused it; nil for what the club says, which stands in brass
	Lead   string  // "Otis Blake"
	Text   string  // "accepted your answer"
	Where  string  // "The lounge", or nothing: stands in bold after Text
	Words  string  // of the post, or what it brings
	At     time.Time
	Unread bool
}
