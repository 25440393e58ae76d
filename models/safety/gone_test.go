package safety_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/safety"
)

// TestNothingComesOfWhatTheRemovedBegan: a request that was let in, or a socket that was open, a
// moment before its member was removed keeps nothing and changes nothing afterwards.
func TestNothingComesOfWhatTheRemovedBegan(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx, topic := t.Context(), s.topics[s.Open.ID]
		room := clubtest.Must(s.Chat.Room(ctx, s.Again(s.Owner), s.Open.ID))(t)
		other := s.post(s.Regular, s.Open, "By somebody else.")
		acts := func(v access.Viewer) map[string]error {
			did := map[string]error{}
			own := member.Profile{Handle: "back", Name: "Zq7x", Bio: "Zq7x", Zone: "UTC"}
			_, did["start"] = s.Forum.Start(ctx, v, s.Open.ID, forum.Draft{Key: s.Key(), Title: "A topic", Text: "Zq7x"})
			_, did["reply"] = s.Forum.Reply(ctx, v, topic.ID, forum.Draft{Key: s.Key(), Text: "Zq7x"})
			_, did["react"] = s.Forum.React(ctx, v, other.ID, forum.Reactions[0].Kind, true)
			_, did["speak"] = s.Chat.Send(ctx, v, room.ID, chat.Draft{Key: s.Key(), Text: "Zq7x"})
			_, _, did["invite"] = s.Joining.Invite(ctx, v, 1, 1)
			did["report"] = s.Safety.Report(ctx, v, safety.Complaint{Kind: safety.OfMember, Subject: s.Regular.ID, Reason: safety.Spam})
			did["read"] = s.Forum.ReadUpTo(ctx, v, topic.ID, 1)
			did["profile"] = s.Members.ChangeProfile(ctx, v, own)
			did["picture"] = s.Members.ChangePicture(ctx, v, member.Picture{Hash: "h", Mime: "image/png", Body: []byte("x")})
			did["boards"] = s.Members.ShowOnBoards(ctx, v, true)
			return did
		}
		for what, err := range acts(s.Join("anna")) {
			if err != nil {
				t.Fatalf("%s could not be done to begin with: %v", what, err)
			}
		}
		clubtest.OK(t, s.Members.ChangeProfile(ctx, s.Again(clubtest.Must(s.Members.Viewer(ctx, clubtest.Must(s.Members.ByHandle(ctx, "back"))(t).ID))(t)), member.Profile{Handle: "anna", Name: "Anna", Zone: "UTC"}))

		v := s.Newcomer
		clubtest.OK(t, s.Safety.Remove(ctx, s.Owner, v.ID, safety.Removal{Typed: "newt", Reason: "Selling.", Words: true}))
		for what, err := range acts(v) {
			if problem.Of(err) == nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		if left := s.left(t, v.ID); left != 0 {
			t.Errorf("%d things that they wrote are left", left)
		}
		m := clubtest.Must(s.Members.Get(ctx, v.ID))(t)
		if m.Name+m.Bio+m.Picture != "" || m.OnBoards || m.Handle == "back" {
			t.Errorf("who they are is back: %+v", m)
		}
		var pictures int64
		clubtest.OK(t, s.Store.Read(ctx).Table("pictures").Where("member_id = ?", v.ID).Count(&pictures).Error)
		if pictures != 0 {
			t.Error("their picture is back")
		}
	})
}

// TestARemovalThatWasDecidedStands, though its author had taken the post away before.
func TestARemovalThatWasDecidedStands(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		post := s.post(s.Newcomer, s.Open, "Rude words.")
		s.report(t, s.Regular, safety.OfPost, post.ID)
		clubtest.Must(s.Forum.Remove(ctx, s.Again(s.Newcomer), post.ID))(t)
		clubtest.Must(s.Forum.Restore(ctx, s.Again(s.Newcomer), post.ID))(t) // theirs to bring back, so far
		clubtest.Must(s.Forum.Remove(ctx, s.Again(s.Newcomer), post.ID))(t)
		flag := s.queue(t, s.Moderator)[0].ID
		clubtest.OK(t, s.Safety.Decide(ctx, s.Again(s.Moderator), flag, safety.Verdict{Decision: safety.Removed, Reason: "Unkind."}))
		_, err := s.Forum.Restore(ctx, s.Again(s.Newcomer), post.ID)
		clubtest.Refused(t, err, "Only the moderators")
		if s.audited(t, "post.removed") != 1 {
			t.Error("it was not written down")
		}
		topic := clubtest.Must(s.Forum.Topic(ctx, s.Again(s.Owner), s.topics[s.Open.ID].ID))(t)
		if topic.Posts != 1 {
			t.Errorf("%d posts can be read: the removal was counted twice or not at all", topic.Posts)
		}
	})
}

// TestNobodyReadsWhoReportedThem: also not a moderator, of what they wrote where they moderate.
func TestNobodyReadsWhoReportedThem(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.report(t, s.Newcomer, safety.OfPost, s.post(s.Moderator, s.Open, "By the moderator.").ID)
		s.report(t, s.Newcomer, safety.OfMessage, s.message(t, s.Moderator, s.Open, "By the moderator too.").ID)
		s.report(t, s.Newcomer, safety.OfPost, s.post(s.Regular, s.Open, "By another.").ID)
		for _, c := range []struct {
			who  string
			v    access.Viewer
			want int64
		}{{"the moderator", s.Moderator, 1}, {"the owner", s.Owner, 3}} {
			if n := clubtest.Must(s.Safety.Waiting(t.Context(), s.Again(c.v)))(t); n != c.want || len(s.queue(t, c.v)) != int(c.want) {
				t.Errorf("%d wait for %s, of whom %d are listed, not %d", n, c.who, len(s.queue(t, c.v)), c.want)
			}
		}
	})
}
