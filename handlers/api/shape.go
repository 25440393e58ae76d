package api

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/reaction"
	"guildhall/views"
)

// List is a page of something.
type List[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Ask again with after set to this for what follows. Absent at the end."`
}

func list[T any](items []T, next string) List[T] {
	if items == nil {
		items = []T{} // an empty list, and not null
	}
	return List[T]{items, next}
}

// Page is where a list goes on.
type Page struct {
	After string `query:"after" maxLength:"64" doc:"The next of the page before."`
}

// InSpace names a space.
type InSpace struct {
	Space string `path:"space" maxLength:"60" doc:"The space's address, as in /s/…"`
}

// InTopic names a topic in its space.
type InTopic struct {
	InSpace
	Topic string `path:"topic" minLength:"11" maxLength:"11" doc:"The topic's id"`
}

// Person is a member as they are named beside what they wrote. One who left is former, without a name.
type Person struct {
	ID     string `json:"id"`
	Handle string `json:"handle,omitempty"`
	Name   string `json:"name,omitempty"`
	Tier   string `json:"tier,omitempty"`
	Status string `json:"status,omitempty"`
	Former bool   `json:"former,omitempty"`
}

func person(key id.ID, of map[id.ID]views.Person) Person {
	p, ok := of[key]
	if !ok || p.Former() {
		return Person{ID: key.String(), Former: true}
	}
	return Person{ID: key.String(), Handle: p.Handle, Name: p.Name, Tier: p.Tier.Name, Status: p.Rung.Name}
}

// people looks up who wrote things.
func people[T any](a *API, ctx context.Context, things []T, by func(T) id.ID) (map[id.ID]views.Person, error) {
	ids := make([]id.ID, len(things))
	for i, thing := range things {
		ids[i] = by(thing)
	}
	return a.People(ctx, ids)
}

// Reaction is how many members gave one kind of reaction.
type Reaction struct {
	Kind  string `json:"kind"`
	Count int64  `json:"count"`
}

func given(counts []reaction.Count) []Reaction {
	all := make([]Reaction, len(counts))
	for i, c := range counts {
		all[i] = Reaction{c.Kind, c.N}
	}
	return all
}

// Failure is the shape of every answer that is none.
type Failure struct {
	Error Trouble `json:"error"`
}

// Trouble is what went wrong.
type Trouble struct {
	Code  string `json:"code" doc:"A word for programs, as missing or refused"`
	Text  string `json:"text" doc:"A sentence for people"`
	Field string `json:"field,omitempty" doc:"What of the request it is about"`
	Door  *Door  `json:"door,omitempty" doc:"The space that is closed to you, and what opens it"`
}

// Door is what a closed space shows: which keys open it. Ways are alternatives, and of a way all
// needs have to be met.
type Door struct {
	Space string   `json:"space"`
	Name  string   `json:"name"`
	Ways  [][]Need `json:"ways" nullable:"false"`
}

// Need is one key that a way asks for.
type Need struct {
	Key  string `json:"key" doc:"What it is, in words"`
	Met  bool   `json:"met"`
	Have int64  `json:"have,omitempty" doc:"Points or days that you have"`
	Want int64  `json:"want,omitempty" doc:"Points or days that it asks for"`
	Gap  int64  `json:"gap,omitempty" doc:"Points or days to go"`
}

func at(t time.Time) time.Time { return t.UTC() }

func maybe(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}
