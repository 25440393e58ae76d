package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Answered is the event that an answer was accepted.
type Answered struct{ Topic, Post, By, Author id.ID }

// Accept marks a post as the answer to its question, in place of any before: the asker's to say,
// or a moderator's. An asker who accepts their own answer earns nothing by it.
func (f *Forum) Accept(ctx context.Context, v access.Viewer, post id.ID) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := f.mayAnswer(tx, v, t); err != nil {
			return err
		}
		if p.Removed() || p.Number == 1 {
			return problem.Refused("The question itself cannot be its answer.")
		}
		if t.AnswerID != nil && *t.AnswerID == p.ID {
			return nil
		}
		if err := f.setAnswer(tx, &t, &p.ID); err != nil {
			return err
		}
		if err := f.earnAnswer(tx, t, p.ID, p.AuthorID); err != nil {
			return err
		}
		tx.Say(Answered{Topic: t.ID, Post: p.ID, By: v.ID, Author: p.AuthorID})
		return notify.Tell(tx, notify.Line{Kind: notify.Accepted, At: t.ID, Subject: p.ID, By: v.ID, Without: muting(tx.DB, t.ID, []id.ID{p.AuthorID})}, p.AuthorID)
	})
	return p, err
}

// earnAnswer gives the author of an answer what it earns them, unless they asked themselves.
func (f *Forum) earnAnswer(tx *store.Tx, t Topic, answer, author id.ID) error {
	if author == t.AuthorID {
		return nil
	}
	return f.standing.Earn(tx, standing.Act{Kind: standing.Accepted, By: author, From: t.AuthorID, On: answer, At: t.Place()})
}

// Unaccept takes the answer of a question back, and what it earned.
func (f *Forum) Unaccept(ctx context.Context, v access.Viewer, post id.ID) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := f.mayAnswer(tx, v, t); err != nil {
			return err
		}
		if t.AnswerID == nil || *t.AnswerID != p.ID {
			return nil
		}
		return f.setAnswer(tx, &t, nil)
	})
	return p, err
}

func (f *Forum) mayAnswer(tx *store.Tx, v access.Viewer, t Topic) error {
	var kind string
	if err := tx.Table("spaces").Select("kind").Where("id = ?", t.SpaceID).Take(&kind).Error; err != nil {
		return err
	}
	if kind != space.Questions {
		return problem.Refused("Answers are accepted in question spaces only.")
	}
	if t.AuthorID != v.ID && !v.Keeps(t.SpaceID) {
		return problem.Refused("Only the person who asked can accept an answer.")
	}
	return v.CanReact(t)
}

// setAnswer moves the mark, and takes from the answer before what it earned.
func (f *Forum) setAnswer(tx *store.Tx, t *Topic, answer *id.ID) error {
	if old := t.AnswerID; old != nil {
		if err := f.standing.VoidKind(tx, standing.Accepted, *old); err != nil {
			return err
		}
		if _, err := stream.Add(tx, t.ID, stream.Edited, *old); err != nil {
			return err
		}
	}
	t.AnswerID, t.AnsweredAt = answer, nil
	if answer != nil {
		t.AnsweredAt = &tx.Now
		if _, err := stream.Add(tx, t.ID, stream.Edited, *answer); err != nil {
			return err
		}
	}
	return tx.Model(t).Select("answer_id", "answered_at").Updates(t).Error
}
