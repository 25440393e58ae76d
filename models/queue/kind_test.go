package queue

import (
	"slices"
	"testing"

	"guildhall/models/store"
)

func TestAKindSaysAllOfIt(t *testing.T) {
	defer func(before []Kind) { kinds = before }(kinds)
	one := NewKind("test.one", Normal)
	if !slices.Contains(Kinds(), one) || one.String() != "test.one" || one.Priority().String() != "normal" {
		t.Fatalf("%q was made with priority %q, and there are %v", one, one.Priority(), Kinds())
	}
	for why, made := range map[string]func(){
		"no name":             func() { NewKind("", Normal) },
		"a name twice":        func() { NewKind("test.one", Idle) },
		"no priority":         func() { NewKind("test.two", 0) },
		"an unknown priority": func() { NewKind("test.two", 2) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: made", why)
				}
			}()
			made()
		}()
	}
	if len(Kinds()) != 1 {
		t.Errorf("there are %v", Kinds())
	}
}

// Work of no kind is nobody's, and would lie in the queue for good.
func TestWorkHasAKind(t *testing.T) {
	if err := Add(&store.Tx{}, Work{Payload: 1}); err == nil {
		t.Error("work of no kind was taken")
	}
}
