package forum

import (
	"slices"
	"strconv"

	"guildhall/models/id"
	"guildhall/models/store"
)

// ofVotes is the statement of what stands at the head in the order of votes, the question and the
// accepted answer, and of a page of the rest: on from the place of one post, or back from it. A place is
// a number of votes and the number of the post; for a post that is not among the rest there is none, and
// the rest begins. It goes along an index and stops after a page.
func ofVotes(columns string, back bool) string {
	rest := "with at as (select votes, number from posts where topic_id = @topic and number = @number and number > 1 and id <> @answer) " +
		"select " + columns + " from posts where topic_id = @topic and (number = 1 or id = @answer) " +
		"union all select * from (select " + columns + " from posts where topic_id = @topic and number > 1 and id <> @answer "
	if back {
		return rest + "and votes >= (select votes from at) and not (votes = (select votes from at) and number >= (select number from at)) " +
			"order by votes, number desc limit " + aPageAndOne + ") as rest"
	}
	return rest + "and votes <= coalesce((select votes from at), @all) and not (votes = coalesce((select votes from at), -1) and number < (select number from at)) " +
		"order by votes desc, number limit " + aPageAndOne + ") as rest"
}

// aPageAndOne stands in the statements as it is: SQLite plans a union with a limit that it is told later
// anew each time.
var aPageAndOne = strconv.Itoa(PostsPerPage + 1)

// allVotes is more than any post has.
const allVotes = int64(1) << 62

// byVotes reads a stretch in the order of votes.
func (p *Page) byVotes(db *store.DB, columns string, s Stretch) error {
	asked := map[string]any{"topic": p.Topic.ID, "number": max(s.From, s.Till), "answer": id.ID(0), "all": allVotes}
	if p.Topic.AnswerID != nil {
		asked["answer"] = *p.Topic.AnswerID
	}
	back := s.From == 0 && s.Till > 0
	found, err := store.All[Post](db.Raw(ofVotes(columns, back), asked))
	if err != nil {
		return err
	}
	heads, others := p.heads(found)
	if back {
		p.endBefore(s.Till, heads, others)
	} else {
		p.beginWith(s.From, heads, others)
	}
	return nil
}

// heads parts what stands at the head, in its order, from the rest.
func (p *Page) heads(found []Post) (heads, others []Post) {
	for _, post := range found {
		switch {
		case post.Number == 1:
			heads = append([]Post{post}, heads...)
		case p.Topic.AnswerID != nil && post.ID == *p.Topic.AnswerID:
			heads = append(heads, post)
		default:
			others = append(others, post)
		}
	}
	return heads, others
}

// beginWith is the page from a post on, or the first.
func (p *Page) beginWith(from int64, heads, others []Post) {
	p.Posts = others
	if from > 1 && len(others) > 0 && others[0].Number == from {
		p.Before = from
		p.aside(heads)
	} else {
		p.Posts = slices.Concat(heads, others)
	}
	p.cut()
}

// endBefore is the page whose last post stands before that one; others come backwards.
func (p *Page) endBefore(till int64, heads, others []Post) {
	p.After = till
	if len(others) > PostsPerPage {
		others = others[:PostsPerPage]
		p.Before = others[PostsPerPage-1].Number
		p.aside(heads)
		heads = nil
	}
	slices.Reverse(others)
	p.Posts = slices.Concat(heads, others)
}

// aside notes the accepted answer of a page on which it does not stand.
func (p *Page) aside(heads []Post) {
	for _, post := range heads {
		if post.Number > 1 {
			p.Answer = &post
		}
	}
}
