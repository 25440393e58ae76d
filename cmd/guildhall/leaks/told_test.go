package leaks_test

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"guildhall/handlers/jobs"
	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/outside"
	"guildhall/models/clubtest/pushbox"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// letters has everybody written to of what stands in each space, those who are out as those who lost the
// right between the queueing and the sending: by a letter of what they were told, and by a digest.
func (m *matrix) letters() {
	m.t.Helper()
	of := m.mailed()
	for _, k := range kinds {
		m.queued(m.calls(k))
	}
	m.box.Forget()
	m.do("update notifications set mail_at = ? where mail_at is not null", time.Now().UTC())
	m.quiets()
	m.delivered("mail-told", of)

	for _, k := range kinds {
		m.do("update topics set posts = 990000 where id = ?", m.begins(k, "missed", "For those who are away.")) // what is long comes first
	}
	m.box.Forget()
	m.do("update members set seen_at = ?", time.Now().UTC().Add(-9*24*time.Hour))
	m.do("update told_settings set digest = 'daily', mailed_at = null, digest_due_at = ?", time.Now().UTC())
	m.quiets()
	m.delivered("mail-digest", of)
}

// mailed gives every member a mailbox, and returns whose each is. Nothing is mailed by itself, and nobody
// is deaf by what they posted on the walk.
func (m *matrix) mailed() map[string]part {
	of := map[string]part{}
	for _, choice := range []string{"blocks", "ignores", "told_choices", "quiet_hours", "watches"} {
		m.do("delete from "+choice+" where member_id <> ?", m.viewer(author).ID)
	}
	for _, p := range m.members() {
		at := p.handle + "@members.example"
		of[at] = p
		key := m.viewer(p.handle).ID
		m.do("insert into addresses (id, member_id, address, confirmed_at) values (?, ?, ?, ?)", m.db.NewID(), key, at, time.Now().UTC())
		m.do("insert into told_settings (member_id, key, mail_pause, digest) values (?, ?, 1440, 'never') on conflict (member_id) do update set mail_pause = 1440, digest = 'never', digest_due_at = null, paused_until = null", key, "key of "+p.handle)
	}
	return of
}

// members are the parts that somebody plays who can be written to.
func (m *matrix) members() []part {
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.handle == "" || p.token })
}

// begins lets the author start a topic about a field's word.
func (m *matrix) begins(k kind, field, text string) id.ID {
	m.t.Helper()
	to := m.people[author].post(m.t, m.houses[k].at()+"/new", "key", m.key(), "title", "About "+canary(k, field), "tags", canary(k, "tag"), "text", text)
	return idIn(m.t, to, `/t/(\w{11})`)
}

// calls lets the author call everybody in a topic of a space.
func (m *matrix) calls(k kind) (topic id.ID) {
	var all []string
	for _, p := range m.members() {
		all = append(all, "@"+p.handle)
	}
	return m.begins(k, "letter", strings.Join(all, " ")+" see "+canary(k, "letter"))
}

// queued has each member told of how a topic begins, as if all of them could read it when it was written.
func (m *matrix) queued(topic id.ID) {
	var post id.ID
	m.read(&post, "select id from posts where topic_id = ?", topic)
	by := m.viewer(author).ID
	for _, p := range m.members() {
		m.do(`insert into notifications (id, member_id, kind, place_id, subject_id, actor_id, created_at, on_bell, mail_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (member_id, kind, subject_id, actor_id) do nothing`,
			m.db.NewID(), m.viewer(p.handle).ID, notify.Mentioned, topic, post, by, time.Now().UTC(), true, time.Now().UTC().Add(time.Hour))
	}
}

