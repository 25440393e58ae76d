package views

// KeysHead names the page of the keys.
func KeysHead() Head {
	return Head{Title: "Keys", Crumbs: []Crumb{{"Home", "/"}, {Text: "Keys"}}}
}

// keyGroup is a part of the sheet of keys.
type keyGroup struct {
	Title string
	Keys  []keyDoes
}

// keyDoes is a key, or several one after the other, and what it does.
type keyDoes struct{ Keys, Does string }

// The keys of the keyboard, as static/js/keys.js has them: TestTheSheetListsEveryKey holds the two
// to one list.
var keyGroups = []keyGroup{
	{"Anywhere", []keyDoes{
		{"?", "This list"}, {"/", "Search"}, {"n", "New topic"}, {".", "Show what is new"},
		{"g h", "Home"}, {"g l", "Latest"}, {"g n", "Notifications"}, {"g b", "Bookmarks"}, {"g d", "Drafts"},
		{"g s", "Spaces"}, {"g c", "Chat"}, {"g p", "Your page"}, {"Shift Esc", "Mark everything as read"},
	}},
	{"In a list or a topic", []keyDoes{
		{"j", "Next"}, {"k", "Previous"}, {"o", "Open"}, {"u", "Back to the list"}, {"f", "Follow, or how closely"},
		{"#", "Go to a post by its number"}, {"Shift l", "The first unread post"},
	}},
	{"At a post", []keyDoes{
		{"r", "Reply, to the post that is chosen"}, {"q", "Quote what is selected, or all of it"}, {"l", "Thank"}, {"b", "Bookmark, with a note and a reminder"},
		{"s", "Copy the link to it"}, {"e", "Edit"}, {"d", "Remove, after a question"}, {"!", "Report"},
	}},
	{"While you write", []keyDoes{
		{"Ctrl Enter", "Post, from anywhere in the form"}, {"Enter", "Send, in a chat"}, {"↑", "Edit your last message, in an empty chat box"}, {"Esc", "Leave the box; what you wrote is kept"},
		{"Ctrl B", "Bold"}, {"Ctrl I", "Italic"}, {"Ctrl K", "Link"}, {"Ctrl E", "Code"}, {"Ctrl Shift X", "Strike out"},
		{"Ctrl Shift 9", "Quote"}, {"Ctrl Shift 8", "List"}, {"Ctrl Shift 7", "Numbered list"},
		{"Ctrl Shift P", "Preview beside the text"}, {"Shift F11", "Write in the whole window"}, {"← →", "From button to button, in the toolbar"},
	}},
}

// SingleKeys are the keys that do something where nobody writes.
func SingleKeys() (all []string) {
	for _, g := range keyGroups[:len(keyGroups)-1] {
		for _, k := range g.Keys {
			all = append(all, k.Keys)
		}
	}
	return all
}
