package views

import (
	"guildhall/models/forum"
	"guildhall/models/site"
	"guildhall/models/space"
)

// Row is a topic in a list.
type Row struct {
	forum.Listed
	In     space.Space
	Author Person
	Last   Person   // who wrote last
	Solver Person   // whose answer was accepted, if that was looked up
	Lately []Person // a few who wrote in it
	New    int64    // posts that the reader has not read
	Where  bool     // names its space, in lists across several
}

func (r Row) address() string { return TopicAddress(r.In.Slug, r.ID, r.Slug) }

// onwards leads to the first post that is new to the reader, to the last that they read where that is
// far down, or to the beginning.
func (r Row) onwards() string {
	if r.New > 0 && r.ReadNumber > 0 {
		return PostAddress(r.In.Slug, r.ID, r.Slug, r.ReadNumber+1)
	}
	if r.ReadNumber > forum.PostsPerPage {
		return PostAddress(r.In.Slug, r.ID, r.Slug, r.ReadNumber) // where they left it
	}
	return r.address()
}

// gist says in a few words how a topic stands.
func (r Row) gist(w site.Words) string {
	last := First(r.Last.Name)
	if r.Last.Former() {
		last = "a former " + w.Member
	}
	switch {
	case r.In.Kind == space.Questions && r.Solved():
		if !r.Solver.Former() {
			return "answered by " + First(r.Solver.Name)
		}
		return "answered"
	case r.In.Kind == space.Questions && r.Replies() == 0:
		return "no answer yet"
	case r.Replies() == 0:
		return "no replies yet"
	}
	return "last by " + last
}
