package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// connections is how many Postgres connections one instance holds at the most.
const connections = 20

// openPostgres refuses a server that acknowledges what it has not kept.
func (s *Store) openPostgres(ctx context.Context, url string) error {
	s.dialect = "postgres"
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"statement_timeout": "10000", "lock_timeout": "5000", "idle_in_transaction_session_timeout": "15000",
		"timezone": "UTC", "application_name": "guildhall",
	} {
		if _, set := conf.RuntimeParams[name]; !set {
			conf.RuntimeParams[name] = value
		}
	}
	pool := stdlib.OpenDB(*conf)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), config())
	if err != nil {
		return err
	}
	s.write, s.read = db, db
	for _, setting := range []string{"fsync", "synchronous_commit"} {
		var value string
		if err := db.WithContext(ctx).Raw("select current_setting(?)", setting).Scan(&value).Error; err != nil {
			return err
		}
		if value == "off" {
			return fmt.Errorf("the server runs with %s=off and would lose what it acknowledged: switch it on", setting)
		}
	}
	return nil
}

var _ gorm.Dialector = translating{}
