package access

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// MostPeople bounds who is in a place without a space.
const MostPeople = 20

// Private tells whether a place belongs to people and to no space: nobody else reads it, whatever their
// keys, their seat or their office.
func (p Place) Private() bool { return p.ID != 0 && p.SpaceID == 0 }

// isIn is nil when v is one of those whose place p is. To anybody else it never was.
func (v Viewer) isIn(p Place) error {
	if v.held == nil || v.held.insider() == 0 || p.Hidden || !p.People.Has(v.held.insider()) {
		return problem.Missing(noPlace)
	}
	return nil
}

// CanMeet is nil when v may open a place that belongs to a few.
func (v Viewer) CanMeet() error {
	switch {
	case !v.SignedIn() || v.held == nil:
		return problem.Refused("Sign in to take part.")
	case v.held.suspended:
		return problem.Refused("You are kept out of the club for now.")
	case v.held.asked:
		return errAsked
	}
	return v.CanChange()
}

// insider is the member to whom private places may be open. A token is nobody's pass to them.
func (h *held) insider() id.ID {
	if h.suspended || h.narrow {
		return 0
	}
	return h.who.ID
}

// isIn is the condition on a place that Viewer.isIn asks of one: by the whole key of a row, and only where a
// place has no space.
const isIn = "(places.space_id is null and not places.hidden and exists (select 1 from place_people where place_people.place_id = places.id and place_people.member_id = ? and place_people.left_at is null))"

// PeopleColumn reads, as people, who is in the place of a row; the statement joins places.
const PeopleColumn = "case when places.space_id is null then (select string_agg(cast(place_people.member_id as text), ',') from place_people where place_people.place_id = places.id and place_people.left_at is null) end as people"

const placeColumns = "places.*, " + PeopleColumn

// People are the members whose place it is, in the order of their ids. Of a place of a space there are none.
type People []id.ID

// Has tells whether a member is one of them.
func (p People) Has(member id.ID) bool { return slices.Contains(p, member) }

// But is p without one.
func (p People) But(member id.ID) People {
	return slices.DeleteFunc(slices.Clone(p), func(m id.ID) bool { return m == member })
}

// GormDataType says that they are read from one column.
func (People) GormDataType() string { return "text" }

// Scan reads what PeopleColumn gives.
func (p *People) Scan(value any) error {
	*p = nil
	text := ""
	switch v := value.(type) {
	case nil:
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return fmt.Errorf("people cannot be read from %T", value)
	}
	for key := range strings.SplitSeq(text, ",") {
		if key == "" {
			continue
		}
		n, err := strconv.ParseInt(key, 10, 64)
		if err != nil {
			return err
		}
		*p = append(*p, id.ID(n))
	}
	slices.Sort(*p)
	return nil
}

type personRow struct {
	PlaceID  id.ID
	MemberID id.ID
	JoinedAt time.Time
	AddedBy  *id.ID
	LeftAt   *time.Time
}

func (personRow) TableName() string { return "place_people" }

// AddPrivate makes a place that belongs to these people alone, whom the caller has allowed: to write there
// together, there must be two of them at least, by among them.
func AddPrivate(tx *store.Tx, kind string, by id.ID, people ...id.ID) (Place, error) {
	people = slices.Compact(slices.Sorted(slices.Values(people)))
	if len(people) < 2 || len(people) > MostPeople || !slices.Contains(people, by) {
		return Place{}, problem.Invalid("people", "Choose one to %d others.", MostPeople-1)
	}
	row := placeRow{ID: tx.NewID(), Kind: kind}
	if err := tx.Create(&row).Error; err != nil {
		return Place{}, err
	}
	rows := make([]personRow, len(people))
	for i, m := range people {
		rows[i] = personRow{PlaceID: row.ID, MemberID: m, JoinedAt: tx.Now, AddedBy: &by}
	}
	place := row.place()
	place.People = people
	return place, tx.Create(&rows).Error
}

// Let adds a member to a private place that v is in, or lets one in again who left. It returns the place as it
// is then; whether the member may be asked in is the caller's to know.
func (a *Access) Let(tx *store.Tx, v Viewer, place, member id.ID) (Place, error) {
	p, err := LockPlace(tx, place)
	if err != nil {
		return p, err
	}
	if err := cmp.Or(v.isPrivate(p), v.canAct(p, Read)); err != nil {
		return p, err
	}
	if p.People.Has(member) {
		return p, nil
	}
	if len(p.People) >= MostPeople {
		return p, problem.Refused("There is room for %d people here.", MostPeople)
	}
	err = tx.Exec(`insert into place_people (place_id, member_id, joined_at, added_by) values (?, ?, ?, ?)
		on conflict (place_id, member_id) do update set joined_at = excluded.joined_at, added_by = excluded.added_by, left_at = null`, place, member, tx.Now, v.ID).Error
	p.People = append(slices.Clone(p.People), member)
	slices.Sort(p.People)
	return p, err
}

// Quit takes v out of a private place, at once and everywhere: their open pages lose it too. Its history
// stays with those who are left.
func (a *Access) Quit(tx *store.Tx, v Viewer, place id.ID) (Place, error) {
	p, err := LockPlace(tx, place)
	if err != nil {
		return p, err
	}
	if err := v.isPrivate(p); err != nil {
		return p, err
	}
	if err := quit(tx, v.ID, "place_id = ?", place); err != nil {
		return p, err
	}
	p.People = p.People.But(v.ID)
	return p, Raise(tx, v.ID)
}

// isPrivate is nil when p is a private place that v is in.
func (v Viewer) isPrivate(p Place) error {
	if !p.Private() {
		return problem.Missing(noPlace)
	}
	return v.CanRead(p)
}

func quit(tx *store.Tx, member id.ID, where string, args ...any) error {
	return tx.Model(&personRow{}).Where("member_id = ? and left_at is null", member).Where(where, args...).Update("left_at", tx.Now).Error
}
