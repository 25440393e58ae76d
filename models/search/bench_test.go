package search_test

import (
	"fmt"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/search"
	"guildhall/models/store"
)

// BenchmarkFind asks clubs of 1,000 and 100,000 posts for a word that stands in every post, for two
// that stand in some, for one that stands in few, and as somebody who types.
func BenchmarkFind(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		for _, posts := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", database, posts), func(b *testing.B) {
				club := clubtest.On(b, database)
				crowd(b, club, posts)
				v := club.Again(club.Regular)
				for name, text := range map[string]string{"common": "photograph", "some": "grain 17", "rare": "rare7", "phrase": `"grain of photograph"`, "latest": "photograph order:latest", "filter": "@newt in:replies"} {
					b.Run(name, func(b *testing.B) { ask(b, club, v, text, false) })
				}
				b.Run("typing", func(b *testing.B) { ask(b, club, v, "ph", true) })
			})
		}
	}
}

func ask(b *testing.B, club *clubtest.Club, v access.Viewer, text string, quick bool) {
	q := search.Parse(text, club.Clock.Now())
	for b.Loop() {
		var p search.Page
		var err error
		if quick {
			p, err = club.Search.Quick(b.Context(), v, q, 7)
		} else {
			p, err = club.Search.Find(b.Context(), v, q, "")
		}
		clubtest.OK(b, err)
		if len(p.Hits) == 0 {
			b.Fatal("nothing is found")
		}
	}
}

// crowd writes posts as they stand, without what follows from a reply, in half of which somebody who
// asks may read.
func crowd(b *testing.B, club *clubtest.Club, posts int) {
	b.Helper()
	shut := club.Space("Attic", map[access.Verb]access.Lock{access.Read: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
	topics := []id.ID{club.Topic(club.Open, "In the open").ID, club.Topic(shut, "Behind the door").ID}
	for from := 0; from < posts; from += 1_000 {
		club.Write(func(tx *store.Tx) error {
			rows := make([]map[string]any, 1_000)
			for i := range rows {
				n := from + i
				text := fmt.Sprintf("The grain of photograph number %d shows in print %d, and rare%d", n, n%97, n/50)
				rows[i] = map[string]any{"id": tx.NewID(), "topic_id": topics[n%2], "number": n + 2, "author_id": club.Newcomer.ID, "key": fmt.Sprint("k", n),
					"source": text, "html": text, "plain": text, "recipe": 1, "created_at": tx.Now}
			}
			if err := tx.Table("posts").Create(&rows).Error; err != nil {
				return err
			}
			for i, r := range rows {
				c := index.Card{ID: r["id"].(id.ID), Kind: index.Post, Place: topics[(from+i)%2], By: club.Newcomer.ID, At: tx.Now.Add(time.Duration(from+i-200_000) * time.Minute), Body: r["plain"].(string)}
				if err := index.Put(tx, c); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if club.Store.Dialect() == "postgres" {
		club.Write(func(tx *store.Tx) error { return tx.Exec("analyze").Error })
	}
}
