package views

import (
	"strconv"
	"time"

	"guildhall/models/forum"
	"guildhall/models/space"
)

// UsualOrder is the one in which the posts of a space's topics are read unless one asks for another.
func UsualOrder(sp space.Space) forum.Order {
	if sp.Kind == space.Questions {
		return forum.ByVotes
	}
	return forum.Oldest
}

// PostInTime is a post among those that were written before and after it, also in a topic that is
// read in another order.
func PostInTime(sp space.Space, t forum.Topic, number int64) string {
	at := with(TopicAddress(sp.Slug, t.ID, t.Slug), "post", strconv.FormatInt(number, 10))
	if UsualOrder(sp) != forum.Oldest {
		at = with(at, "order", string(forum.Oldest))
	}
	return at + "#p" + strconv.FormatInt(number, 10)
}

// JumpForm is where one asks for a day or a number in a topic. Fields: at (a day), to (a number).
type JumpForm struct {
	At, To string
	Faults Faults
}

// inTime tells whether posts stand in the order in which they were written.
func (p TopicPage) inTime() bool { return p.Order != forum.ByVotes && p.Order != forum.Newest }

// ordered is the address of the topic in an order.
func (p TopicPage) ordered(o forum.Order) string {
	if o == UsualOrder(p.Space) {
		return p.address()
	}
	return with(p.address(), "order", string(o))
}

// page is the address of the stretch that begins with a post, in the order of this one.
func (p TopicPage) page(number int64) string {
	at := p.address()
	if p.Order != "" {
		at = p.ordered(p.Order)
	}
	if number <= 1 {
		return at
	}
	return with(at, "post", strconv.FormatInt(number, 10))
}

// back is the address of the stretch before this one.
func (p TopicPage) back() string {
	if p.Order == forum.ByVotes {
		return with(p.ordered(p.Order), "before", strconv.FormatInt(p.Before, 10))
	}
	return p.page(p.Before)
}

// orders are those that a question can be read in, once there is more than one answer to put in one.
func (p TopicPage) orders() []Segmented {
	if p.Space.Kind != space.Questions || p.Topic.Replies() < 2 {
		return nil
	}
	link := func(text string, o forum.Order) Segmented {
		return Segmented{Text: text, Href: p.ordered(o), Current: !p.Summary && p.Order == o}
	}
	return []Segmented{link("Most helpful", forum.ByVotes), link("Oldest", forum.Oldest), link("Newest", forum.Newest)}
}

// ways name those on and back, in the order of the page.
func (p TopicPage) ways() (back, on string) {
	switch p.Order {
	case forum.ByVotes:
		return "More helpful answers", "More answers"
	case forum.Newest:
		return "Later posts", "Earlier posts"
	}
	return "Earlier posts", "Later posts"
}

// inTimeAt is a post among those around it.
func (p TopicPage) inTimeAt(number int64) string { return PostInTime(p.Space, p.Topic.Topic, number) }

// sums tells whether the topic is long enough for the best of it to be read by itself.
func (p TopicPage) sums() bool { return p.Topic.Replies() > forum.SummedUp }

// best is the address of the best of the topic.
func (p TopicPage) best() string { return with(p.address(), "view", "summary") }

// leftOut is how many posts stand between the i-th post of a summary and the one before it.
func (p TopicPage) leftOut(i int) int64 {
	if i == 0 {
		return 0
	}
	return p.Posts[i].Number - p.Posts[i-1].Number - 1
}

// leftAfter is how many posts stand after the last one of a summary.
func (p TopicPage) leftAfter() int64 {
	if len(p.Posts) == 0 {
		return 0
	}
	return p.Topic.LastNumber - p.Posts[len(p.Posts)-1].Number
}

// days are the first and the last on which something was written, as a control for days has them.
func (p TopicPage) days(r Reader) (first, last string) {
	last = r.at(p.Topic.ActiveAt).Format(time.DateOnly)
	return r.at(p.Topic.CreatedAt).Format(time.DateOnly), last
}

// appends tells whether what is written next stands at the end of the page.
func (p TopicPage) appends() bool {
	return p.After == 0 && p.Order != forum.Newest && !p.Summary
}

// along tells whether whoever saw a post of the page has read all that was written before it.
func (p TopicPage) along() bool { return !p.Summary && (p.inTime() || p.Whole()) }
