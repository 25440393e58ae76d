package search

import (
	"context"
	"strconv"

	"guildhall/models/id"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Fill is the kind of the job that writes the cards of what was there before there were any. The
// migration that made the index queues the first; each one queues the next in its own transaction.
var Fill = queue.NewKind("search.fill", queue.Idle)

// atOnce is how many cards one transaction writes: nobody waits for long.
const atOnce = 50

// Fill writes the next stretch of cards, and remembers how far it is. What is written meanwhile has its
// card already, and is only written again.
func (s *Search) Fill(ctx context.Context) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		var at []struct {
			Name  string
			After id.ID
		}
		if err := store.ForUpdate(tx.Table("search_fills")).Order("name").Limit(1).Find(&at).Error; err != nil || len(at) == 0 {
			return err
		}
		write := map[string]func(*store.Tx, id.ID, int) (id.ID, error){"posts": s.Forum.Cards, "messages": s.Chat.Cards, "members": s.Members.Cards}[at[0].Name]
		last, err := write(tx, at[0].After, atOnce)
		if err != nil {
			return err
		}
		if last == 0 {
			err = tx.Exec("delete from search_fills where name = ?", at[0].Name).Error
		} else {
			err = tx.Exec("update search_fills set after = ? where name = ?", last, at[0].Name).Error
		}
		if err != nil {
			return err
		}
		return queue.Add(tx, queue.Work{Kind: Fill, Key: "search.fill." + at[0].Name + "." + strconv.FormatInt(int64(last), 10), Payload: struct{}{}})
	})
}
