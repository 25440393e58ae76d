package main

import (
	"slices"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// entry is a post or a message as the database has it.
type entry struct {
	ID      id.ID
	PlaceID id.ID
	Number  int64 // the post's number, the message's sequence
	Handle  string
	Key     string
	Source  string
}

// books is what a club's database holds, looked at while the program does not run.
type books struct {
	t     *testing.T
	db    *store.DB
	posts []entry
	said  []entry

	silent int // how much is there that was never acknowledged
}

// audit holds a database to what was acknowledged, and to itself.
func (g *ground) audit(t *testing.T, s *storm) *books {
	t.Helper()
	st, club := g.enter(t)
	defer func() { clubtest.OK(t, club.Close()) }()
	b := &books{t: t, db: st.Read(t.Context())}
	clubtest.OK(t, b.db.Raw(`select posts.id, topic_id as place_id, posts.number, handle, key, source from posts
		join members on members.id = author_id order by topic_id, posts.number`).Scan(&b.posts).Error)
	clubtest.OK(t, b.db.Raw(`select messages.id, room_id as place_id, seq as number, handle, key, source from messages
		join members on members.id = author_id order by room_id, seq`).Scan(&b.said).Error)
	b.acknowledged(s)
	for _, topic := range g.topics {
		b.topic(topic.ID)
	}
	b.sequence(g.room, b.in(g.room, b.said))
	for _, by := range g.writers {
		b.ledger(by)
	}
	worst, members, err := club.Standing.Recount(t.Context())
	if err != nil || worst > mostOff || members < len(g.writers) {
		t.Errorf("%d scores are off by %g at the worst, %v", members, worst, err)
	}
	if st.Dialect() == "sqlite" {
		b.sound()
	}
	return b
}

// acknowledged: everything that was acknowledged is there exactly once and as it was said, everything
// else that was sent at most once, and nothing that was not sent.
func (b *books) acknowledged(s *storm) {
	b.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string][]entry{} // by text, which no two deeds share
	for _, k := range append(slices.Clone(b.posts), b.said...) {
		found[k.Source] = append(found[k.Source], k)
	}
	for _, d := range s.deeds {
		all := found[d.text]
		delete(found, d.text)
		if len(all) > 1 || d.acked && len(all) != 1 {
			b.t.Errorf("%s is there %d times; acknowledged: %v", d.key, len(all), d.acked)
			continue
		}
		if len(all) == 1 && !d.acked {
			b.silent++
		}
		for _, k := range all {
			if k.Handle != d.by || k.Key != d.key || k.PlaceID != d.place || d.number != 0 && k.Number != d.number || d.id != "" && k.ID.String() != d.id {
				b.t.Errorf("%+v was kept as %+v", *d, k)
			}
		}
	}
	if len(found) != 2 { // the two topics' first posts
		b.t.Errorf("there are %d things that nobody sent", len(found)-2)
	}
}

// in are those of all that stand in a place.
func (b *books) in(place id.ID, all []entry) (here []entry) {
	for _, k := range all {
		if k.PlaceID == place {
			here = append(here, k)
		}
	}
	return here
}

// topic: its posts are numbered without a gap, and it counts them right.
func (b *books) topic(topic id.ID) {
	b.t.Helper()
	here := b.in(topic, b.posts)
	for i, k := range here {
		if k.Number != int64(i+1) {
			b.t.Fatalf("post %d of a topic has number %d", i+1, k.Number)
		}
	}
	var t struct{ Posts, LastNumber int64 }
	clubtest.OK(b.t, b.db.Raw("select posts, last_number from topics where id = ?", topic).Scan(&t).Error)
	if n := int64(len(here)); t.Posts != n || t.LastNumber != n {
		b.t.Errorf("a topic of %d posts counts %d, up to number %d", n, t.Posts, t.LastNumber)
	}
	b.sequence(topic, here)
}

// sequence: the changes of a place are numbered without a gap, and each brought one of all, in order.
func (b *books) sequence(place id.ID, all []entry) {
	b.t.Helper()
	var changes []struct {
		Seq       int64
		SubjectID id.ID
	}
	clubtest.OK(b.t, b.db.Raw("select seq, subject_id from changes where place_id = ? order by seq", place).Scan(&changes).Error)
	head := clubtest.Must(store.Value[int64](b.db.Table("streams").Select("seq").Where("place_id = ?", place)))(b.t)
	if len(changes) != len(all) || head != int64(len(changes)) {
		b.t.Fatalf("%d things came by %d changes, and the sequence stands at %d", len(all), len(changes), head)
	}
	for i, c := range changes {
		if c.Seq != int64(i+1) || c.SubjectID != all[i].ID || all[i].Number != c.Seq {
			b.t.Fatalf("change %d brought %s; there stands %+v", c.Seq, c.SubjectID, all[i])
		}
	}
}

// ledger: each thing that a member wrote counts once, be it on a line of its own or, past the cap of a
// day, together with others.
func (b *books) ledger(by string) {
	b.t.Helper()
	wrote := map[string]int64{}
	for _, k := range b.posts {
		if k.Handle == by {
			wrote[standing.Reply]++
		}
	}
	for _, k := range b.said {
		if k.Handle == by {
			wrote[standing.Message]++
		}
	}
	for _, kind := range []string{standing.Reply, standing.Message} {
		counted := clubtest.Must(store.Value[int64](b.db.Table("acts").Select("coalesce(sum(times), 0)").
			Where("kind = ? and voided_at is null and member_id = (select id from members where handle = ?)", kind, by)))(b.t)
		if counted != wrote[kind] {
			b.t.Errorf("%s wrote %d of %s, and the ledger counts %d", by, wrote[kind], kind, counted)
		}
	}
}

// sound: SQLite finds nothing wrong with its file.
func (b *books) sound() {
	b.t.Helper()
	var said []string
	clubtest.OK(b.t, b.db.Raw("pragma integrity_check").Scan(&said).Error)
	if len(said) != 1 || said[0] != "ok" {
		b.t.Errorf("integrity_check: %q", said)
	}
	var lost []map[string]any
	clubtest.OK(b.t, b.db.Raw("pragma foreign_key_check").Scan(&lost).Error)
	if len(lost) > 0 {
		b.t.Errorf("foreign_key_check: %v", lost)
	}
}

// heard: who listened heard of everything that is there, once and in order.
func (b *books) heard(l *listener) {
	b.t.Helper()
	for place, frames := range l.heard {
		var here []entry
		for _, k := range append(slices.Clone(b.posts), b.said...) {
			if k.PlaceID.String() == place {
				here = append(here, k)
			}
		}
		if len(frames) != len(here) {
			b.t.Fatalf("%d of %d were heard of", len(frames), len(here))
		}
		for i, f := range frames {
			if f.ID != here[i].ID.String() || f.Kind != "added" {
				b.t.Fatalf("change %d was heard as %s of %s, and brought %s", f.Seq, f.Kind, f.ID, here[i].ID)
			}
		}
	}
}
