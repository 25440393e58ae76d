package safety_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/queue"
	"guildhall/models/safety"
	"guildhall/models/standing"
	"guildhall/models/store"
)

func TestWhomOwnersRemove(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		r := safety.Removal{Typed: "newt", Reason: "Selling in every topic."}
		clubtest.Refused(t, s.Safety.Remove(ctx, s.Moderator, s.Newcomer.ID, r), "Only the owners")
		clubtest.Refused(t, s.Safety.Remove(ctx, s.Owner, s.Owner.ID, safety.Removal{Typed: "olive", Reason: "r"}), "about yourself")
		clubtest.Missing(t, s.Safety.Remove(ctx, s.Owner, s.Store.NewID(), r))
		clubtest.Refused(t, s.Safety.Remove(ctx, s.Owner, s.Newcomer.ID, safety.Removal{Typed: "rita", Reason: "r"}), "Type newt")
		clubtest.Refused(t, s.Safety.Remove(ctx, s.Owner, s.Newcomer.ID, safety.Removal{Typed: "newt"}), "Say why")
		if m := clubtest.Must(s.Members.Get(ctx, s.Newcomer.ID))(t); m.Former() || s.audited(t, "member.removed") != 0 {
			t.Fatal("what was refused was kept")
		}
		clubtest.OK(t, s.Safety.Remove(ctx, s.Owner, s.Newcomer.ID, safety.Removal{Typed: " @Newt ", Reason: "Selling."}))
		clubtest.Missing(t, s.Safety.Remove(ctx, s.Owner, s.Newcomer.ID, r)) // they are gone
		if s.audited(t, "member.removed") != 1 {
			t.Error("it was not written down")
		}
	})
}

// TestOfARemovedMemberNothingIsLeft: not their name, not a way in, not a key, not a place on a list.
func TestOfARemovedMemberNothingIsLeft(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		v := s.Paying
		s.Earn(v.ID, 50)
		ranked := func() bool {
			board := clubtest.Must(s.Standing.AllTime(ctx, s.Again(s.Owner), 50))(t)
			return slices.ContainsFunc(board.Top, func(p standing.Placed) bool { return p.Member == v.ID })
		}
		if !ranked() {
			t.Fatal("they did not stand on the board to begin with")
		}
		group := clubtest.Must(s.Access.SaveGroup(ctx, s.Owner, access.Group{Name: "Committee"}))(t)
		clubtest.OK(t, s.Access.Join(ctx, s.Owner, group.ID, v.ID, nil))
		clubtest.OK(t, s.Access.Seat(ctx, s.Owner, s.other.ID, v.ID))
		clubtest.OK(t, s.Bell.Block(ctx, v, s.Regular.ID))
		clubtest.OK(t, s.Bell.Block(ctx, s.Regular, v.ID))
		secret := s.furnish(t, v.ID)
		post := s.post(v, s.Open, "What I wrote stays.")
		s.mailed(t, "paul@example.org") // a letter is under way
		s.report(t, s.Newcomer, safety.OfMember, v.ID)
		if who := clubtest.Must(s.Members.SignedIn(ctx, secret))(t); who.Viewer.ID != v.ID {
			t.Fatal("they were not signed in to begin with")
		}
		clubtest.OK(t, s.Safety.Remove(ctx, s.Owner, v.ID, safety.Removal{Typed: "paul", Reason: "Selling."}))

		if who := clubtest.Must(s.Members.SignedIn(ctx, secret))(t); who.Viewer.SignedIn() {
			t.Error("they are signed in still")
		}
		_, err := s.Members.Viewer(ctx, v.ID)
		clubtest.Missing(t, err)
		_, err = s.Members.ByHandle(ctx, "paul")
		clubtest.Missing(t, err)
		for _, table := range []string{"login_sessions", "passkeys", "pictures", "tokens", "seats", "group_members", "roles", "blocks", "handshakes", "sign_in_links"} {
			var n int64
			clubtest.OK(t, s.Store.Read(ctx).Table(table).Where("member_id = ?", v.ID).Count(&n).Error)
			if n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		for _, g := range clubtest.Must(s.Access.Grants(ctx, s.Again(s.Owner), v.ID))(t) {
			if g.Holds(s.Clock.Now()) {
				t.Error("a grant holds")
			}
		}
		s.nothingSays(t, "paul", "paul@example.org", "Zq7x")
		if len(s.queue(t, s.Owner)) != 0 {
			t.Error("a report of them waits still")
		}
		if ranked() {
			t.Error("they stand on the board")
		}
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), post.ID); err != nil || p.Plain != "What I wrote stays." || p.Removed() {
			t.Errorf("their post: %v, %v", p.Plain, err)
		}
		named := clubtest.Must(s.Members.Named(ctx, []id.ID{v.ID}))(t)
		if !named[v.ID].Former() {
			t.Error("they are not a former member")
		}
		next := s.Join("paul") // the handle is free
		clubtest.OK(t, next.CanSee(s.Open.ID))
	})
}

