package views

import (
	"maps"

	"github.com/a-h/templ"

	"guildhall/models/access"
	"guildhall/models/diff"
	"guildhall/models/member"
	"guildhall/models/preview"
	"guildhall/models/space"
)

// samples are all pages, by the name of their picture.
func samples() map[string]templ.Component {
	all := map[string]templ.Component{}
	for _, some := range []map[string]templ.Component{readingPages(), listPages(), memberPages(), ownerPages(), signIns(), safetyPages(), searchPages(), clubPages(), carePages(), pollPages(), letterPages(), fewPages()} {
		maps.Copy(all, some)
	}
	return all
}

// readingPages are those on which one reads and writes.
func readingPages() map[string]templ.Component {
	w := northlight().Vocabulary()
	empty := spacePage()
	empty.Pinned, empty.Topics, empty.Next = nil, nil, ""
	shut := spacePage()
	shut.Starts, shut.Refused, shut.Guest = false, "Starting topics in Questions opens at Regular, or with Patron.", true
	kept := topicPage()
	kept.Rights.Keeps, kept.Rights.Me, kept.Topic.ClosedAt = true, 13, ref(before(aDay))
	kept.Before, kept.After = 1, 21
	refused := topicPage()
	refused.Reply.Faults = Faults{"text": "A post has at most 32000 bytes. Yours has 40112."}
	reads := topicPage()
	reads.Rights = Rights{Refused: "Sign in to take part."}
	quiet := roomPage()
	quiet.Messages, quiet.Before, quiet.Rights = nil, 0, Rights{Me: 1, Refused: "Speaking in The lounge opens at Familiar face."}
	fresh := NewTopicPage{Space: questions, Title: "Ho", Text: Compose{Key: "k", Label: "Your question, in Markdown", Button: "Ask", Text: "How do I hold a **loupe**?", Preview: "<p>How do I hold a <strong>loupe</strong>?</p>", Draft: "new-20"}, Faults: Faults{"title": "Give the topic a title of at least 4 letters."}}
	choose := NewTopicPage{Choose: []space.Space{questions, lounge}}
	edit := EditPostPage{Posted: topicPage().posted(topicPage().Posts[1]), Text: Compose{Action: "/x", Key: "k", Label: "The post, in Markdown", Button: "Save", Text: "I think you have already answered yourself."}, Removes: true}
	rewritten := edit
	rewritten.Text.Faults = Faults{"": "Somebody changed this post while you wrote. See what it says now, and save yours as it is or change it."}
	rewritten.Text.Anyway, rewritten.Text.From, rewritten.Changes = "Save anyway", "0f", diff.Words("I think somebody answered it yourself.", edit.Text.Text)
	say := EditMessagePage{Said: roomPage().said(3, shell().Reader), Text: Compose{Action: "/x", Text: "I got away with one extra minute."}, Edits: true, Removes: true}
	caught := homePage()
	caught.Items, caught.Waiting = nil, nil
	guest := GuestPage{Club: northlight(), Topics: rows()[4:7], Rooms: []OpenRoom{{Space: questions}, {masterclass, "at Mentor, or with Fellow"}}}
	return map[string]templ.Component{
		"home":              Layout(shell().With(homePage().Head()), Home(homePage())),
		"home-caught-up":    Layout(shell().With(caught.Head()), Home(caught)),
		"home-guest":        Layout(guests().With(guest.Head()), GuestHome(guest)),
		"space":             Layout(shell().With(spacePage().Head()), Space(spacePage())),
		"space-empty":       Layout(shell().With(empty.Head()), Space(empty)),
		"space-glass":       Layout(guests().With(shut.Head()), Space(shut)),
		"topic":             Layout(shell().With(topicPage().Head()), Topic(topicPage())),
		"topic-votes":       Layout(shell().With(votedPage().Head()), Topic(votedPage())),
		"topic-summary":     Layout(shell().With(summedUpPage().Head()), Topic(summedUpPage())),
		"topic-moderator":   Layout(shell().With(kept.Head()), Topic(kept)),
		"topic-refused":     Layout(shell().With(refused.Head()), Topic(refused)),
		"topic-guest":       Layout(guests().With(reads.Head()), Topic(reads)),
		"new-topic":         Layout(shell().With(fresh.Head(w)), NewTopic(fresh)),
		"new-topic-where":   Layout(shell().With(choose.Head(w)), NewTopic(choose)),
		"edit-post":         Layout(shell().With(edit.Head()), EditPost(edit)),
		"edit-rewritten":    Layout(shell().With(rewritten.Head()), EditPost(rewritten)),
		"room":              Layout(shell().With(roomPage().Head()), Room(roomPage())),
		"drafts":            Layout(shell().With(draftsPage().Head()), Drafts(draftsPage())),
		"drafts-none":       Layout(shell().With(DraftsPage{}.Head()), Drafts(DraftsPage{})),
		"topic-begun":       Layout(shell().With(begun().Head()), Topic(begun())),
		"topic-overtaken":   Layout(shell().With(overtaken().Head()), Topic(overtaken())),
		"history":           Layout(shell().With(historyPage().Head()), History(historyPage())),
		"history-hidden":    Layout(shell().With(hiddenHistory().Head()), History(hiddenHistory())),
		"room-quiet":        Layout(shell().With(quiet.Head()), Room(quiet)),
		"thread":            Layout(shell().With(threadPage().Head()), Room(threadPage())),
		"threads":           Layout(shell().With(threadsPage().Head()), Threads(threadsPage())),
		"threads-none":      Layout(shell().With(ThreadsPage{Space: lounge, Room: roomPage().Room}.Head()), Threads(ThreadsPage{Space: lounge, Room: roomPage().Room})),
		"message-history":   Layout(shell().With(messageHistoryPage().Head()), MessageHistory(messageHistoryPage())),
		"pins":              Layout(shell().With(pinsPage().Head()), Pins(pinsPage())),
		"pins-none":         Layout(shell().With(PinsPage{Space: lounge, Room: roomPage().Room}.Head()), Pins(PinsPage{Space: lounge, Room: roomPage().Room})),
		"forward":           Layout(shell().With(forwardPage().Head()), Forward(forwardPage())),
		"turn":              Layout(shell().With(turnPage().Head()), Turn(turnPage())),
		"edit-message":      Layout(shell().With(say.Head()), EditMessage(say)),
		"live-post":         Post(topicPage().posted(topicPage().Posts[2]), Mine{}),
		"live-post-removed": Post(topicPage().posted(topicPage().Posts[3]), Mine{}),
		"live-message":      Message(Said{Message: roomPage().Messages[1], In: lounge, Author: people["ines"], Given: roomPage().Given[3081]}, Mine{}),
	}
}

