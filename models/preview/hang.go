package preview

import (
	"encoding/json"
	"fmt"
	"slices"

	"guildhall/models/fetch"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Hang notes which pages a new post or message shows, has those asked for that are not known in its topic
// or room, and returns the cards of the others, to be kept with it. What is known elsewhere is asked for
// like what nobody knows: a card that were there at once would tell that somebody showed the page before.
func (p *Previews) Hang(tx *store.Tx, place, subject id.ID, cooked string) (cards string, err error) {
	shown := addresses(cooked)
	if len(shown) == 0 {
		return "", nil
	}
	rules, err := p.rules(tx.DB)
	if err != nil {
		return "", err
	}
	if shown = slices.DeleteFunc(shown, func(a string) bool { return rules.bar(hostOf(a)) }); len(shown) == 0 {
		return "", nil
	}
	rows, err := known(tx, place, subject, shown)
	if err != nil {
		return "", err
	}
	for i, address := range shown {
		r := rows[address]
		err := tx.Exec(`insert into preview_links (subject_id, preview_id, position) values (?, ?, ?)
			on conflict (subject_id, preview_id) do update set position = excluded.position`, subject, r.ID, i).Error
		if err != nil {
			return "", err
		}
		if r.fresh(tx.Now) {
			continue
		}
		last := int64(0)
		if r.AskedAt != nil {
			last = r.AskedAt.UnixMicro()
		}
		if err := queue.Add(tx, queue.Work{Kind: Ask, Key: fmt.Sprintf("preview %s after %d", r.ID, last), Payload: r.ID}); err != nil {
			return "", err
		}
	}
	return p.drawn(tx, subject, rules)
}

// Rehang is Hang for a text that was changed: what it shows no longer has no card any more.
func (p *Previews) Rehang(tx *store.Tx, place, subject id.ID, cooked string) (cards string, err error) {
	gone := tx.Where("subject_id = ? and dropped_by is null", subject)
	if shown := addresses(cooked); len(shown) > 0 {
		gone = gone.Where("preview_id not in (select id from previews where address in ?)", shown)
	}
	if err := gone.Delete(&link{}).Error; err != nil {
		return "", err
	}
	return p.Hang(tx, place, subject, cooked)
}

// LetGo forgets what was shown in posts or messages that are gone for good.
func LetGo(tx *store.Tx, subjects []id.ID) error {
	return tx.Where("subject_id in ?", subjects).Delete(&link{}).Error
}

// Drop takes a card away for good and returns those that are left. Whether by may is the caller's to ask.
func (p *Previews) Drop(tx *store.Tx, by, subject, card id.ID) (cards string, err error) {
	err = tx.Model(&link{}).Where("subject_id = ? and preview_id = ?", subject, card).Update("dropped_by", by).Error
	if err != nil {
		return "", err
	}
	rules, err := p.rules(tx.DB)
	if err != nil {
		return "", err
	}
	return p.drawn(tx, subject, rules)
}

// link is where a page is shown.
type link struct {
	SubjectID id.ID
	PreviewID id.ID
	Position  int
	DroppedBy *id.ID
}

func (link) TableName() string { return "preview_links" }

// addresses are those of the cards that a text asks for, each in its one spelling.
func addresses(cooked string) (all []string) {
	for _, written := range prose.Alone(cooked) {
		u, err := fetch.Parse(written)
		if err != nil || slices.Contains(all, u.String()) {
			continue
		}
		if all = append(all, u.String()); len(all) == maxCards {
			break
		}
	}
	return all
}

// known is what is known of addresses in a topic or room, by address; of new ones that they are there. What
// was moved there keeps what it shows.
func known(tx *store.Tx, place, subject id.ID, shown []string) (map[string]row, error) {
	var rows []row
	err := tx.Where("address in ? and id in (select preview_id from preview_links where subject_id = ?)", shown, subject).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	by := make(map[string]row, len(shown))
	for _, r := range rows {
		by[r.Address] = r
	}
	others := slices.DeleteFunc(slices.Clone(shown), func(a string) bool { _, ok := by[a]; return ok })
	if len(others) == 0 {
		return by, nil
	}
	if rows, err = written(tx, place, others); err != nil {
		return nil, err
	}
	for _, r := range rows {
		by[r.Address] = r
	}
	return by, nil
}

// written are the rows of addresses in a topic or room. Each is written, so that no sweep takes it before
// it hangs there.
func written(tx *store.Tx, place id.ID, shown []string) (rows []row, err error) {
	fresh := make([]row, len(shown))
	for i, address := range shown {
		fresh[i] = row{ID: tx.NewID(), PlaceID: place, Address: address}
	}
	if err := tx.Clauses(store.Upsert("place_id, address", "address")).Create(&fresh).Error; err != nil {
		return nil, err
	}
	return rows, tx.Where("place_id = ? and address in ?", place, shown).Find(&rows).Error
}

// drawn are the cards of a post or message as it keeps them, by the rules as they are now.
func (p *Previews) drawn(tx *store.Tx, subject id.ID, rules rules) (string, error) {
	var rows []row
	err := tx.Table("previews").Joins("join preview_links on preview_links.preview_id = previews.id").Select("previews.*").
		Where("preview_links.subject_id = ? and preview_links.dropped_by is null and previews.good", subject).
		Order("preview_links.position").Limit(maxCards).Find(&rows).Error
	if err != nil {
		return "", err
	}
	var cards []Card
	for _, r := range rows {
		if !rules.bar(hostOf(r.Address)) {
			cards = append(cards, r.card())
		}
	}
	if len(cards) == 0 {
		return "", nil
	}
	kept, err := json.Marshal(cards)
	return string(kept), err
}
