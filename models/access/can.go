package access

import (
	"slices"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Place is where something hangs: a topic or a room.
type Place struct {
	ID      id.ID
	SpaceID id.ID
	Kind    string
	Hidden  bool
	Taster  bool // the one topic of a closed space that its door lets everybody read

	Unlisted bool // read by whoever has its address, and in no list but its keepers'
	Archived bool // nobody changes what hangs on it

	People People // of a place without a space: whose it is
}

// Thing is whatever hangs on a place.
type Thing interface{ Place() Place }

// Place makes a place a thing by itself.
func (p Place) Place() Place { return p }

// Shut is a Refused problem of a space whose lock is closed to the viewer: the answer is the
// space's door.
type Shut struct {
	*problem.Problem
	Space id.ID
	Verb  Verb
}

// Unwrap gives the Problem.
func (s *Shut) Unwrap() error { return s.Problem }

const noPlace = "There is nothing here, or nothing that is open to you."

// CanSee is nil when the space is listed for v. To anybody else it never was.
func (v Viewer) CanSee(space id.ID) error {
	if v.held == nil || !v.held.open[See][space] {
		return problem.Missing(noPlace)
	}
	return nil
}

// CanEnter is nil when v may read what stands in the space; a closed but listed one is Shut.
func (v Viewer) CanEnter(space id.ID) error {
	if err := v.CanSee(space); err != nil {
		return err
	}
	if !v.held.open[Read][space] {
		return v.shut(space, Read)
	}
	return nil
}

// CanRead is nil when v may read what stands at thing's place. Reachable says the same in SQL, for
// what one has the address of; TestReadRulesAgree holds the two to one answer.
func (v Viewer) CanRead(t Thing) error {
	p := t.Place()
	if p.Private() {
		return v.isIn(p)
	}
	if err := v.CanSee(p.SpaceID); err != nil {
		return err
	}
	if p.Hidden && !v.Keeps(p.SpaceID) {
		return problem.Missing(noPlace)
	}
	if p.Taster {
		return nil
	}
	return v.CanEnter(p.SpaceID)
}

// CanFind is nil when v may read what stands at thing's place, and it is listed for v: unlisted, it is for
// its keepers alone. Readable says the same in SQL.
func (v Viewer) CanFind(t Thing) error {
	if p := t.Place(); p.Unlisted && !v.Keeps(p.SpaceID) {
		return problem.Missing(noPlace)
	}
	return v.CanRead(t)
}

// Readable narrows a statement to rows whose place, named by column, v may read and find: every list.
func Readable(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		db = db.Joins("join places on places.id = " + column)
		if v.held == nil {
			return db.Where("1 = 0")
		}
		return v.held.finding(db, mayFind)
	}
}

// Reachable narrows a statement to rows whose place, named by column, v may read. It is for what v has the
// address of (one topic that is opened, what v was told of, what is v's own), and never for a list of what there is.
func Reachable(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		db = db.Joins("join places on " + column + " = places.id")
		if v.held == nil {
			return db.Where("1 = 0")
		}
		return db.Where(byKey(db, "("+mayRead+" or "+isIn+")"), some(v.held.lists[Read]), some(v.held.kept), some(v.held.lists[See]), v.held.insider())
	}
}

// Still is a condition that holds while v's keys are what they were when v was built, up to now: with
// Readable it lets one statement decide and change. Where it changes nothing, Renew tells why.
func (v Viewer) Still(now time.Time) store.Scope {
	return func(db *store.DB) *store.DB {
		if v.held == nil || v.CanChange() != nil || !v.held.fresh(now) {
			return db.Where("1 = 0")
		}
		e := v.held.who.Epochs
		return db.Where("coalesce((select epoch from epochs where member_id = ?), 0) = ? and coalesce((select epoch from epochs where member_id = 0), 0) = ?", v.ID, e.Member, e.Club)
	}
}

// mayRead is the condition on a place, and mayFind that of a list; finding asks the second.
const (
	mayRead = "((places.space_id in ? and (not places.hidden or places.space_id in ?)) or (places.taster and not places.hidden and places.space_id in ?))"
	mayFind = "((" + mayRead + " and (not places.unlisted or places.space_id in ?)) or " + isIn + ")"
)

// byKey keeps SQLite, which does not know how many places there are, from going through all that are open
// to find the few that are meant: a place is always looked up by its key, and then asked.
func byKey(db *store.DB, condition string) string {
	if db.Name() == "sqlite" {
		return strings.ReplaceAll(condition, "places.space_id in", "+places.space_id in")
	}
	return condition
}

