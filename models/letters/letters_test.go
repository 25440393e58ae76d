package letters_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/letters"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/safety"
	"guildhall/models/search"
	"guildhall/models/store"
)

// write begins a correspondence and returns its first letter, which waits.
func write(t *testing.T, club *clubtest.Club, by access.Viewer, title, text string, to ...string) letters.Letter {
	t.Helper()
	return clubtest.Must(club.Letters.Write(t.Context(), club.Again(by), letters.Draft{Key: club.Key(), To: to, Title: title, Text: text}))(t)
}

// due delivers what is due, as the job does.
func due(t *testing.T, club *clubtest.Club, one letters.Letter) {
	t.Helper()
	clubtest.OK(t, club.Letters.DeliverDue(t.Context(), letters.DeliverJob{Letter: one.ID, At: one.DeliverAt}))
}

// sent is write, delivered.
func sent(t *testing.T, club *clubtest.Club, by access.Viewer, title, text string, to ...string) letters.Letter {
	t.Helper()
	one := write(t, club, by, title, text, to...)
	return clubtest.Must(club.Letters.Send(t.Context(), club.Again(by), one.ID))(t)
}

func answer(t *testing.T, club *clubtest.Club, by access.Viewer, thread id.ID, text string) letters.Letter {
	t.Helper()
	one := clubtest.Must(club.Letters.Answer(t.Context(), club.Again(by), thread, letters.Draft{Key: club.Key(), Text: text}))(t)
	return clubtest.Must(club.Letters.Send(t.Context(), club.Again(by), one.ID))(t)
}

// reads is what somebody reads of a correspondence, letter by letter.
func reads(t *testing.T, club *clubtest.Club, v access.Viewer, thread id.ID) (texts []string, err error) {
	t.Helper()
	o, err := club.Letters.Open(t.Context(), club.Again(v), thread, 0)
	for _, l := range o.Letters {
		texts = append(texts, l.Plain)
	}
	return texts, err
}

// box is how many correspondences are in a part of a letterbox; its count says the same.
func box(t *testing.T, club *clubtest.Club, v access.Viewer, b letters.Box) int {
	t.Helper()
	all, _, err := club.Letters.Box(t.Context(), club.Again(v), b, "")
	clubtest.OK(t, err)
	if c := clubtest.Must(club.Letters.Count(t.Context(), club.Again(v)))(t); int(c.In[b]) != len(all) {
		t.Fatalf("%s has %d and counts %d", b, len(all), c.In[b])
	}
	return len(all)
}

// told is how many notifications of a kind wait for somebody.
func told(t *testing.T, club *clubtest.Club, v access.Viewer, kind string) (n int) {
	t.Helper()
	notes, _, err := club.Home.Notes(t.Context(), club.Again(v), "", 50)
	clubtest.OK(t, err)
	for _, note := range notes {
		if note.Kind == kind && note.ReadAt == nil {
			n++
		}
	}
	return n
}

// TestALetterIsItsWritersUntilItIsDelivered: nobody knows of it before its time; then those it is for have it,
// and nobody else, whatever their office.
func TestALetterIsItsWritersUntilItIsDelivered(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		one := write(t, club, club.Regular, "About last night", "It was a long way home.", "paul")
		if texts, err := reads(t, club, club.Regular, one.ThreadID); err != nil || len(texts) != 1 {
			t.Fatalf("its writer reads %q: %v", texts, err)
		}
		for name, v := range club.Cast() {
			if v.ID == club.Regular.ID {
				continue
			}
			if _, err := reads(t, club, v, one.ThreadID); !problem.Is(err, problem.KindMissing) {
				t.Errorf("before: to %s it is %v", name, err)
			}
		}
		due(t, club, one)
		if box(t, club, club.Paying, letters.ToRead) != 0 {
			t.Fatal("it was delivered before its time")
		}
		club.Clock.Turn(letters.Pause + time.Second)
		due(t, club, one)
		due(t, club, one) // twice is once
		if box(t, club, club.Paying, letters.ToRead) != 1 || told(t, club, club.Paying, notify.Letter) != 1 {
			t.Fatal("it did not arrive")
		}
		for name, v := range club.Cast() {
			_, err := reads(t, club, v, one.ThreadID)
			if may := v.ID == club.Regular.ID || v.ID == club.Paying.ID; may != (err == nil) {
				t.Errorf("after: to %s it is %v", name, err)
			}
			if _, err := club.Letters.Answer(t.Context(), v, one.ThreadID, letters.Draft{Key: club.Key(), Text: "I answer."}); (err == nil) != (v.ID == club.Regular.ID || v.ID == club.Paying.ID) {
				t.Errorf("an answer of %s: %v", name, err)
			}
		}
	})
}

