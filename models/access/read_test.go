package access_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/models/store"
)

// houses are spaces of every sort of lock, with a topic, a hidden topic and a taster in each.
func houses(t *testing.T, club *clubtest.Club) []space.Space {
	t.Helper()
	signed := access.Lock{{{Kind: access.SignedIn}}}
	patron := access.Lock{{{Kind: access.TierKey, Ref: club.Patron.ID}}}
	regular := access.Lock{{{Kind: access.StatusKey, Amount: 3}}}
	either := access.Lock{patron[0], {{Kind: access.ScoreKey, Amount: 100}, {Kind: access.TenureKey, Amount: 1}}}
	group := clubtest.Must(club.Access.SaveGroup(t.Context(), club.Owner, access.Group{Name: "Committee"}))(t)
	clubtest.OK(t, club.Access.Join(t.Context(), club.Owner, group.ID, club.Paying.ID, nil))
	var all []space.Space
	for i, locks := range []map[access.Verb]access.Lock{
		nil,
		{access.Read: signed},
		{access.Read: patron},
		{access.Read: regular, access.Reply: patron},
		{access.Start: regular, access.Chat: either},
		{access.See: {{{Kind: access.GroupKey, Ref: group.ID}}}},
		{access.See: {{{Kind: access.NamedKey, Ref: club.Newcomer.ID}}}, access.Read: patron},
		{access.See: signed, access.Read: {{{Kind: access.RoleKey, Amount: access.RoleModerator}}}},
		{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}},
		{access.Read: either},
	} {
		sp := club.Space(fmt.Sprintf("House %d", i), locks)
		club.Topic(sp, "A plain topic")
		hidden := club.Topic(sp, "A hidden topic")
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), hidden.ID, true))(t)
		taster := club.Topic(sp, "A taster topic")
		clubtest.OK(t, club.Spaces.SetDoor(t.Context(), club.Owner, sp.ID, space.Doorway{Taster: taster.ID}))
		all = append(all, sp)
	}
	return append(all, club.Open)
}

// TestReadRulesAgree is the law of the house: whoever the cast and whatever the object, what is
// listed is what is allowed, and the other way round.
func TestReadRulesAgree(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		spaces := houses(t, club)
		var topics []struct{ ID id.ID }
		clubtest.OK(t, club.Store.Read(t.Context()).Table("topics").Find(&topics).Error)
		if len(topics) != 30 {
			t.Fatalf("%d topics", len(topics))
		}
		shown, kept := map[id.ID]bool{}, map[id.ID]bool{}
		for who, v := range club.Cast() {
			listed := map[id.ID]bool{}
			for _, sp := range spaces {
				for _, l := range everything(t, club, v, sp.ID) {
					listed[l] = true
				}
				seen, err := club.Spaces.BySlug(t.Context(), v, sp.Slug)
				if may := v.CanSee(sp.ID) == nil; may != (err == nil) || err == nil && seen.ID != sp.ID {
					t.Errorf("%s sees %s: %v, found: %v", who, sp.Name, may, err)
				}
			}
			for _, topic := range topics {
				place := clubtest.Must(access.FindPlace(club.Store.Read(t.Context()), topic.ID))(t)
				may := v.CanRead(place) == nil
				if may != listed[topic.ID] {
					t.Errorf("%s: allowed %v, listed %v (hidden %v, taster %v)", who, may, listed[topic.ID], place.Hidden, place.Taster)
				}
				if _, err := club.Forum.Topic(t.Context(), v, topic.ID); (err == nil) != may {
					t.Errorf("%s: allowed %v, found %v", who, may, err)
				}
				if may {
					shown[topic.ID] = true
				} else {
					kept[topic.ID] = true
				}
			}
		}
		if len(shown) != len(topics) || len(kept) < 20 {
			t.Fatalf("the law proved little: %d topics shown to somebody, %d kept from somebody", len(shown), len(kept))
		}
	})
}

func everything(t *testing.T, club *clubtest.Club, v access.Viewer, sp id.ID) (ids []id.ID) {
	t.Helper()
	topics, next, err := club.Forum.Topics(t.Context(), v, sp, forum.Latest, "")
	clubtest.OK(t, err)
	if next != "" {
		t.Fatal("more than a page")
	}
	for _, l := range topics {
		ids = append(ids, l.ID)
	}
	return ids
}

// TestWriteRulesAgree: what the predicate allows is done, and what it refuses leaves nothing behind.
func TestWriteRulesAgree(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		done, refused := 0, 0
		for _, sp := range houses(t, club) {
			topic := club.Topic(sp, "To be answered")
			for who, v := range club.Cast() {
				_, err := club.Forum.Reply(t.Context(), v, topic.ID, forum.Draft{Key: club.Key(), Text: "I was here."})
				if may := v.CanReply(topic) == nil; may != (err == nil) {
					t.Errorf("%s replies in %s: may %v, did %v", who, sp.Name, may, err)
				}
				_, err2 := club.Forum.Start(t.Context(), v, sp.ID, forum.Draft{Key: club.Key(), Title: "By " + who, Text: "I was here."})
				if may := v.CanStart(sp.ID) == nil; may != (err2 == nil) {
					t.Errorf("%s starts in %s: may %v, did %v", who, sp.Name, may, err2)
				}
				if err == nil {
					done++
				} else {
					refused++
					if problem.Of(err) == nil {
						t.Errorf("%s: not for people: %v", who, err)
					}
				}
			}
		}
		if done < 10 || refused < 10 {
			t.Fatalf("%d done and %d refused prove little", done, refused)
		}
	})
}

