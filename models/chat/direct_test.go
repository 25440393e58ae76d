package chat_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/search"
)

func openWith(t *testing.T, club *clubtest.Club, v access.Viewer, others ...access.Viewer) chat.Room {
	t.Helper()
	var of []id.ID
	for _, o := range others {
		of = append(of, o.ID)
	}
	return clubtest.Must(club.Chat.OpenDirect(t.Context(), club.Again(v), chat.DirectOf{Others: of}))(t)
}

func TestTheSamePeopleHaveOneRoom(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := openWith(t, club, club.Regular, club.Paying)
		if again := openWith(t, club, club.Paying, club.Regular); again.ID != r.ID {
			t.Fatal("the other way round it is another room")
		}
		three := openWith(t, club, club.Regular, club.Paying, club.Newcomer)
		if three.ID == r.ID || len(three.People) != 3 {
			t.Fatalf("of three: %v", three.People)
		}
		// A third of two is a new room, and the pair keeps its own.
		asked := clubtest.Must(club.Chat.AskIn(t.Context(), club.Again(club.Regular), r.ID, club.Lapsed.ID))(t)
		if asked.ID == r.ID || len(asked.People) != 3 {
			t.Fatalf("asked in to %v", asked.People)
		}
		// A fourth comes into a room of three, and the three can have another.
		four := clubtest.Must(club.Chat.AskIn(t.Context(), club.Again(club.Regular), three.ID, club.Lapsed.ID))(t)
		if four.ID != three.ID || !four.People.Has(club.Lapsed.ID) {
			t.Fatalf("asked in to %v", four.People)
		}
		if other := openWith(t, club, club.Newcomer, club.Paying, club.Regular); other.ID == three.ID {
			t.Fatal("a room of four was given to three")
		}
		clubtest.OK(t, club.Chat.LeaveDirect(t.Context(), club.Again(club.Lapsed), four.ID))
		_, err := club.Chat.Direct(t.Context(), club.Again(club.Lapsed), four.ID)
		clubtest.Missing(t, err)
		_, err = club.Chat.AskIn(t.Context(), club.Again(club.Lapsed), four.ID, club.Owner.ID)
		clubtest.Missing(t, err)
		_, err = club.Chat.OpenDirect(t.Context(), club.Again(club.Regular), chat.DirectOf{})
		clubtest.Refused(t, err, "Choose one")
		_, err = club.Chat.OpenDirect(t.Context(), club.Again(club.Suspended), chat.DirectOf{Others: []id.ID{club.Regular.ID}})
		clubtest.Refused(t, err, "kept out")
	})
}

func TestWhatIsSaidAmongAFewIsTheirs(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := openWith(t, club, club.Regular, club.Paying)
		worth := func(v access.Viewer) int64 { return clubtest.Must(club.Standing.Of(t.Context(), v.ID))(t).Score }
		before := worth(club.Regular)
		m := say(t, club, club.Regular, r, "The darkroom key is under the **enlarger**, @olive.")
		clubtest.Must(club.Chat.React(t.Context(), club.Again(club.Paying), m.ID, "thanks", true))(t)
		if now := worth(club.Regular); now != before {
			t.Errorf("a word among a few earned %d", now-before)
		}
		for who, v := range club.Cast() {
			in := v.ID == club.Regular.ID || v.ID == club.Paying.ID
			has := clubtest.Must(club.Chat.Has(t.Context(), v, m.ID))(t)
			found := clubtest.Must(club.Search.Find(t.Context(), v, search.Parse("enlarger", club.Clock.Now()), ""))(t)
			if has != in || (len(found.Hits) == 1) != in || found.Facets.All > 0 != in {
				t.Errorf("%s: has it %v, finds %d, counts %d", who, has, len(found.Hits), found.Facets.All)
			}
			_, err := club.Chat.Direct(t.Context(), v, r.ID)
			if (err == nil) != in {
				t.Errorf("%s: the room: %v", who, err)
			}
			if _, err := club.Chat.Send(t.Context(), v, r.ID, chat.Draft{Key: club.Key(), Text: "Hello."}); (err == nil) != in {
				t.Errorf("%s: speaks: %v", who, err)
			}
			if !v.SignedIn() {
				continue
			}
			rooms, _, err := club.Chat.Directs(t.Context(), v, "")
			clubtest.OK(t, err)
			if (len(rooms) == 1) != in {
				t.Errorf("%s: has %d rooms", who, len(rooms))
			}
			rows, _, err := club.Bell.Rung(t.Context(), v, "", 10)
			clubtest.OK(t, err)
			told := slices.ContainsFunc(rows, func(n notify.Notification) bool { return n.Kind == notify.Direct || n.Kind == notify.Mentioned })
			if told && !in {
				t.Errorf("%s was told of it", who)
			}
		}
		_, err := club.Chat.Remove(t.Context(), club.Again(club.Owner), m.ID, "")
		clubtest.Missing(t, err)
	})
}

