package views

import (
	"strconv"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/site"
)

// Offer is what a word that is being written may become.
type Offer struct {
	Insert string // what is written then
	Person *Person
	Icon   string
	Sign   string // an emoji
	Text   string
	More   string
}

func (o Offer) id(i int) string { return "offer-" + strconv.Itoa(i) }

// Alike is a topic like the one whose title is being written.
type Alike struct {
	Title  string
	Href   string
	Where  string
	Solved bool
}

// CompleteAddress is where a script asks what may be written in a space.
func CompleteAddress(space string) string { return SpaceAddress(space) + "/complete" }

// SimilarAddress is where a script asks for topics like one that is being begun in a space.
func SimilarAddress(space string) string { return SpaceAddress(space) + "/similar" }

// BareTopicAddress is a topic's address without its title: it tells nobody what stands there.
func BareTopicAddress(space string, topic id.ID) string { return topicRoot(space, topic) }

// callOf is the handle of a group as it is typed.
func callOf(g access.Group) string {
	if g.Handle == nil {
		return ""
	}
	return *g.Handle
}

// callers are those who may call a group.
func callers(w site.Words) []Option {
	says := map[string]string{access.ByNobody: "Nobody", access.ByStaff: Title(w.Moderators) + " and " + w.Owners, access.ByItself: "Those who are in it", access.ByMembers: "Every " + w.Member}
	all := make([]Option, len(access.Callers))
	for i, by := range access.Callers {
		all[i] = Option{Value: by, Text: says[by]}
	}
	return all
}
