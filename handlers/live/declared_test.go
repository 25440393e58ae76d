package live

import (
	"bytes"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guildhall/handlers/ways"
)

// An operation that leaves anything unsaid stops the program.
func TestAnOperationSaysAllOfIt(t *testing.T) {
	whole := operations["send"]
	if err := whole.check("send"); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*operation){
		"nobody may use it":   func(o *operation) { o.who = "" },
		"a stranger may":      func(o *operation) { o.who = "friend" },
		"no rate":             func(o *operation) { o.rate = "" },
		"an unknown rate":     func(o *operation) { o.rate = "often" },
		"no surface":          func(o *operation) { o.surface = "" },
		"an unlisted surface": func(o *operation) { o.surface = "tpoic" },
		"no needs":            func(o *operation) { o.needs = "" },
		"nothing to check":    func(o *operation) { o.complete = nil },
		"nothing to do":       func(o *operation) { o.act = nil },
	} {
		o := whole
		spoil(&o)
		err := o.check("send")
		if err == nil || !strings.Contains(err.Error(), opsAt) || !strings.Contains(err.Error(), `"send"`) {
			t.Errorf("%s: %v", name, err)
		}
		if !panics(func() { sound(map[string]operation{"send": o}) }) {
			t.Errorf("%s: the program starts", name)
		}
	}
}

func TestAFrameSaysAllOfIt(t *testing.T) {
	whole := frame{"news", ways.ToMember, "live-notice"}
	if err := whole.check(declared); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]frame{
		"no name":             {"", ways.ToMember, "live-notice"},
		"a name twice":        {"notice", ways.ToMember, "live-notice"},
		"no audience":         {"news", "", "live-notice"},
		"an unknown audience": {"news", "everybody", "live-notice"},
		"no surface":          {"news", ways.ToMember, ""},
		"an unlisted surface": {"news", ways.ToMember, "tpoic"},
	} {
		before := len(declared)
		if !panics(func() { declare(f.name, f.to, f.surface) }) {
			t.Errorf("%s: the program starts", name)
		}
		if len(declared) != before {
			t.Fatalf("%s: declared all the same", name)
		}
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return
}

// The compiler takes declared frames alone, but for one that is nothing at all.
func TestWhatIsNotDeclaredIsNotSent(t *testing.T) {
	var log bytes.Buffer
	h := open(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	p := h.visit(1)
	if !panics(func() { down{Text: "x"}.text() }) {
		t.Error("a frame without a type is built")
	}
	h.TellMember(1, MemberFrame{}, Note{JSON: []byte(`{}`)})
	h.TellMember(1, Notice, Note{JSON: []byte(`{}`)})
	p.expect("notice")
	p.quiet()
	if !strings.Contains(log.String(), framesAt) {
		t.Errorf("the log does not say where to declare it: %s", &log)
	}
}

// Guests listen where they may read; whatever else is a member's.
func TestGuestsOnlyListen(t *testing.T) {
	h := open(t, Options{})
	guest, member := h.visit(0), h.visit(1)
	for _, p := range []*page{guest, member} {
		p.join(lobby, 0)
	}
	whole := `"ref":"r","room":"Lobby111111","key":"k","id":"m","kind":"clap"}`
	asked := 0
	for _, op := range Operations() {
		frame := `{"op":"` + op.Name + `",` + whole
		if op.Gate != string(Members) {
			continue
		}
		asked++
		guest.say(frame)
		if g := guest.expect("error"); g.Code != "refused" || g.Ref != "r" {
			t.Errorf("%s: a guest is told %+v", op.Name, g)
		}
		member.say(frame)
		if g := member.expect("ack"); g.Ref != "r" {
			t.Errorf("%s: a member is told %+v", op.Name, g)
		}
	}
	if asked < 6 || h.club.times("send") != 1 || h.club.times("typing") != 1 {
		t.Errorf("%d operations were asked for", asked)
	}
}

var protocolRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([a-z ]+) \\|")

// The protocol's tables are the two lists, with who may ask and whom it reaches.
func TestTheProtocolHasBothLists(t *testing.T) {
	text, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## Up\n")
	ups, rest, _ := strings.Cut(rest, "\n## Down\n")
	downs, _, _ := strings.Cut(rest, "\n## ")
	for section, said := range map[string][]ways.Way{ups: Operations(), downs: Frames()} {
		var rows, want []string
		for _, m := range protocolRow.FindAllStringSubmatch(section, -1) {
			rows = append(rows, m[1]+": "+m[2])
		}
		for _, w := range said {
			want = append(want, w.Name+": "+w.Gate+string(w.Audience))
		}
		slices.Sort(rows)
		slices.Sort(want)
		if len(want) < 5 || !slices.Equal(rows, want) {
			t.Errorf("PROTOCOL.md has\n%q\nand declared are\n%q", rows, want)
		}
	}
}
