package member

import (
	"context"
	"time"

	"guildhall/models/store"
)

// Sweep drops what ended more than a day ago: journeys, links, arrivals, login sessions, counts of
// letters. It goes in small steps, so that nobody waits for it.
func (s *Members) Sweep(ctx context.Context) error {
	past := s.store.Now(ctx).Add(-24 * time.Hour)
	for _, what := range []struct{ table, key, column string }{
		{"handshakes", "id", "expires_at"},
		{"sign_in_links", "id", "expires_at"},
		{"arrivals", "id", "expires_at"},
		{"login_sessions", "id", "expires_at"},
		{"mailboxes", "address", "since"},
	} {
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
