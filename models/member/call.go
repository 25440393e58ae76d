package member

import (
	"context"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// MostMentioned is how many mentions of one text are told.
const MostMentioned = 10

// Here is the handle by which moderators call those who are in the space at that moment, at most MostHere.
const (
	Here     = "here"
	MostHere = 50
)

// Mentions are whom a text calls.
type Mentions struct {
	Tell   []id.ID  // who may read it, but for the writer
	Untold []string // handles of members whom the space's locks keep out
	HTML   string   // of the text, in which mentions of nobody lead nowhere
}

// Call looks up whom a text of v's calls by those handles, at a place: members, those in groups that v
// may call, and those who are here. Who may not read there is not told.
func (s *Members) Call(tx *store.Tx, v access.Viewer, at access.Thing, html string, handles []string, here []id.ID) (m Mentions, err error) {
	m.HTML = html
	named := prose.MentionedIn(html)
	if len(named) == 0 && len(handles) == 0 {
		return m, nil
	}
	handles = handles[:min(len(handles), MostMentioned)]
	of, err := s.Handles(tx.Context(), append(named, handles...))
	if err != nil {
		return m, err
	}
	groups, asked, err := s.deps.Access.Called(tx, v, handles)
	if err != nil {
		return m, err
	}
	if slices.Contains(handles, Here) && v.Keeps(at.Place().SpaceID) {
		groups, asked = append(groups, Here), append(asked, here[:min(len(here), MostHere)]...)
	}
	known := map[string]bool{}
	for key, handle := range of {
		known[handle] = true
		if slices.Contains(handles, handle) {
			asked = append(asked, key)
		}
	}
	m.HTML = prose.Mentioning(html, known, groups)
	slices.Sort(asked)
	asked = slices.Compact(asked)
	may, out, err := s.deps.Access.Reach(tx.Context(), at, asked)
	if err != nil {
		return m, err
	}
	for _, key := range asked {
		if may[key] && key != v.ID {
			m.Tell = append(m.Tell, key)
		}
	}
	m.Untold = untold(of, handles, out)
	return m, nil
}

// untold are the handles of those members who are named and kept out.
func untold(of map[id.ID]string, handles []string, out map[id.ID]bool) (all []string) {
	for key, handle := range of {
		if out[key] && slices.Contains(handles, handle) {
			all = append(all, handle)
		}
	}
	slices.Sort(all)
	return all
}

// Untold returns which of the handles are of members whom the locks of a place's space keep out: said to
// whoever writes there, of names that everybody may look up. Of groups nothing is said, nor of a suspension
// or a block, which nobody learns of by mentioning somebody.
func (s *Members) Untold(ctx context.Context, at access.Thing, handles []string) ([]string, error) {
	if len(handles) == 0 {
		return nil, nil
	}
	handles = handles[:min(len(handles), MostMentioned)]
	of, err := s.Handles(ctx, handles)
	if err != nil {
		return nil, err
	}
	keys := make([]id.ID, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	_, out, err := s.deps.Access.Reach(ctx, at, keys)
	return untold(of, handles, out), err
}

// lookedAt is how many are looked at of those whose name begins so.
const lookedAt = 40

// Like returns members whose handle or name begins so and who may read at a place, those first who
// wrote there: at most size. Whoever blocks v, or is blocked by them, is not among them.
func (s *Members) Like(ctx context.Context, v access.Viewer, at access.Thing, begins string, size int) ([]Member, error) {
	found, err := s.begun(ctx, v, at.Place().ID, begins, lookedAt)
	if err != nil {
		return nil, err
	}
	keys := make([]id.ID, len(found))
	for i, m := range found {
		keys[i] = m.ID
	}
	may, err := s.deps.Access.Readers(ctx, at, keys)
	found = slices.DeleteFunc(found, func(m Member) bool { return !may[m.ID] })
	return found[:min(size, len(found))], err
}

// Begun returns members whose handle or name begins so, wherever they may read: at most size.
func (s *Members) Begun(ctx context.Context, v access.Viewer, begins string, size int) ([]Member, error) {
	return s.begun(ctx, v, 0, begins, size)
}

func (s *Members) begun(ctx context.Context, v access.Viewer, topic id.ID, begins string, size int) (found []Member, err error) {
	begins = escapeLike(strings.ToLower(begins))
	err = s.store.Read(ctx).Where("left_at is null and id <> ?", v.ID).
		Where("handle like ? escape '!' or lower(name) like ? escape '!' or lower(name) like ? escape '!'", begins+"%", begins+"%", "% "+begins+"%").
		Where("not exists (select 1 from blocks where blocks.member_id = members.id and blocks.blocked_id = ? or blocks.member_id = ? and blocks.blocked_id = members.id)", v.ID, v.ID).
		Clauses(store.OrderBy("case when exists (select 1 from posts where posts.topic_id = ? and posts.author_id = members.id) then 0 else 1 end, handle", topic)).
		Limit(size).Find(&found).Error
	return found, err
}
