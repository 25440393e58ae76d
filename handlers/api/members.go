package api

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/views"
)

// Member is what the page of a member shows to everybody.
type Member struct {
	Person
	Number   int64     `json:"number" doc:"In order of joining"`
	Bio      string    `json:"bio,omitempty"`
	JoinedAt time.Time `json:"joined_at"`
	Badges   []string  `json:"badges" nullable:"false"`
	URL      string    `json:"url"`
}

// ByHandle names a member.
type ByHandle struct {
	Handle string `path:"handle" maxLength:"30" doc:"Without the @"`
}

func (a *API) member(ctx context.Context, _ member.Visit, in *ByHandle) (Member, error) {
	m, err := a.Club.Members.ByHandle(ctx, in.Handle)
	if err != nil {
		return Member{}, err
	}
	of, err := a.People(ctx, []id.ID{m.ID})
	if err != nil {
		return Member{}, err
	}
	card, err := a.Club.Standing.Of(ctx, m.ID)
	if err != nil {
		return Member{}, err
	}
	badges := make([]string, len(card.Badges))
	for i, b := range card.Badges {
		badges[i] = b.Name
	}
	return Member{
		Person: person(m.ID, of), Number: m.Number, Bio: m.Bio, JoinedAt: at(m.JoinedAt), Badges: badges,
		URL: a.BaseURL + views.MemberAddress(m.Handle),
	}, nil
}
