package leaks_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/views"
)

// scene is one change that takes something from somebody.
type scene struct {
	name   string
	kind   kind           // of the space in which it plays, before
	enters func(s *stage) // what lets them in; the tier if nil
	turns  func(s *stage) time.Time
	row    string // the surface that shows it best

	thing    bool // the word alone must go from them, and not all that is gated
	post     bool // the word stands in one post and nowhere else
	ends     bool // their sockets are closed, and not only emptied
	programs bool // it ends what programs of theirs may do, and nothing else
}

// stage is a scene under way: who loses, and what.
type stage struct {
	*world
	scene
	handle string
	who    *eye // at the instance that they use
	token  *eye
	issued id.ID
	house  *house
	group  access.Group
	word   string
	other  *eye // another browser of theirs
}

// owner lets the owner post a form, and returns the last instant that lies before its commit for sure:
// what is measured from there is never too short.
func (s *stage) owner(path string, pairs ...string) time.Time { return s.posts("ona", path, pairs...) }

func (s *stage) posts(handle, path string, pairs ...string) (before time.Time) {
	before = time.Now()
	s.people[handle].post(s.t, path, pairs...)
	return before
}

func (s *stage) person() string { return "/manage/members/" + s.handle }

// swaps puts a grant that ends by the clock in the place of the one without an end.
func (s *stage) swaps() time.Time {
	ends := time.Now().Add(2 * time.Second).Truncate(time.Millisecond)
	g := access.Grant{MemberID: s.viewer(s.handle).ID, TierID: s.patron.ID, Reason: "For the test.", Key: s.key(), EndsAt: &ends}
	clubtest.Must(s.club.Access.Give(s.t.Context(), s.again("ona"), g))(s.t)
	clubtest.OK(s.t, s.club.Access.Withdraw(s.t.Context(), s.again("ona"), s.grants[s.handle], "It ends by the clock."))
	return ends
}

// scenes are the changes of access that the club knows.
var scenes = []scene{
	{name: "grantends", kind: unlisted, row: "room", turns: func(s *stage) time.Time {
		return s.swaps()
	}},
	{name: "grantwithdrawn", kind: locked, row: "room", turns: func(s *stage) time.Time {
		return s.owner("/manage/grants/"+s.grants[s.handle].String()+"/withdraw", "why", "The dues ended.")
	}},
	{name: "suspended", kind: locked, row: "topic", ends: true, turns: func(s *stage) time.Time { return s.owner(s.person()+"/suspend", "reason", "Selling.") }},
	{name: "removed", kind: unlisted, row: "topic", ends: true, turns: func(s *stage) time.Time {
		return s.owner(s.person()+"/remove", "handle", s.handle, "reason", "Selling.")
	}},
	{name: "groupleft", kind: locked, row: "space", enters: (*stage).joinsGroup, turns: func(s *stage) time.Time {
		return s.owner("/manage/groups/"+s.group.ID.String()+"/leave", "member", s.handle)
	}},
	{name: "seattaken", kind: unlisted, row: "space", enters: func(s *stage) {
		clubtest.OK(s.t, s.club.Access.Seat(s.t.Context(), s.again("ona"), s.house.space.ID, s.viewer(s.handle).ID))
	}, turns: func(s *stage) time.Time {
		return s.owner("/manage/spaces/"+s.house.space.Slug+"/unseat", "member", s.handle)
	}},
	{name: "spacelocked", kind: public, row: "space", enters: func(*stage) {}, turns: func(s *stage) time.Time {
		return s.locks(access.Read)
	}},
	{name: "spaceunlisted", kind: locked, row: "space", turns: func(s *stage) time.Time { return s.locks(access.See) }, enters: (*stage).joinsGroup},
	{name: "topicmoved", kind: public, row: "topic", thing: true, enters: func(*stage) {}, turns: func(s *stage) time.Time {
		return s.owner(s.house.thread()+"/move", "space", s.houses[locked].space.Slug)
	}},
	{name: "topichidden", kind: public, row: "topic", thing: true, enters: func(*stage) {}, turns: func(s *stage) time.Time {
		return s.owner(s.house.thread()+"/hide", "on", "true")
	}},
	{name: "postremoved", kind: public, row: "post", thing: true, post: true, enters: func(*stage) {}, turns: func(s *stage) time.Time {
		return s.posts(author, s.house.thread()+"/p/"+s.house.posts[1].String()+"/remove")
	}},
	{name: "tokenrevoked", kind: locked, row: "api/room", programs: true, turns: func(s *stage) time.Time {
		before := time.Now()
		s.other.post(s.t, "/settings/tokens/"+s.issued.String()+"/revoke")
		return before
	}},
	{name: "signedout", kind: locked, row: "room", ends: true, turns: func(s *stage) time.Time {
		before := time.Now()
		s.other.post(s.t, "/settings/sessions/others")
		s.token = newEye(s.t, "nobody", s.who.base) // a token is not a session
		return before
	}},
}