func TestAGrantEndsAtItsInstant(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Lens library", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic := club.Topic(sp, "Borrow two at a time")
		v := club.Join("nina")
		clubtest.Refused(t, v.CanEnter(sp.ID), "opens with Patron")

		club.Give(v, club.Patron, time.Minute)
		stale := v
		v = club.Again(v)
		clubtest.OK(t, v.CanEnter(sp.ID))
		if want := club.Clock.Now().Add(time.Minute); !v.Until().Equal(want) {
			t.Fatalf("the viewer ends at %v, not %v", v.Until(), want)
		}
		_, err := club.Forum.Reply(t.Context(), stale, topic.ID, forum.Draft{Key: club.Key(), Text: "In."})
		clubtest.OK(t, err) // a write asks again

		club.Clock.Turn(time.Minute - time.Microsecond)
		clubtest.OK(t, club.Again(v).CanEnter(sp.ID))
		club.Clock.Turn(time.Microsecond)
		clubtest.Refused(t, club.Again(v).CanEnter(sp.ID), "opens with Patron")
		_, err = club.Forum.Reply(t.Context(), v, topic.ID, forum.Draft{Key: club.Key(), Text: "Still in?"})
		clubtest.Refused(t, err, "opens with Patron")
	})
}

func TestAClosedSpaceIsADoorAndAnUnlistedOneNeverWas(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		shut := club.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}, {{Kind: access.StatusKey, Amount: 5}}}})
		gone := club.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		v := club.Again(club.Regular)
		var door *access.Shut
		if !asShut(v.CanEnter(shut.ID), &door) || door.Space != shut.ID || door.Verb != access.Read {
			t.Fatalf("got %v", v.CanEnter(shut.ID))
		}
		clubtest.Missing(t, v.CanEnter(gone.ID))
		if a, b := v.CanEnter(gone.ID).Error(), v.CanEnter(club.Store.NewID()).Error(); a != b {
			t.Fatalf("%q and %q can be told apart", a, b)
		}
		ways := clubtest.Must(club.Access.Ways(t.Context(), v, shut.ID, access.Read))(t)
		if len(ways) != 2 || ways[0][0].Name != "Patron" || ways[1][0].Name != "Mentor" || ways[1][0].Want != 500 {
			t.Fatalf("ways %+v", ways)
		}
		if n := ways[1][0]; n.Have < 110 || n.Gap != n.Want-n.Have {
			t.Fatalf("%d of %d, %d to go", n.Have, n.Want, n.Gap)
		}
		if seen := v.Seen(); !slices.Contains(seen, shut.ID) || slices.Contains(seen, gone.ID) {
			t.Fatal("the sidebar is wrong")
		}
	})
}

func asShut(err error, into **access.Shut) bool {
	s, ok := err.(*access.Shut)
	*into = s
	return ok
}

func TestTheSuspendedAreKeptOutOfEverything(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		v := club.Again(club.Suspended)
		if why, _, yes := v.Suspended(); !yes || why == "" {
			t.Fatal("not suspended")
		}
		if len(v.Seen()) != 0 || v.CanStart(club.Open.ID) == nil {
			t.Fatal("the suspended still get in")
		}
		clubtest.OK(t, club.Again(club.Newcomer).CanStart(club.Open.ID))
	})
}

// TestARollbackLeavesNothingInTheCache: rights read inside a change that fails are forgotten.
func TestARollbackLeavesNothingInTheCache(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Lens library", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		v := club.Again(club.Newcomer)
		err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
			g := access.Grant{MemberID: v.ID, TierID: club.Patron.ID, Source: "staff", Reason: "r", Key: club.Key()}
			if err := club.Access.Bestow(tx, &g); err != nil {
				return err
			}
			inside, err := club.Access.Renew(tx, v)
			if err != nil || inside.CanEnter(sp.ID) != nil {
				t.Errorf("inside the change: %v, %v", err, inside.CanEnter(sp.ID))
			}
			return problem.Conflict("Not after all.")
		})
		clubtest.Refused(t, err, "Not after all")
		club.Write(func(tx *store.Tx) error { return access.Raise(tx, v.ID) }) // the epoch that was rolled back comes again
		if club.Again(v).CanEnter(sp.ID) == nil {
			t.Fatal("a right that was never given is held")
		}
	})
}

func TestAGrantIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		v := club.Join("nina")
		club.Give(v, club.Patron, time.Hour)
		notes, _, err := club.Home.Notes(t.Context(), club.Again(v), "", 10)
		clubtest.OK(t, err)
		if len(notes) != 1 || notes[0].Kind != notify.Granted || notes[0].Title != "Patron" {
			t.Fatalf("told %+v", notes)
		}
	})
}
