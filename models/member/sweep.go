package member

import (
	"context"

	"guildhall/models/store"
)

// Sweep drops what ended more than a day ago: journeys, links, arrivals, login sessions, counts of
// letters; and tokens a month after their end, as their members may look for them. It goes in small
// steps, so that nobody waits for it.
func (s *Members) Sweep(ctx context.Context) error {
	for _, what := range []struct {
		table, key, column string
		days               int
	}{
		{"handshakes", "id", "expires_at", 1},
		{"sign_in_links", "id", "expires_at", 1},
		{"arrivals", "id", "expires_at", 1},
		{"login_sessions", "id", "expires_at", 1},
		{"mailboxes", "address", "last_at", 1},
		{"tokens", "id", "expires_at", 30},
	} {
		past := s.store.Now(ctx).AddDate(0, 0, -what.days)
		statement := "delete from " + what.table + " where " + what.key + " in (select " + what.key + " from " + what.table + " where " + what.column + " < ? limit 200)"
		for more := true; more; {
			err := s.store.Write(ctx, func(tx *store.Tx) error {
				res := tx.Exec(statement, past)
				more = res.RowsAffected == 200
				return res.Error
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