// memberPages are those of people and what they hold, and those that stand at the door.
func memberPages() map[string]templ.Component {
	gone := ProblemPage{Status: 404, Text: "The page moved, or never was.", Address: "/t/rodinal-1-50"}
	unkept := ProblemPage{Status: 413, Text: "That is more than fits here. Send less at once.", Back: "/s/questions/new", Carried: []Carried{{"title", "How do I hold a loupe?"}, {"text", "I have tried both hands."}}}
	broke := ProblemPage{Status: 500, Text: "We have been told. Try again in a moment.", Request: "9f2c-41ab"}
	other := profilePage()
	other.Person, other.Ledger, other.Own, other.Lines = people["ines"], nil, false, nil
	notes := NotificationsPage{Notes: notes(), Unread: 3}
	profile := ProfileForm{Me: people["amara"], Profile: member.Profile{Name: "Amara Okafor", Handle: "amara", Zone: "Europe/London"}, Theme: "system", OnBoards: true, Zones: zones}
	founding := FoundingPage{Zones: zones, Action: "/found"}
	return map[string]templ.Component{
		"door":          Layout(shell().With(doorPage().Head()), Door(doorPage())),
		"membership":    Layout(shell().With(membershipPage().Head()), Membership(membershipPage())),
		"profile":       Layout(shell().With(profilePage().Head()), Profile(profilePage())),
		"profile-other": Layout(shell().With(other.Head()), Profile(other)),
		"board":         Layout(shell().With(boardPage().Head()), Board(boardPage())),
		"notifications": Layout(shell().With(notes.Head()), Notifications(notes)),
		"settings":      Layout(shell().With(profile.Head()), ProfileSettings(profile)),
		"settings-told": Layout(shell().With(toldPage().Head()), ToldSettings(toldPage())),
		"founding":      Bare(Shell{Head: founding.Head()}, Founding(founding)),
		"problem-404":   Layout(shell().With(gone.Head()), Problem(gone)),
		"problem-413":   Layout(shell().With(unkept.Head()), Problem(unkept)),
		"problem-500":   Layout(guests().With(broke.Head()), Problem(broke)),
		"problem-bare":  Bare(Shell{Head: broke.Head()}, BareProblem(broke)),
	}
}

