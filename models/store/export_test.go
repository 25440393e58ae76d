package store

import "context"

// Older compares a version of SQLite with the oldest that will do.
func Older(version string) bool { return older(version, oldestSQLite) }

// Weaken runs statements on the writing connection, past everything that guards it.
func (s *Store) Weaken(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if err := s.write.WithContext(ctx).Exec(statement).Error; err != nil {
			return err
		}
	}
	return nil
}
