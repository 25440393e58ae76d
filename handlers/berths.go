package handlers

import (
	"sync"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
)

// How many uploads are held in memory at a time, by all and by one member: a form is read whole.
const (
	berthsAll = 16
	berthsOne = 3
)

// berths counts what is being uploaded just now. All who are not signed in have no more than one member.
type berths struct {
	mu    sync.Mutex
	all   int
	taken map[id.ID]int
}

func newBerths() *berths { return &berths{taken: map[id.ID]int{}} }

var errFullHarbour = problem.TooSoon(5*time.Second, "Several files are being sent already. Try again in a few seconds.")

// take holds a place for one upload until leave is called.
func (b *berths) take(member id.ID) (leave func(), err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all >= berthsAll || b.taken[member] >= berthsOne {
		return nil, errFullHarbour
	}
	b.all++
	b.taken[member]++
	return func() { b.leave(member) }, nil
}

func (b *berths) leave(member id.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all--
	if b.taken[member]--; b.taken[member] == 0 {
		delete(b.taken, member)
	}
}
