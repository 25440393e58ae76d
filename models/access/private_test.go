package access_test

import (
	"fmt"
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/safety"
	"guildhall/models/store"
)

// rooms of two, of three, and letters, between members of the cast.
func shared(t *testing.T, club *clubtest.Club) (places []access.Place) {
	t.Helper()
	for _, of := range [][]access.Viewer{
		{club.Newcomer, club.Regular}, {club.Regular, club.Paying, club.Lapsed}, {club.Suspended, club.Newcomer}, {club.Moderator, club.Paying}, {club.Owner, club.Newcomer},
	} {
		for _, kind := range []string{access.RoomPlace, access.LetterPlace} {
			var people []id.ID
			for _, v := range of {
				people = append(people, v.ID)
			}
			club.Write(func(tx *store.Tx) error {
				p, err := access.AddPrivate(tx, kind, people[0], people...)
				places = append(places, p)
				return err
			})
		}
	}
	return places
}

func place(t *testing.T, club *clubtest.Club, key id.ID) access.Place {
	t.Helper()
	return clubtest.Must(access.FindPlace(club.Store.Read(t.Context()), key))(t)
}

// TestPrivatePlacesAreTheirPeoples: of places without a space too, what is listed is what is allowed, and both
// are for those alone who are in them, whatever the keys or the office of others.
func TestPrivatePlacesAreTheirPeoples(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		places := shared(t, club)
		shown, kept := 0, 0
		for who, v := range club.Cast() {
			for name, scope := range map[string]store.Scope{"readable": access.Readable(v, "place_people.place_id"), "reachable": access.Reachable(v, "place_people.place_id"), "findable": access.Findable(v, "place_people.place_id")} {
				var listed []id.ID
				clubtest.OK(t, club.Store.Read(t.Context()).Table("place_people").Scopes(scope).Distinct().Pluck("place_people.place_id", &listed).Error)
				for _, made := range places {
					p := place(t, club, made.ID)
					want := p.People.Has(v.ID) && who != "suspended"
					if may := v.CanRead(p) == nil; may != want || slices.Contains(listed, p.ID) != want {
						t.Errorf("%s, %s of %v: allowed %v, %s %v", who, p.Kind, p.People, may, name, slices.Contains(listed, p.ID))
					}
					if want {
						shown++
					} else {
						kept++
					}
				}
			}
			for _, made := range places {
				p := place(t, club, made.ID)
				may := v.CanRead(p) == nil
				for verb, want := range map[string]struct{ err, may bool }{
					"find": {v.CanFind(p) != nil, may}, "react": {v.CanReact(p) != nil, may},
					"chat": {v.CanChat(p) != nil, may && p.Kind == access.RoomPlace}, "reply": {v.CanReply(p) != nil, may && p.Kind == access.LetterPlace},
					"moderate": {v.CanModerate(p) != nil, false},
				} {
					if want.err == want.may {
						t.Errorf("%s may %s in a %s of %v: %v", who, verb, p.Kind, p.People, !want.err)
					}
				}
				narrow := v.Narrowed(0, club.Clock.Now().AddDate(0, 0, 1))
				if narrow.CanRead(p) == nil {
					t.Errorf("a token of %s opens a %s", who, p.Kind)
				}
			}
		}
		if shown < 30 || kept < 100 {
			t.Fatalf("%d shown and %d kept prove little", shown, kept)
		}
	})
}

// TestReadersOfPrivatePlacesAgree: Readers and Reach give the answer of CanRead for these too.
func TestReadersOfPrivatePlacesAgree(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		cast := club.Cast()
		var members []id.ID
		for _, v := range cast {
			if v.SignedIn() {
				members = append(members, v.ID)
			}
		}
		for _, p := range shared(t, club) {
			may, out, err := club.Access.Reach(t.Context(), p, members)
			clubtest.OK(t, err)
			for who, v := range cast {
				if v.SignedIn() && (may[v.ID] != (v.CanRead(p) == nil) || out[v.ID] == p.People.Has(v.ID)) {
					t.Errorf("%s: told %v, kept out %v, in it %v", who, may[v.ID], out[v.ID], p.People.Has(v.ID))
				}
			}
		}
	})
}

// TestWhoLeavesLosesThePlaceAtOnce: by the epoch that open pages are polled with, and by the place itself.
func TestWhoLeavesLosesThePlaceAtOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		p := shared(t, club)[2] // of three
		before := club.Again(club.Paying)
		clubtest.OK(t, before.CanRead(place(t, club, p.ID)))
		club.Write(func(tx *store.Tx) error {
			left, err := club.Access.Quit(tx, before, p.ID)
			if left.People.Has(before.ID) || len(left.People) != 2 {
				t.Errorf("left are %v", left.People)
			}
			return err
		})
		clubtest.Missing(t, before.CanRead(place(t, club, p.ID)))
		if club.Again(before).Epochs() == before.Epochs() {
			t.Error("the epoch of one who left did not rise")
		}
		err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := club.Access.Let(tx, before, p.ID, before.ID)
			return err
		})
		clubtest.Missing(t, err) // nobody lets themselves in
		club.Write(func(tx *store.Tx) error {
			_, err := club.Access.Let(tx, club.Again(club.Regular), p.ID, before.ID)
			return err
		})
		clubtest.OK(t, before.CanRead(place(t, club, p.ID)))

		clubtest.OK(t, club.Safety.Remove(t.Context(), club.Again(club.Owner), before.ID, safety.Removal{Typed: "paul", Reason: "Selling everywhere."}))
		if place(t, club, p.ID).People.Has(before.ID) {
			t.Error("one who was removed is still in it")
		}
	})
}

func TestAPrivatePlaceHasRoomForSo(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		people := []id.ID{club.Regular.ID}
		for i := range access.MostPeople - 1 {
			people = append(people, club.Join(fmt.Sprintf("person%d", i)).ID)
		}
		add := func(by id.ID, people ...id.ID) (p access.Place, err error) {
			err = club.Store.Write(t.Context(), func(tx *store.Tx) error { p, err = access.AddPrivate(tx, access.RoomPlace, by, people...); return err })
			return p, err
		}
		p := clubtest.Must(add(people[0], people...))(t)
		for _, of := range [][]id.ID{{people[0]}, {people[0], people[0]}, append(people, club.Paying.ID), {people[1], people[2]}} {
			if _, err := add(people[0], of...); problem.Of(err) == nil {
				t.Errorf("a place for %d was made: %v", len(of), err)
			}
		}
		err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := club.Access.Let(tx, club.Again(club.Regular), p.ID, club.Paying.ID)
			return err
		})
		clubtest.Refused(t, err, "room for 20")
	})
}
