package safety_test

import (
	"testing"

	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/safety"
)

// TestOfWhatAFewSayStaffReadTheReportedAlone: the one message, once it is on record that an owner reads it.
func TestOfWhatAFewSayStaffReadTheReportedAlone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := clubtest.Must(club.Chat.OpenDirect(t.Context(), club.Again(club.Regular), chat.DirectOf{Others: []id.ID{club.Newcomer.ID}}))(t)
		say := func(text string) id.ID {
			return clubtest.Must(club.Chat.Send(t.Context(), club.Again(club.Regular), r.ID, chat.Draft{Key: club.Key(), Text: text}))(t).ID
		}
		say("Nobody's business.")
		bad := say("Something hostile.")
		report := safety.Complaint{Kind: safety.OfMessage, Subject: bad, Reason: safety.Hostile}
		clubtest.Missing(t, club.Safety.Report(t.Context(), club.Again(club.Paying), report))
		clubtest.OK(t, club.Safety.Report(t.Context(), club.Again(club.Newcomer), report))

		waiting := func() []safety.Reported {
			all, _, err := club.Safety.Queue(t.Context(), club.Again(club.Owner), "")
			clubtest.OK(t, err)
			return all
		}
		if all, _, _ := club.Safety.Queue(t.Context(), club.Again(club.Moderator), ""); len(all) != 0 {
			t.Fatal("a moderator decides about it")
		}
		all := waiting()
		if len(all) != 1 || !all[0].Sealed() {
			t.Fatalf("waiting: %+v", all)
		}
		decide := safety.Verdict{Decision: safety.Removed, Reason: "That was hostile."}
		clubtest.Refused(t, club.Safety.Decide(t.Context(), club.Again(club.Owner), all[0].ID, decide), "Read what was reported first")
		clubtest.Missing(t, club.Safety.Open(t.Context(), club.Again(club.Moderator), all[0].ID))
		clubtest.OK(t, club.Safety.Open(t.Context(), club.Again(club.Owner), all[0].ID))
		clubtest.OK(t, club.Safety.Open(t.Context(), club.Again(club.Owner), all[0].ID))
		var on int64
		clubtest.OK(t, club.Store.Read(t.Context()).Table("audits").Where("what = 'report.opened' and by_id = ? and subject_id = ?", club.Owner.ID, bad).Count(&on).Error)
		if all = waiting(); on != 1 || all[0].Said == nil || all[0].Said.Plain != "Something hostile." {
			t.Fatalf("%d on record, and said %+v", on, all[0].Said)
		}
		if _, err := club.Chat.Direct(t.Context(), club.Again(club.Owner), r.ID); err == nil {
			t.Fatal("the room opens to the owner")
		}
		clubtest.OK(t, club.Safety.Decide(t.Context(), club.Again(club.Owner), all[0].ID, decide))
		v := club.Again(club.Newcomer)
		s := clubtest.Must(club.Chat.Last(t.Context(), v, clubtest.Must(club.Chat.Direct(t.Context(), v, r.ID))(t)))(t)
		if len(s.Messages) != 1 || len(waiting()) != 0 {
			t.Fatalf("%d messages are left", len(s.Messages))
		}
	})
}
