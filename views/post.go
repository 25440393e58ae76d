package views

import (
	"slices"
	"strconv"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/reaction"
	"guildhall/models/space"
)

// Posted is a post with all that is true of it for everybody who may read it.
type Posted struct {
	forum.Post
	Topic  forum.Topic
	In     space.Space
	Author Person
	Given  []forum.Count // reactions
	Asker  Person        // who accepted it, if it is the answer
	Editor Person        // who last changed it, if it is a wiki
}

// Answer tells whether it is the accepted one.
func (p Posted) Answer() bool { return p.Topic.AnswerID != nil && *p.Topic.AnswerID == p.ID }

func (p Posted) root() string { return postRoot(p.In.Slug, p.TopicID, p.ID) }

func (p Posted) address() string {
	return PostAddress(p.In.Slug, p.TopicID, p.Topic.Slug, p.Number)
}

// edited says that a post was changed, and of a wiki by whom.
func (p Posted) edited() string {
	if !p.Wiki || p.Editor.Former() {
		return "edited"
	}
	return "last edited by " + First(p.Editor.Name)
}

func (p Posted) anchor() string { return "p" + strconv.FormatInt(p.Number, 10) }

// quoted opens the topic with this post quoted in the composer.
func (p Posted) quoted() string {
	return with(TopicAddress(p.In.Slug, p.TopicID, p.Topic.Slug), "quote", p.ID.String()) + "#reply"
}

// label names a post for the ear.
func (p Posted) label(former string) string {
	who := p.Author.Name
	if p.Author.Former() {
		who = former
	}
	if p.Answer() {
		return "Accepted answer by " + who
	}
	return "Post " + Number(p.Number) + " by " + who
}

// given is one kind of reaction on something: how often, and whether the reader gave it.
type given struct {
	Kind, Icon, Words string
	N                 int64
	Own               bool
}

// postGiven lists the reactions on a post in the order of the picker; rest are those not given yet.
// The votes for an answer stand before them: those who may vote see them also when there are none.
func postGiven(p Posted, m Mine) (has []given, rest offered) {
	has, rest = givenOf(forum.Reactions, p.Given, m.Reacted)
	if p.In.Kind == space.Questions && p.Number != 1 && (p.Votes > 0 || m.React) {
		has = append([]given{{Kind: forum.Voted, Icon: "up", Words: "helpful", N: p.Votes, Own: m.Reacted[forum.Voted]}}, has...)
	}
	return has, rest
}

// placeholder is the id that templates are drawn with: the zero one, which is nobody's. A script
// puts a real one in its place.
const placeholder = id.ID(0)

// EditAddress is where the post is changed.
func (p Posted) EditAddress() string { return p.root() + "/edit" }

// offered are kinds of a picker that were not given yet, in its order.
type offered [8]reaction.Kind

func (o *offered) list() []reaction.Kind {
	n := slices.IndexFunc(o[:], func(k reaction.Kind) bool { return k.Kind == "" })
	if n < 0 {
		return o[:]
	}
	return o[:n]
}

// givenOf parts the kinds of a picker, eight at the most, into those that were given and those that
// were not yet.
func givenOf(kinds []reaction.Kind, counts []reaction.Count, own map[string]bool) (has []given, rest offered) {
	free := 0
	for _, r := range kinds {
		if i := slices.IndexFunc(counts, func(c reaction.Count) bool { return c.Kind == r.Kind && c.N > 0 }); i >= 0 {
			has = append(has, given{r.Kind, r.Icon, r.Words, counts[i].N, own[r.Kind]})
		} else {
			rest[free], free = r, free+1
		}
	}
	return has, rest
}