// ownerPages are those of the back office.
func ownerPages() map[string]templ.Component {
	w := northlight().Vocabulary()
	typed := TierPage{Tier: tiers[2]}
	person := PersonPage{Person: people["amara"], Grants: grants(), Groups: []Belonging{{Group: access.Group{ID: 61, Name: "Spring class"}}}, Others: []access.Group{{ID: 62, Name: "Walk leaders"}}, Tiers: tiers, Key: "k", Faults: Faults{"reason": "Say why this has no end."}}
	group := GroupPage{Group: access.Group{ID: 61, Name: "Spring class", Words: "Lith printing, six evenings."}, Members: []Belonging{{Person: people["lotte"]}, {Person: people["otis"], EndsAt: ref(before(-5 * aDay))}, {Person: people["wren"]}}}
	form := SpaceForm{Space: masterclass, Was: masterclass.Slug, Sections: []space.Section{{ID: 10, Name: "Common rooms"}, {ID: 11, Name: "Workshops"}}, Keepers: all("hana", "priya")}
	draft := locksPage()
	draft.Changed = true
	return map[string]templ.Component{
		"manage-club":     Layout(owners().With(ClubPage{}.Head()), ManageClub(ClubPage{Club: northlight(), Zones: zones})),
		"manage-previews": Layout(owners().With(PreviewsPage{}.Head()), ManagePreviews(PreviewsPage{Rules: preview.Rules{Enabled: true, Hosts: "example.com"}, Faults: Faults{"hosts": "\"no host\" is no host. Write one to a line, as in example.com."}})),
		"manage-tiers":    Layout(owners().With(TiersPage{}.Head(w)), ManageTiers(TiersPage{Tiers: tiers})),
		"manage-tier":     Layout(owners().With(typed.Head(w)), ManageTier(typed)),
		"manage-members":  Layout(owners().With(PeoplePage{}.Head(w)), ManageMembers(PeoplePage{Query: "a", Found: all("amara", "tomasz")})),
		"manage-member":   Layout(owners().With(person.Head(w)), ManageMember(person)),
		"manage-letters":  Layout(owners().With(LettersPage{}.Head()), ManageLetters(lettersPage())),
		"manage-groups":   Layout(owners().With(GroupsPage{}.Head()), ManageGroups(GroupsPage{Groups: []access.Group{group.Group}})),
		"manage-group":    Layout(owners().With(group.Head()), ManageGroup(group)),
		"manage-spaces":   Layout(owners().With(SpacesPage{}.Head(w)), ManageSpaces(spacesPage())),
		"manage-space":    Layout(owners().With(form.Head(w)), ManageSpace(form)),
		"locks":           Layout(owners().With(locksPage().Head(w)), Locks(locksPage())),
		"locks-draft":     Layout(owners().With(draft.Head(w)), Locks(draft)),
	}
}
