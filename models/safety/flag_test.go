package safety_test

import (
	"strings"
	"sync"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/safety"
)

func TestWhoReadsAThingMayReportIt(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		patrons := s.Space("Lens library", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		topic := s.Topic(patrons, "Zq7x inside")
		inside := s.Reply(s.Paying, topic, "Zq7x an answer")
		plain := s.post(s.Regular, s.Open, "Rude words.")
		said := s.message(t, s.Regular, s.Open, "Rude again.")
		report := func(v access.Viewer, kind string, subject id.ID) error {
			return s.Safety.Report(ctx, s.Again(v), safety.Complaint{Kind: kind, Subject: subject, Reason: safety.Spam})
		}
		for _, c := range []struct {
			name    string
			by      access.Viewer
			kind    string
			subject id.ID
			refusal string // "": it is taken
		}{
			{"a post", s.Newcomer, safety.OfPost, plain.ID, ""},
			{"a post again", s.Newcomer, safety.OfPost, plain.ID, ""},
			{"a message", s.Newcomer, safety.OfMessage, said.ID, ""},
			{"a member", s.Newcomer, safety.OfMember, s.Regular.ID, ""},
			{"behind a door", s.Newcomer, safety.OfPost, inside.ID, "nothing that is open to you"},
			{"never was", s.Newcomer, safety.OfPost, s.Store.NewID(), "nothing that is open to you"},
			{"a message as a post", s.Newcomer, safety.OfPost, said.ID, "nothing that is open to you"},
			{"nobody", s.Newcomer, safety.OfMember, s.Store.NewID(), "nothing that is open to you"},
			{"one's own", s.Regular, safety.OfPost, plain.ID, "cannot report yourself"},
			{"oneself", s.Regular, safety.OfMember, s.Regular.ID, "cannot report yourself"},
			{"a guest", s.Guest, safety.OfPost, plain.ID, "cannot report anything"},
			{"suspended", s.Suspended, safety.OfMember, s.Regular.ID, "cannot report anything"},
			{"another kind", s.Newcomer, "topic", plain.ID, "nothing that is open to you"},
			{"one inside", s.Lapsed, safety.OfPost, inside.ID, "nothing that is open to you"},
		} {
			err := report(c.by, c.kind, c.subject)
			if c.refusal == "" && err != nil || c.refusal != "" && (problem.Of(err) == nil || !strings.Contains(err.Error(), c.refusal)) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		clubtest.OK(t, report(s.Owner, safety.OfPost, inside.ID)) // the thing behind the door is there
		for reason, words := range map[string]string{"rude": "", safety.Other: " "} {
			err := s.Safety.Report(ctx, s.Again(s.Newcomer), safety.Complaint{Kind: safety.OfMember, Subject: s.Paying.ID, Reason: reason, Words: words})
			if !problem.Is(err, problem.KindInvalid) {
				t.Errorf("%q, %q: %v", reason, words, err)
			}
		}
		var rows []safety.Flag
		clubtest.OK(t, s.Store.Read(ctx).Find(&rows).Error)
		if len(rows) != 4 {
			t.Errorf("%d reports are kept", len(rows))
		}
		clubtest.Must(s.Forum.Remove(ctx, s.Again(s.Regular), plain.ID))(t)
		clubtest.Missing(t, report(s.Paying, safety.OfPost, plain.ID))
	})
}

// TestFlagsAreSeenByThoseWhoLookAfterThem is the law of the queue: whoever the cast and whatever the
// report, what is listed is what is counted, and what may be decided, and nothing else.
func TestFlagsAreSeenByThoseWhoLookAfterThem(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		here, there := s.post(s.Regular, s.Open, "Here."), s.message(t, s.Regular, s.other, "There.")
		hidden := s.Topic(s.Open, "A hidden one")
		under := s.Reply(s.Regular, hidden, "Under it.")
		s.report(t, s.Newcomer, safety.OfPost, here.ID)
		s.report(t, s.Paying, safety.OfPost, here.ID) // the same thing twice is one
		s.report(t, s.Newcomer, safety.OfMessage, there.ID)
		s.report(t, s.Newcomer, safety.OfMember, s.Regular.ID)
		s.report(t, s.Newcomer, safety.OfPost, under.ID)
		clubtest.Must(s.Forum.Hide(t.Context(), s.Again(s.Moderator), hidden.ID, true))(t)

		cast := s.Cast()
		cast["second moderator"] = s.Second
		want := map[string][]id.ID{
			"moderator": {here.ID, under.ID}, "second moderator": {there.ID},
			"owner": {here.ID, there.ID, s.Regular.ID, under.ID},
		}
		for who, v := range cast {
			listed := map[id.ID]bool{}
			for _, r := range s.queue(t, v) {
				listed[r.SubjectID] = true
				if r.Author() != s.Regular.ID {
					t.Errorf("%s is not shown whose %s is", who, r.SubjectKind)
				}
			}
			if len(listed) != len(want[who]) {
				t.Errorf("%s is listed %d things, not %d", who, len(listed), len(want[who]))
			}
			for _, subject := range want[who] {
				if !listed[subject] {
					t.Errorf("%s is not listed what they look after", who)
				}
			}
			for _, f := range flags(t, s) {
				place := access.Place{}
				if f.PlaceID != nil {
					place = clubtest.Must(access.FindPlace(s.Store.Read(t.Context()), *f.PlaceID))(t)
				}
				if may := s.Again(v).CanReview(place) == nil; may != listed[f.SubjectID] {
					t.Errorf("%s: listed %v, allowed %v", who, listed[f.SubjectID], may)
				}
				err := s.Safety.Decide(t.Context(), s.Again(v), f.ID, safety.Verdict{Decision: "sung"})
				if !problem.Is(err, problem.KindInvalid) {
					t.Errorf("%s decides that it be sung: %v", who, err)
				}
				if !listed[f.SubjectID] && s.Again(v).SignedIn() {
					clubtest.Missing(t, s.Safety.Decide(t.Context(), s.Again(v), f.ID, safety.Verdict{Decision: safety.Dismissed}))
				}
			}
		}
		if all := s.queue(t, s.Owner); len(all[0].Flags) != 2 || all[0].SubjectID != here.ID || all[0].Post.Plain != "Here." || all[1].Said.Plain != "There." {
			t.Errorf("the owner is shown %+v", all)
		}
	})
}

