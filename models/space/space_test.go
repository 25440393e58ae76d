package space_test

import (
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
)

func names(t *testing.T, club *clubtest.Club) (all []string) {
	t.Helper()
	for _, sp := range clubtest.Must(club.Spaces.Seen(t.Context(), club.Again(club.Owner)))(t) {
		all = append(all, sp.Name)
	}
	return all
}

func TestTheOrderOfSpaces(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		lounge, market := club.Space("Lounge", nil), club.Space("Market", nil)
		wants := func(want ...string) {
			t.Helper()
			if got := names(t, club); !slices.Equal(got, want) {
				t.Fatalf("the sidebar has %v, want %v", got, want)
			}
		}
		wants("Questions", "Lounge", "Market")
		clubtest.OK(t, club.Spaces.Move(ctx, club.Owner, market.ID, true))
		wants("Questions", "Market", "Lounge")
		clubtest.OK(t, club.Spaces.Move(ctx, club.Owner, lounge.ID, false)) // it is the last already
		wants("Questions", "Market", "Lounge")
		clubtest.OK(t, club.Spaces.Move(ctx, club.Owner, club.Open.ID, false))
		wants("Market", "Questions", "Lounge")

		workshops := clubtest.Must(club.Spaces.AddSection(ctx, club.Owner, "Workshops"))(t)
		lounge.SectionID = workshops.ID
		clubtest.OK(t, club.Spaces.Change(ctx, club.Owner, lounge))
		clubtest.OK(t, club.Spaces.MoveSection(ctx, club.Owner, workshops.ID, true))
		wants("Lounge", "Market", "Questions")
		clubtest.OK(t, club.Spaces.RenameSection(ctx, club.Owner, workshops.ID, " Studios "))
		if sections := clubtest.Must(club.Spaces.Sections(ctx))(t); sections[0].Name != "Studios" || len(sections) != 2 {
			t.Errorf("the sections are %v", sections)
		}
		market.SectionID = workshops.ID
		clubtest.OK(t, club.Spaces.Change(ctx, club.Owner, market)) // goes to the end of where it comes
		wants("Lounge", "Market", "Questions")

		clubtest.Missing(t, club.Spaces.Move(ctx, club.Owner, club.Store.NewID(), true))
		clubtest.Missing(t, club.Spaces.MoveSection(ctx, club.Owner, club.Store.NewID(), true))
		clubtest.Missing(t, club.Spaces.RenameSection(ctx, club.Owner, club.Store.NewID(), "Studios"))
		clubtest.Refused(t, club.Spaces.RenameSection(ctx, club.Owner, workshops.ID, " "), "at most 40 bytes")
		for _, err := range []error{
			club.Spaces.Move(ctx, club.Moderator, market.ID, true),
			club.Spaces.MoveSection(ctx, club.Moderator, workshops.ID, true),
			club.Spaces.RenameSection(ctx, club.Moderator, workshops.ID, "Mine"),
			club.Spaces.SetDoor(ctx, club.Moderator, club.Open.ID, space.Doorway{Titles: true}),
		} {
			clubtest.Refused(t, err, "Only the owners")
		}
	})
}

