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
	draw func(K) templ.Component

	mu    sync.RWMutex
	drawn map[K]drawn
}

// keptAtMost bounds what is kept: past it all of it is drawn anew, as it comes.
const keptAtMost = 20_000

func keep[K comparable](draw func(K) templ.Component) *kept[K] {
	return &kept[K]{draw: draw, drawn: map[K]drawn{}}
}

// of is the drawing of key.
func (k *kept[K]) of(key K) templ.Component {
	k.mu.RLock()
	d, ok := k.drawn[key]
	k.mu.RUnlock()
	if ok {
		return d
	}
	var b strings.Builder
	part := k.draw(key)
	if err := part.Render(context.Background(), &b); err != nil {
		return part // it says so where it stands
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.drawn) >= keptAtMost {
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
