package views

import (
	"github.com/a-h/templ"

	"guildhall/models/id"
	"guildhall/models/letters"
)

// letterboxPage is a letterbox with a letter to read and one that was read.
func letterboxPage() LetterboxPage {
	entry := func(key id.ID, title, plain string, unread int64, with ...Person) Enveloped {
		return Enveloped{Entry: letters.Entry{Person: letters.Person{ThreadID: key, LastID: ref(key + 1), LastAt: ref(before(aDay)), Unread: unread}, Title: title, Plain: plain}, With: with}
	}
	return LetterboxPage{
		Box: letters.ToRead, Counts: letters.Counts{In: map[letters.Box]int64{letters.ToRead: 2, letters.ToAnswer: 1}, Waiting: 1}, Begun: 1, Next: "x",
		Entries: []Enveloped{
			entry(501, "The bench by the harbour", "I sat there on Sunday and thought of what you said about the light. It was gone before I had the lens out.", 1, people["ines"]),
			entry(511, "Before the exhibition", "Could we look at the prints together, the four of us?", 0, people["ines"], people["otis"], people["wren"], Person{ID: 99}),
		},
	}
}

// desk is the part with what was begun and what waits.
func desk() LetterboxPage {
	p := letterboxPage()
	p.Box, p.Entries, p.Next = LetterDrafts, nil, ""
	p.Waiting = []Enclosed{
		{letters.Pending{Letter: letters.Letter{ID: 521, ThreadID: 520, DeliverAt: before(-aDay)}, Title: "For your birthday", First: true}, []Person{people["wren"]}},
		{letters.Pending{Letter: letters.Letter{ID: 523, ThreadID: 522, DeliverAt: before(aDay), Refused: "Nobody is left to whom it could be brought."}, Title: "Too late"}, []Person{people["otis"]}},
	}
	p.Drafts = []Unposted{{ID: "1", Icon: "mail", What: "A letter to ines", Title: "On patience", Text: "Dear Ines,", GoOn: "/x", At: before(aDay)}}
	return p
}

// correspondencePage is between three, of whom one left, with a letter that waits.
func correspondencePage() CorrespondencePage {
	number := func(n int64) *int64 { return &n }
	of := map[id.ID]Person{}
	party := func(who Person) letters.Party {
		of[who.ID] = who
		return letters.Party{Person: letters.Person{ThreadID: 501, MemberID: who.ID}}
	}
	me, ines, otis := party(people["amara"]), party(people["ines"]), party(people["otis"])
	otis.LeftAt = ref(before(aDay))
	me.LastBy, me.ReadNumber = &ines.MemberID, 1
	o := letters.Opened{Thread: letters.Thread{ID: 501, Title: "The bench by the harbour", Letters: 2}, Me: me.Person, People: []letters.Party{me, ines, otis}, Earlier: 1}
	o.Letters = []letters.Letter{
		{ID: 502, ThreadID: 501, Number: number(1), AuthorID: me.MemberID, HTML: "<p>Dear Ines,</p><p>do you still go there in the mornings?</p>", DeliveredAt: ref(before(3 * aDay))},
		{ID: 503, ThreadID: 501, Number: number(2), AuthorID: ines.MemberID, HTML: "<p>Dear Amara,</p><p>I sat there on Sunday and thought of what you said about the light.</p><p>Yours,<br>Ines</p>", DeliveredAt: ref(before(aDay))},
		{ID: 505, ThreadID: 501, Number: number(3), AuthorID: otis.MemberID, RemovedAt: ref(before(aDay)), DeliveredAt: ref(before(aDay))},
		{ID: 504, ThreadID: 501, AuthorID: me.MemberID, HTML: "<p>I will be there on Saturday.</p>", WrittenAt: before(aDay), DeliverAt: before(-aDay)},
	}
	return CorrespondencePage{Opened: o, People: of, Me: me.MemberID, Answer: &Compose{Action: "/x", Key: "k", Label: "Your answer, in Markdown", Button: "Send", Rows: 12, Keep: "/x/draft", Draft: "/x", NoPolls: true, Begun: Begun{ID: "1", At: before(aDay), GoOn: "/x"}}}
}

// letterPages are those of letters.
func letterPages() map[string]templ.Component {
	alone := correspondencePage()
	alone.Answer, alone.Why, alone.Opened.People[1].Gone = nil, "Nobody is left here to whom a letter could be brought.", true
	refused := WriteLetterPage{
		Readers: "ines, nobody", Title: "On patience", At: "2026-12-24T18:00", Faults: Faults{"readers": "Nobody here goes by “nobody”. Write handles, as they stand below the names.", "at": "Choose a time that is still to come, within a year."},
		Text: Compose{Action: "/x", Key: "k", Label: "Your letter, in Markdown", Button: "Send", Rows: 16, Keep: "/x/draft", Draft: "/x", Text: "Dear Ines,", Preview: "<p>Dear Ines,</p>", NoPolls: true},
	}
	all := map[string]templ.Component{
		"letters":             Layout(shell().With(letterboxPage().Head()), Letterbox(letterboxPage())),
		"letters-drafts":      Layout(shell().With(desk().Head()), Letterbox(desk())),
		"letters-thread":      Layout(shell().With(correspondencePage().Head()), Correspondence(correspondencePage())),
		"letters-alone":       Layout(shell().With(alone.Head()), Correspondence(alone)),
		"letters-new-refused": Layout(shell().With(refused.Head()), WriteLetter(refused)),
	}
	for _, b := range append([]letters.Box{LetterDrafts}, letters.Boxes...) {
		p := LetterboxPage{Box: b, Counts: letters.Counts{In: map[letters.Box]int64{letters.ToAnswer: 2}}}
		all["letters-none-"+string(b)] = Layout(shell().With(p.Head()), Letterbox(p))
	}
	return all
}