// A topic that moves takes its reports along.
func TestAReportFollowsItsTopic(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		post := s.post(s.Regular, s.Open, "Here, for now.")
		s.report(t, s.Newcomer, safety.OfPost, post.ID)
		if len(s.queue(t, s.Moderator)) != 1 || len(s.queue(t, s.Second)) != 0 {
			t.Fatal("it does not wait where it was reported")
		}
		clubtest.Must(s.Forum.Move(t.Context(), s.Again(s.Owner), s.topics[s.Open.ID].ID, s.other.ID))(t)
		if len(s.queue(t, s.Moderator)) != 0 || len(s.queue(t, s.Second)) != 1 {
			t.Fatal("it does not wait where it stands now")
		}
	})
}

func flags(t *testing.T, s *stage) (all []safety.Flag) {
	t.Helper()
	clubtest.OK(t, s.Store.Read(t.Context()).Order("created_at, id").Find(&all).Error)
	return all
}

func TestWhatIsDecidedIsDone(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		decide := func(v access.Viewer, kind string, subject id.ID, d safety.Verdict) error {
			t.Helper()
			s.report(t, s.Newcomer, kind, subject)
			all := flags(t, s)
			return s.Safety.Decide(ctx, s.Again(v), all[len(all)-1].ID, d)
		}
		left := s.post(s.Regular, s.Open, "Not that bad.")
		s.report(t, s.Paying, safety.OfPost, left.ID)
		clubtest.OK(t, decide(s.Moderator, safety.OfPost, left.ID, safety.Verdict{Decision: safety.Dismissed}))
		if n := len(s.queue(t, s.Owner)); n != 0 {
			t.Fatalf("%d wait still, though all of it was dismissed", n)
		}
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), left.ID); err != nil || p.Removed() || s.told(t, s.Regular)[notify.Warned] != 0 {
			t.Fatal("what was dismissed had consequences")
		}
		s.report(t, s.Paying, safety.OfPost, left.ID) // it may have been edited since
		if n := len(s.queue(t, s.Owner)); n != 1 {
			t.Errorf("%d wait after it was reported anew", n)
		}
		clubtest.OK(t, decide(s.Moderator, safety.OfPost, left.ID, safety.Verdict{Decision: safety.Dismissed}))

		bad, reason := s.post(s.Regular, s.Open, "Quite bad."), strings.Repeat("x", access.MaxReason)
		clubtest.Refused(t, decide(s.Moderator, safety.OfPost, bad.ID, safety.Verdict{Decision: safety.Removed}), "Say why")
		clubtest.OK(t, decide(s.Moderator, safety.OfPost, bad.ID, safety.Verdict{Decision: safety.Removed, Reason: reason}))
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), bad.ID); err != nil || !p.Removed() {
			t.Error("the post stands")
		}
		if why := s.why(t, "post.removed", bad.ID); why != reason {
			t.Errorf("the log of the topic says %q of it", why)
		}
		said := s.message(t, s.Regular, s.Open, "Bad too.")
		clubtest.OK(t, decide(s.Moderator, safety.OfMessage, said.ID, safety.Verdict{Decision: safety.Removed, Reason: "Bad too."}))
		if got, err := s.Chat.Pick(ctx, s.Again(s.Newcomer), []id.ID{said.ID}); err != nil {
			t.Error(err)
		} else if m := got[said.ID]; !m.Removed() || m.Plain != "" {
			t.Error("the message stands")
		}
		mild := s.post(s.Regular, s.Open, "Mildly bad.")
		clubtest.OK(t, decide(s.Moderator, safety.OfPost, mild.ID, safety.Verdict{Decision: safety.Warned, Reason: "Mildly bad."}))
		if p, _, err := s.Forum.Post(ctx, s.Again(s.Newcomer), mild.ID); err != nil || p.Removed() {
			t.Error("a warning took the post away")
		}
		clubtest.OK(t, decide(s.Owner, safety.OfMember, s.Regular.ID, safety.Verdict{Decision: safety.Warned, Reason: "In general."}))
		if n := s.told(t, s.Regular)[notify.Warned]; n != 4 {
			t.Errorf("they were warned %d times", n)
		}

		asked := clubtest.Must(s.Forum.Start(ctx, s.Again(s.Regular), s.Open.ID, forum.Draft{Key: s.Key(), Title: "Buy my lenses", Text: "Cheap."}))(t)
		first := clubtest.Must(s.Forum.First(ctx, asked.ID))(t)
		clubtest.OK(t, decide(s.Moderator, safety.OfPost, first, safety.Verdict{Decision: safety.Removed, Reason: "An advertisement."}))
		if _, err := s.Forum.Topic(ctx, s.Again(s.Newcomer), asked.ID); err == nil {
			t.Error("the topic is to be read")
		}
		for what, want := range map[string]int64{"flag.dismissed": 2, "flag.removed": 3, "flag.warned": 2, "member.warned": 5, "post.removed": 1, "message.removed": 1, "topic.hidden": 1} {
			if n := s.audited(t, what); n != want {
				t.Errorf("%s was written down %d times, not %d", what, n, want)
			}
		}
	})
}