func TestTheDoorShowsWhatItsOwnerChose(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		sp := club.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		first, second := club.Topic(sp, "Chapter one"), club.Topic(sp, "Chapter two")
		hidden, elsewhere := club.Topic(sp, "Chapter zero"), club.Topic(club.Open, "How do I start?")
		clubtest.Must(club.Forum.Hide(ctx, club.Again(club.Owner), hidden.ID, true))(t)

		offered := clubtest.Must(club.Spaces.Tasters(ctx, club.Again(club.Owner), sp.ID))(t)
		if len(offered) != 2 || offered[0].ID != second.ID || offered[1].ID != first.ID || offered[0].Chosen {
			t.Errorf("offered are %v", offered)
		}
		reads := func() bool { return club.Again(club.Newcomer).CanRead(place(t, club, first.ID)) == nil }
		if reads() {
			t.Fatal("it is open before it is a taster")
		}
		set := func(d space.Doorway) error { return club.Spaces.SetDoor(ctx, club.Owner, sp.ID, d) }
		clubtest.OK(t, set(space.Doorway{Teaser: " A chapter a month. ", Titles: true, Counts: true, People: true, Taster: first.ID}))
		sp = clubtest.Must(club.Spaces.Get(ctx, club.Again(club.Newcomer), sp.ID))(t)
		d := clubtest.Must(club.Spaces.Door(ctx, club.Again(club.Newcomer), sp, access.Read))(t)
		if d.Space.Teaser != "A chapter a month." || len(d.Titles) != 2 || d.Topics != 2 || d.People != 1 || d.TasterTitle != "Chapter one" || !reads() {
			t.Errorf("the door shows %+v", d)
		}
		if offered = clubtest.Must(club.Spaces.Tasters(ctx, club.Again(club.Owner), sp.ID))(t); offered[0].ID != first.ID || !offered[0].Chosen {
			t.Errorf("the chosen one is not the first of %v", offered)
		}

		form := sp
		form.Name, form.Teaser, form.DoorTitles, form.DoorTaster = "Print masterclass", "", false, false
		clubtest.OK(t, club.Spaces.Change(ctx, club.Owner, form)) // the form of a space knows nothing of its door
		sp = clubtest.Must(club.Spaces.Get(ctx, club.Again(club.Newcomer), sp.ID))(t)
		if sp.Name != "Print masterclass" || sp.Teaser != "A chapter a month." || !sp.DoorTitles || !sp.DoorTaster {
			t.Errorf("changing a space changed its door: %+v", sp)
		}

		for _, wrong := range []space.Doorway{{Taster: elsewhere.ID}, {Taster: hidden.ID}, {Taster: club.Store.NewID()}} {
			clubtest.Refused(t, set(wrong), "Choose a topic of this space.")
		}
		clubtest.Refused(t, set(space.Doorway{Teaser: strings.Repeat("a", 301)}), "at most 300 bytes")
		if !reads() {
			t.Error("a door that was refused was kept in part")
		}
		clubtest.OK(t, set(space.Doorway{}))
		sp = clubtest.Must(club.Spaces.Get(ctx, club.Again(club.Newcomer), sp.ID))(t)
		d = clubtest.Must(club.Spaces.Door(ctx, club.Again(club.Newcomer), sp, access.Read))(t)
		if d.Titles != nil || d.Topics != 0 || d.People != 0 || d.Taster != 0 || reads() {
			t.Errorf("a plain door shows %+v", d)
		}
		clubtest.Missing(t, club.Spaces.SetDoor(ctx, club.Owner, club.Store.NewID(), space.Doorway{}))
	})
}

func TestTheFormOfASpace(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		good := club.Open
		good.ID = 0
		for field, spoil := range map[string]func(*space.Space){
			"name":    func(s *space.Space) { s.Name = " " },
			"slug":    func(s *space.Space) { s.Slug = "new" }, // where the form for another one stands
			"about":   func(s *space.Space) { s.Slug, s.About = "x", strings.Repeat("a", 301) },
			"section": func(s *space.Space) { s.Slug, s.SectionID = "x", club.Store.NewID() },
			"kind":    func(s *space.Space) { s.Slug, s.Kind = "x", "party" },
			"icon":    func(s *space.Space) { s.Slug, s.Icon = "x", "chat" },
		} {
			sp := good
			spoil(&sp)
			if _, err := club.Spaces.Add(t.Context(), club.Owner, sp); problem.Of(err) == nil || problem.Of(err).Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err := club.Spaces.Add(t.Context(), club.Owner, good)
		clubtest.Refused(t, err, "Another space has that address.")
	})
}

func place(t *testing.T, club *clubtest.Club, topic id.ID) access.Place {
	t.Helper()
	return clubtest.Must(access.FindPlace(club.Store.Read(t.Context()), topic))(t)
}

// What is hidden must not move what everybody sees, unless an owner wants it to.
func TestASpaceThatIsUnlistedScoresNoMore(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, unlisted := t.Context(), map[access.Verb]access.Lock{access.See: {{{Kind: access.SignedIn}}}}
		hang := func(locks map[access.Verb]access.Lock) space.Space {
			clubtest.OK(t, club.Access.SetLocks(ctx, club.Again(club.Owner), club.Open.ID, locks))
			return clubtest.Must(club.Spaces.Get(ctx, club.Again(club.Owner), club.Open.ID))(t)
		}
		if !hang(map[access.Verb]access.Lock{access.Read: {{{Kind: access.SignedIn}}}}).Scores {
			t.Error("a lock on reading ended its points")
		}
		sp := hang(unlisted)
		if sp.Scores {
			t.Fatal("it scores in public")
		}
		sp.Scores = true
		clubtest.OK(t, club.Spaces.Change(ctx, club.Again(club.Owner), sp))
		if !hang(unlisted).Scores {
			t.Error("what the owner said was forgotten with the next change of locks")
		}
	})
}
