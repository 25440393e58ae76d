package views

import (
	"context"
	"io"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// kept draws what comes on page after page once and hands that out again. K is all that the drawing
// depends on, beside the program itself: neither who reads nor what the club calls its things.
type kept[K comparable] struct {
	*keptPart[K]
	draw func(K) templ.Component
}

// keptAtMost bounds what is kept: past it all of it is drawn anew, as it comes.
const keptAtMost = 20_000

func keep[K comparable](draw func(K) templ.Component) *kept[K] {
	return &kept[K]{keptPart: keepPart[K](keptAtMost), draw: draw}
}

// of is the drawing of key.
func (k *kept[K]) of(key K) templ.Component {
	return k.or(context.Background(), key, func() templ.Component { return k.draw(key) })
}

// keptPart is kept for parts that are drawn from more than stands in their key. What they show must be
// in it all the same, what they read of the context too: the drawing of the first is that of all.
type keptPart[K comparable] struct {
	most  int
	mu    sync.RWMutex
	drawn map[K]drawn
}

func keepPart[K comparable](most int) *keptPart[K] {
	return &keptPart[K]{most: most, drawn: map[K]drawn{}}
}

// or is the drawing of key, or else of part.
func (k *keptPart[K]) or(ctx context.Context, key K, part func() templ.Component) templ.Component {
	k.mu.RLock()
	d, ok := k.drawn[key]
	k.mu.RUnlock()
	if ok {
		return d
	}
	var b strings.Builder
	fresh := part()
	if err := fresh.Render(ctx, &b); err != nil {
		return fresh // it says so where it stands
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.drawn) >= k.most {
		clear(k.drawn)
	}
	k.drawn[key] = drawn(b.String())
	return drawn(b.String())
}

// drawn is HTML that was made by a part of ours.
type drawn string

// Render writes it as it is.
func (d drawn) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(d))
	return err
}
