package standing_test

import (
	"context"
	"math"
	"sync"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/models/store"
)

const day = 24 * time.Hour

// stage is a club in which things are earned, and what was said of it.
type stage struct {
	*clubtest.Club
	t    *testing.T
	mu   sync.Mutex
	said []any
}

func each(t *testing.T, fn func(t *testing.T, s *stage)) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		s := &stage{Club: club, t: t}
		club.Listen(func(_ context.Context, events []any) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.said = append(s.said, events...)
		})
		fn(t, s)
	})
}

func (s *stage) earn(acts ...standing.Act) {
	s.t.Helper()
	s.Write(func(tx *store.Tx) error { return s.Standing.Earn(tx, acts...) })
}

// own is an act that a member does by themselves.
func (s *stage) own(kind string, by access.Viewer) standing.Act {
	return standing.Act{Kind: kind, By: by.ID, On: s.Store.NewID()}
}

// got is an act that from does for by.
func (s *stage) got(kind string, by, from access.Viewer) standing.Act {
	return standing.Act{Kind: kind, By: by.ID, From: from.ID, On: s.Store.NewID()}
}

func (s *stage) void(a standing.Act) {
	s.t.Helper()
	s.Write(func(tx *store.Tx) error { return s.Standing.Void(tx, a.Kind, a.From, a.On, a.By) })
}

// place makes a place in a space, as a topic has one.
func (s *stage) place(space id.ID) (p access.Place) {
	s.t.Helper()
	s.Write(func(tx *store.Tx) (err error) { p, err = access.AddPlace(tx, access.TopicPlace, space); return err })
	return p
}

func (s *stage) facts(member id.ID) access.Standing {
	s.t.Helper()
	return clubtest.Must(s.Standing.Facts(s.Store.Read(s.t.Context()), member, s.Clock.Now()))(s.t)
}

func (s *stage) points(v access.Viewer) float64 {
	s.t.Helper()
	return s.facts(v.ID).Score(s.Clock.Now())
}

// epoch is how often the member's cached rights were ended.
func (s *stage) epoch(v access.Viewer) int64 {
	s.t.Helper()
	_, of, err := s.Access.Epochs(s.t.Context(), []id.ID{v.ID})
	clubtest.OK(s.t, err)
	return of[v.ID]
}

// badges are the keys of the badges that a member holds.
func (s *stage) badges(v access.Viewer) (keys []string) {
	s.t.Helper()
	for _, g := range clubtest.Must(s.Standing.Of(s.t.Context(), v.ID))(s.t).Badges {
		keys = append(keys, g.Key)
	}
	return keys
}

func (s *stage) nearly(got, want float64) {
	s.t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		s.t.Fatalf("%v points, want %v", got, want)
	}
}

func (s *stage) count(table, where string, args ...any) (n int64) {
	s.t.Helper()
	clubtest.OK(s.t, s.Store.Read(s.t.Context()).Table(table).Where(where, args...).Count(&n).Error)
	return n
}

func said[T any](s *stage) (events []T) {
	for _, e := range s.said {
		if e, ok := e.(T); ok {
			events = append(events, e)
		}
	}
	return events
}
