package views

import (
	"time"

	"guildhall/models/diff"
	"guildhall/models/forum"
	"guildhall/models/id"
)

func draftsPage() DraftsPage {
	return DraftsPage{
		Drafts: []Unposted{
			{ID: "11111111112", Icon: "reply", What: "Reply in “Thin negatives”", Where: "Questions", GoOn: "/s/questions/t/x/y?draft=on#text", Text: "It is the developer, I think.", Other: true, At: before(time.Hour)},
			{ID: "11111111113", Icon: "plus", What: "Something new", Where: "Questions", GoOn: "/s/questions/new?draft=on#text", Title: "How do I hold a loupe?", Text: "Between two fingers.", At: before(aDay)},
			{ID: "11111111114", Icon: "pencil", What: "A change of a post", Text: "What I meant was this.", At: before(9 * aDay)},
		},
		Discarded: []Unposted{{ID: "11111111115", Icon: "chat", What: "A message", Text: "Hello", At: before(2 * time.Hour)}},
		Scheduled: waiting(),
		Next:      "x",
	}
}

// begun is a topic in which the reader began a reply elsewhere.
func begun() TopicPage {
	p := topicPage()
	p.Reply.Keep, p.Reply.Begun = "/draft", Begun{ID: "11111111112", At: before(aDay), GoOn: "/?draft=on"}
	return p
}

// overtaken is a topic in which others replied meanwhile, to somebody who wrote on two devices.
func overtaken() TopicPage {
	p := topicPage()
	p.Reply.Keep, p.Reply.Text, p.Reply.Anyway, p.Reply.Seen = "/draft", "It is the developer.", "Post anyway", 4
	p.Reply.Begun = Begun{ID: "11111111112", At: before(aDay), GoOn: "/?draft=on", Revision: 3, Other: "It is the water."}
	p.Reply.Faults = Faults{"": "Somebody replied while you wrote. Read them, and post yours as it is or change it."}
	return p
}

func historyPage() HistoryPage {
	p := HistoryPage{Posted: topicPage().posted(topicPage().Posts[1]), Chosen: 2, Before: 0, Keeps: false}
	p.People = byID()
	by := people["ines"].ID
	p.Versions = []forum.Version{
		{Number: 1, Source: "Sow beans.", ByID: by, At: before(2 * aDay)},
		{Number: 2, ByID: by, At: before(aDay), HiddenAt: ref(before(time.Hour)), HiddenBy: ref(id.ID(1))},
		{Number: 3, Source: "Sow peas first.", ByID: by, Reason: "Beans come later", At: before(time.Hour)},
	}
	p.Parts = diff.Words(p.Versions[0].Source, p.Versions[2].Source)
	return p
}

// hiddenHistory is one as a moderator reads it, at the version that they hid, with a reason missing.
func hiddenHistory() HistoryPage {
	p := historyPage()
	p.Keeps, p.Chosen, p.Before, p.Faults = true, 1, -1, Faults{"reason": "Say why this was decided."}
	p.Versions[1].Source = "Sow at number 9."
	p.Parts = []diff.Part{{Text: p.Versions[1].Source}}
	return p
}
