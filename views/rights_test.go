package views

import (
	"testing"

	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
)

func TestMineFollowsFromRights(t *testing.T) {
	const me, other id.ID = 1, 2
	writes := Rights{Me: me, React: true, Write: true}
	asks, keeps, closed := writes, writes, Rights{Me: me, React: true, Closed: true}
	asks.Accepts, keeps.Keeps = true, true
	by := func(author id.ID, number int64) forum.Post { return forum.Post{AuthorID: author, Number: number} }
	removed := func(author, who id.ID) forum.Post {
		return forum.Post{AuthorID: author, Number: 3, RemovedAt: ref(evening), RemovedBy: &who}
	}
	for name, c := range map[string]struct {
		rights Rights
		post   forum.Post
		answer bool
		want   Mine
	}{
		"a guest has nothing":                   {Rights{}, by(other, 2), false, Mine{}},
		"a guest is not the author of nobody's": {Rights{}, by(0, 2), false, Mine{}},
		"of another's: react, reply":            {writes, by(other, 2), false, Mine{React: true, Reply: true}},
		"of one's own: change, remove":          {writes, by(me, 2), false, Mine{Reply: true, Edit: true, Remove: true}},
		"the first post goes with its topic":    {writes, by(me, 1), false, Mine{Reply: true, Edit: true}},
		"an asker accepts":                      {asks, by(other, 2), false, Mine{React: true, Reply: true, Accept: true}},
		"an asker takes it back":                {asks, by(other, 2), true, Mine{React: true, Reply: true, Unaccept: true}},
		"the question is no answer":             {asks, by(me, 1), false, Mine{Reply: true, Edit: true}},
		"a closed topic stays as it is":         {closed, by(me, 2), false, Mine{}},
		"a moderator changes anything":          {keeps, by(other, 2), false, Mine{React: true, Reply: true, Edit: true, Remove: true}},
		"what one removed oneself comes back":   {writes, removed(me, me), false, Mine{Restore: true, Sees: true}},
		"what a moderator removed does not":     {writes, removed(me, other), false, Mine{Sees: true}},
		"nor where the topic was closed":        {closed, removed(me, me), false, Mine{Sees: true}},
		"others do not read what was removed":   {writes, removed(other, other), false, Mine{}},
		"moderators bring back":                 {keeps, removed(other, other), false, Mine{Restore: true, Sees: true}},
	} {
		if got := c.rights.post(c.post, c.answer, nil); !same(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if got := writes.message(chat.Message{AuthorID: me}, nil); !same(got, Mine{Reply: true, Edit: true, Remove: true}) {
		t.Errorf("of one's own message: %+v", got)
	}
	if got := keeps.message(chat.Message{AuthorID: other}, nil); !same(got, Mine{Reply: true, React: true, Remove: true}) {
		t.Errorf("a moderator of another's message: %+v", got)
	}
}

func same(a, b Mine) bool {
	a.Reacted, b.Reacted = nil, nil
	return a.React == b.React && a.Reply == b.Reply && a.Edit == b.Edit && a.Remove == b.Remove && a.Restore == b.Restore &&
		a.Accept == b.Accept && a.Unaccept == b.Unaccept && a.Sees == b.Sees
}