// TestALetterboxSorts: what came, what was read, what was answered, what was put away and comes back.
func TestALetterboxSorts(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		one := sent(t, club, club.Regular, "Benches", "Shall we mend them?", "paul")
		at := func(v access.Viewer, want letters.Box) {
			t.Helper()
			for _, b := range letters.Boxes {
				n := 0
				if b == want {
					n = 1
				}
				if got := box(t, club, v, b); got != n {
					t.Fatalf("in %s are %d", b, got)
				}
			}
		}
		at(club.Regular, letters.Answered)
		at(club.Paying, letters.ToRead)
		paul := club.Again(club.Paying)
		o := clubtest.Must(club.Letters.Open(t.Context(), paul, one.ThreadID, 0))(t)
		if !o.New(o.Letters[0]) {
			t.Error("an unread letter is not new")
		}
		clubtest.OK(t, club.Letters.Read(t.Context(), paul, o))
		at(club.Paying, letters.ToAnswer)
		if told(t, club, club.Paying, notify.Letter) != 0 {
			t.Error("what was read is on the bell still")
		}
		clubtest.OK(t, club.Letters.Arrange(t.Context(), paul, one.ThreadID, letters.Unread))
		at(club.Paying, letters.ToRead)
		clubtest.OK(t, club.Letters.Arrange(t.Context(), paul, one.ThreadID, letters.PutAway))
		at(club.Paying, letters.Away)
		answer(t, club, club.Regular, one.ThreadID, "I have wood.")
		at(club.Paying, letters.ToRead)
		answer(t, club, club.Paying, one.ThreadID, "And I have nails.")
		at(club.Regular, letters.ToRead)
		club.Clock.Turn(time.Hour)
		beside := clubtest.Must(club.Home.Beside(t.Context(), club.Again(club.Regular), club.Clock.Now()))(t)
		if beside.Letters != 1 {
			t.Errorf("beside the page %d letters wait", beside.Letters)
		}
		texts := clubtest.Must(reads(t, club, club.Regular, one.ThreadID))(t)
		if strings.Join(texts, "|") != "Shall we mend them?|I have wood.|And I have nails." {
			t.Errorf("it reads %q", texts)
		}
	})
}

// TestALetterCanBeTakenBack: as a draft with all that was written, and no trace of it is left anywhere.
func TestALetterCanBeTakenBack(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		one := write(t, club, club.Regular, "In anger", "I wish I had not.", "paul", "mods")
		rita := club.Again(club.Regular)
		if _, err := club.Letters.Recall(ctx, club.Again(club.Paying), one.ID); !problem.Is(err, problem.KindMissing) {
			t.Errorf("somebody else takes it back: %v", err)
		}
		d := clubtest.Must(club.Letters.Recall(ctx, rita, one.ID))(t)
		if d.Kind != draft.Letter || d.Title != "In anger" || d.Text != "I wish I had not." || len(letters.Readers(d.Around.Readers)) != 2 {
			t.Errorf("the draft is %+v", d)
		}
		club.Clock.Turn(letters.Pause + time.Second)
		due(t, club, one)
		for _, table := range []string{"letters", "letter_threads", "letter_people", "place_people", "letter_copies"} {
			if n := clubtest.Must(store.Value[int64](club.Store.Read(ctx).Table(table).Select("count(*)")))(t); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		first := sent(t, club, club.Regular, "In peace", "I am glad.", "paul")
		reply := clubtest.Must(club.Letters.Answer(ctx, club.Again(club.Paying), first.ThreadID, letters.Draft{Key: club.Key(), Text: "Are you?"}))(t)
		d = clubtest.Must(club.Letters.Recall(ctx, club.Again(club.Paying), reply.ID))(t)
		if d.Kind != draft.Answer || d.TargetID != first.ThreadID || d.Text != "Are you?" {
			t.Errorf("the draft is %+v", d)
		}
		if _, err := club.Letters.Recall(ctx, club.Again(club.Regular), first.ID); !problem.Is(err, problem.KindMissing) {
			t.Errorf("what was delivered is taken back: %v", err)
		}
	})
}

