package main

import (
	"fmt"
	"testing"

	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/founding"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/models/store"
)

// ground is a small club in a database of its own, founded before the program runs on it: one space
// with a room and two topics, and members who write there.
type ground struct {
	database string
	space    space.Space
	room     id.ID
	topics   []forum.Topic
	writers  []string
}

func settled(t *testing.T, database string, writers int) *ground {
	t.Helper()
	g := &ground{database: database}
	db, club := g.enter(t)
	secret := clubtest.Must(club.Founding.Link(t.Context()))(t)
	owner := clubtest.Must(club.Founding.Begin(t.Context(), secret, founding.Setup{
		Name: "Northlight", Hue: 162, Zone: "Europe/London", Owner: member.Profile{Handle: "olive", Name: "Olive"}, Space: "Common room",
	}, member.From{}))(t)
	v := clubtest.Must(club.Members.SignedIn(t.Context(), owner))(t).Viewer
	g.space = clubtest.Must(club.Spaces.Seen(t.Context(), v))(t)[0]
	g.room = clubtest.Must(club.Chat.Room(t.Context(), v, g.space.ID))(t).ID
	for i := range 2 {
		d := forum.Draft{Key: fmt.Sprintf("topic-%d", i), Title: fmt.Sprintf("What is on the line, %d", i), Text: fmt.Sprintf("Say what you hang up to dry, %d.", i)}
		g.topics = append(g.topics, clubtest.Must(club.Forum.Start(t.Context(), v, g.space.ID, d))(t))
	}
	for i := range writers {
		g.writers = append(g.writers, fmt.Sprintf("writer_%d", i))
		clubtest.OK(t, db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := member.Join(tx, member.Newcomer{Profile: member.Profile{Handle: g.writers[i], Name: fmt.Sprintf("Writer %d", i), Zone: "Europe/London"}})
			return err
		}))
	}
	clubtest.OK(t, club.Close())
	return g
}

// enter opens the club's database from within the test, while the program does not run on it.
func (g *ground) enter(t *testing.T) (*store.Store, *models.Club) {
	t.Helper()
	db := clubtest.Must(store.Open(t.Context(), g.database, store.System{}))(t)
	clubtest.OK(t, db.Migrate(t.Context()))
	return db, models.Over(db)
}

// places are all that has a sequence.
func (g *ground) places() []id.ID {
	all := []id.ID{g.room}
	for _, topic := range g.topics {
		all = append(all, topic.ID)
	}
	return all
}

// heardAll lets a listener hear every place up to where it stands now, when nobody writes any more.
func (g *ground) heardAll(t *testing.T, l *listener) {
	t.Helper()
	for _, place := range g.places() {
		l.until(place, l.who.head(t, place))
	}
}
