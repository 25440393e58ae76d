package api

import (
	"reflect"
	"testing"
)

// What goes out is made of this package's types alone: a field that somebody adds to a row of a table
// goes nowhere by itself.
func TestAnswersAreOfOurOwnTypes(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, op := range Operations() {
		own(t, op.Name, op.answers, seen)
	}
	own(t, "failure", reflect.TypeFor[Failure](), seen)
	if len(seen) < 20 {
		t.Fatalf("%d types prove little", len(seen))
	}
}

func own(t *testing.T, where string, shape reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	switch shape.Kind() {
	case reflect.Pointer, reflect.Slice:
		own(t, where, shape.Elem(), seen)
	case reflect.Map, reflect.Interface:
		t.Errorf("%s: a %s may hold anything", where, shape)
	case reflect.Struct:
		if shape.String() == "time.Time" || seen[shape] {
			return
		}
		if seen[shape] = true; shape.PkgPath() != "guildhall/handlers/api" {
			t.Errorf("%s: %s is not ours to send", where, shape)
		}
		for i := range shape.NumField() {
			f := shape.Field(i)
			if f.Tag.Get("json") == "" && !f.Anonymous {
				t.Errorf("%s: %s.%s has no name to go out by", where, shape, f.Name)
			}
			own(t, where, f.Type, seen)
		}
	}
}
