package views

import (
	"time"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// TopicPage is a stretch of a topic, and where one writes below it.
type TopicPage struct {
	forum.Page
	Space     space.Space
	People    map[id.ID]Person
	Rights    Rights
	Told      []forum.Told  // deeds that stand between the posts
	Wait      time.Duration // until the reader may reply again by slow mode
	Here      []Person
	HereN     int64
	Reply     Compose
	Jump      JumpForm
	Announced bool   // before everybody, by the owners
	Retagged  string // other tags, when they were refused
	Summary   bool   // the best of the topic by itself
	Faults    Faults // of the form for tags
}

// Head names the page.
func (p TopicPage) Head() Head {
	at := SpaceAddress(p.Space.Slug)
	return Head{Title: p.Topic.Title, Crumbs: []Crumb{{p.Space.Name, at}, {Text: p.Topic.Title}}, Here: at, Tab: SpacesTab, Feed: topicFeed(p.Topic.ID), Public: p.public()}
}

func (p TopicPage) root() string { return topicRoot(p.Space.Slug, p.Topic.ID) }

func (p TopicPage) address() string {
	return TopicAddress(p.Space.Slug, p.Topic.ID, p.Topic.Slug)
}

// posted is a post of the page as everybody reads it.
func (p TopicPage) posted(post forum.Post) Posted {
	posted := Posted{
		Post: post, Topic: p.Topic.Topic, In: p.Space, Author: p.People[post.AuthorID],
		Given: p.Given[post.ID], Asker: p.People[p.Topic.AuthorID], Noticed: noticer(post, p.People),
	}
	if post.Wiki && post.EditedBy != nil {
		posted.Editor = p.People[*post.EditedBy]
	}
	return posted
}

func (p TopicPage) mine(post forum.Post) Mine {
	answer := p.Topic.AnswerID != nil && *p.Topic.AnswerID == post.ID
	m := p.Rights.post(post, answer, p.Mine[post.ID])
	m.Chooses, m.Polls = p.Rights.React, p.Polls[post.ID]
	return m
}

// template is the Mine of a live copy, of the reader's own posts or of others'.
func (p TopicPage) template(own bool) Posted {
	post := forum.Post{ID: placeholder, TopicID: p.Topic.ID}
	if own {
		post.AuthorID = p.Rights.Me
	}
	return p.posted(post)
}

// fresh is how many posts of the topic the reader has not read, and the first of them.
func (p TopicPage) fresh() (n, first int64) {
	if p.Summary || p.Rights.Me == 0 || p.Topic.ReadNumber == 0 || p.Topic.ReadNumber >= p.Topic.LastNumber {
		return 0, 0
	}
	return p.Topic.LastNumber - p.Topic.ReadNumber, p.Topic.ReadNumber + 1
}

// newsBefore tells whether the line "3 new" stands before the i-th post of the page.
func (p TopicPage) newsBefore(i int) bool {
	n, first := p.fresh()
	return n > 0 && p.inTime() && p.Posts[i].Number >= first && (i == 0 || p.Posts[i-1].Number < first)
}

// share is how far down the topic a post stands.
func (p TopicPage) share(number int64) int {
	if p.Topic.LastNumber <= 1 {
		return 0
	}
	return int((number - 1) * 100 / (p.Topic.LastNumber - 1))
}

// clear tells whether a mark at that post can be read beside that of the answer.
func (p TopicPage) clear(number int64) bool {
	apart := p.share(number) - p.share(p.answered())
	return p.answered() == 0 || apart >= 14 || apart <= -14
}

// answered is the number of the accepted post, or 0.
func (p TopicPage) answered() int64 {
	if p.Topic.AnswerID == nil {
		return 0
	}
	for _, post := range p.Posts {
		if post.ID == *p.Topic.AnswerID {
			return post.Number
		}
	}
	if p.Answer != nil {
		return p.Answer.Number
	}
	return 0
}

func (p TopicPage) post(number int64) string {
	return PostAddress(p.Space.Slug, p.Topic.ID, p.Topic.Slug, number)
}

// count sums a topic up: "14 replies".
func (p TopicPage) count() string {
	if p.Topic.Replies() == 0 {
		return "No replies yet"
	}
	return Plural(p.Topic.Replies(), "reply", "replies")
}
