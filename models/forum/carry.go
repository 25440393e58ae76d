package forum

import (
	"slices"
	"strconv"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Carry takes what other packages keep of posts along to another topic's place.
type Carry func(tx *store.Tx, posts []id.ID, to id.ID) error

// Carries adds to what goes along with posts that move. It is for the wiring.
func (f *Forum) Carries(all ...Carry) { f.carries = append(f.carries, all...) }

// moved is what a split or a merge did, as far as it takes to undo it.
type moved struct {
	To     id.ID           `json:"to"`
	Posts  map[id.ID]int64 `json:"posts"`            // the numbers that they had
	Answer id.ID           `json:"answer,omitempty"` // that was taken from the topic with them
	Made   bool            `json:"made,omitempty"`   // the other topic was begun for them
	Hidden bool            `json:"hidden,omitempty"` // the merged topic had been hidden before
}

// pair is two topics that are held, for posts that go from one to the other.
type pair struct{ from, to Topic }

// lockPair holds two topics, which v looks after both, in the order of their ids.
func (f *Forum) lockPair(tx *store.Tx, v access.Viewer, from, to id.ID) (access.Viewer, pair, error) {
	var p pair
	v, err := f.access.Renew(tx, v)
	if err != nil {
		return v, p, err
	}
	if from == to {
		return v, p, problem.Invalid("to", "Choose another topic than this one.")
	}
	keys := []id.ID{from, to}
	slices.Sort(keys)
	held := map[id.ID]Topic{}
	for _, key := range keys {
		place, err := access.LockPlace(tx, key)
		if err != nil {
			return v, p, err
		}
		if err := v.CanModerate(place); err != nil {
			return v, p, err
		}
		var t Topic
		if err := tx.Take(&t, "id = ?", key).Error; err != nil {
			return v, p, missing(err)
		}
		t.settle(place, tx.Now)
		if t.Archived {
			return v, p, problem.Refused("This is archived: take it out of the archive first.")
		}
		held[key] = t
	}
	return v, pair{held[from], held[to]}, nil
}

// carryTo gives posts of p.from the next numbers of p.to, in the order that they had, with all that
// hangs on them. Their old numbers lead on to them.
func (f *Forum) carryTo(tx *store.Tx, p *pair, posts []Post) (m moved, err error) {
	m = moved{To: p.to.ID, Posts: map[id.ID]int64{}}
	keys := idsOf(posts)
	for _, post := range posts {
		m.Posts[post.ID] = post.Number
		row := map[string]any{"topic_id": p.from.ID, "number": post.Number, "post_id": post.ID, "at": tx.Now}
		if err := tx.Table("moved_posts").Create(row).Error; err != nil {
			return m, err
		}
	}
	if a := p.from.AnswerID; a != nil && slices.Contains(keys, *a) {
		m.Answer = *a
		if err := f.setAnswer(tx, &p.from, nil); err != nil {
			return m, err
		}
	}
	err = tx.Exec(`update posts set topic_id = ?, number = ranked.n
		from (select id, ? + row_number() over (order by number) as n from posts where id in ?) ranked where posts.id = ranked.id`,
		p.to.ID, p.to.LastNumber, keys).Error
	if err != nil {
		return m, err
	}
	p.to.LastNumber += int64(len(posts))
	if err := f.along(tx, keys, p.to.ID); err != nil {
		return m, err
	}
	return m, f.refigure(tx, p, keys)
}

// along takes what hangs on posts, or on a topic itself, to a topic's place.
func (f *Forum) along(tx *store.Tx, posts []id.ID, to id.ID) error {
	if err := index.Carry(tx, posts, to); err != nil {
		return err
	}
	if err := standing.Carry(tx, posts, to); err != nil {
		return err
	}
	if err := notify.Carry(tx, posts, to); err != nil {
		return err
	}
	if err := files.Carry(tx, posts, to); err != nil {
		return err
	}
	for _, carry := range f.carries {
		if err := carry(tx, posts, to); err != nil {
			return err
		}
	}
	return nil
}

// refigure counts both topics anew after posts went over, writes the cards of first posts, and has the
// open pages look again.
func (f *Forum) refigure(tx *store.Tx, p *pair, posts []id.ID) error {
	for _, t := range []*Topic{&p.from, &p.to} {
		if err := countPosts(tx, t); err != nil {
			return err
		}
		if _, err := stream.Add(tx, t.ID, stream.Moved, t.ID); err != nil {
			return err
		}
	}
	var firsts []Post // of either topic, before or now: a card has a title or none
	if err := tx.Where("id in ? and (number = 1 or id in (select id from search_rows where kind = 'topic'))", posts).Find(&firsts).Error; err != nil {
		return err
	}
	for _, first := range firsts {
		if err := index.Drop(tx, first.ID); err != nil {
			return err
		}
		t := p.to
		if first.TopicID == p.from.ID {
			t = p.from
		}
		if err := file(tx, t, first); err != nil {
			return err
		}
	}
	return nil
}

// countPosts writes how many posts of a topic can be read, the last of them and when that was.
func countPosts(tx *store.Tx, t *Topic) error {
	if err := tx.Model(&Post{}).Where("topic_id = ? and removed_at is null", t.ID).Count(&t.Posts).Error; err != nil {
		return err
	}
	var last Post
	err := tx.Where("topic_id = ? and removed_at is null", t.ID).Order("number desc").Limit(1).Find(&last).Error
	if err != nil {
		return err
	}
	if last.ID != 0 {
		t.LastBy = &last.AuthorID
		if last.CreatedAt.After(t.ActiveAt) {
			t.ActiveAt = last.CreatedAt
		}
	}
	return tx.Model(t).Select("posts", "last_number", "last_by", "active_at").Updates(t).Error
}

// noted writes a deed on two topics into the log of both, and between the posts of both.
func noted(tx *store.Tx, v access.Viewer, p *pair, o Command, back Command, n, from int64) (line id.ID, err error) {
	line, err = audit.Keep(tx, audit.Line{By: v.ID, What: deeds[o.Do].past, Space: p.from.SpaceID, Place: p.from.ID, Subject: p.to.ID, Why: o.Why, Detail: plural(n), Back: asText(back)})
	if err != nil {
		return 0, err
	}
	if err := tell(tx, &p.from, Told{ID: line, By: v.ID, Do: o.Do, Why: o.Why, N: n, From: from}); err != nil {
		return 0, err
	}
	err = audit.Write(tx, audit.Line{By: v.ID, What: deeds[toGain].past, Space: p.to.SpaceID, Place: p.to.ID, Subject: p.to.ID, Why: o.Why, Detail: plural(n), Back: gained(line)})
	if err != nil {
		return 0, err
	}
	return line, tell(tx, &p.to, Told{ID: line, By: v.ID, Do: toGain, Why: o.Why, N: n})
}

// gained is the way back of the other line of a split or a merge, in the log of where the posts went.
func gained(line id.ID) string { return asText(Command{Do: toGain, To: line}) }

func plural(n int64) string {
	if n == 1 {
		return "1 post"
	}
	return decimal(n) + " posts"
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
