// Package index keeps the cards by which things are found: one for each post, message, letter and member,
// with the words that it is found by. Whoever changes such a thing changes its card in the same
// transaction. What stands at a card's place is for those who may read that place: models/search asks.
package index

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/lexeme"
	"guildhall/models/store"
)

// Kinds of cards.
const (
	Topic   = "topic" // the first post, with the title
	Post    = "post"
	Message = "message"
	Letter  = "letter"
	Member  = "member"
)

// Card is what a thing is found by.
type Card struct {
	ID    id.ID // of the post, message, letter or member
	Kind  string
	Place id.ID // where it hangs; a member hangs nowhere
	By    id.ID
	At    time.Time
	Image bool
	Likes int64 // counted from here on by Liked
	Title string
	Body  string
}

type row struct {
	ID       id.ID
	Kind     string
	PlaceID  *id.ID
	AuthorID id.ID
	At       time.Time
	Image    bool
	Likes    int64
	Worth    float64
}

func (row) TableName() string { return "search_rows" }

// Put writes cards, or writes them anew: what they were liked by then stays. It takes as many statements
// for many as for one.
func Put(tx *store.Tx, cards ...Card) error {
	rows := make([]row, len(cards))
	words, titles := make([]worded, len(cards)), make([]worded, 0, len(cards))
	for i, c := range cards {
		title, body := lexeme.Texts(lexeme.Of(c.Title)), lexeme.Texts(lexeme.Of(c.Body))
		rows[i] = row{ID: c.ID, Kind: c.Kind, AuthorID: c.By, At: c.At, Image: c.Image, Likes: c.Likes, Worth: worth(c.At, len(body))}
		if c.Place != 0 {
			rows[i].PlaceID = &c.Place
		}
		words[i] = worded{c.ID, title, body}
		if len(title) > 0 {
			titles = append(titles, worded{c.ID, title, nil})
		}
	}
	if err := tx.Clauses(store.Upsert("id", "image", "worth")).Create(&rows).Error; err != nil {
		return fmt.Errorf("write the card of %s: %w", cards[0].ID, err)
	}
	if err := write(tx, "search_words", words); err != nil || len(titles) == 0 {
		return err
	}
	return write(tx, "search_titles", titles)
}

// worded are the words that a thing is found by.
type worded struct {
	id          id.ID
	title, body []string
}

// write puts words into one of the tables that are each database's own.
func write(tx *store.Tx, table string, all []worded) error {
	var args []any
	one, insert, then := "(?, ?, ?)", "insert or replace into search_words (rowid, title, body) values ", ""
	switch {
	case tx.Dialect() == "postgres":
		one, insert, then = "(?, cast(? as tsvector))", "insert into "+table+" (rowid, words) values ", " on conflict (rowid) do update set words = excluded.words"
		for _, w := range all {
			args = append(args, w.id, vector(w.title, w.body))
		}
	case table == "search_titles":
		one, insert = "(?, ?)", "insert or replace into search_titles (rowid, title) values "
		for _, w := range all {
			args = append(args, w.id, strings.Join(w.title, " "))
		}
	default:
		for _, w := range all {
			args = append(args, w.id, strings.Join(w.title, " "), strings.Join(w.body, " "))
		}
	}
	return tx.Exec(insert+one+strings.Repeat(", "+one, len(all)-1)+then, args...).Error
}

// Drop takes cards away: what is removed is found by nobody.
func Drop(tx *store.Tx, keys ...id.ID) error {
	if len(keys) == 0 {
		return nil
	}
	for _, table := range []string{"search_words", "search_titles"} {
		if err := tx.Exec("delete from "+table+" where rowid in ?", keys).Error; err != nil {
			return err
		}
	}
	return tx.Exec("delete from search_rows where id in ?", keys).Error
}

// Liked notes that somebody reacted to a thing, or took it back.
func Liked(tx *store.Tx, key id.ID, on bool) error {
	by := 1
	if !on {
		by = -1
	}
	return tx.Exec("update search_rows set likes = likes + ? where id = ?", by, key).Error
}

// What is twice as long ago as this counts half as much as what is this long ago.
const halfLife = 2 * 365 * 24 * time.Hour

var since = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// worth is what a card counts beside others with the same words: the newer the more, and the more the
// larger a part of it the words are. It doubles with each half-life since a fixed instant, which puts
// cards in the order that fading would, and never has to be written again.
func worth(at time.Time, words int) float64 {
	return math.Exp2(at.Sub(since).Hours()/halfLife.Hours()) / (1 + math.Log1p(float64(words)/200))
}

// apart is how far the body stands from the title, so that no phrase reaches across.
const apart = 10

// vector writes words as Postgres keeps them: with their positions.
func vector(title, body []string) string {
	at := map[string][]string{}
	for i, w := range title {
		at[w] = append(at[w], fmt.Sprint(i+1))
	}
	for i, w := range body {
		at[w] = append(at[w], fmt.Sprint(len(title)+apart+i))
	}
	all := make([]string, 0, len(at))
	for w, places := range at {
		all = append(all, "'"+w+"':"+strings.Join(places[:min(len(places), 200)], ","))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// Carry takes the cards of things that moved to another place.
func Carry(tx *store.Tx, keys []id.ID, to id.ID) error {
	return tx.Exec("update search_rows set place_id = ? where id in ?", to, keys).Error
}
