package handlers

import (
	"testing"

	"guildhall/models/id"
)

// Uploads are held in memory, so there are only so many at a time, and one member has not all of them.
func TestBerths(t *testing.T) {
	b := newBerths()
	var leave []func()
	for member := range id.ID(10) {
		for range berthsOne + 2 {
			if out, err := b.take(member); err == nil {
				leave = append(leave, out)
			}
		}
		if most := min(int(member+1)*berthsOne, berthsAll); len(leave) != most {
			t.Fatalf("%d are taken by %d members, not %d", len(leave), member+1, most)
		}
	}
	for _, out := range leave {
		out()
	}
	if b.all != 0 || len(b.taken) != 0 {
		t.Errorf("%d of %v are left", b.all, b.taken)
	}
}
