package store

import (
	"context"
	"errors"
)

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

// To brings the schema to a version, up or down.
func (s *Store) To(ctx context.Context, version int64) error {
	provider, err := s.migrator()
	if err != nil {
		return err
	}
	if has, err := provider.GetDBVersion(ctx); err != nil || has < version {
		_, up := provider.UpTo(ctx, version)
		return errors.Join(err, up)
	}
	_, err = provider.DownTo(ctx, version)
	return err
}
