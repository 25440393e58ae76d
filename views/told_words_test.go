package views

import (
	"strings"
	"testing"

	"guildhall/models/home"
	"guildhall/models/notify"
)

// Every kind has words of its own, and whoever caused it stands before them.
func TestEveryKindIsSaidInWords(t *testing.T) {
	me, by := people["amara"], people["june"]
	actor := by.ID
	seen := map[string]string{}
	for _, k := range notify.Kinds {
		n := NoteOf(home.Note{Notification: notify.Notification{Kind: k.Name, ActorID: &actor}, Title: "Grain", Topic: 1, Did: "topic.closed"}, me, by)
		if n.Text == "" || strings.Contains(n.Text, "Something happened") || seen[n.Text] != "" {
			t.Errorf("%s says %q, as does %q", k.Name, n.Text, seen[n.Text])
		}
		seen[n.Text] = k.Name
	}
}

// What was done to a topic is said, with the reason; of one that its reader may not see, without a name.
func TestWhatWasDoneToATopicIsSaid(t *testing.T) {
	me, by := people["amara"], people["june"]
	seen := map[string]bool{}
	for _, did := range []string{"topic.closed", "topic.opened", "topic.archived", "topic.unarchived", "topic.hidden", "topic.restored", "topic.moved", "topic.renamed", "topic.given", "topic.merged"} {
		note := home.Note{Notification: notify.Notification{Kind: notify.Moved, ActorID: &by.ID}, Did: did, Said: "Twice."}
		hidden := NoteOf(note, me, by)
		note.Topic, note.Title = 1, "Grain"
		open := NoteOf(note, me, by)
		if hidden.Where != "" || hidden.Href != "/notifications" || open.Where != "Grain" || open.Words != "The reason given: Twice." || open.Lead != by.Name {
			t.Errorf("%s is said as %+v and %+v", did, hidden, open)
		}
		for _, said := range []string{hidden.Text, open.Text} {
			if said == "looked after your topic" || seen[said] {
				t.Errorf("%s has no words of its own: %q", did, said)
			}
			seen[said] = true
		}
	}
}