// TestABlockIsNobodyElsesKnowledge: who blocks the writer gets nothing of theirs, the writer sees it as sent, and
// the others of the circle go on.
func TestABlockIsNobodyElsesKnowledge(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		clubtest.OK(t, club.Bell.Block(t.Context(), club.Again(club.Paying), club.Regular.ID))
		alone := sent(t, club, club.Regular, "Can you hear me?", "I wonder.", "paul")
		if box(t, club, club.Regular, letters.Answered) != 1 || alone.Waits() {
			t.Error("its writer does not see it as sent")
		}
		if _, err := reads(t, club, club.Paying, alone.ThreadID); !problem.Is(err, problem.KindMissing) {
			t.Errorf("who blocks its writer is led to it: %v", err)
		}
		three := sent(t, club, club.Regular, "The three of us", "From rita.", "paul", "mods")
		o := clubtest.Must(club.Letters.Open(t.Context(), club.Again(club.Regular), three.ThreadID, 0))(t)
		if len(o.People) != 3 || o.Alone() {
			t.Error("its writer sees who blocks them")
		}
		answer(t, club, club.Moderator, three.ThreadID, "From mods.")
		texts, err := reads(t, club, club.Paying, three.ThreadID)
		if err != nil || strings.Join(texts, "|") != "From mods." {
			t.Errorf("who blocks one of three reads %q: %v", texts, err)
		}
		texts = clubtest.Must(reads(t, club, club.Moderator, three.ThreadID))(t)
		if strings.Join(texts, "|") != "From rita.|From mods." {
			t.Errorf("the third reads %q", texts)
		}
		if told(t, club, club.Paying, notify.Letter) != 1 {
			t.Error("who blocks the writer was told of their letters")
		}
		hits := func(v access.Viewer) int {
			p := clubtest.Must(club.Search.Find(t.Context(), club.Again(v), search.Parse("in:letters from", club.Clock.Now()), ""))(t)
			if int(p.Facets.Kinds[index.Letter]) != len(p.Hits) {
				t.Errorf("%d are counted and %d found", p.Facets.Kinds[index.Letter], len(p.Hits))
			}
			return len(p.Hits)
		}
		if hits(club.Paying) != 1 || hits(club.Moderator) != 2 || hits(club.Owner) != 0 {
			t.Errorf("found are %d, %d and %d", hits(club.Paying), hits(club.Moderator), hits(club.Owner))
		}
	})
}

// TestWhoLeavesReadsNoMore: nor do later letters reach them; the others see it, and the last of them writes to
// nobody.
func TestWhoLeavesReadsNoMore(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		one := sent(t, club, club.Regular, "A circle", "Of two.", "paul")
		waits := clubtest.Must(club.Letters.Answer(ctx, club.Again(club.Paying), one.ThreadID, letters.Draft{Key: club.Key(), Text: "I go."}))(t)
		clubtest.OK(t, club.Letters.Leave(ctx, club.Again(club.Paying), one.ThreadID))
		if _, err := reads(t, club, club.Paying, one.ThreadID); !problem.Is(err, problem.KindMissing) {
			t.Errorf("who left reads: %v", err)
		}
		club.Clock.Turn(letters.Pause + time.Second)
		due(t, club, waits)
		if texts := clubtest.Must(reads(t, club, club.Regular, one.ThreadID))(t); len(texts) != 1 {
			t.Errorf("what waited is delivered: %q", texts)
		}
		_, err := club.Letters.Answer(ctx, club.Again(club.Regular), one.ThreadID, letters.Draft{Key: club.Key(), Text: "Are you there?"})
		clubtest.Refused(t, err, "Nobody is left")
		o := clubtest.Must(club.Letters.Open(ctx, club.Again(club.Regular), one.ThreadID, 0))(t)
		if !o.Alone() {
			t.Error("nobody is told that they left")
		}
	})
}

