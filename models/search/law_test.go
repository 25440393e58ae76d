package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/safety"
	"guildhall/models/search"
	"guildhall/models/space"
	"guildhall/models/store"
)

var removal = safety.Removal{Typed: "newt", Reason: "Selling.", Words: false}

// sameParts compares lists that are written with commas, in any order of equals.
func sameParts(a, b string) bool {
	parts := func(s string) []string {
		list, of, _ := strings.Cut(s, " of ")
		all := append(strings.Split(list, ", "), "of "+of)
		slices.Sort(all)
		return all
	}
	return slices.Equal(parts(a), parts(b))
}

// copied writes the card of one more post of the same words.
func copied(t testing.TB, club *clubtest.Club, post id.ID, n int) {
	t.Helper()
	club.Write(func(tx *store.Tx) error {
		var p map[string]any
		if err := tx.Table("posts").Where("id = ?", post).Take(&p).Error; err != nil {
			return err
		}
		p["id"], p["number"], p["key"] = tx.NewID(), 1_000+n, club.Key()
		if err := tx.Table("posts").Create(p).Error; err != nil {
			return err
		}
		return index.Put(tx, index.Card{ID: p["id"].(id.ID), Kind: index.Post, Place: asID(p["topic_id"]), By: asID(p["author_id"]), At: tx.Now, Body: fmt.Sprint(p["plain"])})
	})
}

func asID(v any) id.ID { return id.ID(v.(int64)) }

// houses are spaces of every sort of lock, with a topic, a reply, a message, a hidden topic and a
// taster in each, all of the same word.
func houses(t *testing.T, club *clubtest.Club) {
	t.Helper()
	signed := access.Lock{{{Kind: access.SignedIn}}}
	patron := access.Lock{{{Kind: access.TierKey, Ref: club.Patron.ID}}}
	regular := access.Lock{{{Kind: access.StatusKey, Amount: 3}}}
	for i, locks := range []map[access.Verb]access.Lock{
		nil,
		{access.Read: signed},
		{access.Read: patron},
		{access.Read: regular, access.Reply: patron},
		{access.See: {{{Kind: access.NamedKey, Ref: club.Newcomer.ID}}}, access.Read: patron},
		{access.See: signed, access.Read: {{{Kind: access.RoleKey, Amount: access.RoleModerator}}}},
		{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}},
	} {
		sp := club.Space(fmt.Sprintf("House %d", i), locks)
		topic := club.Topic(sp, "A quoll by day")
		club.Reply(club.Owner, topic, "Another quoll.")
		say(t, club, club.Owner, sp, "quoll quoll")
		hidden := club.Topic(sp, "A hidden quoll")
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), hidden.ID, true))(t)
		taster := club.Topic(sp, "A taste of quoll")
		clubtest.OK(t, club.Spaces.SetDoor(t.Context(), club.Owner, sp.ID, space.Doorway{Taster: taster.ID}))
	}
}

// TestSearchFindsWhatMayBeRead is the law: whoever asks, and in whatever order, what is found is what
// CanRead allows, and what is counted is what is found.
func TestSearchFindsWhatMayBeRead(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		houses(t, club)
		var things []struct {
			ID    id.ID
			Place id.ID
		}
		clubtest.OK(t, club.Store.Read(t.Context()).Raw("select id, topic_id as place from posts union all select id, room_id from messages").Scan(&things).Error)
		if len(things) != 7*5 {
			t.Fatalf("%d things", len(things))
		}
		shown, kept := map[id.ID]bool{}, map[id.ID]bool{}
		for who, v := range club.Cast() {
			for _, text := range []string{"quoll", "quo", `"quoll"`, "quoll -numbat", "in:posts in:topics in:chat", "quoll order:latest", "quoll order:likes", "quoll order:oldest"} {
				found := look(t, club, v, text)
				for _, thing := range things {
					place := clubtest.Must(access.FindPlace(club.Store.Read(t.Context()), thing.Place))(t)
					may := v.CanRead(place) == nil
					if may != slices.Contains(found, thing.ID) {
						t.Errorf("%s, %q: may read %v, finds it %v (%+v)", who, text, may, !may, place)
					}
					if may {
						shown[thing.ID] = true
					} else {
						kept[thing.ID] = true
					}
				}
				p, err := club.Search.Find(t.Context(), v, search.Parse(text, club.Clock.Now()), "")
				clubtest.OK(t, err)
				if p.Facets.All != int64(len(found)) {
					t.Errorf("%s, %q: %d are counted and %d found", who, text, p.Facets.All, len(found))
				}
			}
			p, err := club.Search.Find(t.Context(), v, search.Parse("house", club.Clock.Now()), "")
			clubtest.OK(t, err)
			for _, sp := range p.Spaces {
				if v.CanSee(sp.ID) != nil {
					t.Errorf("%s is shown %s", who, sp.Name)
				}
			}
		}
		if len(shown) != len(things) || len(kept) < 25 {
			t.Fatalf("the law proved little: %d shown to somebody, %d kept from somebody", len(shown), len(kept))
		}
	})
}

// TestWhatIsHiddenMovesNothing: the order and the cursor of an answer are the same whatever stands
// where its asker may not read.
func TestWhatIsHiddenMovesNothing(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		hers := club.Space("Attic", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		topic, _ := start(t, club, club.Newcomer, club.Open, "Bilby and numbat", "Both.")
		for i := range search.PageSize + 5 {
			club.Reply(club.Newcomer, topic, strings.Repeat("bilby ", i%3+1)+strings.Repeat("numbat ", i%4+1))
		}
		answer := func() string {
			p, err := club.Search.Find(t.Context(), club.Again(club.Regular), search.Parse("bilby numbat", club.Clock.Now()), "")
			clubtest.OK(t, err)
			all := string(p.Next)
			for _, h := range p.Hits {
				all += " " + h.ID.String()
			}
			return all
		}
		before := answer()
		secret := club.Topic(hers, "Only bilby, many times")
		for range 30 {
			club.Reply(club.Owner, secret, "bilby "+strings.Repeat("other ", 50))
		}
		if after := answer(); after != before {
			t.Errorf("the answer tells of what is hidden:\n%s\n%s", before, after)
		}
	})
}
