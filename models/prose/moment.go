package prose

import (
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // a text reads the same on a machine that knows no zones

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxMoments is how many dates of one text are understood: each may ask for a zone.
const maxMoments = 50

var momentsSpent = parser.NewContextKey()

// moment is "[date=2026-12-24 18:00 Europe/Berlin]": a day, or an instant that each reader sees in
// their own zone.
type moment struct {
	ast.BaseInline
	at   time.Time // in the zone that was written
	zone string    // as it was written; empty for a day
}

var kindMoment = ast.NewNodeKind("Moment")

func (m *moment) Kind() ast.NodeKind { return kindMoment }

func (m *moment) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

var (
	momentForm = regexp.MustCompile(`^\[date=([-0-9A-Za-z_/+: ]{10,80})\]`)
	zoneForm   = regexp.MustCompile(`^[A-Za-z][A-Za-z_]*(/[A-Za-z0-9_+-]+){0,2}$`)
)

type momentParser struct{}

func (momentParser) Trigger() []byte { return []byte{'['} }

func (momentParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := momentForm.FindSubmatch(line)
	if m == nil || !spend(pc, momentsSpent, 1, maxMoments) {
		return nil
	}
	made, ok := momentOf(string(m[1]))
	if !ok {
		return nil
	}
	block.Advance(len(m[0]))
	return made
}

// momentOf reads a day, with a time of it, with a zone: UTC where none is named.
func momentOf(written string) (*moment, bool) {
	parts := strings.Fields(written)
	switch len(parts) {
	case 1:
		day, err := time.Parse(time.DateOnly, parts[0])
		return &moment{at: day}, err == nil && day.Year() > 0
	case 2:
		parts = append(parts, "UTC")
	case 3:
	default:
		return nil, false
	}
	if len(parts[2]) > 40 || !zoneForm.MatchString(parts[2]) || parts[2] == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(parts[2])
	if err != nil {
		return nil, false
	}
	at, err := time.ParseInLocation(time.DateOnly+" 15:04", parts[0]+" "+parts[1], zone)
	return &moment{at: at, zone: parts[2]}, err == nil && at.UTC().Year() > 0
}

// instant is when m is, for machines.
func (m *moment) instant() string { return m.at.UTC().Format(time.RFC3339) }

// words say m as it was meant, for whoever reads without a script.
func (m *moment) words() string {
	if m.zone == "" {
		return m.at.Format("2 January 2006")
	}
	return m.at.Format("2 January 2006, 15:04") + " (" + strings.ReplaceAll(m.zone, "_", " ") + ")"
}

// html is a day as it stands, or an instant that the page's script says in the reader's zone.
func (m *moment) html() string {
	if m.zone == "" {
		return `<time datetime="` + m.at.Format(time.DateOnly) + `">` + m.words() + `</time>`
	}
	return `<time datetime="` + m.instant() + `" data-when="moment">` + m.words() + `</time>`
}

func renderMoment(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(n.(*moment).html())
	}
	return ast.WalkContinue, nil
}

var cookedMoment = regexp.MustCompile(`<time datetime="([-0-9T:Z]{20})" data-when="moment">([^<]*)</time>`)

// InZone is cooked HTML in which instants are said by the clock of a zone; what their writer said stays their
// title. It is for pages that one reader is shown: what many are shown at once says them as they were written.
func InZone(cooked string, zone *time.Location) string {
	if zone == nil || !strings.Contains(cooked, `data-when="moment"`) {
		return cooked
	}
	return cookedMoment.ReplaceAllStringFunc(cooked, func(drawn string) string {
		m := cookedMoment.FindStringSubmatch(drawn)
		at, err := time.Parse(time.RFC3339, m[1])
		if err != nil {
			return drawn
		}
		return `<time datetime="` + m[1] + `" data-when="moment" title="` + m[2] + `">` + at.In(zone).Format("Monday 2 January 2006, 15:04") + `</time>`
	})
}
