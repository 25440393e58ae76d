package views

import (
	"context"
	"time"

	"guildhall/models/site"
)

// Reader is for whom a page is drawn: their hour and zone, and the club's own nouns. A fragment
// for the live line is drawn with the words alone, so its times are UTC and absolute, and the page
// that takes it in says them again in its own zone.
type Reader struct {
	Now   time.Time
	Zone  *time.Location // nil: UTC
	Words site.Words
}

type readerKey struct{}

// WithReader returns a context in which parts are drawn for r. Layout does so by itself; a handler
// needs it to draw one part of a page.
func WithReader(ctx context.Context, r Reader) context.Context {
	return context.WithValue(ctx, readerKey{}, r)
}

func reader(ctx context.Context) Reader {
	r, _ := ctx.Value(readerKey{}).(Reader)
	if r.Words == (site.Words{}) {
		r.Words = site.Club{}.Vocabulary()
	}
	return r
}

func words(ctx context.Context) site.Words { return reader(ctx).Words }

// at is a time as the reader's clock shows it.
func (r Reader) at(t time.Time) time.Time {
	if r.Zone == nil {
		return t.UTC()
	}
	return t.In(r.Zone)
}