// furnish gives a member a way in of every kind, and returns the secret of a login session.
func (s *stage) furnish(t *testing.T, m id.ID) (secret string) {
	t.Helper()
	s.Write(func(tx *store.Tx) (err error) {
		now := tx.Now
		for table, row := range map[string]map[string]any{
			"identities": {"id": tx.NewID(), "member_id": m, "provider": "github", "subject": "4711", "label": "Zq7x of GitHub", "created_at": now, "used_at": now},
			"addresses":  {"id": tx.NewID(), "member_id": m, "address": "paul@example.org", "confirmed_at": now},
			"passkeys":   {"id": tx.NewID(), "member_id": m, "credential": "c", "name": "Zq7x key", "detail": "{}", "created_at": now},
			"pictures":   {"hash": "h" + m.String(), "member_id": m, "mime": "image/png", "body": []byte("x"), "created_at": now},
			"tokens":     {"id": tx.NewID(), "member_id": m, "name": "Zq7x token", "hash": "h", "scopes": "read", "created_at": now, "expires_at": now.Add(time.Hour)},
		} {
			if err := tx.Table(table).Create(row).Error; err != nil {
				return err
			}
		}
		if err := tx.Table("members").Where("id = ?", m).Updates(map[string]any{"bio": "Zq7x bio", "picture": "h" + m.String()}).Error; err != nil {
			return err
		}
		secret, err = s.Members.Establish(tx, m, member.From{Method: "github"})
		return err
	})
	return secret
}

// nothingSays looks through every text of the tables that hold who somebody is.
func (s *stage) nothingSays(t *testing.T, words ...string) {
	t.Helper()
	for _, table := range []string{"members", "identities", "addresses", "passkeys", "pictures", "tokens", "sign_in_links", "login_sessions", "handshakes", "arrivals", "mailboxes", "jobs"} {
		var rows []map[string]any
		clubtest.OK(t, s.Store.Read(t.Context()).Table(table).Find(&rows).Error)
		for _, row := range rows {
			for column, value := range row {
				text, _ := value.(string)
				for _, w := range words {
					if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
						t.Errorf("%s.%s still says %q", table, column, text)
					}
				}
			}
		}
	}
}

// TestTheRemovedDoNotComeBack by the same account elsewhere, nor by the same address, in any of the
// ways in which one proves it.
func TestTheRemovedDoNotComeBack(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		s.furnish(t, s.Paying.ID)
		github, other := member.Proof{Provider: "github", Subject: "4711", Label: "Paul"}, member.Proof{Provider: "github", Subject: "4712", Address: "paul@example.org"}
		back := func(p member.Proof) (member.Outcome, error) {
			return s.Members.ComeIn(ctx, member.Journey{ReturnTo: "/"}, p, member.From{})
		}
		if out := clubtest.Must(back(github))(t); out.Session == "" {
			t.Fatal("the account did not lead in to begin with")
		}
		clubtest.OK(t, s.Safety.Remove(ctx, s.Owner, s.Paying.ID, safety.Removal{Typed: "paul", Reason: "Selling."}))
		const told = "You were removed from this club."
		_, err := back(github)
		clubtest.Refused(t, err, told)
		s.nothingSays(t, "paul")

		_, err = s.Members.OpenLink(ctx, s.mailed(t, "paul@example.org"), member.Hand{})
		clubtest.Refused(t, err, told)
		arrived := clubtest.Must(back(other))(t) // an account that nobody knows, which claims the address
		clubtest.OK(t, s.Members.ProveAddress(ctx, arrived.Arrival))
		_, err = s.Members.OpenLink(ctx, s.written(t), member.Hand{Arrival: arrived.Arrival})
		clubtest.Refused(t, err, told)
		clubtest.OK(t, s.Members.AddAddress(ctx, s.Again(s.Newcomer), "paul@example.org", "/"))
		_, err = s.Members.OpenLink(ctx, s.written(t), member.Hand{Viewer: s.Again(s.Newcomer)})
		clubtest.Refused(t, err, "Use another address")
		if out := clubtest.Must(s.Members.OpenLink(ctx, s.mailed(t, "paula@example.org"), member.Hand{}))(t); out.Arrival == "" {
			t.Error("another address is kept out too")
		}
		_, err = s.Members.SignInDev(ctx, "paul", member.From{})
		clubtest.Missing(t, err)
	})
}

