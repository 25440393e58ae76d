package live

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guildhall/handlers/ways"
)

const describedAt = "asks or tells in handlers/live/describe.go"

func names(all []ways.Way) (list []string) {
	for _, w := range all {
		list = append(list, w.Name)
	}
	slices.Sort(list)
	return list
}

// Everything that is declared is described, in fields that the frames really have.
func TestTheDescriptionHasBothLists(t *testing.T) {
	for _, list := range []struct {
		declared []ways.Way
		fields   map[string]string
		of       reflect.Type
	}{{Operations(), asks, reflect.TypeFor[up]()}, {Frames(), tells, reflect.TypeFor[down]()}} {
		if got := slices.Sorted(maps.Keys(list.fields)); !slices.Equal(got, names(list.declared)) {
			t.Errorf("declared are %q, and %s has %q", names(list.declared), describedAt, got)
		}
		kinds := kindsIn(list.of)
		for name, fields := range list.fields {
			for field := range strings.FieldsSeq(fields) {
				if kinds[strings.TrimSuffix(field, "?")] == nil {
					t.Errorf("%s of %s is no field of its frame", field, name)
				}
			}
		}
	}
}

// filled is an operation with the fields named, each with something in it.
func filled(t *testing.T, op string, fields []string) (u up) {
	t.Helper()
	frame := map[string]any{"op": op}
	for _, field := range fields {
		switch kindsIn(reflect.TypeFor[up]())[field]["type"] {
		case "string":
			frame[field] = "x"
		case "integer":
			frame[field] = 1
		case "boolean":
			frame[field] = true
		}
	}
	b, err := json.Marshal(frame)
	if err == nil {
		err = json.Unmarshal(b, &u)
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Whatever the line insists on is required in its description.
func TestWhatIsNeededIsRequired(t *testing.T) {
	for name, o := range operations {
		var required []string
		for field := range strings.FieldsSeq(asks[name]) {
			if !strings.HasSuffix(field, "?") {
				required = append(required, field)
			}
		}
		if !o.complete(filled(t, name, required)) {
			t.Errorf("%s with %q is not complete", name, required)
		}
		for needed := range strings.SplitSeq(o.needs, " and ") {
			if needed == "nothing" {
				continue
			}
			without := slices.DeleteFunc(slices.Clone(required), func(f string) bool { return f == needed })
			if len(without) == len(required) || o.complete(filled(t, name, without)) {
				t.Errorf("%s needs %s, and %s does not say so", name, needed, describedAt)
			}
		}
	}
}

var (
	tableRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| [^|]* \\| ([^|]*)\\|")
	inTicks  = regexp.MustCompile("`(\\w+)`")
)

// PROTOCOL.md names the same fields.
func TestTheProtocolHasTheFields(t *testing.T) {
	said, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(said), "\n## Up\n")
	ups, rest, _ := strings.Cut(rest, "\n## Down\n")
	downs, _, _ := strings.Cut(rest, "\n## ")
	for section, list := range map[string]map[string]string{ups: asks, downs: tells} {
		met := 0
		for _, row := range tableRow.FindAllStringSubmatch(section, -1) {
			var fields []string
			for _, m := range inTicks.FindAllStringSubmatch(row[2], -1) {
				fields = append(fields, m[1])
			}
			want := strings.Fields(strings.ReplaceAll(list[row[1]], "?", ""))
			slices.Sort(fields)
			slices.Sort(want)
			met++
			if !slices.Equal(fields, want) {
				t.Errorf("PROTOCOL.md has %q for %s, and %s %q", fields, row[1], describedAt, want)
			}
		}
		if met != len(list) {
			t.Errorf("PROTOCOL.md has %d rows for %d", met, len(list))
		}
	}
}

// The description hangs together: every reference leads somewhere.
func TestTheDescriptionIsWhole(t *testing.T) {
	body, err := Describe("https://club.example", "session")
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]any
	if err := json.Unmarshal(body, &whole); err != nil {
		t.Fatal(err)
	}
	refs := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if to, ok := v["$ref"].(string); ok {
				refs++
				var at any = whole
				for part := range strings.SplitSeq(strings.TrimPrefix(to, "#/"), "/") {
					at, _ = at.(map[string]any)[part]
				}
				if at == nil {
					t.Errorf("%s leads nowhere", to)
				}
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(whole)
	said := whole["operations"].(map[string]any)
	if want := len(operations) + len(declared); refs < 2*want || len(said) != want || whole["asyncapi"] != "3.0.0" {
		t.Errorf("%d references, %d operations of %d", refs, len(said), want)
	}
	server := whole["servers"].(map[string]any)["club"].(map[string]any)
	if server["host"] != "club.example" || server["protocol"] != "wss" {
		t.Errorf("it is at %v", server)
	}
}
