package views

import (
	"strings"

	"guildhall/models/forum"
)

// ignored lists the authors on the page whom the reader ignores, so that what they write while it is
// open stands folded up too.
func (p TopicPage) ignored() string {
	var ids []string
	for _, post := range p.Posts {
		if post.Ignored {
			ids = append(ids, post.AuthorID.String())
		}
	}
	return strings.Join(ids, " ")
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

// long tells whether the topic goes on beyond one page.
func (p TopicPage) long() bool { return p.Topic.LastNumber > forum.PostsPerPage }
