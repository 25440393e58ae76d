package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"reflect"
	"strings"

	modernc "modernc.org/sqlite"
)

// keepingDriver is SQLite's with the prepared statements of a connection kept: reading the same
// statement anew each time took a third of all its work. database/sql cannot do it for us, as it
// forgets what a transaction prepared when that ends.
const keepingDriver = "sqlite-keeping"

func init() { sql.Register(keepingDriver, keeping{&modernc.Driver{}}) }

// statementsKept bounds what one connection keeps; beyond it the oldest goes.
const statementsKept = 300

type keeping struct{ driver.Driver }

// Open opens a connection that keeps its statements.
func (k keeping) Open(name string) (driver.Conn, error) {
	c, err := k.Driver.Open(name)
	if err != nil {
		return nil, err
	}
	return &keptConn{conn: c.(conn), kept: map[string]*keptStmt{}}, nil
}

// conn is all that modernc's connections can do and we hand on.
type conn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type keptConn struct {
	conn
	kept  map[string]*keptStmt
	order []string // oldest first
}

type keptStmt struct {
	stmt interface {
		driver.StmtExecContext
		driver.StmtQueryContext
		Close() error
	}
	busy bool // its rows are being read
}

// Close ends the kept statements and the connection.
func (c *keptConn) Close() error {
	for _, s := range c.kept {
		_ = s.stmt.Close() // the connection's own Close says what is wrong
	}
	return c.conn.Close()
}

// ExecContext runs a statement, kept where it is of a kind that comes again.
func (c *keptConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if s == nil || err != nil {
		return c.direct(ctx, err, query, args)
	}
	return s.stmt.ExecContext(ctx, args)
}

func (c *keptConn) direct(ctx context.Context, err error, query string, args []driver.NamedValue) (driver.Result, error) {
	if err != nil {
		return nil, err
	}
	return c.conn.ExecContext(ctx, query, args)
}

// QueryContext is ExecContext for a statement with rows.
func (c *keptConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.conn.QueryContext(ctx, query, args)
	}
	rows, err := s.stmt.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &keptRows{rows, s}, nil
}

// statement returns the kept statement of a query, or nil where it is not one to keep or is being
// read just now.
func (c *keptConn) statement(ctx context.Context, query string) (*keptStmt, error) {
	if s := c.kept[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if !comesAgain(query) {
		return nil, nil
	}
	prepared, err := c.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &keptStmt{}
	if s.stmt, _ = prepared.(interface {
		driver.StmtExecContext
		driver.StmtQueryContext
		Close() error
	}); s.stmt == nil {
		return nil, prepared.Close()
	}
	c.keep(query, s)
	return s, nil
}

func (c *keptConn) keep(query string, s *keptStmt) {
	c.kept[query], c.order = s, append(c.order, query)
	for i := 0; len(c.order) > statementsKept && i < len(c.order); i++ {
		if old := c.kept[c.order[i]]; !old.busy {
			_ = old.stmt.Close() // what it says was said when it ran
			delete(c.kept, c.order[i])
			c.order = append(c.order[:i], c.order[i+1:]...)
			return
		}
	}
}

// comesAgain tells statements of the program's daily work from those of migrations and pragmas. A
// long one has a list of values in it, whose length differs each time.
func comesAgain(query string) bool {
	if len(query) > 8000 {
		return false
	}
	word, _, _ := strings.Cut(strings.TrimLeft(query, " \t\n"), " ")
	switch strings.ToLower(word) {
	case "select", "insert", "update", "delete", "with", "savepoint", "release":
		return true
	}
	return false
}

// keptRows gives the statement back when the rows are read.
type keptRows struct {
	driver.Rows
	of *keptStmt
}

// Close ends the reading.
func (r *keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}

// ColumnTypeDatabaseTypeName is what the column was declared as.
func (r *keptRows) ColumnTypeDatabaseTypeName(i int) string {
	if t, ok := r.Rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		return t.ColumnTypeDatabaseTypeName(i)
	}
	return ""
}

// ColumnTypeScanType is the Go type that the column reads into.
func (r *keptRows) ColumnTypeScanType(i int) reflect.Type {
	if t, ok := r.Rows.(driver.RowsColumnTypeScanType); ok {
		return t.ColumnTypeScanType(i)
	}
	return reflect.TypeFor[any]()
}