func (h *held) finding(db *store.DB, condition string) *store.DB {
	return db.Where(byKey(db, condition), some(h.lists[Read]), some(h.kept), some(h.lists[See]), some(h.kept), h.insider())
}

// Listed narrows a statement to spaces, named by column, that are listed for v: of others nothing can be
// read.
func Listed(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		if v.held == nil {
			return db.Where("1 = 0")
		}
		return db.Where(column+" in ?", some(v.held.lists[See]))
	}
}

// Findable narrows a statement to rows whose place, named by column, v may read, and to those that
// hang nowhere: members, whose pages are shown to whoever may enter the club.
func Findable(v Viewer, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		db = db.Joins("left join places on places.id = " + column)
		if v.held == nil || v.held.suspended {
			return db.Where("1 = 0")
		}
		return v.held.finding(db, column+" is null or ("+mayFind+")")
	}
}

// some keeps an empty list from being written as one that SQL cannot read.
func some(ids []id.ID) []id.ID {
	if len(ids) == 0 {
		return []id.ID{0}
	}
	return ids
}

// Seen returns the spaces that are listed for v; Entered those in which v may read.
func (v Viewer) Seen() []id.ID { return v.list(See) }

// Entered returns the spaces in which v may read.
func (v Viewer) Entered() []id.ID { return v.list(Read) }

func (v Viewer) list(verb Verb) []id.ID {
	if v.held == nil {
		return nil
	}
	return slices.Clone(v.held.lists[verb])
}

// CanStart is nil when v may start topics in the space.
func (v Viewer) CanStart(space id.ID) error { return v.canAct(Place{SpaceID: space}, Start) }

// CanReply is nil when v may answer in the topic or the letters at thing's place.
func (v Viewer) CanReply(t Thing) error {
	p := t.Place()
	if p.Private() && p.Kind != LetterPlace {
		return problem.Missing(noPlace) // in a room one speaks
	}
	return v.canAct(p, Reply)
}

// CanChat is nil when v may speak in the room at thing's place.
func (v Viewer) CanChat(t Thing) error {
	p := t.Place()
	if p.Kind != RoomPlace || v.held != nil && v.held.plan.mute[p.SpaceID] {
		return problem.Missing(noPlace) // a topic is answered, and not spoken in; a room that is off is kept, unheard
	}
	if p.Private() && len(p.People) == 1 && p.People.Has(v.ID) {
		return problem.Refused("Everybody else has left this room. What was said stays with you.")
	}
	return v.canAct(p, Chat)
}

// CanReact is nil when v may react to what stands at thing's place: who may read it and is a member.
func (v Viewer) CanReact(t Thing) error { return v.canAct(t.Place(), Read) }

// canAct: acting requires reading, and being somebody. What is archived is read, by everybody.
func (v Viewer) canAct(p Place, verb Verb) error {
	if err := v.CanRead(p); err != nil {
		return err
	}
	if p.Archived {
		return problem.Refused("This is archived: it stays as it is, to be read.")
	}
	if !p.Private() { // those who are in it need no key
		if err := v.opens(p.SpaceID, verb); err != nil {
			return err
		}
	}
	if v.held.asked {
		return errAsked
	}
	return nil
}

// opens is nil when v is a member whose keys open the lock of a verb.
func (v Viewer) opens(space id.ID, verb Verb) error {
	if err := v.CanEnter(space); err != nil {
		return err // the taster is there to be read
	}
	if !v.SignedIn() {
		return problem.Refused("Sign in to take part.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	if !v.held.open[verb][space] {
		return v.shut(space, verb)
	}
	return nil
}

var errAsked = problem.Refused("The rules of the club have changed. Read what is new and say that you agree; then go on where you were.")

// Keeps tells whether v moderates the space: by a seat there, or as an owner.
func (v Viewer) Keeps(space id.ID) bool {
	return v.held != nil && slices.Contains(v.held.kept, space)
}

// CanModerate is nil when v keeps the space that thing's place is in.
func (v Viewer) CanModerate(t Thing) error {
	if err := v.CanRead(t); err != nil {
		return err
	}
	if !v.Keeps(t.Place().SpaceID) {
		return problem.Refused("Only the moderators of this space can do that.")
	}
	return nil
}

// CanOwn is nil for the owners of the club.
func (v Viewer) CanOwn() error {
	if !v.Owner() {
		return problem.Refused("Only the owners of the club can do that.")
	}
	return nil
}

func (v Viewer) shut(space id.ID, verb Verb) error {
	return &Shut{Problem: problem.Refused("%s", v.held.refusal(space, verb)), Space: space, Verb: verb}
}
