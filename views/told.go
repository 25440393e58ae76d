package views

import (
	"strconv"
	"strings"

	"guildhall/models/home"
	"guildhall/models/notify"
	"guildhall/models/space"
)

// NoteOf says a notification of me in words; by is who caused it.
func NoteOf(n home.Note, me, by Person) Note {
	note := Note{ID: n.ID.String(), Href: noteHref(n, me), At: n.CreatedAt, Unread: n.ReadAt == nil, Icon: noteIcon(n.Kind)}
	note.Text, note.Where, note.Words = noteWords(n)
	if n.ActorID != nil && n.Kind != notify.Rose && n.Kind != notify.Won && n.Kind != notify.Granted && n.Kind != notify.Warned {
		note.By = &by
		note.Lead = by.Name
		if by.Former() {
			note.Lead = "Somebody who has left"
		}
	}
	return note
}

// NotesOf says several notifications of one kind as one: by are those who caused them, latest first.
func NotesOf(g home.Group, me Person, by []Person) Note {
	var first Person
	if len(by) > 0 {
		first = by[0]
	}
	note := NoteOf(g.Note, me, first)
	if note.By == nil || g.Count == 1 {
		return note
	}
	switch n := len(by) - 1; {
	case n == 1 && !by[1].Former():
		note.Lead += " and " + by[1].Name
	case n == 1:
		note.Lead += " and one other"
	case n > 1:
		note.Lead += " and " + strconv.Itoa(n) + " others"
	default:
		note.Words = strconv.Itoa(g.Count) + " times"
	}
	return note
}

func noteWords(n home.Note) (text, where, more string) {
	switch n.Kind {
	case notify.Replied:
		return "replied in", n.Title, ""
	case notify.Quoted:
		return "answered your post in", n.Title, ""
	case notify.Answered:
		return "wrote in a thread in", n.Title, ""
	case notify.Linked:
		return "linked to your post in", n.Title, ""
	case notify.Mentioned:
		return "mentioned you in", n.Title, ""
	case notify.Direct:
		if n.Title == "" {
			return "wrote to you", "", ""
		}
		return "wrote to you in", n.Title, ""
	case notify.Reacted:
		return "thanked you for a post in", n.Title, ""
	case notify.Accepted:
		return "accepted your answer in", n.Title, ""
	case notify.Watched:
		return "wrote in", n.Title, ""
	case notify.Started:
		return "began", n.Title, ""
	case notify.Edited:
		return "changed your post in", n.Title, reason(n.Said)
	case notify.Removed:
		return "removed your post in", n.Title, reason(n.Said)
	case notify.Moved:
		return tendedWords(n), n.Title, reason(n.Said)
	case notify.Reminded:
		return "You asked to be reminded of", n.Title, ""
	case notify.Letter:
		if n.Title == "" {
			return "wrote you a letter", "", ""
		}
		return "wrote you a letter:", n.Title, ""
	case notify.LetterBack:
		return "A letter of yours could not be delivered:", n.Title, strings.TrimSpace(n.Said + " It waits with you, as you wrote it.")
	case notify.Rose:
		return "You are now", n.Rung.Name, "Earned by taking part. It shows beside your name."
	case notify.Won:
		return "You earned the badge", n.Badge.Name, n.Badge.Words
	case notify.Granted:
		return "You were granted", n.Title, "Your page of membership says from when, until when, and why."
	case notify.Published:
		return "Published, as you planned:", n.Title, n.Said
	case notify.Unpublished:
		return "Not published:", n.Title, strings.TrimSpace(n.Said + " It waits with you, unchanged, until you publish or cancel it.")
	case notify.Mailed:
		return "Posted in your name, by mail, in", n.Title, "If you did not write it, take it away, and end the links of your mails in the settings."
	case notify.Warned:
		return "You were warned by those who look after this club.", "", "The reason given: " + n.Title
	}
	return "Something happened in", n.Title, ""
}

