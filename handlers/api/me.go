package api

import (
	"context"
	"time"

	"guildhall/models/member"
	"guildhall/models/problem"
)

// Me is whom the token belongs to, and the token itself.
type Me struct {
	ID       string    `json:"id"`
	Handle   string    `json:"handle"`
	Name     string    `json:"name"`
	Zone     string    `json:"zone" doc:"IANA name of the time zone that times are shown to you in"`
	JoinedAt time.Time `json:"joined_at"`
	Tier     string    `json:"tier"`
	Status   string    `json:"status"`
	Token    Token     `json:"token"`
}

// Token is the token that asks.
type Token struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Scopes    []member.Scope `json:"scopes" nullable:"false"`
	Space     string         `json:"space,omitempty" doc:"The one space that it is for; absent: all that you may read"`
	ExpiresAt time.Time      `json:"expires_at"`
}

func (a *API) me(ctx context.Context, v member.Visit, _ *struct{}) (Me, error) {
	m, t := v.Member, v.Token
	me := Me{
		ID: m.ID.String(), Handle: m.Handle, Name: m.Name, Zone: m.Zone, JoinedAt: at(m.JoinedAt),
		Tier: v.Viewer.Tier().Name, Status: v.Viewer.Rung().Name,
		Token: Token{ID: t.ID.String(), Name: t.Name, Scopes: t.Held(), ExpiresAt: at(t.ExpiresAt)},
	}
	if only := t.Space(); only != 0 {
		sp, err := a.Club.Spaces.Get(ctx, v.Viewer, only)
		if err != nil && problem.Of(err) == nil {
			return me, err
		}
		me.Token.Space = sp.Slug
	}
	return me, nil
}
