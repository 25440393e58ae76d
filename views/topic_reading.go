package views

import (
	"slices"
	"strings"

	"guildhall/models/forum"
)

// ignored lists whom the reader ignores, so that what they write while the page is open stands folded
// up too.
func (p TopicPage) ignored() string {
	var ids []string
	for _, m := range p.Topic.Ignored() {
		ids = append(ids, m.String())
	}
	return strings.Join(ids, " ")
}

// ignores tells whether the reader ignores the author of a post.
func (p TopicPage) ignores(post forum.Post) bool {
	return slices.Contains(p.Topic.Ignored(), post.AuthorID)
}

// tagging is the field for the tags of the topic.
func (p TopicPage) tagging() Tagging {
	t := Tagging{Value: strings.Join(p.Topic.Tags(), ", "), Space: p.Space.ID}
	if p.Retagged != "" || p.Faults["tags"] != "" {
		t.Value, t.Fault = p.Retagged, p.Faults["tags"]
	}
	return t
}

// retags tells whether the reader may change the tags.
func (p TopicPage) retags() bool {
	return p.Rights.Keeps || p.Rights.Me != 0 && p.Rights.Me == p.Topic.AuthorID && p.Rights.React && !p.Topic.Closed()
}
