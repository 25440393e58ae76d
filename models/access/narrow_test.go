package access_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/models/store"
)

// TestNarrowedReadRulesAgree is the law of what a token may have: whoever the cast, whatever the
// space that it is for and whatever the object, what is listed is what is allowed; it is never more
// than its member may read, and nothing of it comes from a moderator's seat or from owning the club.
func TestNarrowedReadRulesAgree(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		spaces := houses(t, club)
		var topics []struct{ ID id.ID }
		clubtest.OK(t, club.Store.Read(t.Context()).Table("topics").Find(&topics).Error)
		ends := club.Clock.Now().Add(time.Hour)
		shown, held := map[string]int{}, 0
		for who, v := range club.Cast() {
			for _, only := range append([]space.Space{{}}, spaces...) {
				n := v.Narrowed(only.ID, ends)
				listed := map[id.ID]bool{}
				for _, sp := range spaces {
					for _, l := range everything(t, club, n, sp.ID) {
						listed[l] = true
					}
					agreeOnSpace(t, club, who, n, sp, only.ID)
				}
				for _, topic := range topics {
					place := clubtest.Must(access.FindPlace(club.Store.Read(t.Context()), topic.ID))(t)
					may := n.CanRead(place) == nil
					if _, err := club.Forum.Topic(t.Context(), n, topic.ID); may != listed[topic.ID] || may != (err == nil) {
						t.Errorf("%s: allowed %v, listed %v, found %v", who, may, listed[topic.ID], err)
					}
					if may && (place.Hidden || v.CanRead(place) != nil || only.ID != 0 && place.SpaceID != only.ID) {
						t.Errorf("%s reads more by a token: %+v", who, place)
					}
					if may {
						shown[who]++
					} else if v.CanRead(place) == nil {
						held++
					}
				}
			}
		}
		if shown["owner"] == 0 || shown["owner"] >= shown["paying"] || shown["suspended"] != 0 || held < 100 {
			t.Fatalf("the law proved little: shown %v, kept from %d who may read it by themselves", shown, held)
		}
	})
}

func agreeOnSpace(t *testing.T, club *clubtest.Club, who string, n access.Viewer, sp space.Space, only id.ID) {
	t.Helper()
	sees, enters := n.CanSee(sp.ID) == nil, n.CanEnter(sp.ID) == nil
	if sees != slices.Contains(n.Seen(), sp.ID) || enters != slices.Contains(n.Entered(), sp.ID) {
		t.Errorf("%s: sees %v and enters %v %s, listed otherwise", who, sees, enters, sp.Name)
	}
	if _, err := club.Spaces.BySlug(t.Context(), n, sp.Slug); sees != (err == nil) {
		t.Errorf("%s sees %s: %v, found: %v", who, sp.Name, sees, err)
	}
	if only != 0 && only != sp.ID {
		if a, b := n.CanEnter(sp.ID), n.CanEnter(club.Store.NewID()); a == nil || a.Error() != b.Error() {
			t.Errorf("%s: %s beside the one space answers %v", who, sp.Name, a)
		}
	}
	if n.Keeps(sp.ID) || n.Staff() || n.Owner() {
		t.Errorf("%s has the powers of staff by a token", who)
	}
}

// TestNarrowedNeverChanges: whatever a member may do, what a token has of them does none of it, and
// no transaction makes it wide again.
func TestNarrowedNeverChanges(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "To be answered")
		room := clubtest.Must(club.Chat.Room(t.Context(), club.Regular, club.Open.ID))(t)
		post := clubtest.Must(club.Forum.First(t.Context(), topic.ID))(t)
		for who, wide := range map[string]access.Viewer{"regular": club.Again(club.Regular), "owner": club.Again(club.Owner), "moderator": club.Again(club.Moderator)} {
			clubtest.OK(t, wide.CanReply(topic))
			for _, v := range []access.Viewer{wide.Narrowed(0, club.Clock.Now().Add(time.Hour)), wide.Narrowed(club.Open.ID, club.Clock.Now().Add(time.Hour))} {
				clubtest.OK(t, v.CanRead(topic))
				for what, err := range changes(t, club, v, topic, room, post) {
					if err == nil {
						t.Errorf("%s: %s was done by a token", who, what)
						continue
					}
					clubtest.Refused(t, err, "only reads")
				}
				club.Write(func(tx *store.Tx) error {
					again, err := club.Access.Renew(tx, v)
					clubtest.Refused(t, err, "only reads")
					if again.Owner() || again.CanReply(topic) == nil {
						t.Errorf("%s: renewed, it is wide again", who)
					}
					return nil
				})
			}
		}
	})
}

func changes(t *testing.T, club *clubtest.Club, v access.Viewer, topic forum.Topic, room chat.Room, post id.ID) map[string]error {
	ctx, words := t.Context(), forum.Draft{Key: club.Key(), Title: "By a token", Text: "I was here."}
	did := map[string]error{
		"may start": v.CanStart(club.Open.ID), "may reply": v.CanReply(topic), "may react": v.CanReact(topic), "may chat": v.CanChat(room),
		"read":       club.Forum.ReadUpTo(ctx, v, topic.ID, 1),
		"looked":     club.Forum.LookedIn(ctx, v, club.Open.ID),
		"heard":      club.Chat.ReadUpTo(ctx, v, room.ID, 1),
		"bell":       club.Bell.Read(ctx, v, 0),
		"theme":      club.Members.ChangeTheme(ctx, v, "dark"),
		"caught up":  club.Members.CaughtUp(ctx, v),
		"boards":     club.Members.ShowOnBoards(ctx, v, false),
		"sessions":   club.Members.RevokeOthers(ctx, v, 0),
		"tokens":     club.Members.RevokeToken(ctx, v, 1),
		"group":      club.Access.Join(ctx, v, 1, v.ID, nil),
		"invitation": club.Joining.Withdraw(ctx, v, 1),
	}
	_, did["start"] = club.Forum.Start(ctx, v, club.Open.ID, words)
	_, did["reply"] = club.Forum.Reply(ctx, v, topic.ID, words)
	_, did["hide"] = club.Forum.Hide(ctx, v, topic.ID, true)
	_, did["react"] = club.Forum.React(ctx, v, post, "thanks", true)
	_, did["chat"] = club.Chat.Send(ctx, v, room.ID, chat.Draft{Key: club.Key(), Text: "Hello."})
	_, _, did["invite"] = club.Joining.Invite(ctx, v, 1, 1)
	return did
}

func TestNarrowedEndsWithItsToken(t *testing.T) {
	club := clubtest.SQLite(t)
	ends := club.Clock.Now().Add(time.Minute)
	if n := club.Again(club.Regular).Narrowed(0, ends); n.Until().After(ends) || n.Until().IsZero() {
		t.Errorf("it lasts until %v, and its token until %v", n.Until(), ends)
	}
	if wide := club.Again(club.Regular); wide.CanReply(club.Topic(club.Open, "Wide")) != nil {
		t.Error("the member is narrow too")
	}
}
