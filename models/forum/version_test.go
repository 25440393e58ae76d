package forum_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/safety"
)

func history(t *testing.T, club *clubtest.Club, v access.Viewer, p forum.Post) (texts []string) {
	t.Helper()
	_, all, err := club.Forum.History(t.Context(), club.Again(v), p.ID)
	clubtest.OK(t, err)
	for _, v := range all {
		texts = append(texts, v.Source+"/"+v.Reason)
	}
	return texts
}

func TestAHistoryKeepsWhatAPostSaid(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		p := club.Reply(club.Regular, topic, "Sow baens.")
		edit := func(v access.Viewer, text, why string) forum.Post {
			t.Helper()
			return clubtest.Must(club.Forum.EditBecause(t.Context(), club.Again(v), p.ID, text, why))(t)
		}
		is := func(want ...string) {
			t.Helper()
			if got := strings.Join(history(t, club, club.Newcomer, p), "|"); got != strings.Join(want, "|") {
				t.Fatalf("the history is %q", got)
			}
		}
		if p = edit(club.Regular, "Sow beans.", ""); p.EditedAt != nil {
			t.Error("a small correction is told")
		}
		is("Sow beans./")
		if p = edit(club.Regular, "Sow peas.", "Beans come later"); p.EditedAt == nil {
			t.Error("a change with a reason is not told")
		}
		is("Sow beans./", "Sow peas./Beans come later")
		edit(club.Regular, "Sow peas!", "")
		is("Sow beans./", "Sow peas!/Beans come later")
		club.Reply(club.Paying, topic, "Peas it is.")
		edit(club.Regular, "Sow leeks.", "")
		is("Sow beans./", "Sow peas!/Beans come later", "Sow leeks./")
		club.Clock.Turn(6 * time.Minute)
		edit(club.Regular, "Sow leek.", "")
		edit(club.Regular, "Sow leek. "+strings.Repeat("x", 101), "")
		edit(club.Moderator, "Sow leek.", "")
		if n := len(history(t, club, club.Newcomer, p)); n != 6 {
			t.Fatalf("%d versions", n)
		}
		_, err := club.Forum.EditBecause(t.Context(), club.Again(club.Regular), p.ID, "Sow.", strings.Repeat("x", forum.MaxWhy+1))
		clubtest.Refused(t, err, "at most")
	})
}

func TestAHiddenVersionIsForItsModerators(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		p := club.Reply(club.Regular, club.Topic(club.Open, "Garden plans"), "Olive lives at number 9.")
		clubtest.Must(club.Forum.EditBecause(t.Context(), club.Again(club.Regular), p.ID, "Sow beans.", "Too much told"))(t)
		_, err := club.Forum.HideVersion(t.Context(), club.Again(club.Regular), p.ID, 1, "Private", true)
		clubtest.Refused(t, err, "moderators")
		_, err = club.Forum.HideVersion(t.Context(), club.Again(club.Moderator), p.ID, 1, " ", true)
		clubtest.Refused(t, err, "Say why")
		_, err = club.Forum.HideVersion(t.Context(), club.Again(club.Moderator), p.ID, 2, "Private", true)
		clubtest.Refused(t, err, "says now")
		clubtest.Must(club.Forum.HideVersion(t.Context(), club.Again(club.Moderator), p.ID, 1, "Private", true))(t)
		for name, v := range club.Cast() {
			if v.CanRead(club.Topic(club.Open, "Another")) != nil {
				continue
			}
			got := strings.Join(history(t, club, v, p), "|")
			if keeps := v.Keeps(club.Open.ID); keeps != strings.Contains(got, "number 9") {
				t.Errorf("%s reads %q", name, got)
			}
		}
		var logged int64
		clubtest.OK(t, club.Store.Read(t.Context()).Table("audits").Where("what = 'version.hidden' and why = 'Private' and subject_id = ?", p.ID).Count(&logged).Error)
		if logged != 1 {
			t.Errorf("it is logged %d times", logged)
		}
		clubtest.Must(club.Forum.HideVersion(t.Context(), club.Again(club.Moderator), p.ID, 1, "It was harmless", false))(t)
		if got := history(t, club, club.Newcomer, p); !strings.Contains(got[0], "number 9") {
			t.Errorf("it did not come back: %q", got)
		}
		clubtest.Must(club.Forum.Remove(t.Context(), club.Again(club.Moderator), p.ID))(t)
		_, _, err = club.Forum.History(t.Context(), club.Again(club.Newcomer), p.ID)
		clubtest.Missing(t, err)
		history(t, club, club.Moderator, p)
	})
}

// What was reported can be read as it was then, however soon its author changed it.
func TestAReportKeepsWhatWasSaid(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		p := club.Reply(club.Regular, club.Topic(club.Open, "Garden plans"), "You fool.")
		clubtest.OK(t, club.Safety.Report(t.Context(), club.Again(club.Paying), safety.Complaint{Kind: safety.OfPost, Subject: p.ID, Reason: safety.Hostile}))
		clubtest.Must(club.Forum.Edit(t.Context(), club.Again(club.Regular), p.ID, "You friend."))(t)
		all, _, err := club.Safety.Queue(t.Context(), club.Again(club.Moderator), "")
		clubtest.OK(t, err)
		if len(all) != 1 || all[0].Then == nil || all[0].Then.Source != "You fool." || all[0].Post.Source != "You friend." {
			t.Fatalf("the queue shows %+v", all)
		}
	})
}

func TestAReplyThatWasOvertakenIsAskedOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		say := func(v access.Viewer, seen int64) error {
			_, err := club.Forum.Reply(t.Context(), club.Again(v), topic.ID, forum.Draft{Key: club.Key(), Text: "Beans.", Seen: seen})
			return err
		}
		clubtest.OK(t, say(club.Regular, 1))
		clubtest.OK(t, say(club.Regular, 1)) // one's own overtake nobody
		clubtest.Refused(t, say(club.Paying, 1), "2 new replies")
		clubtest.OK(t, say(club.Paying, 3))
		clubtest.OK(t, say(club.Newcomer, 0))
	})
}
