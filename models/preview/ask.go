package preview

import (
	"context"
	"errors"

	"guildhall/models/fetch"
	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// How many posts and messages follow at once: the latest that show a page that came, and a stretch of
// all of them after the rules changed.
const (
	mostShown = 50
	stretch   = 100
)

// Fetch asks for a page and gives its card to what shows it. That it cannot be had is kept too, and is
// no error; that we may not ask at the moment is one.
func (p *Previews) Fetch(ctx context.Context, key id.ID) error {
	r, err := p.find(ctx, key)
	if errors.Is(err, store.ErrNotFound) || err == nil && r.fresh(p.store.Now(ctx)) {
		return nil
	}
	if err != nil {
		return err
	}
	rules, err := p.rules(p.store.Read(ctx))
	if err != nil || rules.bar(hostOf(r.Address)) {
		return err
	}
	page, err := p.outside.Get(ctx, r.Address, "text/html, application/xhtml+xml;q=0.9", rules.bar)
	if errors.Is(err, fetch.ErrBusy) || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	read, good := Page{}, false
	if err == nil && page.Status == 200 {
		read, good = Read(page.Body, page.Kind)
	}
	return p.store.Write(ctx, func(tx *store.Tx) error { return p.came(tx, r, read, good) })
}

// came keeps what was read of an address.
func (p *Previews) came(tx *store.Tx, old row, read Page, good bool) error {
	until := tx.Now.Add(failedFor)
	if good {
		until = tx.Now.Add(freshFor)
	}
	now := row{ID: old.ID, PlaceID: old.PlaceID, Address: old.Address, Good: good, Title: read.Title, About: read.About, Site: read.Site, AskedAt: &tx.Now, FreshUntil: &until}
	if !good && old.Good {
		now.Good, now.Title, now.About, now.Site = true, old.Title, old.About, old.Site // it was there once: what it said stands
	}
	if err := tx.Save(&now).Error; err != nil {
		return err
	}
	if now.Good == old.Good && now.card() == old.card() {
		return nil
	}
	var shown []link
	if err := tx.Where("preview_id = ?", now.ID).Order("subject_id desc").Limit(mostShown).Find(&shown).Error; err != nil {
		return err
	}
	return p.redraw(tx, shown, true)
}

func (p *Previews) redraw(tx *store.Tx, shown []link, tell bool) error {
	rules, err := p.rules(tx.DB)
	if err != nil {
		return err
	}
	for _, l := range shown {
		cards, err := p.drawn(tx, l.SubjectID, rules)
		if err != nil {
			return err
		}
		if err := p.deps.Keep(tx, l.SubjectID, cards, tell); err != nil {
			return err
		}
	}
	return nil
}

// Redraw draws the cards of the next stretch of what has any, after the given one, and has the rest
// done after it. Open pages are not told: they follow when they are loaded.
func (p *Previews) Redraw(ctx context.Context, after int64) error {
	return p.store.Write(ctx, func(tx *store.Tx) error {
		var shown []link
		err := tx.Model(&link{}).Distinct("subject_id").Where("subject_id > ?", after).Order("subject_id").Limit(stretch).Find(&shown).Error
		if err != nil || len(shown) == 0 {
			return err
		}
		if err := p.redraw(tx, shown, false); err != nil || len(shown) < stretch {
			return err
		}
		return queue.Add(tx, queue.Work{Kind: Redraw, Payload: int64(shown[len(shown)-1].SubjectID)})
	})
}
