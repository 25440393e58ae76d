package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// The club's own addresses show what each reader knows them by, at the moment of reading: the present
// title and space of what they may read. What is hidden, shut or never was stays as it was typed, alike.
func TestOwnAddressesAreNamedForWhoReads(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		cellar := w.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		never := forum.Topic{ID: w.Store.NewID(), Slug: "x"}
		hidden := w.Topic(w.Open, "Hidden Zq7h")
		clubtest.Must(w.Forum.Hide(t.Context(), w.Again(w.Owner), hidden.ID, true))(t)
		shut, below, open := w.Topic(locked, "Shut Zq7s"), w.Topic(cellar, "Below Zq7b"), w.Topic(w.Open, "Open Zq7o")
		link := func(path string) string { return "[](" + path + ")\n\n" }
		rows := []string{root(w.Open, hidden), root(locked, shut), root(cellar, below), root(w.Open, never), root(w.Open, open) + "/old?post=2#p2", "/s/masterclass", "/s/cellar/chat", "/m/rita", "/m/nobody"}
		var text strings.Builder
		for _, path := range rows {
			text.WriteString(link(path))
		}
		talk := w.Topic(w.Open, "Where is it")
		w.Reply(w.Owner, talk, text.String())
		room := clubtest.Must(w.Chat.Room(t.Context(), w.Again(w.Owner), w.Open.ID))(t)
		clubtest.Must(w.Chat.Send(t.Context(), w.Again(w.Owner), room.ID, chat.Draft{Key: w.Key(), Text: text.String()}))(t)
		names := map[string]string{rows[0]: "Hidden Zq7h · Questions", rows[1]: "Shut Zq7s · Masterclass", rows[2]: "Below Zq7b · Cellar", rows[4]: "Open Zq7o, post 2 · Questions",
			rows[5]: "Masterclass", rows[6]: "Cellar, chat", rows[7]: "Rita"}
		for who, known := range map[string][]string{"owner": {rows[0], rows[1], rows[2], rows[4], rows[5], rows[6], rows[7]}, "newcomer": {rows[4], rows[5], rows[7]}, "paying": {rows[1], rows[4], rows[5], rows[7]}} {
			v := w.Cast()[who]
			for _, page := range []string{at(w.Open, talk), "/s/questions/chat"} {
				a := w.get(page, w.as(v)).wants(t, http.StatusOK)
				for _, path := range rows {
					shows := path
					for _, k := range known {
						if k == path {
							shows = names[path]
						}
					}
					if want := `<a href="` + path + `">` + shows + "</a>"; !strings.Contains(a.body, want) {
						t.Errorf("%s on %s does not read %s", who, page, want)
					}
				}
			}
		}
		clubtest.Must(w.Forum.Move(t.Context(), w.Again(w.Owner), shut.ID, w.Open.ID))(t)
		w.get(at(w.Open, talk), w.as(w.Newcomer)).wants(t, http.StatusOK).says(t, ">Shut Zq7s · Questions</a>")
	})
}

// A page without such addresses asks nothing for them, one with any of them one statement.
func TestWhatNamingCosts(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := atDesk(t, club)
		d.get(d.topicPath())
		plain := len(d.asked.During(func() { d.get(d.topicPath()) }))
		other := d.Topic(d.Open, "Another")
		last := d.Reply(d.Regular, d.topic, "[](/s/questions/t/"+other.ID.String()+")\n\n[](/m/rita)")
		clubtest.Must(d.Forum.Remove(t.Context(), d.Regular, last.ID))(t)
		first := clubtest.Must(d.Forum.First(t.Context(), d.topic.ID))(t)
		clubtest.Must(d.Forum.Edit(t.Context(), d.Again(d.Owner), first, "[](/s/questions/t/"+other.ID.String()+") and [](/m/rita)"))(t)
		d.get(d.topicPath())
		if linked := len(d.asked.During(func() { d.get(d.topicPath()) })); linked != plain+1 {
			t.Errorf("the page asks %d statements without links and %d with", plain, linked)
		}
	})
}