// TestAFewAreToldOnce: of each writer once, until they look; and what waits is counted beside every page.
func TestAFewAreToldOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := openWith(t, club, club.Regular, club.Paying)
		before := clubtest.Must(club.Bell.Unread(t.Context(), club.Again(club.Paying)))(t) // of the tier that was granted
		say(t, club, club.Regular, r, "One.")
		say(t, club, club.Regular, r, "Two.")
		waits := func() (bell, direct, unread int64) {
			v := club.Again(club.Paying)
			b := clubtest.Must(club.Home.Beside(t.Context(), v, time.Time{}))(t)
			rooms, _, err := club.Chat.Directs(t.Context(), v, "")
			clubtest.OK(t, err)
			return clubtest.Must(club.Bell.Unread(t.Context(), v))(t) - before, b.Direct, rooms[0].Unread
		}
		if bell, direct, unread := waits(); bell != 1 || direct != 1 || unread != 2 {
			t.Fatalf("%d on the bell, %d rooms, %d unread", bell, direct, unread)
		}
		clubtest.OK(t, club.Bell.Block(t.Context(), club.Again(club.Paying), club.Regular.ID))
		if bell, direct, unread := waits(); bell != 0 || direct != 0 || unread != 0 {
			t.Fatalf("of one who is blocked: %d on the bell, %d rooms, %d unread", bell, direct, unread)
		}
		clubtest.OK(t, club.Bell.Unblock(t.Context(), club.Again(club.Paying), club.Regular.ID))
		v := club.Again(club.Paying)
		room := clubtest.Must(club.Chat.Direct(t.Context(), v, r.ID))(t)
		s := clubtest.Must(club.Chat.Last(t.Context(), v, room))(t)
		clubtest.OK(t, club.Chat.Look(t.Context(), v, room, s))
		if bell, direct, unread := waits(); bell+direct+unread != 0 {
			t.Fatalf("after a look %d on the bell, %d rooms, %d unread", bell, direct, unread)
		}
	})
}

func TestWhoBlocksSomebodyIsNotWrittenToByThem(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		clubtest.OK(t, club.Bell.Block(t.Context(), club.Again(club.Paying), club.Regular.ID))
		open := func(v, with access.Viewer) error {
			_, err := club.Chat.OpenDirect(t.Context(), club.Again(v), chat.DirectOf{Others: []id.ID{with.ID}})
			return err
		}
		blocked, kept := open(club.Regular, club.Paying), open(club.Regular, club.Suspended)
		clubtest.Refused(t, blocked, "Paul takes no messages at present")
		clubtest.Refused(t, kept, "Suse takes no messages at present") // the same words: neither is told
		clubtest.Refused(t, open(club.Paying, club.Regular), "You block Rita")
		clubtest.OK(t, open(club.Newcomer, club.Paying))
	})
}

func TestNobodyFloodsTheClubWithRooms(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var err error
		opened := 0
		for i := range 8 {
			if _, err = club.Chat.OpenDirect(t.Context(), club.Again(club.Newcomer), chat.DirectOf{Others: []id.ID{club.Join(fmt.Sprintf("person%d", i)).ID}}); err != nil {
				break
			}
			opened++
		}
		clubtest.Refused(t, err, "You can open the next in")
		if opened != 5 {
			t.Errorf("a newcomer opened %d", opened)
		}
		club.Clock.Turn(24 * time.Hour)
		openWith(t, club, club.Newcomer, club.Regular)
	})
}

// What two said is theirs for good: neither a name nor one of them leaving opens it to a third.
func TestARoomOfAPairIsOpenedToNobody(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := openWith(t, club, club.Regular, club.Paying)
		m := say(t, club, club.Paying, r, "Between us.")
		clubtest.OK(t, club.Chat.RenameDirect(t.Context(), club.Again(club.Regular), r.ID, "Ours"))
		ask := func(who access.Viewer) chat.Room {
			t.Helper()
			asked := clubtest.Must(club.Chat.AskIn(t.Context(), club.Again(club.Regular), r.ID, who.ID))(t)
			if asked.ID == r.ID || clubtest.Must(club.Chat.Has(t.Context(), club.Again(who), m.ID))(t) {
				t.Fatalf("a third reads what two said, in %v", asked.People)
			}
			return asked
		}
		ask(club.Newcomer)
		clubtest.OK(t, club.Chat.LeaveDirect(t.Context(), club.Again(club.Paying), r.ID))
		if asked := ask(club.Lapsed); len(asked.People) != 2 {
			t.Errorf("whoever is alone asks somebody to %v", asked.People)
		}
		// A room of three that shrank is not the pair's: it can be opened to others.
		three := openWith(t, club, club.Moderator, club.Paying, club.Newcomer)
		clubtest.OK(t, club.Chat.LeaveDirect(t.Context(), club.Again(club.Newcomer), three.ID))
		if two := openWith(t, club, club.Moderator, club.Paying); two.ID == three.ID {
			t.Error("a room that others were in is given to a pair")
		}
		named := clubtest.Must(club.Chat.OpenDirect(t.Context(), club.Again(club.Moderator), chat.DirectOf{Others: []id.ID{club.Lapsed.ID}, Name: "Ours too"}))(t)
		if named.Name != "" {
			t.Errorf("a room of two is called %q", named.Name)
		}
		twice := clubtest.Must(club.Chat.OpenDirect(t.Context(), club.Again(club.Newcomer), chat.DirectOf{Others: []id.ID{club.Lapsed.ID, club.Lapsed.ID, club.Newcomer.ID}, Name: "Ours three"}))(t)
		if twice.Name != "" || len(twice.People) != 2 {
			t.Errorf("a room of two is called %q: %v", twice.Name, twice.People)
		}
	})
}

func TestADirectRoomIsFollowedOrMuted(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := openWith(t, club, club.Regular, club.Paying)
		clubtest.Refused(t, club.Chat.SetLevel(t.Context(), club.Again(club.Paying), r.ID, chat.Mentions), "everything is for you")
		clubtest.OK(t, club.Chat.SetLevel(t.Context(), club.Again(club.Paying), r.ID, chat.Muted))
	})
}
