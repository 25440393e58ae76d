package ways

import (
	"errors"
	"fmt"
)

// Surface is what shows at a way, in a word of the list below. Ways that show the same have the same
// surface: what is tested of it is tested through each.
type Surface string

// Listed is a surface with what it is.
type Listed struct {
	Name  Surface `json:"name"`
	Words string  `json:"words"`
}

// surfaces is every one there is. A new one is a line here and, as nothing leaves the club untested,
// a row in the tests of leaks.
var surfaces = []Listed{
	{"health", "whether the program runs, and whether it is to be sent requests"},
	{"static", "sheets, scripts, fonts and icons"},
	{"picture", "a member's picture, by the hash of what is in it"},
	{"file", "an upload, to whoever may read what it hangs on"},
	{"api", "the description of the API"},
	{"writing", "how to write here, with examples"},
	{"lost", "the answer where there is no such address"},

	{"home", "since you were here: what is new to the one who arrives"},
	{"new-topic", "the form for a new topic, and the spaces it may go to"},
	{"preview", "what one is writing, as it will look"},
	{"space", "a space: its topics, or its door"},
	{"topic", "a topic with its posts"},
	{"care", "a topic, to those who look after it"},
	{"care-log", "what was done to topics, with who and why, to those who look after them"},
	{"texts", "the saved replies and templates of a space, and what waits there, to those who keep it"},
	{"scheduled", "a member's own topics that wait to be published"},
	{"complete", "what a word that one writes may become: who may be called, and titles of topics"},
	{"latest", "the topics of every space in one list"},
	{"letters", "letters, to those between whom they go and nobody else"},
	{"bookmarks", "what a member keeps, to that member alone"},
	{"tags", "the tags, and the topics that have one"},
	{"drafts", "what a member began and has not posted, to that member alone"},
	{"draft", "how the saving of a draft is answered: what its author wrote on another device"},
	{"history", "what a post said before, and who changed it, when and why"},
	{"post", "one post by itself: to edit, to remove, to react to"},
	{"poll", "the polls of one post as somebody has them, and who voted for what"},
	{"feed", "new topics or posts, as a reader of feeds takes them"},
	{"sitemap", "the pages that a stranger may read, for those who list them"},
	{"room", "a chat room with its messages"},
	{"rooms", "a member's rooms with a few others, to that member alone"},
	{"direct-room", "what a few say among themselves, and who they are, to them alone"},
	{"message", "one message by itself"},
	{"thread", "what was answered to a message, and the threads that a member follows"},
	{"message-history", "what a message said before"},
	{"pins", "what a room keeps at hand, and who pinned it"},
	{"forward", "a message, to the one who says it in another room as well"},
	{"turned", "the messages of a room, to the one who makes a topic of them"},
	{"profile", "a member, what they did here and what it is worth"},
	{"standing", "the boards, and one's own place on them"},
	{"notifications", "what a member was told, and how much of it is unread"},
	{"search", "what is found, how much of it, and what one asked for before"},
	{"suggest", "what is offered while somebody types a question"},
	{"membership", "the tiers and what each of them opens"},

	{"settings", "a member's own account"},
	{"unsubscribe", "what letters a link in one of them ends, to whoever holds it"},
	{"own-files", "what a member uploaded and where it hangs, to that member alone"},
	{"invitations", "the invitations that a member gave out"},
	{"join", "an invitation, to the one who holds its link"},
	{"sign-in", "the ways in, and what comes back from them"},
	{"sign-out", "the way out"},
	{"welcome", "the first questions to somebody who arrives"},
	{"set-up", "the founding of the club, to whoever holds its link"},

	{"page", "one of the club's own pages, to whoever may read it"},
	{"rules", "the rules as they stand, to a member who is asked to agree to them"},
	{"banner", "the line that owners put above every page, as somebody puts it away"},
	{"keys", "the keys of the keyboard, and what they do"},

	{"manage", "the club's own settings"},
	{"manage-pages", "the club's own pages with their versions, and who agreed to the rules"},
	{"manage-banners", "the announcements, to those who write them"},
	{"manage-tiers", "the tiers, to those who set them"},
	{"manage-members", "the members with their grants and groups, to those who give them"},
	{"manage-letters", "the letters that did not go, and to whom none go, to those who own the club"},
	{"report", "what is about to be reported, to the one who reads it"},
	{"review", "what was reported, to those who look after it"},
	{"blocked", "whom a member blocks, to that member alone"},
	{"manage-tags", "every tag, who may make one, and what each space asks of them"},
	{"manage-groups", "the groups and who is in them"},
	{"manage-spaces", "every space and section, with moderators, to those who keep them"},
	{"manage-locks", "the locks and the door of a space"},

	{"live", "a socket by itself: that it opens, and how an operation is answered"},
	{"live-write", "an operation over a socket that changes something, and its answer"},
	{"live-changes", "the changes of a topic or a room, as they come and as they are asked for again"},
	{"live-typing", "that somebody writes in a room"},
	{"live-presence", "who is in a room"},
	{"live-unread", "how far a member has read, to their other pages"},
	{"live-notice", "how many notifications a member has not read, as they come"},
	{"live-standing", "what a member just earned or reached"},

	{"mail-in", "how mail is answered that comes back: alike for addresses that are, ended or never were"},
	{"mail-link", "a letter with a link for whoever holds the mailbox"},
	{"mail-told", "a letter of what its reader was told and has not seen"},
	{"mail-digest", "a letter of what its reader missed while they were away"},
	{"push", "what a member's browser shows them while no page of the club is open"},
	{"upkeep", "work that only changes rows: whoever may see those is told by other ways"},
	{"metrics", "counts and times of the program, for whoever reaches their port"},
	{"log", "what the program writes down for whoever runs it"},
	{"relay", "ids and numbers that the instances of the program tell each other, and nobody's words"},
	{"terminal", "what a command says of the program and of its database"},
	{"terminal-link", "a link that a command prints: whoever opens it is an owner"},
}

// Surfaces lists every surface with one line of words.
func Surfaces() []Listed { return append([]Listed(nil), surfaces...) }

// Check tells a surface that is listed from a slip of the pen.
func (s Surface) Check() error {
	for _, listed := range surfaces {
		if s == listed.Name {
			return nil
		}
	}
	if s == "" {
		return errors.New("say what shows there, with a surface of handlers/ways/surface.go")
	}
	return fmt.Errorf("give it a surface that is listed, or list %q with a line of words in handlers/ways/surface.go", string(s))
}
