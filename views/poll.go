package views

import (
	"strconv"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/site"
)

// boxOf is the control of an option: one to pick, or several to tick.
func boxOf(p prose.Poll) string {
	if p.Most > 1 {
		return "checkbox"
	}
	return "radio"
}

// votersSaid is how many voted, in a sentence.
func votersSaid(w site.Words, b forum.Ballot) string {
	if b.Voters == 0 {
		return "Nobody has voted yet."
	}
	return Plural(b.Voters, w.Member+" has voted.", w.Members+" have voted.")
}

// shareOf is how much of a hundred of those who voted chose an option.
func shareOf(b forum.Ballot, i int) int {
	if b.Voters == 0 {
		return 0
	}
	return percent(b.Votes[i], b.Voters)
}

// votesAddress is where it stands who voted for what in a poll of the post.
func (p Posted) votesAddress(poll int) string {
	return with(p.root()+"/poll", "poll", strconv.Itoa(poll))
}

// VotesPage is who voted for what in a poll whose voters are named.
type VotesPage struct {
	Posted
	Poll   prose.Poll
	Ballot forum.Ballot
	Chosen map[int][]id.ID // by option, from 1
	People map[id.ID]Person
	More   bool // there are more than are shown
}

// Head names the page.
func (p VotesPage) Head() Head {
	at := SpaceAddress(p.In.Slug)
	return Head{Title: "Who voted for what", Here: at, Tab: SpacesTab, Crumbs: []Crumb{{p.In.Name, at}, {p.Topic.Title, p.address()}, {Text: "Votes"}}}
}
