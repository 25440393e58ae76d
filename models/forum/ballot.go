package forum

import (
	"context"
	"fmt"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Ballot is a poll as one viewer has it: what they chose, and the results if they may see them.
type Ballot struct {
	Closed bool
	Shown  bool    // the results are there for this viewer
	Voters int64   // how many voted
	Votes  []int64 // by option; all 0 where they are not shown
	Own    []bool  // by option: what the viewer chose
}

// Voted tells whether the viewer has voted.
func (b Ballot) Voted() bool {
	for _, own := range b.Own {
		if own {
			return true
		}
	}
	return false
}

// ballots are those of posts by post and number in it, filled from rows of polled. Posts without polls,
// and removed ones, have none.
func ballots(posts []Post, rows []Count, own map[id.ID]map[string]bool, now time.Time) map[id.ID]map[int]Ballot {
	n := map[id.ID]map[string]int64{}
	for _, r := range rows {
		if n[r.SubjectID] == nil {
			n[r.SubjectID] = map[string]int64{}
		}
		n[r.SubjectID][r.Kind] = r.N
	}
	all := map[id.ID]map[int]Ballot{}
	for _, p := range posts {
		if p.Removed() || !prose.HasPolls(p.HTML) {
			continue
		}
		all[p.ID] = map[int]Ballot{}
		for _, part := range prose.Parts(p.HTML) {
			if part.Number > 0 {
				all[p.ID][part.Number] = ballot(part, n[p.ID], own[p.ID], now)
			}
		}
	}
	return all
}

func ballot(part prose.Part, n map[string]int64, own map[string]bool, now time.Time) Ballot {
	p := part.Poll
	b := Ballot{
		Closed: !p.Closes.IsZero() && !now.Before(p.Closes), Voters: n[pollKind(part.Number, 0)],
		Votes: make([]int64, len(p.Options)), Own: make([]bool, len(p.Options)),
	}
	for i := range p.Options {
		kind := pollKind(part.Number, i+1)
		b.Votes[i], b.Own[i] = n[kind], own[kind]
	}
	b.Shown = b.Closed || p.Results == prose.Always || p.Results == prose.AfterVoting && b.Voted()
	if !b.Shown {
		clear(b.Votes)
	}
	return b
}

// pollKind is how a row of polled names an option of a poll, or with 0 all who voted.
func pollKind(number, position int) string { return fmt.Sprintf("#%d.%d", number, position) }

// polled counts the votes in the polls of posts as rows of reactions: one for each option, and one
// for all who voted.
func polled(db *store.DB, by id.ID, posts []id.ID) *store.DB {
	return db.Raw(`select polls.post_id as subject_id, '#' || polls.number || '.' || poll_options.position as kind, poll_options.votes as n,
			(select count(*) from poll_votes where poll_votes.poll_id = polls.id and poll_votes.member_id = ? and poll_votes.position = poll_options.position) as own
		from polls join poll_options on poll_options.poll_id = polls.id where polls.post_id in ?
		union all
		select post_id, '#' || number || '.0', voters, 0 from polls where post_id in ?`, by, posts, posts)
}

// given are the reactions to posts and the ballots of their polls, in one statement.
func (f *Forum) given(ctx context.Context, v access.Viewer, posts []Post) (given map[id.ID][]Count, own map[id.ID]map[string]bool, votes map[id.ID]map[int]Ballot, err error) {
	db := f.store.Read(ctx)
	var with []id.ID
	for _, p := range posts {
		if prose.HasPolls(p.HTML) {
			with = append(with, p.ID)
		}
	}
	if len(with) == 0 {
		given, own, err = reactions.Of(db, v.ID, idsOf(posts))
		return given, own, nil, err
	}
	given, own, err = reactions.Of(db, v.ID, idsOf(posts), polled(db, v.ID, with))
	var rows []Count
	for _, key := range with {
		var rest []Count
		for _, c := range given[key] {
			if c.Kind[0] == '#' {
				rows = append(rows, c)
			} else {
				rest = append(rest, c)
			}
		}
		given[key] = rest
	}
	return given, own, ballots(posts, rows, own, f.store.Now(ctx)), err
}

// Ballots are the polls of one post as v has them, by their number in it. The caller has asked whether
// v may read the post.
func (f *Forum) Ballots(ctx context.Context, v access.Viewer, p Post) (map[int]Ballot, error) {
	_, _, all, err := f.given(ctx, v, []Post{p})
	return all[p.ID], err
}

// MaxNamed is how many votes of a poll are listed with their members.
const MaxNamed = 500

// Voters lists who chose which option of a post's poll, the first votes first and at most MaxNamed, by the
// option's position. They are told where the poll says so, to whoever may see its results.
func (f *Forum) Voters(ctx context.Context, v access.Viewer, p Post, number int) (poll prose.Poll, b Ballot, chosen map[int][]id.ID, err error) {
	all, err := f.Ballots(ctx, v, p)
	if err != nil {
		return poll, b, nil, err
	}
	b, ok := all[number]
	for _, part := range prose.Parts(p.HTML) {
		if part.Number == number {
			poll = part.Poll
		}
	}
	switch {
	case !ok:
		return poll, b, nil, problem.Missing("There is no such poll any more.")
	case !poll.Named:
		return poll, b, nil, problem.Refused("Nobody sees who voted for what in this poll.")
	case !b.Shown:
		return poll, b, nil, problem.Refused("You do not see the results of this poll yet.")
	}
	var rows []struct {
		Position int
		MemberID id.ID
	}
	err = f.store.Read(ctx).Table("poll_votes").Joins("join polls on polls.id = poll_votes.poll_id").
		Where("polls.post_id = ? and polls.number = ?", p.ID, number).
		Order("poll_votes.at, poll_votes.member_id, poll_votes.position").Limit(MaxNamed).
		Select("poll_votes.position, poll_votes.member_id").Find(&rows).Error
	chosen = map[int][]id.ID{}
	for _, r := range rows {
		chosen[r.Position] = append(chosen[r.Position], r.MemberID)
	}
	return poll, b, chosen, err
}
