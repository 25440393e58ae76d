package views

import (
	"github.com/a-h/templ"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/prose"
)

const asks = "Two things, @tomasz, and one ||secret||.\n\n:::poll Which evening suits you best?\n- Tuesday, in the old lab\n- Thursday\n- Sunday, with everybody who has time for it\nup to 2 answers\nuntil 2099-12-24 18:00 Europe/Berlin\nnames shown\n:::\n\n" +
	":::spoiler How it ends\nBadly, on [date=2026-12-24 18:00 Europe/Berlin].\n:::\n\n```go\n// Push by n stops.\nfunc Push(n int) { return 13 * n }\n```\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n:::poll Only one\n- Yes\n- No\n:::\n\n:::poll Long over\n- A\n- B\nuntil 2020-01-01\n:::"

// pollPages are those on which one votes.
func pollPages() map[string]templ.Component {
	cooked, err := prose.Post(asks)
	if err != nil || cooked.Flaw != "" {
		panic(cooked.Flaw)
	}
	votes := map[int]forum.Ballot{
		1: {Shown: true, Voters: 12, Votes: []int64{7, 0, 9}, Own: []bool{true, false, true}},
		2: {Voters: 0, Votes: []int64{0, 0}, Own: []bool{false, false}},
		3: {Closed: true, Shown: true, Voters: 3, Votes: []int64{1, 2}, Own: []bool{false, true}},
	}
	asked := topicPage()
	asked.Posts[0].HTML = cooked.HTML
	asked.Polls = map[id.ID]map[int]forum.Ballot{asked.Posts[0].ID: votes}
	guest := topicPage()
	guest.Posts[0].HTML, guest.Polls, guest.Rights = cooked.HTML, asked.Polls, Rights{Refused: "Sign in to take part."}
	who := VotesPage{Posted: asked.posted(asked.Posts[0]), Poll: cooked.Polls[0], Ballot: votes[1], More: true, People: map[id.ID]Person{}, Chosen: map[int][]id.ID{}}
	for _, name := range []string{"otis", "june", "lotte"} {
		who.People[people[name].ID] = people[name]
		who.Chosen[1] = append(who.Chosen[1], people[name].ID)
	}
	who.Chosen[3] = []id.ID{people["june"].ID, 999} // and somebody who left
	return map[string]templ.Component{
		"topic-polls":       Layout(shell().With(asked.Head()), Topic(asked)),
		"topic-polls-guest": Layout(guests().With(guest.Head()), Topic(guest)),
		"writing":           Layout(shell().With(WritingHead()), Writing()),
		"votes":             Layout(shell().With(who.Head()), Votes(who)),
		"live-polls":        Post(asked.posted(asked.Posts[0]), Mine{}),
		"polls":             Polls(asked.posted(asked.Posts[0]), asked.mine(asked.Posts[0])),
	}
}
