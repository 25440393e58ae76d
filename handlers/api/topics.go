package api

import (
	"context"
	"strconv"
	"time"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
	"guildhall/views"
)

// Topic is a thread of posts.
type Topic struct {
	ID        string    `json:"id"`
	Space     string    `json:"space" doc:"The address of the space that it stands in"`
	Title     string    `json:"title"`
	Author    Person    `json:"author"`
	Posts     int64     `json:"posts" doc:"How many can be read"`
	CreatedAt time.Time `json:"created_at"`
	ActiveAt  time.Time `json:"active_at"`
	Pinned    bool      `json:"pinned"`
	Closed    bool      `json:"closed" doc:"Whether nobody may reply any more"`
	Answer    string    `json:"answer,omitempty" doc:"The id of the accepted answer"`
	URL       string    `json:"url"`
}

func (a *API) topicOf(t forum.Topic, in space.Space, of map[id.ID]views.Person) Topic {
	topic := Topic{
		ID: t.ID.String(), Space: in.Slug, Title: t.Title, Author: person(t.AuthorID, of), Posts: t.Posts,
		CreatedAt: at(t.CreatedAt), ActiveAt: at(t.ActiveAt), Pinned: t.Pinned(), Closed: t.Closed(),
		URL: a.BaseURL + views.TopicAddress(in.Slug, t.ID, t.Slug),
	}
	if t.AnswerID != nil {
		topic.Answer = t.AnswerID.String()
	}
	return topic
}

// TopicsIn asks for the topics of a space.
type TopicsIn struct {
	InSpace
	Page
}

func (a *API) topics(ctx context.Context, v member.Visit, in *TopicsIn) (List[Topic], error) {
	sp, err := a.into(ctx, v.Viewer, in.Space)
	if err != nil {
		return List[Topic]{}, err
	}
	topics, next, err := a.Club.Forum.Topics(ctx, v.Viewer, sp.ID, forum.Latest, forum.Cursor(in.After))
	if err != nil {
		return List[Topic]{}, err
	}
	if in.After == "" {
		pinned, err := a.Club.Forum.Pinned(ctx, v.Viewer, sp.ID)
		if err != nil {
			return List[Topic]{}, err
		}
		topics = append(pinned, topics...)
	}
	of, err := people(a, ctx, topics, func(t forum.Listed) id.ID { return t.AuthorID })
	if err != nil {
		return List[Topic]{}, err
	}
	all := make([]Topic, len(topics))
	for i, t := range topics {
		all[i] = a.topicOf(t.Topic, sp, of)
	}
	return list(all, string(next)), nil
}

// topicAt finds a topic where it stands: below a closed door nothing is told apart, and one that was
// moved is not here.
func (a *API) topicAt(ctx context.Context, v access.Viewer, in InTopic) (space.Space, forum.Listed, error) {
	key, _ := id.Parse(in.Topic) // what is no id is that of no topic
	sp, t, err := a.Club.TopicAt(ctx, v, in.Space, key)
	if err == nil && t.SpaceID != sp.ID {
		err = a.Club.Nothing()
	}
	return sp, t, err
}

func (a *API) topic(ctx context.Context, v member.Visit, in *InTopic) (Topic, error) {
	sp, t, err := a.topicAt(ctx, v.Viewer, *in)
	if err != nil {
		return Topic{}, err
	}
	of, err := a.People(ctx, []id.ID{t.AuthorID})
	return a.topicOf(t.Topic, sp, of), err
}

// Post is one contribution to a topic. Its number never changes.
type Post struct {
	ID        string     `json:"id"`
	Number    int64      `json:"number"`
	Author    Person     `json:"author"`
	Text      string     `json:"text" doc:"Markdown, as it was typed; empty where the post was removed"`
	HTML      string     `json:"html" doc:"The same as safe HTML"`
	CreatedAt time.Time  `json:"created_at"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`
	Removed   bool       `json:"removed,omitempty"`
	Answer    bool       `json:"answer,omitempty" doc:"Whether it is the accepted answer"`
	Reactions []Reaction `json:"reactions" nullable:"false"`
	Votes     int64      `json:"votes" doc:"How many members voted for it, in a space of questions"`
}

func postOf(p forum.Post, t forum.Topic, of map[id.ID]views.Person, counts []forum.Count) Post {
	return Post{
		ID: p.ID.String(), Number: p.Number, Author: person(p.AuthorID, of), Text: p.Source, HTML: p.HTML,
		CreatedAt: at(p.CreatedAt), EditedAt: maybe(p.EditedAt), Removed: p.Removed(),
		Answer: t.AnswerID != nil && *t.AnswerID == p.ID, Reactions: given(counts), Votes: p.Votes,
	}
}

// PostsIn asks for the posts of a topic.
type PostsIn struct {
	InTopic
	Page
}

func (a *API) posts(ctx context.Context, v member.Visit, in *PostsIn) (List[Post], error) {
	_, t, err := a.topicAt(ctx, v.Viewer, in.InTopic)
	if err != nil {
		return List[Post]{}, err
	}
	page, err := a.Club.Forum.Posts(ctx, v.Viewer, t, max(1, number(in.After)))
	if err != nil {
		return List[Post]{}, err
	}
	of, err := people(a, ctx, page.Posts, func(p forum.Post) id.ID { return p.AuthorID })
	if err != nil {
		return List[Post]{}, err
	}
	all := make([]Post, len(page.Posts))
	for i, p := range page.Posts {
		all[i] = postOf(p, t.Topic, of, page.Given[p.ID])
	}
	return list(all, cursor(page.After)), nil
}

// number reads the cursor of a list that goes by numbers; 0 for none, and for what nobody made here.
func number(after string) int64 {
	n, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func cursor(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