// joinsGroup lets them in by a group, which has the key to the space beside the tier.
func (s *stage) joinsGroup() {
	ctx, a := s.t.Context(), s.club.Access
	s.group = clubtest.Must(a.SaveGroup(ctx, s.again("ona"), access.Group{Name: "Group of " + s.name}))(s.t)
	clubtest.OK(s.t, a.Join(ctx, s.again("ona"), s.group.ID, s.viewer(s.handle).ID, nil))
	lock := s.lock(s.kind)
	for verb := range lock {
		lock[verb] = append(lock[verb], []access.Key{{Kind: access.GroupKey, Ref: s.group.ID}})
	}
	clubtest.OK(s.t, a.SetLocks(ctx, s.again("ona"), s.house.space.ID, lock))
}

// locks hangs a lock on the space that the tier alone opens.
func (s *stage) locks(verb access.Verb) time.Time {
	return s.owner("/manage/spaces/"+s.house.space.Slug+"/locks", "do", "save", string(verb), views.WayText([]access.Key{{Kind: access.TierKey, Ref: s.patron.ID}}))
}

// sets builds what a scene needs: the space with its word in everything, and the one who will lose it.
func (w *world) sets(sc scene) *stage {
	w.t.Helper()
	s := &stage{world: w, scene: sc, handle: sc.name, word: canary(sc.kind, sc.name)}
	s.who = w.comes(s.handle)
	s.house = s.speaks()
	if sc.enters == nil {
		w.gives(s.handle)
	} else {
		sc.enters(s)
	}
	t, secret, err := w.club.Members.IssueToken(w.t.Context(), w.again(s.handle), member.TokenDraft{Name: "Mine", Scopes: w.everyScope(), Days: 7})
	clubtest.OK(w.t, err)
	s.issued, s.token = t.ID, newEye(w.t, "token", w.p.URL)
	s.token.bearer = secret
	s.other = w.arrives(s.handle)
	return s
}

// speaks makes the space of a scene, with a topic, an answer and a message that tell its word to
// everybody who is mentioned.
func (s *stage) speaks() *house {
	s.t.Helper()
	h := &house{kind: s.kind, space: s.builds(s.kind, s.name, "Room of "+strings.ToUpper(s.name[:1])+s.name[1:])}
	by, to := s.people[author], "@"+s.handle+" "
	title := s.word
	if s.scene.post {
		title = "A plain title"
	}
	h.topic = idIn(s.t, by.post(s.t, h.at()+"/new", "key", s.key(), "title", "About "+title, "text", to+title), `/t/(\w{11})`)
	h.files = []id.ID{s.uploads(author, s.name+".txt", []byte("It holds "+s.word))}
	by.post(s.t, h.thread()+"/reply", "key", s.key(), "text", to+s.word+" [a note](/files/"+h.files[0].String()+")")
	if !s.thing {
		by.post(s.t, h.at()+"/chat", "key", s.key(), "text", to+s.word)
	}
	s.read(&h.posts, "select id from posts where topic_id = ? order by number", h.topic)
	s.read(&h.slug, "select slug from topics where id = ?", h.topic)
	s.read(&h.room, "select id from rooms where space_id = ?", h.space.ID)
	return h
}

// The scenes name each transition once.
func TestScenesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, sc := range scenes {
		if seen[sc.name] || sc.turns == nil || sc.row == "" {
			t.Errorf("%q stands twice, or lacks something", sc.name)
		}
		seen[sc.name] = true
	}
}
