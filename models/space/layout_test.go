package space_test

import (
	"errors"
	"reflect"
	"testing"

	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/space"
	"guildhall/models/store"
)

// What is remembered of sections and spaces is what is kept of them, after every change, also by
// another instance that did not hear of it.
func TestTheLayoutFollowsEveryChange(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		db := clubtest.Must(store.Open(t.Context(), club.URL, club.Clock))(t)
		other := models.Over(db)
		defer func() { clubtest.OK(t, other.Close()) }()
		look := func(c *models.Club) ([]space.Section, []space.Space) {
			v := clubtest.Must(c.Members.Viewer(t.Context(), club.Owner.ID))(t)
			sections, spaces, err := c.Spaces.Listed(t.Context(), v)
			clubtest.OK(t, err)
			return sections, spaces
		}
		ctx, sp := t.Context(), club.Space("Darkroom", nil)
		second := clubtest.Must(club.Spaces.AddSection(ctx, club.Again(club.Owner), "Workshops"))(t)
		renamed := sp
		renamed.Name = "The red room"
		for name, change := range map[string]func() error{
			"change":         func() error { return club.Spaces.Change(ctx, club.Again(club.Owner), renamed) },
			"move":           func() error { return club.Spaces.Move(ctx, club.Again(club.Owner), sp.ID, true) },
			"rename section": func() error { return club.Spaces.RenameSection(ctx, club.Again(club.Owner), second.ID, "Benches") },
			"move section":   func() error { return club.Spaces.MoveSection(ctx, club.Again(club.Owner), second.ID, true) },
			"door": func() error {
				return club.Spaces.SetDoor(ctx, club.Again(club.Owner), sp.ID, space.Doorway{Teaser: "Red light."})
			},
		} {
			look(club.Club)
			before, was := look(other)
			clubtest.OK(t, change())
			after, is := look(other)
			if reflect.DeepEqual(before, after) && reflect.DeepEqual(was, is) {
				t.Errorf("%s is not seen by another instance", name)
			}
			ownAfter, own := look(club.Club)
			if !reflect.DeepEqual(after, ownAfter) || !reflect.DeepEqual(is, own) {
				t.Errorf("%s is seen differently by who did it", name)
			}
		}
	})
}

// A change that was undone is not remembered.
func TestTheLayoutForgetsWhatWasUndone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		undone := errors.New("undone")
		err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
			sp := space.Space{SectionID: club.Section.ID, Slug: "attic", Name: "Attic", Icon: "i-chat", Kind: space.Talk}
			if _, err := club.Spaces.Add(tx.Context(), club.Again(club.Owner), sp); err != nil {
				return err
			}
			v, err := club.Members.Viewer(tx.Context(), club.Owner.ID)
			if err != nil {
				return err
			}
			if _, err := club.Spaces.BySlug(tx.Context(), v, "attic"); err != nil {
				return err // it is there for the rest of the transaction
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		_, err = club.Spaces.BySlug(t.Context(), club.Again(club.Owner), "attic")
		clubtest.Missing(t, err)
	})
}
