package script

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Every draft names people and subjects that exist, and is long enough to be worth reading.
func TestDraftsAreWhole(t *testing.T) {
	people := map[string]bool{"": true}
	for _, p := range People() {
		people[p.Handle] = true
	}
	keys := map[string]bool{}
	for _, d := range shelf().drafts {
		if !people[d.author] || keys[d.key] || len(d.subjects) == 0 {
			t.Errorf("%s %q by %q on %v", d.key, d.title, d.author, d.subjects)
		}
		keys[d.key] = true
		for _, subject := range d.subjects {
			if len(shelf().remarks[subject]) == 0 {
				t.Errorf("%q is on %q, of which nobody has anything to say", d.title, subject)
			}
		}
		if n := len(sentences(d.text)); n < 2 || n > 14 {
			t.Errorf("%q opens with %d sentences", d.title, n)
		}
		for _, o := range d.own {
			if !people[o.author] || o.text == "" {
				t.Errorf("%q: %q says %q", d.title, o.author, o.text)
			}
		}
	}
	for _, talk := range shelf().talks {
		for _, line := range talk.lines {
			if len(line[0]) > 1 && !people[line[0]] {
				t.Errorf("%q chats and is nobody", line[0])
			}
		}
	}
}

// Every remark can be said in at least one topic: its slots have values there.
func TestRemarksCanBeSaid(t *testing.T) {
	l := shelf()
	rng := rand.New(rand.NewPCG(1, 1))
	said := map[int]bool{}
	try := func(subject string, bound map[string]string) {
		for _, r := range l.remarks[subject] {
			v := &voice{rng: rng, lists: l.lists, bound: bound, said: map[string]string{"op": "A", "optown": "B", "here": "C", "far": "C",
				"speaker": "D", "prev": "E", "answerer": "F", "someone": "G", "someone2": "H"}}
			if v.say(r.text); !v.lost {
				v.say(r.answer)
			}
			said[r.id] = said[r.id] || !v.lost
		}
	}
	for _, d := range l.drafts {
		for _, subject := range d.subjects {
			try(subject, d.bound)
		}
	}
	try("thanks", nil)
	for subject, remarks := range l.remarks {
		if strings.HasPrefix(subject, "crowd-") {
			try(subject, nil)
		}
		for _, r := range remarks {
			if !said[r.id] {
				t.Errorf("%s: nobody can ever say %q", subject, r.text)
			}
		}
	}
}

func TestVoice(t *testing.T) {
	v := &voice{rng: rand.New(rand.NewPCG(1, 1)), lists: map[string][]string{"camera": {"OM-1"}, "town": {"Leith", "Cork"}},
		bound: map[string]string{"thing": "the pier"}, said: map[string]string{}}
	for pattern, want := range map[string]string{
		"{thing} stands. {thing} stays":   "The pier stands. The pier stays",
		"I own a {camera}":                "I own an OM-1",
		"[so [it]|so it] is with {thing}": "so it is with the pier",
		"{w21-21} in {7-7}":               "Twenty-one in 7",
		"none of {nothing}":               "none of ",
	} {
		if got := v.say(pattern); got != want {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
	if !v.lost {
		t.Error("a slot without a value was not noticed")
	}
	if two := v.say("{town} {town} {town2}"); two != "Leith Leith Cork" && two != "Cork Cork Leith" {
		t.Errorf("got %q", two)
	}
}

func TestLargeClub(t *testing.T) {
	c, again, other := Large(3, 40000), Large(3, 40000), Large(4, 40000)
	seen := map[string]bool{}
	for _, p := range People() {
		seen[p.Handle] = true
	}
	for i := range c.Len() {
		p := c.Person(i)
		if seen[p.Handle] || len(p.Handle) > 30 || strings.Trim(p.Handle, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || p.Bio == "" {
			t.Fatalf("member %d: %+v", i, p)
		}
		seen[p.Handle] = true
	}
	differ := false
	for n := range 300 {
		title, text := c.Topic(n)
		title2, text2 := again.Topic(n)
		_, text3 := other.Topic(n)
		differ = differ || text != text3
		if title == "" || len(text) < 20 || title != title2 || text != text2 || strings.ContainsAny(title+text+c.Reply(n, 2), "{}|") {
			t.Errorf("topic %d: %q %q", n, title, text)
		}
	}
	if !differ {
		t.Error("two seeds gave the same club")
	}
}

func BenchmarkLargePerson(b *testing.B) {
	c := Large(1, 100000)
	for i := range b.N {
		c.Person(i % 100000)
	}
}
