package api

import (
	"context"
	"slices"
	"time"

	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/views"
)

// Notification is something that you were told, as it may be told at this moment.
type Notification struct {
	ID     string    `json:"id"`
	Kind   string    `json:"kind" doc:"replied, quoted, mentioned, reacted, accepted, rose, won, granted or warned"`
	At     time.Time `json:"at"`
	Read   bool      `json:"read"`
	By     *Person   `json:"by,omitempty" doc:"Who caused it"`
	Title  string    `json:"title,omitempty" doc:"Of the topic, the space of the room, the status, the badge or the tier; of a warning its reason"`
	Space  string    `json:"space,omitempty"`
	Topic  string    `json:"topic,omitempty"`
	Number int64     `json:"number,omitempty" doc:"Of the post"`
	URL    string    `json:"url,omitempty"`
}

const notesPerPage = 30

func (a *API) notifications(ctx context.Context, v member.Visit, in *Page) (List[Notification], error) {
	notes, next, err := a.Club.Home.Notes(ctx, v.Viewer, home.Cursor(in.After), notesPerPage)
	if err != nil {
		return List[Notification]{}, err
	}
	of, err := people(a, ctx, notes, by)
	if err != nil {
		return List[Notification]{}, err
	}
	all := make([]Notification, len(notes))
	for i, n := range notes {
		all[i] = a.noteOf(n, of)
	}
	return list(all, string(next)), nil
}

// unsigned are told by the club, whoever of its staff it was.
var unsigned = []string{notify.Rose, notify.Won, notify.Granted, notify.Warned}

func by(n home.Note) id.ID {
	if n.ActorID == nil {
		return 0
	}
	return *n.ActorID
}

func (a *API) noteOf(n home.Note, of map[id.ID]views.Person) Notification {
	said := Notification{ID: n.ID.String(), Kind: n.Kind, At: at(n.CreatedAt), Read: n.ReadAt != nil, Title: n.Title, Space: n.Space, Number: n.Number}
	if key := by(n); key != 0 && !slices.Contains(unsigned, n.Kind) {
		p := person(key, of)
		said.By = &p
	}
	switch {
	case n.Rung.Name != "":
		said.Title = n.Rung.Name
	case n.Badge.Name != "":
		said.Title = n.Badge.Name
	}
	switch {
	case n.Topic != 0:
		said.Topic = n.Topic.String()
		said.URL = a.BaseURL + views.PostAddress(n.Space, n.Topic, n.Slug, n.Number)
	case n.Space != "":
		said.URL = a.BaseURL + views.RoomAddress(n.Space)
	}
	return said
}
