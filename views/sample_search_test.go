package views

import (
	"github.com/a-h/templ"

	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/index"
	"guildhall/models/member"
	"guildhall/models/search"
	"guildhall/models/space"
)

func searchHits() []SearchHit {
	found := func(kind string) search.Found { return search.Found{ID: 7001, Kind: kind, At: before(3 * aDay)} }
	text := []search.Piece{{Text: "…a two-stop "}, {Text: "push", Mark: true}, {Text: " uses most of that up, <b>so</b> the second roll swam in leftovers…"}}
	topic, answer := rows()[0].Topic, forum.Post{ID: 7001, Number: 3}
	topic.AnswerID = ref(answer.ID)
	return []SearchHit{
		{Hit: search.Hit{Found: found(index.Topic), In: questions, Topic: topic, Post: forum.Post{ID: 7000, Number: 1}, Title: []search.Piece{{Text: "Thin negatives when "}, {Text: "push", Mark: true}, {Text: "ing HP5"}}, Text: text}, Author: people["otis"]},
		{Hit: search.Hit{Found: found(index.Post), In: questions, Topic: topic, Post: answer, Title: []search.Piece{{Text: "Thin negatives"}}, Text: text}, Author: people["tomasz"]},
		{Hit: search.Hit{Found: found(index.Message), In: lounge, Said: chat.Message{ID: 7002, Seq: 9}, Text: text}, Author: Person{}},
		{Hit: search.Hit{Found: found(index.Member), Member: member.Member{Handle: "amara"}, Title: []search.Piece{{Text: "Amara Okafor"}}, Text: []search.Piece{{Text: "Pushes film too far."}}}, Author: people["amara"]},
	}
}

// searchPages are those on which one asks.
func searchPages() map[string]templ.Component {
	parse := func(text string) search.Query { return search.Parse(text, evening) }
	asked := []search.Asked{{ID: 81, Text: `"stop bath" <b>`, At: before(aDay)}, {ID: 82, Text: "push #questions", At: before(2 * aDay)}}
	facets := search.Facets{Kinds: map[string]int64{index.Topic: 14, index.Post: 103, index.Message: 2, index.Member: 1}, Spaces: []search.InSpace{{Space: questions, N: 11}, {Space: lounge, N: 1}}, All: 120}
	answered := SearchPage{Query: parse(`push #questions in:topics order:latest "two stop"`), Hits: searchHits(), Asks: "/new",
		Answer: search.Page{Facets: facets, Number: 1, Next: "next", Spaces: []space.Space{lounge}}}
	last := answered
	last.Answer.Number, last.Answer.Next, last.Later = search.MaxPages, "", true
	nothing := SearchPage{Query: parse("zzz"), Answer: search.Page{Number: 1}}
	history := SearchPage{History: asked}
	return map[string]templ.Component{
		"search":         Layout(shell().With(answered.Head()), Search(answered)),
		"search-last":    Layout(shell().With(last.Head()), Search(last)),
		"search-nothing": Layout(guests().With(nothing.Head()), Search(nothing)),
		"search-history": Layout(shell().With(history.Head()), Search(history)),
		"search-guest":   Layout(guests().With(SearchPage{}.Head()), Search(SearchPage{})),
		"live-suggest":   Suggest(Suggestions{Text: "push", History: asked, Answer: answered.Answer, Hits: searchHits()}),
	}
}