// quiets waits until all letters that were due are written, or left.
func (m *matrix) quiets() {
	m.t.Helper()
	for {
		var n int
		m.read(&n, `select (select count(*) from jobs where kind like 'mail.%' and state in ('waiting', 'running'))
			+ (select count(*) from notifications where mail_at <= ?) + (select count(*) from told_settings where digest_due_at <= ?)`, time.Now().UTC(), time.Now().UTC())
		if n == 0 {
			return
		}
		select {
		case <-m.t.Context().Done():
			m.t.Fatalf("%d letters are not written", n)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// delivered looks at what each was written.
func (m *matrix) delivered(surface string, of map[string]part) {
	m.t.Helper()
	got := map[string]string{}
	for _, l := range m.box.Letters() {
		got[of[l.To].name] += fmt.Sprintln(l.Header, l.Text, l.HTML)
	}
	for _, p := range m.members() {
		m.reached(surface, p, got[p.name])
	}
}

// reached looks for what must not have come to a part by that way, and for what must: whoever may read a
// space is told of it, so that the silence towards the others says something.
func (m *matrix) reached(surface string, p part, came string) {
	m.t.Helper()
	m.unsealed(surface, came)
	for _, k := range kinds {
		m.walked[cell{surface, p.name, k}]++
		has, may := strings.Contains(came, canary(k, rows[surface].shows)), p.name != "suspended" && (k == public || p.in)
		if found := m.finders[k].find([]byte(came)); found != "" && !may {
			m.finds(&m.leaks, "%s (%s) reaches %s: %s", k, surface, p.name, found)
		}
		if has && may {
			m.sees(surface, k)
		} else if may {
			m.finds(&m.wrong, unproved+"%s (%s) does not reach %s: %q", k, surface, p.name, came)
		}
	}
}

// pushes has the browser of each member told of what the letters were about. Services are outside, and the
// program goes nowhere but to public addresses: so it ends, and its work on the same database is done
// here, where there is a network with a service in it. It is the last that is looked at.
func (m *matrix) pushes() {
	m.t.Helper()
	ctx := m.t.Context()
	m.p.Stop()
	net := outside.Open(m.t)
	club := models.Through(m.db, net.Client())
	club.Push.StandsAt(m.p.URL)
	boxes := map[string]*pushbox.Box{}
	for _, p := range m.members() {
		host := p.handle + ".example.com"
		box := pushbox.Open(m.t, "https://"+host, time.Now)
		net.Host(host, box)
		boxes[p.name] = box
		m.rings(m.viewer(p.handle).ID, box)
	}
	desk := clubtest.Must(jobs.New(club, nil, m.p.URL, slog.New(slog.NewTextHandler(io.Discard, nil))))(m.t)
	for desk.Once(ctx) {
	}
	for _, p := range m.members() {
		came, _ := boxes[p.name].Came()
		m.reached("push", p, fmt.Sprint(came))
	}
}

// rings has a browser of a member told of all that they were called to.
func (m *matrix) rings(member id.ID, box *pushbox.Box) {
	m.t.Helper()
	var notes []id.ID
	m.read(&notes, "select id from notifications where member_id = ? and mailing_id is not null and kind = ?", member, notify.Mentioned)
	device, session := m.db.NewID(), m.db.NewID()
	m.do("insert into login_sessions (id, member_id, hash, method, created_at, seen_at, expires_at) values (?, ?, ?, 'test', ?, ?, ?)",
		session, member, "hash of "+session.String(), time.Now().UTC(), time.Now().UTC(), time.Now().UTC().Add(time.Hour))
	m.do("insert into push_devices (id, member_id, session_id, endpoint, key, secret, created_at) values (?, ?, ?, ?, ?, ?, ?)",
		device, member, session, box.Target.Endpoint, box.Target.Key, box.Target.Secret, time.Now().UTC())
	clubtest.OK(m.t, m.db.Write(m.t.Context(), func(tx *store.Tx) error {
		for _, n := range notes {
			if err := queue.Add(tx, queue.Work{Kind: notify.Pushed, Payload: notify.PushJob{Note: n, Device: device}}); err != nil {
				return err
			}
		}
		return nil
	}))
}