// TestDeliveryAsksAgain: of a writer who may not write any more nothing is delivered, and they have it still.
func TestDeliveryAsksAgain(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		at := club.Clock.Now().Add(48 * time.Hour)
		one := clubtest.Must(club.Letters.Write(ctx, club.Again(club.Regular), letters.Draft{Key: club.Key(), To: []string{"paul"}, Title: "Later", Text: "In two days.", At: &at}))(t)
		club.Suspend(club.Regular.ID, "Selling.")
		club.Clock.Turn(48*time.Hour + time.Second)
		due(t, club, one)
		if box(t, club, club.Paying, letters.ToRead) != 0 {
			t.Fatal("it was delivered all the same")
		}
		refused := clubtest.Must(store.Value[string](club.Store.Read(ctx).Table("letters").Select("refused").Where("id = ?", one.ID)))(t)
		if !strings.Contains(refused, "at present") {
			t.Errorf("its writer reads %q", refused)
		}
	})
}

// TestAReportOpensOneLetter: the owners read that one and no other, after a line of the log says that they did;
// moderators read none.
func TestAReportOpensOneLetter(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		one := sent(t, club, club.Regular, "Sales", "Buy my lens.", "paul")
		two := answer(t, club, club.Regular, one.ThreadID, "Please buy it.")
		complaint := safety.Complaint{Kind: safety.OfLetter, Subject: two.ID, Reason: safety.Spam}
		clubtest.Missing(t, club.Safety.Report(ctx, club.Again(club.Moderator), complaint))
		clubtest.Refused(t, club.Safety.Report(ctx, club.Again(club.Regular), complaint), "yourself")
		clubtest.OK(t, club.Safety.Report(ctx, club.Again(club.Paying), complaint))
		queue := func(v access.Viewer) []safety.Reported {
			all, _, err := club.Safety.Queue(ctx, club.Again(v), "")
			clubtest.OK(t, err)
			return all
		}
		if len(queue(club.Moderator)) != 0 {
			t.Error("a moderator is shown it")
		}
		waiting := queue(club.Owner)
		if len(waiting) != 1 || waiting[0].Letter == nil || waiting[0].Letter.HTML != "" || waiting[0].Author() != club.Regular.ID {
			t.Fatalf("waiting is %+v", waiting)
		}
		clubtest.OK(t, club.Safety.Open(ctx, club.Again(club.Owner), waiting[0].ID))
		if got := queue(club.Owner)[0].Letter.Plain; got != "Please buy it." {
			t.Errorf("an owner reads %q", got)
		}
		if n := clubtest.Must(store.Value[int64](club.Store.Read(ctx).Table("audits").Select("count(*)").Where("what = 'letter.opened' and subject_id = ? and by_id = ?", two.ID, club.Owner.ID)))(t); n != 1 {
			t.Errorf("%d lines of the log tell of it", n)
		}
		if _, err := reads(t, club, club.Owner, one.ThreadID); !problem.Is(err, problem.KindMissing) {
			t.Errorf("an owner reads the rest: %v", err)
		}
		clubtest.OK(t, club.Safety.Decide(ctx, club.Again(club.Owner), waiting[0].ID, safety.Verdict{Decision: safety.Removed, Reason: "We sell nothing here."}))
		texts := clubtest.Must(reads(t, club, club.Paying, one.ThreadID))(t)
		if strings.Join(texts, "|") != "Buy my lens.|" {
			t.Errorf("what is left reads %q", texts)
		}
	})
}

