package site

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Consent is that a member agreed to one version of the rules.
type Consent struct {
	MemberID id.ID
	Version  int
	At       time.Time
}

// Agreed keeps that the member agreed to the rules as they stand. A step of coming in, and of
// whatever else says so.
func Agreed(tx *store.Tx, member id.ID) error {
	return tx.Exec(`insert into consents (member_id, version, at) select cast(? as bigint), rules_version, ? from clubs where id = 1
		on conflict (member_id, version) do nothing`, member, tx.Now).Error
}

// Asked are those of the members who still have to agree to the rules before they write.
func Asked(db *store.DB, members []id.ID) (asked []id.ID, err error) {
	err = db.Raw(`select members.id from members join clubs c on c.id = 1 and c.consent_version > 0 where members.id in ?
		and not exists (select 1 from consents where member_id = members.id and version >= c.consent_version)`, members).Scan(&asked).Error
	return asked, err
}

// Agree keeps that v agreed to that version of the rules, and lets them write again.
func (s *Site) Agree(ctx context.Context, a *access.Access, v access.Viewer, version int) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := a.Renew(tx, v)
		if err != nil {
			return err
		}
		c, err := read(store.ForUpdate(tx.DB))
		if err != nil {
			return err
		}
		if c.RulesVersion != version {
			return problem.Conflict("The rules changed again while you were reading. This is how they stand now.")
		}
		if err := Agreed(tx, v.ID); err != nil {
			return err
		}
		return access.Raise(tx, v.ID)
	})
}

// Consents returns what v agreed to, latest first, each with the version's words and note.
func (s *Site) Consents(ctx context.Context, v access.Viewer) (all []Agreement, err error) {
	err = s.store.Read(ctx).Table("consents c").Select("c.member_id, c.version, c.at, w.note, w.html, w.at as written_at").
		Joins("join page_versions w on w.number = c.version").Joins("join pages p on p.id = w.page_id and p.slug = ?", RulesPage).
		Where("c.member_id = ?", v.ID).Order("c.version desc").Limit(mostVersions).Find(&all).Error
	return all, err
}

// Agreement is a Consent with what was agreed to.
type Agreement struct {
	Consent
	Note      string
	HTML      string
	WrittenAt time.Time
}

// Asking is what a member is asked to agree to: the rules as they stand, and as they last agreed.
type Asking struct {
	Now    Version
	Before *Version  // nil: they agreed to none
	Since  []Version // what changed between the two, oldest first, without their words
	Asked  bool      // whether they have to agree before they write
}

// Asking returns what v is asked.
func (s *Site) Asking(ctx context.Context, v access.Viewer) (ask Asking, err error) {
	db := s.store.Read(ctx)
	c, err := read(db)
	if err != nil {
		return ask, err
	}
	page, err := store.Value[id.ID](db.Table("pages").Select("id").Where("slug = ?", RulesPage))
	if err != nil {
		return ask, gone(err)
	}
	if ask.Now, err = version(db, page, c.RulesVersion); err != nil {
		return ask, err
	}
	last, err := store.Value[int](db.Table("consents").Select("coalesce(max(version), 0)").Where("member_id = ?", v.ID))
	if err != nil {
		return ask, err
	}
	ask.Asked = v.Asked()
	if last == 0 || last == c.RulesVersion {
		return ask, nil
	}
	before, err := version(db, page, last)
	if err != nil {
		return ask, err
	}
	ask.Before = &before
	err = db.Omit("source", "html").Where("page_id = ? and number > ?", page, last).Order("number").Limit(mostVersions).Find(&ask.Since).Error
	return ask, err
}

// Record is how far the members of the club have agreed to its rules, for owners.
type Record struct {
	Version int   // the one that holds
	Asked   int   // the one from which on everybody is asked; 0: nobody is
	Agreed  int64 // who agreed to the one that holds
	Waiting int64 // who still has to, before they write
	Latest  []Consent
}

// recordSize is how many agreements a page of the record has.
const recordSize = 50

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// Record returns who agreed to what, latest first, after a cursor.
func (s *Site) Record(ctx context.Context, v access.Viewer, after Cursor) (r Record, next Cursor, err error) {
	if err := v.CanOwn(); err != nil {
		return r, "", err
	}
	db := s.store.Read(ctx)
	c, err := read(db)
	if err != nil {
		return r, "", err
	}
	r.Version, r.Asked = c.RulesVersion, c.ConsentVersion
	if r.Agreed, err = store.Value[int64](db.Raw("select count(*) from consents where version = ?", c.RulesVersion)); err != nil {
		return r, "", err
	}
	if c.ConsentVersion > 0 {
		r.Waiting, err = store.Value[int64](db.Raw("select count(*) from members m where m.left_at is null and not exists (select 1 from consents where member_id = m.id and version >= ?)", c.ConsentVersion))
		if err != nil {
			return r, "", err
		}
	}
	db = db.Table("consents").Order("at desc, member_id desc").Limit(recordSize + 1)
	if at, key, ok := after.Time(); ok {
		db = db.Where("(at, member_id) < (?, ?)", at, key)
	}
	if err := db.Find(&r.Latest).Error; err != nil {
		return r, "", err
	}
	r.Latest, next = store.Page(r.Latest, recordSize, func(c Consent) store.Cursor { return store.CursorAt(c.At, c.MemberID) })
	return r, next, nil
}
