package access

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Who may call a group in what they write. To whom may not, it never was.
const (
	ByNobody  = "nobody"
	ByStaff   = "staff"   // moderators and owners
	ByItself  = "group"   // those who are in it, and owners
	ByMembers = "members" // every member of the club
)

// Callers in the order in which they are offered.
var Callers = []string{ByNobody, ByStaff, ByItself, ByMembers}

// MostCalled bounds whom the call of one group reaches.
const MostCalled = 100

var groupHandle = regexp.MustCompile(`^[a-z0-9_]{2,30}$`)

// checkCall folds the handle of a group, and says what is wrong with it.
func (g *Group) checkCall() error {
	if g.CalledBy == "" {
		g.CalledBy = ByNobody
	}
	handle := ""
	if g.Handle != nil {
		handle = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(*g.Handle), "@"))
	}
	switch {
	case !slices.Contains(Callers, g.CalledBy):
		return problem.Invalid("called_by", "Choose who may call the group.")
	case handle == "" && g.CalledBy != ByNobody:
		return problem.Invalid("call", "Give the group a handle by which it can be called.")
	case handle == "":
		g.Handle = nil
		return nil
	case !groupHandle.MatchString(handle) || handle == "here":
		return problem.Invalid("call", "A handle has 2 to 30 small letters, digits or underscores, and here is taken.")
	}
	g.Handle = &handle
	return nil
}

// free is nil unless a member or another group goes by the handle.
func (g *Group) free(tx *store.Tx) error {
	if g.Handle == nil {
		return nil
	}
	var n int64
	err := tx.Raw("select (select count(*) from members where handle = ?) + (select count(*) from groups where handle = ? and id <> ?)", *g.Handle, *g.Handle, g.ID).Scan(&n).Error
	if err == nil && n > 0 {
		return problem.Invalid("call", "Somebody goes by that handle already. Choose another.")
	}
	return err
}

// callable narrows groups to those that v may call.
func callable(v Viewer) store.Scope {
	return func(db *store.DB) *store.DB {
		if v.held == nil || !v.SignedIn() || v.held.suspended {
			return db.Where("1 = 0")
		}
		by := []string{ByMembers}
		if v.Staff() {
			by = append(by, ByStaff)
		}
		if v.Owner() {
			by = append(by, ByItself)
		}
		in := []id.ID{0}
		for group, yes := range v.held.ring.groups {
			if yes {
				in = append(in, group)
			}
		}
		return db.Where("handle is not null and (called_by in ? or called_by = ? and id in ?)", by, ByItself, in)
	}
}

// GroupsLike returns groups that v may call whose handle begins so, at most size.
func (a *Access) GroupsLike(ctx context.Context, v Viewer, begins string, size int) (groups []Group, err error) {
	if !groupHandle.MatchString(begins + "xx"[:max(0, 2-len(begins))]) {
		return nil, nil
	}
	err = a.store.Read(ctx).Scopes(callable(v)).Where("substr(handle, 1, ?) = ?", len(begins), begins).Order("handle").Limit(size).Find(&groups).Error
	return groups, err
}

// Called returns who is in the groups of those handles that v may call, in a change: of each at most
// MostCalled. All other handles are passed over.
func (a *Access) Called(tx *store.Tx, v Viewer, handles []string) (groups []string, members []id.ID, err error) {
	var called []Group
	if err := tx.Scopes(callable(v)).Where("handle in ?", handles).Find(&called).Error; err != nil || len(called) == 0 {
		return nil, nil, err
	}
	keys := make([]id.ID, len(called))
	for i, g := range called {
		groups, keys[i] = append(groups, *g.Handle), g.ID
	}
	err = tx.Model(&membership{}).Where("group_id in ? and starts_at <= ? and (ends_at is null or ends_at > ?)", keys, tx.Now, tx.Now).
		Order("member_id").Limit(MostCalled*len(keys)).Distinct().Pluck("member_id", &members).Error
	return groups, members, err
}