// TestWhoIsRemovedTakesWhatWaits: what they wrote before stays with its readers, or goes too.
func TestWhoIsRemovedTakesWhatWaits(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		one := sent(t, club, club.Regular, "Kept", "Keep this.", "paul")
		waits := write(t, club, club.Regular, "Not yet", "Never.", "mods")
		clubtest.OK(t, club.Safety.Remove(ctx, club.Again(club.Owner), club.Regular.ID, safety.Removal{Typed: "rita", Reason: "Spam.", Words: true}))
		club.Clock.Turn(letters.Pause + time.Second)
		due(t, club, waits)
		if box(t, club, club.Moderator, letters.ToRead) != 0 {
			t.Error("it is delivered for somebody who is no longer here")
		}
		o := clubtest.Must(club.Letters.Open(ctx, club.Again(club.Paying), one.ThreadID, 0))(t)
		if !o.Letters[0].Removed() || o.Letters[0].Plain != "" || !o.Alone() {
			t.Errorf("its reader has %+v", o.Letters[0])
		}
	})
}

// TestLimits: of readers, of a newcomer's first days, and the same key twice.
func TestLimits(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita := t.Context(), club.Again(club.Regular)
		d := letters.Draft{Key: club.Key(), To: []string{"paul"}, Title: "Twice", Text: "Once."}
		first := clubtest.Must(club.Letters.Write(ctx, rita, d))(t)
		if again := clubtest.Must(club.Letters.Write(ctx, rita, d))(t); again.ID != first.ID {
			t.Error("the same key wrote two")
		}
		for want, d := range map[string]letters.Draft{
			"to whom":           {Key: club.Key(), Title: "A", Text: "B"},
			"title":             {Key: club.Key(), To: []string{"paul"}, Text: "B"},
			"Nobody here":       {Key: club.Key(), To: []string{"nobody"}, Title: "A", Text: "B"},
			"others":            {Key: club.Key(), To: []string{"paul", "rita"}, Title: "A", Text: "B"},
			"at most 8":         {Key: club.Key(), To: strings.Fields("a b c d e f g h i"), Title: "A", Text: "B"},
			"no polls":          {Key: club.Key(), To: []string{"paul"}, Title: "A", Text: ":::poll Which?\n- One\n- Two\n:::"},
			"at most 200 bytes": {Key: club.Key(), To: []string{"paul"}, Title: strings.Repeat("a", 201), Text: "B"},
		} {
			_, err := club.Letters.Write(ctx, rita, d)
			clubtest.Refused(t, err, want)
		}
		for range 2 {
			write(t, club, club.Regular, "More", "Of it.", "paul")
		}
		_, err := club.Letters.Write(ctx, rita, letters.Draft{Key: club.Key(), To: []string{"paul"}, Title: "Four", Text: "Too many."})
		clubtest.Refused(t, err, "first week")
		club.Clock.Turn(8 * 24 * time.Hour)
		write(t, club, club.Regular, "Four", "In time.", "paul")
	})
}

// TestMailSaysWhoAndNotWhat: the title only where its reader wants it there, the text never.
func TestMailSaysWhoAndNotWhat(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sent(t, club, club.Regular, "Between us", "Nobody else may know.", "paul")
		note := clubtest.Must(store.Value[id.ID](club.Store.Read(t.Context()).Table("notifications").Select("id").Where("member_id = ? and kind = ?", club.Paying.ID, notify.Letter)))(t)
		says := func(ctx context.Context) (title, text string) {
			l, ok, err := club.Home.Pushed(ctx, club.Paying.ID, note)
			clubtest.OK(t, err)
			if !ok || l.Actor.Name != "Rita" {
				t.Fatalf("it says %+v: %v", l, ok)
			}
			return l.Title, l.Text
		}
		if title, text := says(t.Context()); title != "" || text != "" {
			t.Errorf("it says %q and %q", title, text)
		}
		clubtest.OK(t, club.Bell.Choose(t.Context(), club.Again(club.Paying), notify.Chosen{Digest: notify.Weekly, LetterTitles: true}))
		if title, text := says(t.Context()); title != "Between us" || text != "" {
			t.Errorf("then it says %q and %q", title, text)
		}
	})
}
