package forum

import (
	"fmt"

	"guildhall/models/access"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Overtaken is a Conflict problem of a reply before which others were posted since it was begun. It is
// asked once: sent again with the number that was seen by then, it goes through.
type Overtaken struct {
	*problem.Problem
	From int64 // the number of the first that was not seen
}

// Unwrap gives the Problem.
func (o *Overtaken) Unwrap() error { return o.Problem }

// mostOvertaken is how many new replies are counted.
const mostOvertaken = 100

// overtaken is nil unless others posted in t after the number that v has seen.
func overtaken(tx *store.Tx, v access.Viewer, t Topic, seen int64) error {
	if seen <= 0 || t.LastNumber <= seen {
		return nil
	}
	var numbers []int64
	err := tx.Model(&Post{}).Where("topic_id = ? and number > ? and author_id <> ? and removed_at is null", t.ID, seen, v.ID).
		Order("number").Limit(mostOvertaken).Pluck("number", &numbers).Error
	if err != nil || len(numbers) == 0 {
		return err
	}
	words := "Somebody replied while you wrote."
	if n := len(numbers); n == mostOvertaken {
		words = "There are many new replies since you began."
	} else if n > 1 {
		words = fmt.Sprintf("There are %d new replies since you began.", n)
	}
	return &Overtaken{problem.Conflict("%s Read them, and post yours as it is or change it.", words), numbers[0]}
}
