package api

import (
	"context"

	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/standing"
)

// Board is the top of a leaderboard.
type Board struct {
	Period string   `json:"period,omitempty" doc:"As 2026-11 or 2026-W47; absent for all time"`
	Space  string   `json:"space,omitempty" doc:"Absent for the whole club"`
	Top    []Placed `json:"top" nullable:"false"`
	Own    Own      `json:"own"`
}

// Placed is one line of a board.
type Placed struct {
	Place  int64  `json:"place" doc:"The same points share a place"`
	Points int64  `json:"points"`
	Member Person `json:"member"`
}

// Own is where you stand.
type Own struct {
	Points int64 `json:"points"`
	Place  int64 `json:"place,omitempty"`
	Share  int64 `json:"share,omitempty" doc:"Far down: you are among the first of this many of 100"`
	Listed bool  `json:"listed" doc:"Whether you stand on boards at all"`
}

// BoardOf asks for a board.
type BoardOf struct {
	Over  string `query:"over" enum:"week,month,all" default:"month" doc:"Boards of all time are of the whole club alone"`
	Space string `query:"space" maxLength:"60" doc:"The address of a space; absent for the whole club"`
}

const boardTop = 25

func (a *API) board(ctx context.Context, v member.Visit, in *BoardOf) (Board, error) {
	var only id.ID
	if in.Space != "" {
		sp, err := a.into(ctx, v.Viewer, in.Space)
		if err != nil {
			return Board{}, err
		}
		only = sp.ID
	}
	var b standing.Board
	var err error
	switch {
	case in.Over == "all" && only != 0:
		return Board{}, problem.Invalid("over", "A space has boards by week and month.")
	case in.Over == "all":
		b, err = a.Club.Standing.AllTime(ctx, v.Viewer, boardTop)
	case in.Over == "week":
		b, err = a.Club.Standing.Week(ctx, v.Viewer, only, boardTop)
	default:
		b, err = a.Club.Standing.Month(ctx, v.Viewer, only, boardTop)
	}
	if err != nil {
		return Board{}, err
	}
	of, err := people(a, ctx, b.Top, func(p standing.Placed) id.ID { return p.Member })
	top := make([]Placed, len(b.Top))
	for i, p := range b.Top {
		top[i] = Placed{p.Place, p.Points, person(p.Member, of)}
	}
	return Board{Period: b.Period, Space: in.Space, Top: top, Own: Own(b.Own)}, err
}
