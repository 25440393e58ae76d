package script

import (
	"testing"
	"time"
)

// A told post is who wrote it and when.
type told struct {
	by  string
	ago time.Duration
}

// book is what a replay knows so far.
type book struct {
	*testing.T
	people   map[string]Person
	topics   map[string]Topic
	posts    map[string][]told
	messages []Chat
	reacted  map[[3]any]bool
	accepted map[string]bool
}

func TestCauseBeforeEffect(t *testing.T) {
	years(t, func(t *testing.T, s *Script, _ time.Duration) {
		b := book{t, map[string]Person{}, map[string]Topic{}, map[string][]told{}, nil, map[[3]any]bool{}, map[string]bool{}}
		for _, p := range People() {
			b.people[p.Handle] = p
		}
		before := 366 * day
		for _, e := range s.Events {
			if e.Ago > before || e.Ago < 0 {
				t.Fatalf("%#v at %s after %s", e.Act, e.Ago, before)
			}
			before = e.Ago
			p, known := b.people[e.Act.doer()]
			if !known || e.Ago > time.Duration(p.Joined)*day {
				t.Errorf("%s acts %s ago: %#v", e.Act.doer(), e.Ago, e.Act)
			}
			b.replay(e, p)
		}
	})
}

func (b *book) replay(e Event, p Person) {
	switch a := e.Act.(type) {
	case Topic:
		b.may(p.May(a.Space, true) && settled(&p, a.Space, e.Ago), a)
		b.topics[a.Key] = a
		b.posts[a.Key] = []told{{a.Author, e.Ago}}
	case Reply:
		space := b.topics[a.TopicKey].Space
		b.may(p.May(space, false) && settled(&p, space, e.Ago), a)
		posts := b.posts[a.TopicKey]
		if len(posts) == 0 || a.Number != len(posts)+1 || a.QuoteOf < 0 || a.QuoteOf > len(posts) {
			b.Errorf("%d posts stand before %#v", len(posts), a)
		}
		b.posts[a.TopicKey] = append(posts, told{a.Author, e.Ago})
	case React:
		b.may(p.May(b.topics[a.TopicKey].Space, false), a)
		b.react(a.By, b.author(a.TopicKey, a.Number), [3]any{a.TopicKey, a.Number, a.By}, a.Kind)
	case Accept:
		topic := b.topics[a.TopicKey]
		if by := b.author(a.TopicKey, a.Number); by == "" || by == a.By || topic.Author != a.By || topic.Space != Questions || b.accepted[a.TopicKey] {
			b.Errorf("%#v of an answer by %q", a, by)
		}
		b.accepted[a.TopicKey] = true
	case Pin:
		if space := b.topics[a.TopicKey].Space; p.Role != "owner" && !contains(p.Moderates, space) {
			b.Errorf("%s may not pin in %q", a.By, space)
		}
	case Chat:
		b.may(p.MayChat(a.Room), a)
		if b.messages = append(b.messages, a); a.Key != len(b.messages) {
			b.Errorf("message %d has the key %d", len(b.messages), a.Key)
		}
	case ChatReact:
		if a.Key < 1 || a.Key > len(b.messages) {
			b.Fatalf("%#v on no message", a)
		}
		m := b.messages[a.Key-1]
		b.may(p.MayChat(m.Room), a)
		b.react(a.By, m.By, [3]any{"chat", a.Key, a.By}, a.Kind)
	case Invite:
		if guest := b.people[a.Guest]; e.Ago <= time.Duration(guest.Joined)*day || guest.InvitedBy != a.By {
			b.Errorf("%#v comes %s ago, and %s joined %d days ago", a, e.Ago, guest.Handle, guest.Joined)
		}
	}
}

func (b *book) may(may bool, a Act) {
	if !may {
		b.Errorf("%s may not: %#v", a.doer(), a)
	}
}

func (b *book) author(topic string, number int) string {
	if posts := b.posts[topic]; number >= 1 && number <= len(posts) {
		return posts[number-1].by
	}
	return ""
}

func (b *book) react(by, author string, key [3]any, kind string) {
	known := map[string]bool{Thanks: true, Question: true, Applause: true, Photograph: true, Worked: true}
	if author == "" || by == author || b.reacted[key] || !known[kind] {
		b.Errorf("%s reacts with %s to %v by %q", by, kind, key, author)
	}
	b.reacted[key] = true
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func TestOneVisitADay(t *testing.T) {
	years(t, func(t *testing.T, s *Script, clock time.Duration) {
		y := year{clock: clock}
		been, acted := map[stay]bool{}, map[stay]bool{}
		for _, e := range s.Events {
			day := stay{e.Act.doer(), y.dayOf(e.Ago)}
			switch e.Act.(type) {
			case Visit:
				if been[day] {
					t.Errorf("%s visits twice on day %d", day.by, day.day)
				}
				been[day] = true
			case Invite:
			default:
				acted[day] = true
			}
		}
		for day := range acted {
			if !been[day] {
				t.Errorf("%s acted on day %d and was not here", day.by, day.day)
			}
		}
		if len(been) <= len(acted) {
			t.Error("nobody ever came only to read")
		}
	})
}

func TestAnswersComeSoonAndFromOthers(t *testing.T) {
	years(t, func(t *testing.T, s *Script, _ time.Duration) {
		asked, posts, late := map[string]time.Duration{}, map[[2]any]time.Duration{}, 0
		each(s, func(ago time.Duration, a Topic) { asked[a.Key] = ago })
		each(s, func(ago time.Duration, a Reply) { posts[[2]any{a.TopicKey, a.Number}] = ago })
		each(s, func(_ time.Duration, a Accept) {
			if asked[a.TopicKey]-posts[[2]any{a.TopicKey, a.Number}] > day {
				late++
			}
		})
		if n := count[Accept](s); late*5 > n {
			t.Errorf("%d of %d accepted answers took over a day", late, n)
		}
	})
}
