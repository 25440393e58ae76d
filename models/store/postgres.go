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

// One instance holds this many Postgres connections at the most, and these beside them for what is looked
// for by words.
const (
	connections = 20
	seekers     = 5
)

// openPostgres refuses a server that acknowledges what it has not kept.
func (s *Store) openPostgres(ctx context.Context, url string) error {
	s.dialect = "postgres"
	// A statement is planned once and not for each of its values: rows are told apart by keys, and to plan the
	// long ones costs more than to run them. How often a word stands somewhere, though, decides how to find it.
	db, err := openPool(url, connections, "force_generic_plan")
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
	s.seek, err = openPool(url, seekers, "auto")
	return err
}

// openPool opens so many connections that plan their statements in that way. What the address itself sets stands.
func openPool(url string, size int, plans string) (*gorm.DB, error) {
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{
		"statement_timeout": "10000", "lock_timeout": "5000", "idle_in_transaction_session_timeout": "15000",
		"timezone": "UTC", "application_name": "guildhall", "plan_cache_mode": plans, "jit": "off",
	} {
		if _, set := conf.RuntimeParams[name]; !set {
			conf.RuntimeParams[name] = value
		}
	}
	pool := stdlib.OpenDB(*conf)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	of := config()
	of.ClauseBuilders = map[string]clause.ClauseBuilder{"LIMIT": plainLimit}
	return gorm.Open(postgres.New(postgres.Config{Conn: pool}), of)
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
