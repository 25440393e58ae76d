package safety_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/safety"
	"guildhall/models/space"
	"guildhall/models/store"
)

// stage is a club with a second space, which nobody of the cast moderates but Second, and something
// to report in each.
type stage struct {
	*clubtest.Club
	other  space.Space
	Second access.Viewer // moderates the other space alone
	topics map[id.ID]forum.Topic
}

func each(t *testing.T, fn func(t *testing.T, s *stage)) {
	t.Helper()
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		s := &stage{Club: club, topics: map[id.ID]forum.Topic{}}
		s.other = s.Space("Darkroom", nil)
		s.Second = s.Join("mona")
		clubtest.OK(t, s.Access.Seat(t.Context(), s.Owner, s.other.ID, s.Second.ID))
		for _, sp := range []space.Space{s.Open, s.other} {
			s.topics[sp.ID] = s.Topic(sp, "In "+sp.Name)
		}
		fn(t, s)
	})
}

// owned makes a member an owner.
func (s *stage) owned(v access.Viewer) access.Viewer {
	s.Write(func(tx *store.Tx) error { return s.Access.MakeOwner(tx, v.ID) })
	return s.Again(v)
}

// post is a reply by a member in a space.
func (s *stage) post(by access.Viewer, sp space.Space, text string) forum.Post {
	return s.Reply(by, s.topics[sp.ID], text)
}

// message is something said by a member in a space's room.
func (s *stage) message(t *testing.T, by access.Viewer, sp space.Space, text string) chat.Message {
	t.Helper()
	room := clubtest.Must(s.Chat.Room(t.Context(), s.Again(by), sp.ID))(t)
	return clubtest.Must(s.Chat.Send(t.Context(), s.Again(by), room.ID, chat.Draft{Key: s.Key(), Text: text}))(t)
}

func (s *stage) report(t *testing.T, by access.Viewer, kind string, subject id.ID) {
	t.Helper()
	clubtest.OK(t, s.Safety.Report(t.Context(), s.Again(by), safety.Complaint{Kind: kind, Subject: subject, Reason: safety.Hostile, Words: "Unkind."}))
}

// queue is all that waits for v, which has to be what is counted too.
func (s *stage) queue(t *testing.T, v access.Viewer) []safety.Reported {
	t.Helper()
	all, next, err := s.Safety.Queue(t.Context(), s.Again(v), "")
	clubtest.OK(t, err)
	if n := clubtest.Must(s.Safety.Waiting(t.Context(), s.Again(v)))(t); next == "" && n != int64(len(all)) {
		t.Errorf("%d are listed and %d are counted", len(all), n)
	}
	return all
}

// told is what the bell of v says, by kind.
func (s *stage) told(t *testing.T, v access.Viewer) map[string]int {
	t.Helper()
	notes, _, err := s.Home.Notes(t.Context(), s.Again(v), "", 50)
	clubtest.OK(t, err)
	kinds := map[string]int{}
	for _, n := range notes {
		kinds[n.Kind]++
	}
	if n := clubtest.Must(s.Bell.Unread(t.Context(), s.Again(v)))(t); n > int64(len(notes)) {
		t.Errorf("%d are counted and %d are told", n, len(notes))
	}
	return kinds
}

// audited tells how often a deed was written down.
func (s *stage) audited(t *testing.T, what string) (n int64) {
	t.Helper()
	clubtest.OK(t, s.Store.Read(t.Context()).Table("audits").Where("what = ?", what).Count(&n).Error)
	return n
}

// why is the reason that stands in the log of what was done to a subject.
func (s *stage) why(t *testing.T, what string, subject id.ID) (why string) {
	t.Helper()
	clubtest.OK(t, s.Store.Read(t.Context()).Table("audits").Select("why").Where("what = ? and subject_id = ?", what, subject).Take(&why).Error)
	return why
}
