package ways

import (
	"regexp"
	"strings"
	"testing"
)

var word = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestTheSurfacesAreSound(t *testing.T) {
	seen := map[Surface]bool{}
	for _, s := range Surfaces() {
		if !word.MatchString(string(s.Name)) || seen[s.Name] || s.Words == "" || strings.ContainsAny(s.Words, "\n.") || s.Name.Check() != nil {
			t.Errorf("%q: %q", s.Name, s.Words)
		}
		seen[s.Name] = true
	}
	if err := Surface("tpoic").Check(); err == nil || !strings.Contains(err.Error(), `list "tpoic"`) {
		t.Errorf("a slip of the pen: %v", err)
	}
}

// What a declaration lacks is said with where to say it.
func TestAWaySaysAllOfIt(t *testing.T) {
	for _, test := range []struct {
		whole Way
		lacks map[string]func(*Way)
	}{
		{Way{Kind: Route, Name: "GET /x", Gate: "anyone", Rate: "page", Surface: "topic"},
			map[string]func(*Way){"who may": func(w *Way) { w.Gate = "" }, "which limit": func(w *Way) { w.Rate = "" }, "a surface": func(w *Way) { w.Surface = "" }, "a name": func(w *Way) { w.Name = "" }}},
		{Way{Kind: Operation, Name: "send", Gate: "member", Rate: "socket-frame", Surface: "live"},
			map[string]func(*Way){"who may": func(w *Way) { w.Gate = "" }, "which limit": func(w *Way) { w.Rate = "" }, "a surface": func(w *Way) { w.Surface = "lives" }}},
		{Way{Kind: Listener, Name: "reply-{key}@", Gate: "whoever holds the key", Rate: "write", Surface: "mail-in"},
			map[string]func(*Way){"who may": func(w *Way) { w.Gate = "" }, "which limit": func(w *Way) { w.Rate = "" }, "a surface": func(w *Way) { w.Surface = "" }}},
		{Way{Kind: Frame, Name: "change", Audience: ToReaders, Surface: "live-changes"},
			map[string]func(*Way){"whom it": func(w *Way) { w.Audience = "everybody" }, "a surface": func(w *Way) { w.Surface = "" }}},
		{Way{Kind: Job, Name: "mail.x", Audience: ToMailbox, Rate: "normal", Access: Spaceless, Surface: "mail-link"},
			map[string]func(*Way){"whom it": func(w *Way) { w.Audience = "" }, "which limit": func(w *Way) { w.Rate = "" }, "asks again": func(w *Way) { w.Access = "" }}},
		{Way{Kind: Mail, Name: "x", Audience: ToMailbox, Access: AskedAgain, Surface: "mail-link"},
			map[string]func(*Way){"whom it": func(w *Way) { w.Audience = "" }, "asks again": func(w *Way) { w.Access = "seldom" }}},
		{Way{Kind: Command, Name: "owner", Audience: ToOperator, Surface: "terminal"},
			map[string]func(*Way){"whom it": func(w *Way) { w.Audience = "" }, "a surface": func(w *Way) { w.Surface = "" }}},
	} {
		if err := test.whole.Check("x.go"); err != nil {
			t.Errorf("whole: %v", err)
		}
		for what, spoil := range test.lacks {
			w := test.whole
			spoil(&w)
			if err := w.Check("x.go"); err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "x.go") {
				t.Errorf("%s %s without %q: %v", w.Kind, w.Name, what, err)
			}
		}
	}
}