// What somebody wrote is not theirs to judge; of an owner's, nobody is warned; what is gone can be
// dealt with still.
func TestDecisionsThatNeedCare(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		own := s.post(s.Moderator, s.Open, "By the moderator.")
		s.report(t, s.Newcomer, safety.OfPost, own.ID)
		clubtest.Refused(t, s.Safety.Decide(ctx, s.Again(s.Moderator), flags(t, s)[0].ID, safety.Verdict{Decision: safety.Dismissed}), "Somebody else")
		clubtest.OK(t, s.Safety.Decide(ctx, s.Again(s.Owner), flags(t, s)[0].ID, safety.Verdict{Decision: safety.Dismissed}))
		clubtest.Refused(t, s.Safety.Decide(ctx, s.Again(s.Owner), flags(t, s)[0].ID, safety.Verdict{Decision: safety.Dismissed}), "before you")

		owners := s.post(s.Owner, s.Open, "By the owner.")
		s.report(t, s.Newcomer, safety.OfPost, owners.ID)
		clubtest.Refused(t, s.Safety.Decide(ctx, s.Again(s.Moderator), flags(t, s)[1].ID, safety.Verdict{Decision: safety.Warned, Reason: "r"}), "an owner of the club")
		if len(s.queue(t, s.Moderator)) != 1 {
			t.Fatal("a decision that was refused was kept")
		}
		clubtest.OK(t, s.Safety.Decide(ctx, s.Again(s.Moderator), flags(t, s)[1].ID, safety.Verdict{Decision: safety.Removed, Reason: "r"}))
		if s.told(t, s.Owner)[notify.Warned] != 0 {
			t.Error("the owner was warned")
		}

		gone := s.post(s.Regular, s.Open, "Gone soon.")
		s.report(t, s.Newcomer, safety.OfPost, gone.ID)
		clubtest.Must(s.Forum.Remove(ctx, s.Again(s.Regular), gone.ID))(t)
		if r := s.queue(t, s.Moderator); len(r) != 1 || !r[0].Post.Removed() || r[0].Post.Plain != "Gone soon." {
			t.Fatalf("the moderator is shown %+v", r)
		}
		clubtest.OK(t, s.Safety.Decide(ctx, s.Again(s.Moderator), flags(t, s)[2].ID, safety.Verdict{Decision: safety.Removed, Reason: "All the same."}))
		s.report(t, s.Newcomer, safety.OfMember, s.Regular.ID)
		clubtest.Refused(t, s.Safety.Decide(ctx, s.Again(s.Owner), flags(t, s)[3].ID, safety.Verdict{Decision: safety.Removed, Reason: "r"}), "back office")
	})
}

func TestOfManyDecisionsOneIsTaken(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		post := s.post(s.Regular, s.Open, "Quite bad.")
		s.report(t, s.Newcomer, safety.OfPost, post.ID)
		s.report(t, s.Paying, safety.OfPost, post.ID)
		all := flags(t, s)
		owner, mods := s.Again(s.Owner), s.Again(s.Moderator)
		errs := make([]error, 50)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				v, d := owner, safety.Verdict{Decision: safety.Warned, Reason: "Quite bad."}
				if i%2 == 0 {
					v, d = mods, safety.Verdict{Decision: safety.Removed, Reason: "Quite bad."}
				}
				errs[i] = s.Safety.Decide(t.Context(), v, all[i%len(all)].ID, d)
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !problem.Is(err, problem.KindConflict) {
				t.Errorf("a loser reads %v", err)
			}
		}
		if n := s.told(t, s.Regular)[notify.Warned]; won != 1 || n != 1 || s.audited(t, "member.warned") != 1 {
			t.Fatalf("%d won, and the author was warned %d times", won, n)
		}
	})
}
