package forum

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// PostsPerPage is how many posts a page of a topic shows.
const PostsPerPage = 20

// Order is the one in which posts are read.
type Order string

// The orders. ByVotes is that of questions: the question, the accepted answer, then whatever helped
// most; what helped as many stands as it was written.
const (
	Oldest  Order = "oldest"
	Newest  Order = "newest"
	ByVotes Order = "votes"
)

// Orders are all of them.
var Orders = []Order{ByVotes, Oldest, Newest}

// Stretch asks for part of a topic: From is the number of the post that it begins with; else Till is
// that of the post before which it ends; with neither it is the first of that order.
type Stretch struct {
	Order      Order
	From, Till int64
	Typed      bool // with what was typed, and not only what it became
}

// Page is a stretch of a topic: its posts in order, what came before and after.
type Page struct {
	Topic  Listed
	Order  Order
	Posts  []Post
	Answer *Post // the accepted one, when it stands on another page
	Before int64 // number to go back to, 0 when this is the beginning
	After  int64 // number to go on from, 0 when this is the end
	Given  map[id.ID][]Count
	Mine   map[id.ID]map[string]bool // reactions that the viewer gave
	Polls  map[id.ID]map[int]Ballot  // by post and number in it, as the viewer has them
	Seq    int64                     // of the topic, at the latest when the page was read
}

// Posts returns the page of a topic that begins with the post of that number (1 for the first page), for v, who
// may read it; a topic that is no longer than a page comes whole. Removed posts are among them without their text, but for their
// author and moderators.
func (f *Forum) Posts(ctx context.Context, v access.Viewer, t Listed, from int64) (Page, error) {
	return f.Stretch(ctx, v, t, Stretch{Order: Oldest, From: from, Typed: true})
}

// Stretch returns part of a topic in the order that is asked for, as Posts does. What fits on a page
// is there whole, wherever one asks to begin: nobody reads an answer without its question.
func (f *Forum) Stretch(ctx context.Context, v access.Viewer, t Listed, s Stretch) (p Page, err error) {
	if t.LastNumber <= PostsPerPage {
		s.From, s.Till = 0, 0
	}
	p = Page{Topic: t, Order: s.Order, Seq: t.Seq}
	db, columns := f.store.Read(ctx), s.columns(v)
	switch s.Order {
	case ByVotes:
		err = p.byVotes(db, columns, s)
	case Newest:
		err = p.newest(db, columns, s.From)
	default:
		err = p.oldest(db, columns, s.From)
	}
	if err != nil {
		return p, err
	}
	for i := range p.Posts {
		p.Posts[i] = veil(v, t.Topic, p.Posts[i])
	}
	p.Given, p.Mine, p.Polls, err = f.given(ctx, v, p.Posts)
	return p, err
}

// onPage are the columns that a page shows of a post.
const onPage = "id, topic_id, number, author_id, html, cards, created_at, edited_at, edited_by, removed_at, removed_by, votes, wiki, notice_html, notice_by, notice_at"

// columns leaves out what v's page does not show: strangers are shown the plain text beside the page, for
// those who find it elsewhere.
func (s Stretch) columns(v access.Viewer) string {
	switch {
	case s.Typed:
		return "*"
	case v.SignedIn():
		return onPage
	}
	return onPage + ", plain"
}

func (p *Page) oldest(db *store.DB, columns string, from int64) (err error) {
	p.Posts, err = store.All[Post](db.Select(columns).Where("topic_id = ? and number >= ?", p.Topic.ID, from).Order("number").Limit(PostsPerPage + 1))
	if err != nil {
		return err
	}
	p.cut()
	if from > 1 {
		p.Before = max(1, from-PostsPerPage)
	}
	return p.withAnswer(db, columns)
}

// newest begins with the last post if from is 0.
func (p *Page) newest(db *store.DB, columns string, from int64) (err error) {
	if from == 0 {
		from = p.Topic.LastNumber
	}
	p.Posts, err = store.All[Post](db.Select(columns).Where("topic_id = ? and number <= ?", p.Topic.ID, from).Order("number desc").Limit(PostsPerPage + 1))
	if err != nil {
		return err
	}
	p.cut()
	if from < p.Topic.LastNumber {
		p.Before = min(p.Topic.LastNumber, from+PostsPerPage)
	}
	return p.withAnswer(db, columns)
}

// cut keeps a page of the posts that were found, and the number that the next one begins with.
func (p *Page) cut() {
	if len(p.Posts) > PostsPerPage {
		p.After = p.Posts[PostsPerPage].Number
		p.Posts = p.Posts[:PostsPerPage]
	}
}

// withAnswer finds the accepted answer when it stands on another page.
func (p *Page) withAnswer(db *store.DB, columns string) error {
	if p.Topic.AnswerID == nil || slices.ContainsFunc(p.Posts, func(post Post) bool { return post.ID == *p.Topic.AnswerID }) {
		return nil
	}
	answer, err := store.One[Post](db.Select(columns).Where("id = ?", *p.Topic.AnswerID))
	if err != nil {
		return err
	}
	p.Answer = &answer
	return nil
}

// Sight is what whoever was sent the page was shown, who has read up to that number.
func (p Page) Sight(upTo int64) Sight { return Sight{UpTo: upTo, Posts: idsOf(p.Posts)} }

// Seen is the number up to which whoever read all of the page has read the topic: in the order of time
// to its last post; in another only as far as nothing is left out.
func (p Page) Seen() int64 {
	switch {
	case len(p.Posts) == 0:
		return 0
	case p.Order == Oldest:
		return p.Posts[len(p.Posts)-1].Number
	case p.Whole():
		return p.Topic.LastNumber
	}
	numbers := make([]int64, len(p.Posts))
	for i, post := range p.Posts {
		numbers[i] = post.Number
	}
	slices.Sort(numbers)
	seen := p.Topic.ReadNumber
	for _, n := range numbers {
		if n == seen+1 {
			seen = n
		}
	}
	return seen
}

// Opened is Seen for whoever tells what they really saw as they go: the topic is no longer new to them,
// and where they are in it is not known yet. Of a page on which none of that is told, in another order
// than that of time, it is Seen.
func (p Page) Opened() int64 {
	if p.Order != Oldest && !p.Whole() || len(p.Posts) == 0 {
		return p.Seen()
	}
	return min(p.Seen(), max(1, p.Topic.ReadNumber))
}

// Whole tells whether all of the topic stands on the page.
func (p Page) Whole() bool { return p.Before == 0 && p.After == 0 }

// veil takes the text from a removed post for whoever is not to read it.
func veil(v access.Viewer, t Topic, p Post) Post {
	if p.Removed() && p.AuthorID != v.ID && !v.Keeps(t.SpaceID) {
		p.Source, p.HTML, p.Plain, p.Cards = "", "", "", ""
	}
	return p
}

// Around is the number that a page begins with so that number stands on it.
func Around(number int64) int64 {
	if number <= 1 {
		return 1
	}
	return (number-1)/PostsPerPage*PostsPerPage + 1
}
