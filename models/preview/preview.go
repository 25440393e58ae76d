// Package preview shows what stands at an address outside that somebody put on a line of its own: a card
// with title, description and site. Pages are asked for in the background, as nobody, never twice for one
// topic or room while what is known of them is fresh, and never from the club itself. Nothing of a card depends on who reads
// it, so the cards of a text are kept beside the text.
package preview

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"guildhall/models/access"
	"guildhall/models/fetch"
	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// How long what is known of a page stays so.
const (
	freshFor  = 7 * 24 * time.Hour
	failedFor = 24 * time.Hour
)

// maxCards is how many cards one text has.
const maxCards = 3

// Work in the queue: to ask for a page, and to draw all cards anew after the rules changed.
var (
	Ask    = queue.NewKind("preview.ask", queue.Normal)
	Redraw = queue.NewKind("preview.redraw", queue.Idle)
)

// Card is what is shown of a page. It is text, and safe nowhere else.
type Card struct {
	ID      id.ID  `json:"id"`
	Address string `json:"address"`
	Host    string `json:"host"`
	Title   string `json:"title"`
	About   string `json:"about,omitempty"`
	Site    string `json:"site,omitempty"`
}

// Cards reads what a post or message keeps of its cards.
func Cards(kept string) (cards []Card) {
	if kept == "" {
		return nil
	}
	if json.Unmarshal([]byte(kept), &cards) != nil {
		return nil // written by us alone; without it the text stands
	}
	return cards
}

// Deps is what the previews ask of higher floors.
type Deps struct {
	Access *access.Access
	// Keep keeps the cards of a post or message, if they are others than it has. With tell it tells its
	// open pages.
	Keep func(tx *store.Tx, subject id.ID, cards string, tell bool) error
}

// Previews answers for the cards of one club.
type Previews struct {
	store   *store.Store
	deps    Deps
	outside *fetch.Client
	own     atomic.Pointer[string] // the club's own host
}

// New returns the previews of a database, of pages that outside asks for.
func New(s *store.Store, outside *fetch.Client, d Deps) *Previews {
	return &Previews{store: s, outside: outside, deps: d}
}

// StandsAt says where the club itself is: of its own pages there are no cards, as what is on them
// depends on who reads. It is called before the club is served.
func (p *Previews) StandsAt(base string) {
	if u, err := url.Parse(base); err == nil {
		host := strings.ToLower(u.Hostname())
		p.own.Store(&host)
	}
}

// row is what is known of an address in one topic or room.
type row struct {
	ID         id.ID
	PlaceID    id.ID
	Address    string
	Good       bool
	Title      string
	About      string
	Site       string
	AskedAt    *time.Time
	FreshUntil *time.Time
}

func (row) TableName() string { return "previews" }

func (r row) fresh(now time.Time) bool { return r.FreshUntil != nil && now.Before(*r.FreshUntil) }

func (r row) card() Card {
	return Card{ID: r.ID, Address: r.Address, Host: hostOf(r.Address), Title: r.Title, About: r.About, Site: r.Site}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// find reads what is known of one address.
func (p *Previews) find(ctx context.Context, key id.ID) (r row, err error) {
	return r, p.store.Read(ctx).Take(&r, "id = ?", key).Error
}
