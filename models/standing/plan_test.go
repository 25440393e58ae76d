package standing_test

import (
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// asked is a statement as it went to the database.
type asked struct {
	sql  string
	vars []any
}

// watch collects the reading statements of the database that tx writes to.
func watch(t *testing.T, tx *store.Tx, all *[]asked) {
	note := func(db *store.DB) {
		*all = append(*all, asked{db.Statement.SQL.String(), append([]any(nil), db.Statement.Vars...)})
	}
	clubtest.OK(t, tx.Callback().Query().After("gorm:query").Register("watch", note))
	clubtest.OK(t, tx.Callback().Row().After("gorm:row").Register("watch", note))
}

// TestAnActReadsByIndexAlone: what one act costs does not grow with the ledger, nor with what its
// member did on other days. Only a badge that is not won yet walks the lines of its kinds.
func TestAnActReadsByIndexAlone(t *testing.T) {
	s := &stage{Club: clubtest.SQLite(t), t: t}
	a, b := s.own(standing.Reply, s.Newcomer), s.got(standing.ReactionGot, s.Newcomer, s.Regular)
	a.At = s.place(s.Open.ID)
	s.earn(a, b)
	var all []asked
	s.Write(func(tx *store.Tx) error {
		watch(t, tx, &all)
		return nil
	})
	s.earn(s.own(standing.Reply, s.Newcomer), b)
	s.void(a)
	s.earn(a)
	s.Write(func(tx *store.Tx) error { return s.Standing.VoidOn(tx, a.On) })
	statements := append([]asked(nil), all...)
	ledger := 0
	for _, q := range statements {
		var steps []struct{ Detail string }
		clubtest.OK(t, s.Store.Read(t.Context()).Raw("explain query plan "+q.sql, q.vars...).Scan(&steps).Error)
		for _, step := range steps {
			for _, table := range []string{"acts", "worths", "folds", "boards", "standings", "badge_holders"} {
				if strings.HasPrefix(step.Detail, "SCAN "+table) {
					t.Errorf("%s\n%s", step.Detail, q.sql)
				}
			}
			if !strings.HasPrefix(step.Detail, "SEARCH acts") && !strings.HasPrefix(step.Detail, "SEARCH worths") {
				continue
			}
			ledger++
			if strings.HasSuffix(step.Detail, "(member_id=?)") || strings.HasSuffix(step.Detail, "(edition_id=?)") {
				t.Errorf("%s\n%s", step.Detail, q.sql)
			}
		}
	}
	if ledger < 8 {
		t.Fatalf("only %d steps over the ledger were seen in %d statements", ledger, len(statements))
	}
}
