package forum

import (
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// poll is a poll as it is kept: what is written in the text of its post, so that a vote can be held to it.
type poll struct {
	ID       id.ID
	PostID   id.ID
	Number   int
	Question string
	Most     int
	ClosesAt *time.Time
	Results  string
	Named    bool
	Voters   int64
	Options  []string `gorm:"-"`
}

func pollOf(tx *store.Tx, post id.ID, number int, p prose.Poll) poll {
	row := poll{ID: tx.NewID(), PostID: post, Number: number, Question: p.Question, Most: p.Most, Results: p.Results, Named: p.Named, Options: p.Options}
	if !p.Closes.IsZero() {
		row.ClosesAt = &p.Closes
	}
	return row
}

// hold keeps the polls of a new text.
func hold(tx *store.Tx, post id.ID, polls []prose.Poll) error {
	for i, p := range polls {
		if err := pollOf(tx, post, i+1, p).add(tx); err != nil {
			return err
		}
	}
	return nil
}

func (p poll) add(tx *store.Tx) error {
	if err := tx.Create(&p).Error; err != nil {
		return err
	}
	return p.offer(tx, 0)
}

// offer keeps the options after the first so many.
func (p poll) offer(tx *store.Tx, after int) error {
	var rows []map[string]any
	for i, words := range p.Options[after:] {
		rows = append(rows, map[string]any{"poll_id": p.ID, "position": after + i + 1, "words": words, "votes": 0})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Table("poll_options").Create(rows).Error
}

// rehold keeps the polls of a text that was changed. One in which nobody voted may become anything.
// Once somebody did, its question, its options and its rules stay as they were voted on: a moderator may
// add options behind the others, and they or the author may move its end while it is open.
func rehold(tx *store.Tx, v access.Viewer, t Topic, post, author id.ID, polls []prose.Poll) error {
	kept, err := pollsOf(tx, post)
	if err != nil {
		return err
	}
	for _, was := range kept {
		if was.Voters == 0 {
			continue
		}
		if was.Number > len(polls) {
			return problem.Invalid("text", "Members have voted in “%s”, so it stays in the text. Put it back as it was.", was.Question)
		}
		next := pollOf(tx, post, was.Number, polls[was.Number-1])
		if err := was.upheld(next, v.Keeps(t.SpaceID)); err != nil {
			return err
		}
		if err := was.ends(next, v.ID == author || v.Keeps(t.SpaceID), tx.Now); err != nil {
			return err
		}
	}
	return replacePolls(tx, kept, post, polls)
}

// ends is nil if the end of a poll in which members voted may move to that of next: by those whose poll it
// is, while it is open, and to a time to come; never earlier where results are shown at the end.
func (p poll) ends(next poll, own bool, now time.Time) error {
	var was, to time.Time // zero: never
	if p.ClosesAt != nil {
		was = *p.ClosesAt
	}
	if next.ClosesAt != nil {
		to = *next.ClosesAt
	}
	switch sooner := !to.IsZero() && (was.IsZero() || to.Before(was)); {
	case to.Equal(was):
		return nil
	case !own:
		return problem.Invalid("text", "Members have voted in “%s”, so only its author and the moderators can move its end.", p.Question)
	case !was.IsZero() && !now.Before(was):
		return problem.Invalid("text", "“%s” is closed, so its end stays. Put it back as it was.", p.Question)
	case !to.IsZero() && !to.After(now):
		return problem.Invalid("text", "“%s” can end at a time to come, and not in the past.", p.Question)
	case sooner && p.Results == prose.AfterClosing:
		return problem.Invalid("text", "The results of “%s” are shown at its end, so that cannot come sooner. Put it back as it was.", p.Question)
	}
	return nil
}

// upheld is nil if a poll in which members voted may become another.
func (p poll) upheld(next poll, keeps bool) error {
	switch {
	case next.Question != p.Question || len(next.Options) < len(p.Options) || !slices.Equal(next.Options[:len(p.Options)], p.Options):
		return problem.Invalid("text", "Members have voted in “%s”, so its question and options stay, in their order and their words. Put them back as they were.", p.Question)
	case len(next.Options) > len(p.Options) && !keeps:
		return problem.Invalid("text", "Members have voted in “%s”, so only a moderator can add options to it.", p.Question)
	case min(next.Most, len(p.Options)) != p.Most && next.Most != p.Most || next.Results != p.Results || next.Named != p.Named:
		return problem.Invalid("text", "Members have voted in “%s”, so its rules stay. Put them back as they were.", p.Question)
	}
	return nil
}

// replacePolls writes polls over those that were kept, of which the voted ones were upheld.
func replacePolls(tx *store.Tx, kept []poll, post id.ID, polls []prose.Poll) error {
	voted := map[int]poll{}
	var gone []id.ID
	for _, was := range kept {
		if was.Voters > 0 {
			voted[was.Number] = was
		} else {
			gone = append(gone, was.ID)
		}
	}
	if len(gone) > 0 {
		if err := tx.Exec("delete from poll_options where poll_id in ?", gone).Error; err != nil {
			return err
		}
		if err := tx.Exec("delete from polls where id in ?", gone).Error; err != nil {
			return err
		}
	}
	for i, p := range polls {
		next := pollOf(tx, post, i+1, p)
		was, stays := voted[next.Number]
		if !stays {
			if err := next.add(tx); err != nil {
				return err
			}
			continue
		}
		if err := tx.Table("polls").Where("id = ?", was.ID).Updates(map[string]any{"closes_at": next.ClosesAt, "most": next.Most}).Error; err != nil {
			return err
		}
		next.ID = was.ID
		if err := next.offer(tx, len(was.Options)); err != nil {
			return err
		}
	}
	return nil
}

// pollsOf are the polls of a post in their order, with their options.
func pollsOf(tx *store.Tx, post id.ID) ([]poll, error) {
	var polls []poll
	if err := tx.Where("post_id = ?", post).Order("number").Find(&polls).Error; err != nil || len(polls) == 0 {
		return nil, err
	}
	var options []struct {
		PollID id.ID
		Words  string
	}
	err := tx.Table("poll_options").Joins("join polls on polls.id = poll_options.poll_id").Where("polls.post_id = ?", post).
		Order("poll_options.poll_id, poll_options.position").Select("poll_options.poll_id, poll_options.words").Find(&options).Error
	for _, o := range options {
		i := slices.IndexFunc(polls, func(p poll) bool { return p.ID == o.PollID })
		polls[i].Options = append(polls[i].Options, o.Words)
	}
	return polls, err
}
