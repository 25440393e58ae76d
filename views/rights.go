package views

import (
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
)

// Rights are what a reader may do in the topic or the room that a page shows. A live copy comes
// without them; the page brings them as templates, from which a script gives it its tools.
type Rights struct {
	Me      id.ID // 0 for a guest
	React   bool
	Write   bool   // reply, or speak
	Refused string // why not: "Replying in Darkroom opens at Regular."
	Keeps   bool   // moderates here
	Owns    bool   // the whole club
	Accepts bool   // may say which answer helped
	Closed  bool   // nobody writes but moderators
}

// TopicRights are what v may do in a topic.
func TopicRights(v access.Viewer, t forum.Topic, in space.Space) Rights {
	r := Rights{Me: v.ID, React: v.CanReact(t) == nil, Keeps: v.Keeps(t.SpaceID), Owns: v.Owner(), Closed: t.Closed()}
	r.Write, r.Refused = may(v.CanReply(t))
	if t.Closed() && !r.Keeps {
		r.Write, r.Refused = false, ""
	}
	r.Accepts = r.React && in.Kind == space.Questions && (t.AuthorID == v.ID || r.Keeps)
	return r
}

// RoomRights are what v may do in a room.
func RoomRights(v access.Viewer, r chat.Room) Rights {
	of := Rights{Me: v.ID, React: v.CanReact(r) == nil, Keeps: v.Keeps(r.SpaceID)}
	of.Write, of.Refused = may(r.CanHear(v))
	return of
}

func may(err error) (yes bool, refused string) {
	if err == nil {
		return true, ""
	}
	if p := problem.Of(err); p != nil {
		return false, p.Text
	}
	return false, "This is not open to you."
}

// Mine is what only one reader has of a post or a message: their own reactions, their tools. The
// zero Mine is that of a live copy.
type Mine struct {
	Reacted  map[string]bool
	React    bool
	Reply    bool
	Edit     bool
	Remove   bool
	Restore  bool
	Accept   bool
	Unaccept bool
	Report   bool
	Keep     bool // may keep it, and mark it unread
	Kept     bool // keeps it
	Sees     bool // reads what a removed post said
	Chooses  bool // in its polls
	Polls    map[int]forum.Ballot
}

// none tells whether there is nothing of one's own to draw.
func (m Mine) none() bool {
	return !(m.React || m.Reply || m.Edit || m.Remove || m.Restore || m.Accept || m.Unaccept || m.Report || m.Keep)
}

// post is what a reader has of a post.
func (r Rights) post(p forum.Post, answer bool, reacted map[string]bool) Mine {
	own := r.Me != 0 && p.AuthorID == r.Me
	if p.Removed() {
		byOwn := own && p.RemovedBy != nil && *p.RemovedBy == r.Me
		return Mine{Restore: r.Keeps || byOwn && r.React && !r.Closed, Sees: own || r.Keeps}
	}
	changes := r.Keeps || own && r.React && !r.Closed
	return Mine{
		Reacted: reacted, React: r.React && !own, Reply: r.Write,
		Edit: changes || p.Wiki && r.Write && r.Me != 0, Remove: changes && p.Number != 1,
		Accept: r.Accepts && !answer && p.Number != 1, Unaccept: r.Accepts && answer,
		Report: r.Me != 0 && !own,
		Keep:   r.Me != 0, Kept: reacted[forum.Bookmarked],
	}
}

// message is what a reader has of a message.
func (r Rights) message(m chat.Message, reacted map[string]bool) Mine {
	own := r.Me != 0 && m.AuthorID == r.Me
	if m.Removed() {
		return Mine{}
	}
	return Mine{Reacted: reacted, React: r.React && !own, Reply: r.Write, Edit: own && r.Write, Remove: own || r.Keeps, Report: r.Me != 0 && !own, Keep: r.Me != 0, Kept: reacted[chat.Bookmarked]}
}