// mailed is the secret of a sign-in link to that address.
func (s *stage) mailed(t *testing.T, address string) string {
	t.Helper()
	clubtest.OK(t, s.Members.SendLink(t.Context(), address, "/"))
	return s.written(t)
}

// written is the secret of the link in the one letter that waits.
func (s *stage) written(t *testing.T) string {
	t.Helper()
	ctx := t.Context()
	job, ok, err := s.Queue.Take(ctx, []queue.Kind{member.MailLink})
	clubtest.OK(t, err)
	if !ok {
		t.Fatal("no letter waits")
	}
	var work member.LinkJob
	clubtest.OK(t, job.Read(&work))
	_, secret, _, err := s.Members.WriteLink(ctx, work.Link)
	clubtest.OK(t, err)
	clubtest.OK(t, s.Queue.Finish(ctx, job))
	return secret
}

// TestWordsGoToo: what a removed member wrote is taken down a stretch at a time, each stretch with the
// job of the next, so that nothing is forgotten and a restart goes on.
func TestWordsGoToo(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		own := clubtest.Must(s.Forum.Start(ctx, s.Again(s.Regular), s.Open.ID, forum.Draft{Key: s.Key(), Title: "My own topic", Text: "Mine."}))(t)
		answer := s.Reply(s.Newcomer, own, "An answer of another's.")
		var keys []id.ID
		for range 25 {
			keys = append(keys, s.post(s.Regular, s.Open, "To go.").ID)
		}
		for range 20 {
			s.message(t, s.Regular, s.Open, "To go.")
		}
		kept := s.post(s.Newcomer, s.Open, "To stay.")
		clubtest.OK(t, s.Safety.TakeBack(ctx, safety.TakeBackJob{Member: s.Regular.ID, By: s.Owner.ID}))
		if left := s.left(t, s.Regular.ID); left != 46 {
			t.Fatalf("%d are left, though they were not removed", left)
		}
		clubtest.OK(t, s.Safety.Remove(ctx, s.Owner, s.Regular.ID, safety.Removal{Typed: "rita", Reason: "r", Words: true}))
		steps := 0
		for last := s.left(t, s.Regular.ID); ; steps++ {
			job, ok, err := s.Queue.Take(ctx, []queue.Kind{safety.TakeBack})
			clubtest.OK(t, err)
			if !ok {
				break
			}
			var work safety.TakeBackJob
			clubtest.OK(t, job.Read(&work))
			clubtest.OK(t, s.Safety.TakeBack(ctx, work))
			clubtest.OK(t, s.Queue.Finish(ctx, job))
			if now := s.left(t, s.Regular.ID); last-now > 20 {
				t.Errorf("%d went in one step", last-now)
			} else {
				last = now
			}
		}
		if left := s.left(t, s.Regular.ID); left != 0 || steps < 2 {
			t.Fatalf("%d are left after %d steps", left, steps)
		}
		if _, err := s.Forum.Topic(ctx, s.Again(s.Newcomer), own.ID); err == nil {
			t.Error("their topic is to be read")
		}
		clubtest.Must(s.Forum.Hide(ctx, s.Again(s.Moderator), own.ID, false))(t) // a moderator may bring the others' words back
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), answer.ID); err != nil || p.Removed() {
			t.Errorf("an answer of another's went: %v", err)
		}
		p, topic, err := s.Forum.Post(ctx, s.Again(s.Newcomer), kept.ID)
		if err != nil || p.Removed() || topic.Posts != 2 {
			t.Errorf("of the topic %d posts are counted: %v", topic.Posts, err)
		}
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), keys[0]); err != nil || p.Plain != "" {
			t.Errorf("%q is to be read: %v", p.Plain, err)
		}
	})
}

// left is how many posts and messages of a member stand.
func (s *stage) left(t *testing.T, m id.ID) (n int64) {
	t.Helper()
	err := s.Store.Read(t.Context()).Raw(`select (select count(*) from posts join places on places.id = posts.topic_id where author_id = ? and removed_at is null and (number > 1 or not hidden))
		+ (select count(*) from messages where author_id = ? and removed_at is null)`, m, m).Scan(&n).Error
	clubtest.OK(t, err)
	return n
}
