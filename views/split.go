package views

import (
	"strconv"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/space"
)

// SplitPage is where posts are chosen that leave a topic.
type SplitPage struct {
	Topic  forum.Listed
	Space  space.Space
	Posts  []forum.Post
	Next   int64 // number of the first post of the next page, or 0
	People map[id.ID]Person
	Key    string
	Chosen map[id.ID]bool
	Title  string // as it was typed
	Into   string
	Why    string
	Faults Faults
}

// Head names the page.
func (p SplitPage) Head() Head { return topicHeadOf(p.Space, p.Topic.Topic, "Move posts") }

func (p SplitPage) action() string { return SplitAddress(p.Space.Slug, p.Topic.ID) }

func (p SplitPage) later() string { return with(p.action(), "post", strconv.FormatInt(p.Next, 10)) }

// gist is the beginning of a post.
func (p SplitPage) gist(post forum.Post) string {
	if post.Removed() {
		return "Removed: " + prose.Excerpt(post.Plain, 100)
	}
	return prose.Excerpt(post.Plain, 140)
}

func (p SplitPage) by(post forum.Post, former string) string {
	if who := p.People[post.AuthorID]; !who.Former() {
		return who.Name
	}
	return former
}

// LogPage lists what was done to a topic, or to all topics of a space.
type LogPage struct {
	Space  space.Space
	Topic  forum.Topic // zero: the space's log
	Lines  []forum.Logged
	People map[id.ID]Person
	Next   string
	Later  bool
}

// Head names the page.
func (p LogPage) Head() Head {
	if p.Topic.ID != 0 {
		return topicHeadOf(p.Space, p.Topic, "What was done")
	}
	at := SpaceAddress(p.Space.Slug)
	return Head{Title: "What was done in " + p.Space.Name, Here: at, Tab: SpacesTab, Crumbs: []Crumb{{p.Space.Name, at}, {Text: "What was done"}}}
}

func (p LogPage) address() string {
	if p.Topic.ID != 0 {
		return TopicLogAddress(p.Space.Slug, p.Topic.ID)
	}
	return SpaceLogAddress(p.Space.Slug)
}

// lineWords are the deeds of the log, as they stand after a name.
var lineWords = map[string]string{
	"topic.pinned": "pinned it", "topic.unpinned": "took the pin off", "topic.closed": "closed it", "topic.opened": "opened it again",
	"topic.archived": "archived it", "topic.unarchived": "took it out of the archive", "topic.unlisted": "unlisted it", "topic.listed": "listed it again",
	"topic.hidden": "hid it", "topic.restored": "showed it again", "topic.moved": "moved it between spaces", "topic.renamed": "renamed it",
	"room.topic": "gave the chat the topic", "room.manners": "changed the manners of the chat", "room.slowed": "set the pace of the chat:", "room.silenced": "made the chat read-only",
	"room.opened": "let everybody speak in the chat again", "message.removed": "removed a message", "message.pinned": "pinned a message", "message.unpinned": "took a pin off a message", "message.card_removed": "took a preview off a message", "messages.turned": "made it of messages",
	"room.kept": "said how long messages of the chat are kept:", "room.archived": "archived the chat", "room.unarchived": "took the chat out of the archive",
	"topic.slowed": "set its pace", "topic.given": "gave it another owner", "topic.bumped": "brought it up", "topic.timed": "set a timer",
	"topic.tagged": "gave it tags:", "topic.untagged": "took tags away:", "topic.retagged": "changed its tags:",
	"topic.split": "moved posts out of it", "topic.merged": "merged it into another", "topic.gained": "moved posts into it",
	"topic.announced": "announced it", "topic.unannounced": "took the announcement back",
	"post.wiki": "made a wiki of a post", "post.own": "kept a post to its author again", "version.hidden": "hid a version of a post", "version.shown": "showed a version of a post again",
	"reply.saved": "saved the reply", "reply.dropped": "took a saved reply away", "template.saved": "saved the template", "template.dropped": "took a template away",
	"post.card_removed": "took a preview off a post",
	"post.edited":       "edited a post", "post.removed": "removed a post", "post.restored": "brought a post back",
	"post.noticed": "put a notice beside a post", "post.unnoticed": "took a notice away", "timer.lapsed": "A timer did nothing: whoever set it may not any more",
}

// said is what a line says was done.
func (p LogPage) said(l forum.Logged) string {
	if said := lineWords[l.What]; said != "" {
		return said
	}
	return "changed it"
}

// undoStays says what undoing a line does not bring back, or nothing where it brings back all.
func undoStays(l forum.Logged) string {
	switch l.Act {
	case forum.Deed("merge"):
		return "Its posts go back to the numbers that they had, and its address is its own again. What was written in the other one since stays there: move it by hand if it belongs here."
	case forum.Deed("split"):
		return "The posts go back to the numbers that they had. What was written since where they are now stays there: move it by hand if it belongs here."
	case forum.Deed("gain"):
		return "The posts go back to where they came from, and to the numbers that they had. What was written here since stays here: move it by hand if it belongs there."
	}
	return ""
}
