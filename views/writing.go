package views

import (
	"fmt"

	"guildhall/models/prose"
)

// WritingAddress is the page on how to write here.
const WritingAddress = "/writing"

// WritingHead names the page.
func WritingHead() Head {
	return Head{Title: "How to write here", Tab: SpacesTab, Crumbs: []Crumb{{Text: "How to write here"}}}
}

// lesson is something that can be written, with an example. HTML is what the example becomes.
type lesson struct{ Title, Text, Example, HTML string }

var lessons = taught([]lesson{
	{Title: "Words", Example: "**Bold**, *italic*, ~~struck out~~, `code`.\n\n- a point\n- another\n\n> somebody else's words"},
	{Title: "Links, pictures and people", Text: "Files are pasted, dropped or chosen with the button of a picture. An address may stand by itself.", Example: "[Our rules](/writing), https://example.org, and @handle."},
	{Title: "Emoji", Text: "By name between colons; the toolbar has a list to search.", Example: "Well done :tada: :heart:"},
	{Title: "Hidden words", Text: "Nobody sees them before they ask, and neither mail, notifications nor search tell them.", Example: "It was ||the butler||.\n\n:::spoiler How it ends\nHe gets away with it.\n:::"},
	{Title: "Dates", Text: "Each reader sees them in their own time zone. Without a zone it is UTC; without a time it is a day.", Example: "We meet on [date=2026-12-24 18:00 Europe/Berlin]."},
	{Title: "Code", Text: "The name of a language behind the first marks gives it colours.", Example: "```go\n// Push by n stops.\nfunc Push(n int) int { return 13 * n }\n```"},
	{Title: "Tables", Example: "| film | minutes |\n|------|--------:|\n| HP5+ | 13:00 |"},
	{Title: "Video and sound", Text: "An address of YouTube, Vimeo, SoundCloud or Spotify on a line by itself becomes a player, and so does a sound or video that you uploaded. Nothing is loaded before somebody plays it.", Example: "https://youtu.be/dQw4w9WgXcQ"},
	{Title: "Polls", Text: fmt.Sprintf("In a post of a topic, not in chat: up to %d polls of 2 to %d options. The rules stand on lines of their own, in any order: “one answer”, “several answers” or “up to 3 answers”; “until” with a date as above; “results always”, “results after voting” or “results after closing”; and “names shown” if everybody is to see who voted for what. Without any it is one answer, open for good, with results for those who voted, and nobody sees who they were. Who may react may vote, and change their vote until the poll closes. Once somebody has voted, the question, the options and the rules stay; its end may move, and moderators may add options after the others.", prose.MaxPolls, prose.MaxOptions),
		Example: ":::poll Which evening suits you?\n- Tuesday\n- Thursday\nseveral answers\nuntil 2026-12-24 18:00 Europe/Berlin\n:::"},
})

// taught cooks the examples, as what members write is cooked.
func taught(all []lesson) []lesson {
	for i := range all {
		cooked, err := prose.Post(all[i].Example)
		if err != nil || cooked.Flaw != "" {
			panic(fmt.Errorf("the example of %q: %v %s", all[i].Title, err, cooked.Flaw))
		}
		all[i].HTML = cooked.HTML
	}
	return all
}
