package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"guildhall/migrations"
	"guildhall/models/id"
)

// Migrate brings the schema up to this program's, each migration in one transaction, and counts
// this start so that its keys differ from those of every other. Several instances may call it at
// once: one migrates, the others wait. It refuses a schema that is newer than the program.
func (s *Store) Migrate(ctx context.Context) error {
	provider, err := s.migrator()
	if err != nil {
		return err
	}
	if err := refuseNewer(ctx, provider); err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	var start int64
	if err := s.write.WithContext(ctx).Raw("update counters set value = value + 1 where name = 'starts' returning value").Scan(&start).Error; err != nil {
		return fmt.Errorf("count this start: %w", err)
	}
	s.ids.Store(id.NewMaker(start))
	return nil
}

// Schema is the version of the database's schema and that of the program.
func (s *Store) Schema(ctx context.Context) (has, wants int64, err error) {
	provider, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	has, wants, err = provider.GetVersions(ctx)
	return has, wants, err
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := migrations.For(s.dialect)
	if err != nil {
		return nil, err
	}
	pool, err := s.write.DB()
	if err != nil {
		return nil, err
	}
	if s.dialect == "sqlite" {
		return goose.NewProvider(goose.DialectSQLite3, pool, files)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, pool, files, goose.WithSessionLocker(locker))
}

func refuseNewer(ctx context.Context, provider *goose.Provider) error {
	has, wants, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > wants {
		return fmt.Errorf("the database has schema %d and this program knows %d: run a newer program", has, wants)
	}
	return nil
}
