package member_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// town is a database with members and nothing else of a club.
type town struct {
	*testing.T
	Store   *store.Store
	Members *member.Members
	Access  *access.Access
	Clock   *clubtest.Clock

	invited func(tx *store.Tx, secret string, guest id.ID) (id.ID, error)
}

// each runs fn in a new town on each database.
func each(t *testing.T, fn func(*town)) {
	clubtest.Migrated(t, func(t *testing.T, url string) { fn(open(t, url)) })
}

func open(t *testing.T, url string) *town {
	t.Helper()
	w := &town{T: t, Clock: &clubtest.Clock{}}
	w.Clock.Set(clubtest.Start)
	w.Store = clubtest.Must(store.Open(t.Context(), url, w.Clock))(t)
	t.Cleanup(func() { clubtest.OK(t, w.Store.Close()) })
	facts := access.Facts{
		Asked:     func(*store.DB, []id.ID) ([]id.ID, error) { return nil, nil },
		Standing:  func(*store.DB, id.ID, time.Time) (access.Standing, error) { return access.Standing{}, nil },
		Standings: func(*store.DB, []id.ID, time.Time) (map[id.ID]access.Standing, error) { return nil, nil },
		Staffed:   func(*store.Tx, id.ID) error { return nil },
		Names:     func(*store.DB) ([]access.Rung, map[id.ID]string, error) { return nil, nil, nil },
	}
	w.Access = access.New(w.Store, facts)
	w.Members = member.New(w.Store, member.Deps{
		Access:  w.Access,
		Visited: func(*store.Tx, id.ID) error { return nil },
		Invited: func(tx *store.Tx, secret string, guest id.ID) (id.ID, error) { return w.invited(tx, secret, guest) },
	})
	return w
}

func (w *town) ctx() context.Context { return w.Context() }

// join makes a member out of nothing and returns a visit of theirs, and its secret.
func (w *town) join(handle string) (member.Visit, string) {
	w.Helper()
	clubtest.OK(w, w.Store.Write(w.ctx(), func(tx *store.Tx) error {
		_, err := member.Join(tx, member.Newcomer{Profile: profile(handle)})
		return err
	}))
	secret := clubtest.Must(w.Members.SignInDev(w.ctx(), handle, member.From{}))(w)
	return w.visit(secret), secret
}

func (w *town) visit(secret string) member.Visit {
	w.Helper()
	return clubtest.Must(w.Members.SignedIn(w.ctx(), secret))(w)
}

func profile(handle string) member.Profile {
	return member.Profile{Handle: handle, Name: strings.ToUpper(handle[:1]) + handle[1:], Zone: "Europe/London"}
}

// who is the handle of whoever that session's secret signs in; "" for nobody.
func (w *town) who(secret string) string {
	w.Helper()
	return w.visit(secret).Member.Handle
}

// come goes the whole way to a provider and back.
func (w *town) come(p member.Proof, visit member.Visit) (member.Outcome, error) {
	w.Helper()
	browser := member.Secret()
	state, _, err := w.Members.Depart(w.ctx(), p.Provider, browser, "/s/questions", visit)
	clubtest.OK(w, err)
	j := clubtest.Must(w.Members.Return(w.ctx(), p.Provider, browser, state))(w)
	return w.Members.ComeIn(w.ctx(), j, p, member.From{Agent: "test"})
}

// first finishes a first visit.
func (w *town) first(arrival, handle string) (member.Outcome, error) {
	out, _, err := w.Members.FirstVisit(w.ctx(), member.First{Arrival: arrival, Profile: profile(handle), Agreed: true})
	return out, err
}

// letter takes the one letter that waits and returns the secret in it; "" when it is not wanted.
func (w *town) letter() (member.Link, string) {
	w.Helper()
	l, secret, ok := w.next()
	if !ok {
		w.Fatal("no letter waits")
	}
	return l, secret
}

// letters writes all that wait.
func (w *town) letters() {
	w.Helper()
	for ok := true; ok; {
		_, _, ok = w.next()
	}
}

// next writes the letter that waits longest; there is no secret in one that nobody waits for.
func (w *town) next() (l member.Link, secret string, waits bool) {
	w.Helper()
	job, waits, err := queue.New(w.Store).Take(w.ctx(), []queue.Kind{member.MailLink})
	clubtest.OK(w, err)
	if !waits {
		return l, "", false
	}
	var payload member.LinkJob
	clubtest.OK(w, job.Read(&payload))
	clubtest.OK(w, queue.New(w.Store).Finish(w.ctx(), job))
	l, secret, ok, err := w.Members.WriteLink(w.ctx(), payload.Link)
	clubtest.OK(w, err)
	if !ok {
		secret = ""
	}
	return l, secret, true
}

// own makes the member of a visit an owner of the club.
func (w *town) own(visit member.Visit) {
	w.Helper()
	clubtest.OK(w, w.Store.Write(w.ctx(), func(tx *store.Tx) error { return w.Access.MakeOwner(tx, visit.Viewer.ID) }))
}

// count is how many rows a query counts.
func (w *town) count(table, where string, args ...any) (n int) {
	w.Helper()
	clubtest.OK(w, w.Store.Read(w.ctx()).Raw("select count(*) from "+table+" where "+where, args...).Scan(&n).Error)
	return n
}

// race runs fn n times at once and returns how many went well; all others must be refused.
func (w *town) race(n int, fn func(i int) error) (won int) {
	w.Helper()
	results := make(chan error, n)
	start := make(chan struct{})
	for i := range n {
		go func() {
			<-start
			results <- fn(i)
		}()
	}
	close(start)
	for range n {
		switch err := <-results; {
		case err == nil:
			won++
		case problem.Of(err) == nil:
			w.Errorf("not a refusal: %v", err)
		}
	}
	return won
}

var errTest = errors.New("the test says no")
