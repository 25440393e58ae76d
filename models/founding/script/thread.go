package script

import (
	"math"
	"time"
)

// A thread is one topic while its conversation goes on.
type thread struct {
	*year
	start
	posts    []post
	asked    int          // exchanges so far
	made     map[int]bool // remarks made here
	answerer *Person
	spoke    map[string]int
}

type post struct {
	by     *Person
	ago    time.Duration
	text   string
	quote  int
	answer bool // accepted
}

// more is how many replies a topic of each space draws on average, beside those written for it and what the author
// says to questions.
var more = map[string]float64{Announcements: 3, Questions: 4.2, Critique: 9, Introductions: 5.5, Darkroom: 4.8,
	Developing: 4.8, LensLibrary: 4.8, PrintMasterclass: 5, QuietRoom: 3.4, Committee: 2.8}

// converse plays one topic to its end: the opening, what people say to it, and what they think of that.
func (y *year) converse(s start) {
	t := &thread{year: y, start: s, made: map[int]bool{}, spoke: map[string]int{}}
	t.posts = []post{{by: s.op, ago: s.ago, text: s.text}}
	n := len(s.own) + int(math.Round(more[s.space]*min(2.2, .45+.6*y.rng.ExpFloat64())))
	if s.most >= 0 {
		n = s.most
	}
	left, own := s.own, .45
	for i := 0; i < n; i++ {
		if mine := len(left) > 0 && (len(left) >= n-i || y.rng.Float64() < own); mine {
			own = .75 // what was written for each other stays together
			t.speak(left[0])
			left = left[1:]
		} else if own = .45; !t.remark() && len(left) == 0 {
			break
		}
	}
	t.publish()
}

func (t *thread) last() post { return t.posts[len(t.posts)-1] }

// next is when something more is said, drawn longer as a topic cools; 0 or less is after now.
func (t *thread) next() time.Duration {
	mean := min(36*time.Hour, time.Duration(float64(70*time.Minute)*math.Pow(1.42, float64(len(t.posts)-1))))
	return t.last().ago - wait(t.rng, mean)
}

// speak posts a reply that was written for this topic.
func (t *thread) speak(o own) {
	ago := t.next()
	by := t.by[o.author]
	if by == nil {
		ago = t.quiet(ago, t.fit)
		by = t.pick(ago, t.fit)
	}
	if by == nil || ago <= 0 {
		return
	}
	if by.Handle == o.author {
		ago = t.wake(by, ago)
	}
	if !t.add(post{by: by, ago: ago, text: o.text}) || !o.answer {
		return
	}
	t.answerer = by
	if t.accepted {
		t.accept()
	}
}

// accept is the asker's, within hours of the answer and mostly with a word of thanks.
func (t *thread) accept() {
	at := &t.posts[len(t.posts)-1]
	ago := t.wake(t.op, at.ago-wait(t.rng, 3*time.Hour))
	if ago <= 2*time.Minute || ago >= at.ago {
		return
	}
	at.answer = true
	t.tell(ago, Accept{TopicKey: t.key, Number: len(t.posts), By: t.op.Handle})
	if t.rng.Float64() > .8 {
		return
	}
	if text, _ := t.choose("thanks", t.op, 8); text != "" {
		t.add(post{by: t.op, ago: ago - time.Minute, text: text})
	}
}

// fit is how likely p is to reply here now: not twice in a row, seldom three times.
func (t *thread) fit(p *Person) float64 {
	if p == t.op || p == t.last().by || t.spoke[p.Handle] >= 2 || !p.May(t.space, false) || !settled(p, t.space, t.last().ago) {
		return 0
	}
	for _, o := range t.own {
		if o.author == p.Handle && t.spoke[p.Handle] == 0 {
			return 0 // what they have to say is written
		}
	}
	w := 1.0
	for _, seat := range p.Moderates {
		if seat == t.space {
			w = 1.5
		}
	}
	if t.space == Introductions && (p.Handle == "noor" || p.Handle == "saoirse") {
		w = 2
	}
	if t.spoke[p.Handle] > 0 {
		w *= .5
	}
	return w
}

// add appends a post unless its time is past now.
func (t *thread) add(p post) bool {
	if p.ago <= 0 || p.ago >= t.last().ago {
		return false
	}
	t.posts = append(t.posts, p)
	t.spoke[p.by.Handle]++
	return true
}

// publish tells the topic, its posts, its pin and the reactions.
func (t *thread) publish() {
	t.tell(t.ago, Topic{Key: t.key, Space: t.space, Author: t.op.Handle, Title: t.title, Text: t.text})
	if t.pin {
		t.tell(t.ago-2*time.Minute, Pin{TopicKey: t.key, By: t.op.Handle})
	}
	for i, p := range t.posts {
		if i > 0 {
			t.tell(p.ago, Reply{TopicKey: t.key, Number: i + 1, QuoteOf: p.quote, Author: p.by.Handle, Text: p.text})
		}
		t.react(i+1, p)
	}
}
