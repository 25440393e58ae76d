package clubtest

import (
	"strings"
	"sync"
	"testing"

	"guildhall/models/store"
)

// Statements is what a club's database was asked.
type Statements struct {
	mu    sync.Mutex
	asked []string
	n     int64
	inTx  map[any]bool
	kept  bool // the texts, not the number alone
	aside bool
}

// Statements notes what the club's database is asked from now on, by whoever asks. Each transaction
// adds its begin and its commit, which are not among them: see Transactions.
func (c *Club) Statements() *Statements {
	c.t.Helper()
	s := &Statements{inTx: map[any]bool{}, kept: true}
	pools := []*store.DB{c.Store.Read(c.ctx())}
	c.Write(func(tx *store.Tx) error {
		if tx.Callback() != pools[0].Callback() { // SQLite reads and writes through two
			pools = append(pools, tx.DB)
		}
		return nil
	})
	for _, db := range pools {
		s.listen(c.t, db)
	}
	return s
}

func (s *Statements) listen(t testing.TB, db *store.DB) {
	t.Helper()
	at := db.Callback()
	for _, err := range []error{
		at.Create().After("gorm:create").Register("statements", s.note), at.Query().After("gorm:query").Register("statements", s.note),
		at.Update().After("gorm:update").Register("statements", s.note), at.Delete().After("gorm:delete").Register("statements", s.note),
		at.Row().After("gorm:row").Register("statements", s.note), at.Raw().After("gorm:raw").Register("statements", s.note),
	} {
		OK(t, err)
	}
}

func (s *Statements) note(db *store.DB) {
	if db.DryRun || db.Statement.SQL.Len() == 0 {
		return // part of another statement
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.aside {
		return
	}
	s.n++
	if s.kept {
		s.asked = append(s.asked, strings.Join(strings.Fields(db.Statement.SQL.String()), " "))
	}
	if _, tx := db.Statement.ConnPool.(interface{ Commit() error }); tx {
		s.inTx[db.Statement.ConnPool] = true
	}
}

// During returns what was asked while fn ran.
func (s *Statements) During(fn func()) []string {
	s.reset(true)
	fn()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// Transactions is in how many transactions something was asked since During or Measure began.
func (s *Statements) Transactions() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int64(len(s.inTx))
}

// Measure runs a benchmark's loop, with its allocations, and reports how many statements and
// transactions each round of it took.
func (s *Statements) Measure(b *testing.B, round func()) {
	b.Helper()
	s.reset(false)
	rounds := 0
	b.ReportAllocs()
	for b.Loop() {
		round()
		rounds++
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b.ReportMetric(float64(s.n)/float64(rounds), "stmts/op")
	b.ReportMetric(float64(len(s.inTx))/float64(rounds), "txs/op")
}

// Aside runs what a round needs and is not to be measured.
func (s *Statements) Aside(b *testing.B, fn func()) {
	b.StopTimer()
	defer b.StartTimer()
	s.look(true)
	defer s.look(false)
	fn()
}

func (s *Statements) look(aside bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.aside = aside
}

func (s *Statements) reset(keep bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked, s.n, s.kept = nil, 0, keep
	clear(s.inTx)
}
