package views

import (
	"time"

	"github.com/a-h/templ"

	"guildhall/models/audit"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// carePages are those on which topics are looked after.
func carePages() map[string]templ.Component {
	w := northlight().Vocabulary()
	moved := topicPage()
	moved.Rights.Keeps, moved.Rights.Me, moved.Wait = true, 13, 40*time.Second
	by := people["priya"].ID
	moved.Topic.Topic.SlowSeconds, moved.Topic.SlowBy, moved.Topic.SlowWhy, moved.Topic.Unlisted = 90, &by, "Breathe out.", true
	moved.Topic.Timers = `[{"do":"close","quiet":3,"why":"It is answered."}]`
	moved.Told = []forum.Told{
		{Do: forum.ToClose, By: by, At: before(aDay), Why: "It went in circles.", After: 2}, {Do: forum.ToOpen, By: by, At: before(aDay), After: 2, Timed: true},
		{Do: "split", By: by, At: before(time.Hour), N: 2, From: 7, After: 14, Why: "Selling goes to Market."}, {Do: forum.ToSlow, By: by, At: before(time.Hour), N: 90, After: 14},
	}
	moved.Posts[1].NoticeHTML, moved.Posts[1].NoticeBy, moved.Posts[1].NoticeAt = "<p>Please do <strong>not</strong> pour it away.</p>", &by, ref(before(time.Hour))
	stays := topicPage()
	stays.Topic.Archived, stays.Rights.Write = true, false
	care := CarePage{Topic: moved.Topic, Space: questions, Moves: []Option{{"market", "Market"}}, People: byID(), Form: "pin", Typed: map[string]string{"until": "2020-01-01", "why": "For the fair."}, Faults: Faults{"until": "Choose a day that is still to come."}}
	split := SplitPage{Topic: moved.Topic, Space: questions, Posts: moved.Posts, People: byID(), Next: 51, Title: "Ho", Faults: Faults{"title": "Give the topic a title of at least 4 letters."}}
	line := func(n id.ID, what string, undone bool) forum.Logged {
		l := forum.Logged{Kept: audit.Kept{ID: n, At: before(time.Hour), By: by, What: what, Why: "It went in circles."}, Topic: moved.Topic.Topic, Undoes: !undone, Act: forum.DeedOf(what)}
		if undone {
			l.UndoneAt, l.UndoneBy = ref(before(time.Minute)), by
		}
		return l
	}
	lines := []forum.Logged{line(901, "topic.closed", false), line(902, "topic.renamed", true), line(904, "topic.merged", false), {Kept: audit.Kept{ID: 903, At: before(aDay), What: "timer.lapsed", Detail: "close"}}}
	log, ofSpace := LogPage{Space: questions, Topic: moved.Topic.Topic, Lines: lines, People: byID(), Next: "x"}, LogPage{Space: questions, Lines: lines, People: byID()}
	empty := LogPage{Space: questions}
	own := waiting()
	waits := own.Topics[0]
	form := ScheduledForm{Scheduled: waits, Space: questions, Title: waits.Title, At: "2020-01-01T10:00", Tags: Tagging{Space: questions.ID, Least: 1, Value: "fair outdoors"}, Text: Compose{Key: "k", Text: "Come.", Label: "What it is about, in Markdown", Button: "Save"}, Faults: Faults{"at": "Choose a time that is still to come, within two years."}}
	texts := TextsPage{Space: questions, Replies: []forum.SavedReply{{ID: 960, Name: "Welcome", Text: "Hello {name}, welcome to {space}."}}, Templates: []forum.Template{{ID: 961, Name: "A question", Text: "What I tried:", First: true}}, Waiting: own.Topics[:1], People: byID()}
	replies := RepliesPage{Space: questions, Topic: moved.Topic.Topic, Replies: texts.Replies}
	picks := spacePage()
	picks.Keeps, picks.Picks, picks.Kept = true, true, map[id.ID]bool{questions.ID: true}
	several := latestPage()
	several.Tends, several.Picks, several.Kept = true, true, picks.Kept
	bulk := BulkPage{Space: questions, Do: forum.ToMove, Moves: []Option{{"market", "Market"}}, Topics: []forum.Listed{rows()[0].Listed, rows()[1].Listed}}
	tagging := bulk
	tagging.Do, tagging.Tags, tagging.Faults = forum.ToUntag, "a/b", Faults{"tags": "“a/b” cannot be a tag: write at most 40 letters, digits and hyphens."}
	pinning, slowing := bulk, bulk
	pinning.Space, pinning.From, pinning.Do, pinning.Until = space.Space{}, LatestAddress, forum.ToPin, "2030-01-01"
	slowing.Do, slowing.Pace = forum.ToSlow, "60"
	result := BulkDone{Space: questions, Batch: 970, Lines: lines[:2], Left: 3}
	begun := NewTopicPage{Space: questions, At: "2030-01-01T10:00", Text: Compose{Key: "k", Label: "Your question, in Markdown", Button: "Ask"}, Templates: []Segmented{TemplateLink("questions", texts.Templates[0], true), NoTemplateLink("questions", false)}}
	return map[string]templ.Component{
		"care-topic":     Layout(shell().With(moved.Head()), Topic(moved)),
		"care-archived":  Layout(shell().With(stays.Head()), Topic(stays)),
		"care":           Layout(shell().With(care.Head()), Care(care)),
		"care-split":     Layout(shell().With(split.Head()), Split(split)),
		"care-log":       Layout(shell().With(log.Head()), Log(log)),
		"care-log-space": Layout(shell().With(ofSpace.Head()), Log(ofSpace)),
		"care-log-empty": Layout(shell().With(empty.Head()), Log(empty)),
		"scheduled":      Layout(shell().With(own.Head(w)), Scheduled(own)),
		"scheduled-none": Layout(shell().With(own.Head(w)), Scheduled(ScheduledPage{})),
		"scheduled-edit": Layout(shell().With(form.Head(w)), EditScheduled(form)),
		"texts":          Layout(shell().With(texts.Head()), Texts(texts)),
		"texts-replies":  Layout(shell().With(replies.Head()), Replies(replies)),
		"space-pick":     Layout(shell().With(picks.Head()), Space(picks)),
		"latest-pick":    Layout(shell().With(several.Head(w)), Latest(several)),
		"bulk-pin":       Layout(shell().With(pinning.Head(w)), Bulk(pinning)),
		"bulk-slow":      Layout(shell().With(slowing.Head(w)), Bulk(slowing)),
		"bulk":           Layout(shell().With(bulk.Head(w)), Bulk(bulk)),
		"bulk-tags":      Layout(shell().With(tagging.Head(w)), Bulk(tagging)),
		"bulk-done":      Layout(shell().With(result.Head(w)), BulkResult(result)),
		"new-topic-care": Layout(shell().With(begun.Head(w)), NewTopic(begun)),
	}
}

// waiting are two topics that were scheduled: one that waits, and one that was refused.
func waiting() ScheduledPage {
	waits := forum.Scheduled{ID: 950, SpaceID: questions.ID, AuthorID: people["amara"].ID, Title: "The spring fair", Source: "Come.", TagNames: "fair outdoors", PublishAt: before(-3 * aDay), State: forum.Waits}
	refused := waits
	refused.ID, refused.State, refused.Refused = 951, forum.Refused, "Starting topics in Questions opens at Regular."
	return ScheduledPage{Topics: []forum.Scheduled{waits, refused}, Spaces: map[id.ID]space.Space{questions.ID: questions}}
}
