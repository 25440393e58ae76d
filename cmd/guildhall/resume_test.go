package main

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/views"
)

// does sends a form and wants it taken.
func (w *person) does(t *testing.T, path string, form url.Values) {
	t.Helper()
	answer := clubtest.Must(w.post(path, form))(t)
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s is answered %s", path, answer.Status)
	}
}

// chatter writes and changes things in every place, each way in which a change comes about by form.
func (g *ground) chatter(t *testing.T, olive, guest *person, from int) {
	t.Helper()
	room := views.RoomAddress(g.space.Slug)
	line := clubtest.Must(guest.connects(asJSON))(t)
	defer func() { _ = line.Close() }()
	for i := from; i < from+3; i++ {
		key := fmt.Sprintf("chatter-%d", i)
		olive.does(t, views.ReplyAddress(g.space.Slug, g.topics[0].ID), url.Values{"key": {key}, "text": {"Reply " + key}})
		d := &deed{key: key, text: "Message " + key}
		clubtest.OK(t, line.says(d, g.room))
		at := room + "/m/" + d.id
		olive.does(t, at+"/react", url.Values{"on": {"thanks"}})
		guest.does(t, at, url.Values{"text": {"Message " + key + ", with a second thought"}})
		if i == from {
			guest.does(t, at+"/remove", nil)
		}
	}
}

// Whoever heard a place up to some change before the program died, and comes back after that to the
// next run of it, hears every later change once, in order, and then what is new.
func TestResumedAfterAKill(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		p := installed(t, database, "--dev")
		g := settled(t, database, 1)
		p.Start()
		olive, guest := p.comes("olive"), p.comes(g.writers[0])
		ears := []*listener{olive.listener(t, asJSON, g.places()...), guest.listener(t, asHTML, g.places()...)}
		hear := func() {
			for _, ear := range ears {
				g.heardAll(t, ear)
			}
		}
		for _, ear := range ears {
			clubtest.OK(t, ear.joins())
		}
		g.chatter(t, olive, guest, 0)
		hear()
		before := ears[0].last[g.room.String()]
		p.Kill()
		p.Start()
		g.chatter(t, olive, guest, 10) // missed by both
		for _, ear := range ears {
			clubtest.OK(t, ear.joins())
		}
		hear()
		missed := ears[0].last[g.room.String()] - before
		g.chatter(t, olive, guest, 20) // heard as it happens
		hear()
		if before < 10 || missed != before {
			t.Errorf("%d changes came before the kill, and %d were missed", before, missed)
		}
		for _, ear := range ears {
			ear.hangUp()
		}
		p.Stop()
		for _, ear := range ears {
			g.changes(t, ear)
		}
	})
}

// changes holds what somebody heard to what is kept of every place.
func (g *ground) changes(t *testing.T, l *listener) {
	t.Helper()
	db, club := g.enter(t)
	defer func() { clubtest.OK(t, club.Close()) }()
	for _, place := range g.places() {
		var all []struct {
			Seq       int64
			SubjectID id.ID
		}
		clubtest.OK(t, db.Read(t.Context()).Raw("select seq, subject_id from changes where place_id = ? order by seq", place).Scan(&all).Error)
		frames := l.heard[place.String()]
		if len(frames) != len(all) {
			t.Fatalf("%d of %d changes were heard", len(frames), len(all))
		}
		for i, f := range frames {
			if f.Seq != all[i].Seq || f.ID != all[i].SubjectID.String() {
				t.Errorf("change %d of %s was heard as %d of %s", all[i].Seq, all[i].SubjectID, f.Seq, f.ID)
			}
			if drawn := f.HTML != ""; drawn != (l.protocol == asHTML) || !drawn && len(f.Data) == 0 {
				t.Errorf("change %d was told as html %q, data %s", f.Seq, f.HTML, f.Data)
			}
		}
	}
}
