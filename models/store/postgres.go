package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
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
	of := config()
	of.ClauseBuilders = map[string]clause.ClauseBuilder{"LIMIT": plainLimit}
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), of)
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

// plainLimit writes the number into the statement: of one that it is told later the server thinks that it
// is a tenth of all rows, and plans each time anew or for that.
func plainLimit(c clause.Clause, to clause.Builder) {
	limit, ok := c.Expression.(clause.Limit)
	if !ok {
		return
	}
	if limit.Limit != nil && *limit.Limit >= 0 {
		to.WriteString("LIMIT " + strconv.Itoa(*limit.Limit))
	}
	if limit.Offset > 0 {
		to.WriteString(" OFFSET " + strconv.Itoa(limit.Offset))
	}
}
