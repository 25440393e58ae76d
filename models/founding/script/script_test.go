package script

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// years are the scripts that the laws are held against: several seeds, and clocks round the day.
func years(t *testing.T, check func(t *testing.T, s *Script, clock time.Duration)) {
	t.Helper()
	for seed := range uint64(4) {
		clock := (Evening + time.Duration(seed)*7*time.Hour) % day
		t.Run(fmt.Sprintf("seed %d at %s", seed, clock), func(t *testing.T) { check(t, PlayAt(seed, 365, clock), clock) })
	}
}

func each[A Act](s *Script, do func(ago time.Duration, a A)) {
	for _, e := range s.Events {
		if a, is := e.Act.(A); is {
			do(e.Ago, a)
		}
	}
}

func count[A Act](s *Script) (n int) {
	each(s, func(time.Duration, A) { n++ })
	return n
}

func TestEnoughIsSaid(t *testing.T) {
	years(t, func(t *testing.T, s *Script, _ time.Duration) {
		between := func(what string, n, least, most int) {
			if n < least || n > most {
				t.Errorf("%d %s, want %d to %d", n, what, least, most)
			}
		}
		topics := count[Topic](s)
		between("topics", topics, 320, 400)
		between("posts", topics+count[Reply](s), 3000, 3800)
		between("reactions", count[React](s), 5000, 7500)
		between("messages", count[Chat](s), 600, 800)
		between("message reactions", count[ChatReact](s), 100, 600)
		between("visits", count[Visit](s), 4000, 6000)
		between("invitations", count[Invite](s), 10, 30)
		between("pins", count[Pin](s), 3, 12)

		spaces := map[string]int{}
		asked := 0
		each(s, func(_ time.Duration, a Topic) { spaces[a.Space]++ })
		for _, space := range Spaces() {
			between("topics in "+space, spaces[space], 14, 120)
		}
		asked = spaces[Questions]
		between("accepted answers", count[Accept](s), asked*62/100, asked*80/100)
		rooms := map[string]int{}
		each(s, func(_ time.Duration, a Chat) { rooms[a.Room]++ })
		for _, room := range []string{Lounge, DarkroomChat, MasterclassChat} {
			between("messages in "+room, rooms[room], 90, 400)
		}
	})
}

func TestNothingIsSaidTwice(t *testing.T) {
	years(t, func(t *testing.T, s *Script, _ time.Duration) {
		titles, said, chatted := map[string]bool{}, map[string]string{}, map[string]bool{}
		hear := func(who, text string) {
			if strings.ContainsAny(text, "{}") || strings.Contains(text, "|") {
				t.Errorf("a pattern was not filled: %s", text)
			}
			for _, one := range sentences(text) {
				if before, is := said[one]; is {
					t.Errorf("%q is said by %s and by %s", one, before, who)
				}
				said[one] = who
			}
		}
		each(s, func(_ time.Duration, a Topic) {
			if titles[strings.ToLower(a.Title)] {
				t.Errorf("two topics are called %q", a.Title)
			}
			titles[strings.ToLower(a.Title)] = true
			hear(a.Author, a.Text)
		})
		each(s, func(_ time.Duration, a Reply) { hear(a.Author, a.Text) })
		each(s, func(_ time.Duration, a Chat) {
			if key := a.Room + strings.ToLower(a.Text); chatted[key] {
				t.Errorf("%q is said twice in the %s", a.Text, a.Room)
			} else {
				chatted[key] = true
			}
		})
	})
}

func TestSentences(t *testing.T) {
	got := sentences("It *is* so. Is it?\n\n- one shot\n- f/2.8 at 1/30. Yes\n```\nHP5+   9:00\n```\n> Quoted, too")
	want := []string{"it is so", "is it", "one shot", "f/2.8 at 1/30", "yes", "quoted, too"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSameSeedSameScript(t *testing.T) {
	a, b, other := Play(7, 365), Play(7, 365), Play(8, 365)
	if !slices.Equal(a.Events, b.Events) {
		t.Error("the same seed gave two scripts")
	}
	if slices.Equal(a.Events, other.Events) {
		t.Error("two seeds gave the same script")
	}
}

func TestLastDays(t *testing.T) {
	all, month := Play(1, 365), Play(1, 30)
	if n := count[Topic](month); n < 10 || n >= count[Topic](all) {
		t.Errorf("%d topics in a month of %d in the year", n, count[Topic](all))
	}
	known := map[string]bool{}
	for _, e := range month.Events {
		if e.Ago > 30*day {
			t.Fatalf("%T happened %s ago", e.Act, e.Ago)
		}
		if topic, is := e.Act.(Topic); is {
			known[topic.Key] = true
		} else if key := topicOf(e.Act); key != "" && !known[key] {
			t.Fatalf("%T on %s, which is older than the month", e.Act, key)
		}
	}
}

func BenchmarkPlay(b *testing.B) {
	for seed := range b.N {
		Play(uint64(seed), 365)
	}
}
