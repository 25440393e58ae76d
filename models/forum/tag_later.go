package forum

import (
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// mayTag is nil when a topic of v's in that space could have these tags at this moment. None is made.
func (f *Forum) mayTag(db *store.DB, v access.Viewer, space id.ID, names []string) error {
	rule, err := f.tagRule(db, space)
	if err != nil {
		return err
	}
	if err := rule.check(names); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := f.tagNow(db, v, rule, name); err != nil {
			return err
		}
	}
	return nil
}

// stillTags parts tags that v chose a while ago: those that a topic of theirs may have now, by the names
// that they have now, and those that it may not.
func (f *Forum) stillTags(db *store.DB, v access.Viewer, space id.ID, names []string) (kept, gone []string, err error) {
	if len(names) == 0 {
		return nil, nil, nil
	}
	rule, err := f.tagRule(db, space)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		now, err := f.tagNow(db, v, rule, name)
		switch {
		case problem.Of(err) != nil:
			gone = append(gone, name)
		case err != nil:
			return nil, nil, err
		case !slices.Contains(kept, now):
			kept = append(kept, now)
		}
	}
	return kept, gone, nil
}

// tagNow is the name that a tag has now for a topic of v's under that rule. A problem says why there is none.
func (f *Forum) tagNow(db *store.DB, v access.Viewer, rule TagRule, name string) (string, error) {
	if _, ok := rule.tag(name); ok {
		return name, nil
	}
	known, err := f.findTag(db, v, name)
	if err != nil {
		return "", err
	}
	if known.ID == 0 {
		err = f.mayMakeTags(db, v, rule.Space, name)
	} else {
		name = known.Name
	}
	if err != nil {
		return "", err
	}
	return name, rule.among(name)
}
