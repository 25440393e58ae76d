package forum

import (
	"context"
	"strconv"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Level is how closely a member follows something.
type Level int

// Levels.
const (
	Muted    Level = 0 // left out of lists and counts, and told of nothing
	Normal   Level = 1 // told when they are mentioned or answered
	Tracking Level = 2 // new posts are counted as unread
	Watching Level = 3 // told of every post
)

// Followed is a kind of thing that can be followed.
type Followed string

// What can be followed.
const (
	FollowTopic Followed = "topic"
	FollowTag   Followed = "tag"
	FollowSpace Followed = "space"
)

// Within is the list from which what somebody muted is left out: whoever looks into a muted space sees
// what stands there, and not only an empty room.
type Within int

// Lists.
const (
	Everywhere Within = iota
	InSpace
	OfTag
)

// The level of a topic for a member: the topic's own, else the highest of its tags, else its space's.
// Each question mark is the member.
const (
	levelOfTopic = "(select watches.level from watches where watches.member_id = ? and watches.kind = 'topic' and watches.subject_id = topics.id)"
	levelOfTags  = "(select max(watches.level) from topic_tags as own join watches on watches.subject_id = own.tag_id and watches.kind = 'tag' and watches.member_id = ? where own.topic_id = topics.id)"
	levelOfSpace = "(select watches.level from watches where watches.member_id = ? and watches.kind = 'space' and watches.subject_id = topics.space_id)"
)

var levels = map[Within]string{
	Everywhere: "coalesce(" + levelOfTopic + ", " + levelOfTags + ", " + levelOfSpace + ", 1)",
	InSpace:    "coalesce(" + levelOfTopic + ", " + levelOfTags + ", 1)",
	OfTag:      "coalesce(" + levelOfTopic + ", 1)",
}

// wanted leaves out what v muted, and what those began whom v ignores.
func (f *Forum) wanted(ctx context.Context, db *store.DB, v access.Viewer, within Within) *store.DB {
	if !v.SignedIn() {
		return db
	}
	args := map[Within][]any{Everywhere: {v.ID, v.ID, v.ID}, InSpace: {v.ID, v.ID}, OfTag: {v.ID}}[within]
	return db.Where(levels[within]+" > 0", args...).
		Where("topics.author_id not in (select ignored_id from ignores where ignores.member_id = ? and (ignores.until is null or ignores.until > ?))", v.ID, f.store.Now(ctx))
}

// ignoring is the column of those whom a member ignores at an instant, parted by blanks.
func ignoring(dialect string) string {
	all := "group_concat(ignored_id, ' ')"
	if dialect == "postgres" {
		all = "string_agg(cast(ignored_id as text), ' ')"
	}
	return "coalesce((select " + all + " from ignores where ignores.member_id = ? and (ignores.until is null or ignores.until > ?)), '') as ignoring"
}

// Ignored are those whom the viewer of a topic that was looked up by itself ignores.
func (l Listed) Ignored() (all []id.ID) {
	for one := range strings.FieldsSeq(l.Ignoring) {
		if n, err := strconv.ParseInt(one, 10, 64); err == nil {
			all = append(all, id.ID(n))
		}
	}
	return all
}

// watchRow is one choice of a member.
type watchRow struct {
	MemberID  id.ID
	Kind      Followed
	SubjectID id.ID
	Level     Level
	At        time.Time
}

func (watchRow) TableName() string { return "watches" }

// Watch sets how closely v follows a topic, tag or space that v knows of. Normal takes the choice back
// where nothing around it says otherwise, and is kept where something does.
func (f *Forum) Watch(ctx context.Context, v access.Viewer, kind Followed, subject id.ID, level Level) error {
	if level < Muted || level > Watching {
		return problem.Invalid("level", "Choose one of the four levels.")
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if !v.SignedIn() {
			return problem.Refused("Sign in to follow something.")
		}
		if err := f.mayFollow(tx, v, kind, subject); err != nil {
			return err
		}
		return watch(tx, v.ID, kind, subject, level)
	})
}

func (f *Forum) mayFollow(tx *store.Tx, v access.Viewer, kind Followed, subject id.ID) error {
	switch kind {
	case FollowTopic:
		place, err := access.FindPlace(tx.DB, subject)
		if err != nil {
			return err
		}
		return v.CanRead(place)
	case FollowSpace:
		return v.CanEnter(subject)
	}
	var n int64
	if err := visible(tx.Table("tags").Where("tags.id = ?", subject), v, tx.DB).Count(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return noTag()
	}
	return nil
}

func watch(tx *store.Tx, member id.ID, kind Followed, subject id.ID, level Level) error {
	row := watchRow{member, kind, subject, level, tx.Now}
	if err := tx.Clauses(store.Upsert("member_id, kind, subject_id", "level", "at")).Create(&row).Error; err != nil {
		return err
	}
	if kind != FollowTopic || level < Tracking {
		return nil
	}
	// Whoever follows a topic without having opened it is shown what comes.
	return tx.Exec("insert into topic_reads (member_id, topic_id, number, at) values (?, ?, 0, ?) on conflict (member_id, topic_id) do nothing", member, subject, tx.Now).Error
}

// Level tells how closely v follows a space or a tag: Normal where they never said.
func (f *Forum) Level(ctx context.Context, v access.Viewer, kind Followed, subject id.ID) (Level, error) {
	var of []Level
	err := f.store.Read(ctx).Table("watches").Where("member_id = ? and kind = ? and subject_id = ?", v.ID, kind, subject).Limit(1).Pluck("level", &of).Error
	if len(of) == 0 {
		return Normal, err
	}
	return of[0], err
}