func reason(said string) string {
	if said == "" {
		return ""
	}
	return "The reason given: " + said
}

// tendedWords say what was done to a topic of the reader's. Of one that they may not read any more they
// say no more than that.
func tendedWords(n home.Note) string {
	said := map[string][2]string{
		"topic.closed": {"closed your topic", "closed a topic of yours"}, "topic.opened": {"opened your topic again:", "opened a topic of yours again"},
		"topic.archived": {"archived your topic", "archived a topic of yours"}, "topic.unarchived": {"took out of the archive your topic", "took a topic of yours out of the archive"},
		"topic.hidden": {"removed your topic", "removed a topic of yours"}, "topic.restored": {"brought back your topic", "brought back a topic of yours"},
		"topic.moved": {"moved your topic", "moved a topic of yours to where you cannot read"}, "topic.renamed": {"gave your topic another title:", "gave a topic of yours another title"},
		"topic.given": {"gave away your topic", "gave away a topic of yours"}, "topic.received": {"gave you the topic", "gave you a topic"}, "topic.merged": {"merged a topic of yours into", "merged a topic of yours into one that you cannot read"},
	}[n.Did]
	switch {
	case n.Topic == 0 && said[1] != "":
		return said[1]
	case said[0] != "":
		return said[0]
	}
	return "looked after your topic"
}

func noteIcon(kind string) string {
	switch kind {
	case notify.Mentioned:
		return "at"
	case notify.Linked:
		return "link"
	case notify.Direct:
		return "chat"
	case notify.Letter, notify.LetterBack, notify.Mailed:
		return "mail"
	case notify.Reacted:
		return "heart"
	case notify.Accepted:
		return "solved"
	case notify.Rose:
		return "trophy"
	case notify.Won:
		return "medal"
	case notify.Watched, notify.Started:
		return "eye"
	case notify.Edited:
		return "pencil"
	case notify.Removed:
		return "trash"
	case notify.Moved:
		return "move"
	case notify.Reminded:
		return "bookmark"
	case notify.Published:
		return "clock"
	case notify.Granted:
		return "key"
	case notify.Warned, notify.Unpublished:
		return "warn"
	}
	return "reply"
}

func noteHref(n home.Note, me Person) string {
	switch {
	case n.Letters != 0:
		return LetterAddress(n.Letters, n.SubjectID)
	case n.Topic != 0:
		return PostAddress(n.Space, n.Topic, n.Slug, n.Number)
	case n.Seq != 0:
		return SaidAt(space.Space{Slug: n.Space}, *n.PlaceID, n.Seq, n.SubjectID)
	case n.Kind == notify.Direct:
		return DirectAddress(*n.PlaceID)
	case n.Space != "":
		return RoomAddress(n.Space)
	case n.Kind == notify.Granted:
		return "/membership"
	case n.Kind == notify.Unpublished:
		return ScheduledAddress
	case n.Kind == notify.Warned, n.Kind == notify.Moved:
		return "/notifications"
	}
	return me.Address()
}

// SectionsOf are the sidebar's sections as one reader sees them. locked says what opens a space
// that is closed to them; here, how many are in a room.
func SectionsOf(wings []home.Wing, locked func(home.Entry) string, here func(home.Entry) int64) []Section {
	sections := make([]Section, len(wings))
	for i, w := range wings {
		links := make([]SpaceLink, len(w.Spaces))
		for j, e := range w.Spaces {
			links[j] = SpaceLink{Name: e.Name, Href: SpaceAddress(e.Slug), Icon: e.Icon, New: e.New, Dot: e.Unread > 0}
			if e.Shut {
				links[j].Locked = locked(e)
			} else if e.Chat {
				links[j].Here, links[j].Heard = here(e), e.Unread
				if e.Room != 0 {
					links[j].Room = e.Room.String()
				}
			}
		}
		sections[i] = Section{Name: w.Name, Links: links}
	}
	return sections
}
