package views

import (
	"time"

	"github.com/a-h/templ"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/safety"
)

// safetyPages are those on which something is reported, and decided.
func safetyPages() map[string]templ.Component {
	w := northlight().Vocabulary()
	post := ReportPage{Kind: safety.OfPost, Author: people["bram"], HTML: "<p>If you had read the customs page for ten seconds you would not need to ask.</p>", Action: "/x", Away: "/", Reason: safety.Other, Faults: Faults{"words": "Say in a few words what is wrong with it."}}
	who := ReportPage{Kind: safety.OfMember, Author: people["bram"], Action: "/x", Away: "/"}
	again := reviewPage()
	again.Refused = Judged{Flag: again.Matters[0].ID, Decision: safety.Removed, Reason: " ", Text: "Say why this was decided."}
	blocked := BlockedPage{Blocks: []Blocked{{people["bram"], before(aDay)}, {people["rafael"], before(40 * aDay)}}, Next: "abc"}
	remove := RemovePage{Person: people["bram"], Typed: safety.Removal{Typed: "otis", Words: true}, Faults: Faults{"handle": "Type bram to say that you mean them.", "reason": "Say why this was decided."}}
	out := PersonPage{Person: people["bram"], Tiers: tiers, Key: "k", Conduct: Conduct{
		Record: []Decided{
			{access.Sanction{ID: 1, Kind: access.Suspended, StartsAt: before(time.Hour), EndsAt: ref(before(-6 * aDay)), Reason: "Selling in every topic, after two warnings."}, "Saoirse Nolan"},
			{access.Sanction{ID: 2, Kind: access.Warned, StartsAt: before(5 * aDay), Reason: "The last two lines were unkind."}, "Priya Raman"},
		},
		Suspend: Sanctioning{Reason: "Again.", Until: "2020-01-01", Faults: Faults{"until": "That lies in the past."}},
	}}
	other := profilePage()
	other.Person, other.Ledger, other.Own, other.Lines, other.Reader, other.Blocks = people["bram"], nil, false, nil, true, true
	return map[string]templ.Component{
		"report-post":     Layout(shell().With(post.Head()), Report(post)),
		"report-member":   Layout(shell().With(who.Head()), Report(who)),
		"review":          Layout(owners().With(reviewPage().Head()), Review(reviewPage())),
		"review-refused":  Layout(owners().With(again.Head()), Review(again)),
		"review-empty":    Layout(owners().With(ReviewPage{}.Head()), Review(ReviewPage{})),
		"blocked":         Layout(shell().With(blocked.Head()), BlockedSettings(blocked)),
		"blocked-nobody":  Layout(shell().With(BlockedPage{}.Head()), BlockedSettings(BlockedPage{})),
		"remove-member":   Layout(owners().With(remove.Head(w)), RemoveMember(remove)),
		"manage-conduct":  Layout(owners().With(out.Head(w)), ManageMember(out)),
		"profile-blocked": Layout(shell().With(other.Head()), Profile(other)),
	}
}

func flag(n id.ID, kind, reason, words, by string, ago time.Duration) safety.Flag {
	return safety.Flag{ID: n, SubjectKind: kind, SubjectID: n, Reason: reason, Words: words, ByID: people[by].ID, CreatedAt: before(ago)}
}

func reviewPage() ReviewPage {
	unkind := forum.Post{ID: 31, TopicID: 1005, Number: 4, AuthorID: people["bram"].ID, HTML: "<p>If you had read the customs page for ten seconds you would not need to ask. Some of us have jobs.</p>"}
	topic := forum.Topic{ID: 1005, SpaceID: 20, Title: "Is grey-market paper worth the customs form?", Slug: "grey-market-paper"}
	said := chat.Message{ID: 33, AuthorID: people["wren"].ID, HTML: "<p>you can just warm the fixer on the hob right, my flat has one window</p>", RemovedAt: ref(before(time.Minute))}
	first := flag(31, safety.OfPost, safety.Hostile, "This was aimed at me", "otis", 52*time.Minute)
	unsafe := flag(33, safety.OfMessage, safety.Other, "Answered, but please pin the safety note", "noor", 6*time.Minute)
	person := flag(34, safety.OfMember, safety.Spam, "", "june", 5*time.Minute)
	return ReviewPage{Waiting: 3, Owner: true, Matters: []Matter{
		{Reported: safety.Reported{Flag: first, Flags: []safety.Flag{first, flag(32, safety.OfPost, safety.OffTopic, "", "ines", 20*time.Minute)}, Post: &forum.Picked{Post: unkind, Topic: topic}, Space: 20}, Author: people["bram"], In: questions, By: byID()},
		{Reported: safety.Reported{Flag: unsafe, Flags: []safety.Flag{unsafe}, Said: &chat.Picked{Message: said, SpaceID: 21}, Space: 21}, Author: people["wren"], In: lounge, By: byID()},
		{Reported: safety.Reported{Flag: person, Flags: []safety.Flag{person}}, Author: people["rafael"], By: byID()},
	}}
}
