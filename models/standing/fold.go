package standing

import (
	"fmt"

	"gorm.io/gorm/clause"

	"guildhall/models/id"
	"guildhall/models/store"
)

// fold is what a member's lines of one month, kind and space add up to.
type fold struct {
	EditionID id.ID
	MemberID  id.ID
	Month     string
	Kind      string
	SpaceID   id.ID
	S         float64
	Given     float64 // plain weights
	Acts      int64   // lines
	Times     int64   // acts: more than lines past a cap
}

type foldKey struct {
	member      id.ID
	month, kind string
	space       id.ID
}

// board is a member's plain points in one month or week, in the whole club (space 0) or a space.
type board struct {
	EditionID id.ID
	Period    string
	SpaceID   id.ID
	MemberID  id.ID
	Points    float64
	Listed    bool
}

type boardKey struct {
	period        string
	space, member id.ID
}

// postings is what new entries add to the tables of the ledger.
type postings struct {
	lines  []line
	worths []worth
	more   map[id.ID]int // acts that are counted on lines past a cap
	folds  map[foldKey]*fold
	boards map[boardKey]float64
}

func (p *postings) add(r *rules, e entry) {
	if e.again {
		p.more[e.Line.ID]++
	} else {
		p.lines = append(p.lines, e.Line)
		p.worths = append(p.worths, worth{r.edition.ID, e.Line.ID, e.Weight, e.Cap})
	}
	p.fold(r, e)
	if e.Weight > 0 {
		p.board(e.valued, monthOf(e.Line.Day))
		p.board(e.valued, weekOf(e.Line.Day))
	}
}

func (p *postings) fold(r *rules, e entry) {
	k := foldKey{e.Line.MemberID, monthOf(e.Line.Day), e.Line.Kind, e.Line.space()}
	f := p.folds[k]
	if f == nil {
		f = &fold{EditionID: r.edition.ID, MemberID: k.member, Month: k.month, Kind: k.kind, SpaceID: k.space}
		p.folds[k] = f
	}
	f.S += r.curve.Term(e.Weight, e.Line.At)
	f.Given += e.Weight
	if e.again {
		f.Times++
		return
	}
	f.Acts++
	f.Times += int64(e.Line.Times)
}

func (p *postings) board(v valued, period string) {
	p.boards[boardKey{period, 0, v.Line.MemberID}] += v.Weight
	if s := v.Line.space(); s != 0 {
		p.boards[boardKey{period, s, v.Line.MemberID}] += v.Weight
	}
}

func (p *postings) foldRows() []fold {
	rows := make([]fold, 0, len(p.folds))
	for _, f := range p.folds {
		rows = append(rows, *f)
	}
	return rows
}

func (p *postings) boardRows(b *book) []board {
	rows := make([]board, 0, len(p.boards))
	for k, points := range p.boards {
		rows = append(rows, board{b.rules.edition.ID, k.period, k.space, k.member, points, b.rows[k.member].Listed})
	}
	return rows
}

// write keeps postings.
func (b *book) write(p postings) error {
	if len(p.lines) > 0 {
		if err := b.tx.Create(&p.lines).Error; err != nil {
			return fmt.Errorf("ledger lines: %w", err)
		}
		if err := b.tx.Create(&p.worths).Error; err != nil {
			return fmt.Errorf("their worth: %w", err)
		}
	}
	if err := b.countMore(p.more); err != nil {
		return err
	}
	folds := p.foldRows()
	if err := b.tx.Clauses(growing("folds", "edition_id, member_id, month, kind, space_id", "s", "given", "acts", "times")).Create(&folds).Error; err != nil {
		return fmt.Errorf("folds: %w", err)
	}
	boards := p.boardRows(b)
	if len(boards) == 0 {
		return nil
	}
	return b.tx.Clauses(growing("boards", "edition_id, period, space_id, member_id", "points")).Create(&boards).Error
}

// growing is the clause of a Create that adds to these columns where a row of that key is there.
func growing(table, key string, sums ...string) clause.OnConflict {
	c := store.Upsert(key)
	set := map[string]any{}
	for _, s := range sums {
		set[s] = clause.Expr{SQL: table + "." + s + " + excluded." + s}
	}
	c.DoUpdates = clause.Assignments(set)
	return c
}

// countMore counts further acts on lines past a cap, in one statement for each number of them.
func (b *book) countMore(more map[id.ID]int) error {
	by := map[int][]id.ID{}
	for l, n := range more {
		by[n] = append(by[n], l)
	}
	for n, lines := range by {
		if err := b.tx.Exec("update acts set times = times + ? where id in ?", n, lines).Error; err != nil {
			return err
		}
	}
	return nil
}

// keep writes the members' rows as they are now.
func (b *book) keep() error {
	rows := make([]row, 0, len(b.rows))
	for _, m := range b.members {
		rows = append(rows, b.rows[m])
	}
	return b.tx.Clauses(store.Upsert("edition_id, member_id", "s", "acts", "last_at", "rung", "since", "falls_at")).Create(&rows).Error
}
