package script

import (
	"math"
	"math/rand/v2"
	"time"
)

// mood is the share of each kind of reaction on a sort of post.
type mood []struct {
	kind  string
	share float64
}

var (
	onQuestion = mood{{Question, .6}, {Thanks, .25}, {Applause, .15}}
	onPrint    = mood{{Photograph, .65}, {Applause, .25}, {Thanks, .1}}
	onHello    = mood{{Applause, .6}, {Thanks, .4}}
	onThought  = mood{{Thanks, .75}, {Applause, .25}}
	onAnswer   = mood{{Worked, .45}, {Thanks, .4}, {Applause, .15}}
	onAdvice   = mood{{Thanks, .6}, {Worked, .2}, {Applause, .2}}
	onGuide    = mood{{Thanks, .5}, {Applause, .4}, {Question, .1}}
)

// reception is what post number draws, and how many on average.
func (t *thread) reception(number int, p post) (mood, float64) {
	switch {
	case p.answer:
		return onAnswer, 6.5
	case number > 1 && (t.space == Critique || t.space == QuietRoom || t.space == Introductions):
		return onThought, 1.35
	case number > 1:
		return onAdvice, 1.5
	case t.space == Questions:
		return onQuestion, 3
	case t.space == Critique:
		return onPrint, 6.5
	case t.space == Introductions || t.space == Announcements:
		return onHello, 5
	case t.space == QuietRoom:
		return onThought, 5
	}
	return onGuide, 4.5
}

// react lets others think something of a post, each of them once.
func (t *thread) react(number int, p post) {
	mood, mean := t.reception(number, p)
	done := map[*Person]bool{p.by: true}
	fit := func(q *Person) float64 {
		if done[q] || !q.May(t.space, false) || !settled(q, t.space, p.ago) {
			return 0
		}
		return q.Weight * q.Weight * q.Weight // the busy react most
	}
	for range poisson(t.rng, mean) {
		ago := t.quiet(p.ago-wait(t.rng, 7*time.Hour), fit)
		by := t.pick(ago, fit)
		if by == nil || ago <= 0 {
			continue
		}
		done[by] = true
		t.tell(ago, React{TopicKey: t.key, Number: number, By: by.Handle, Kind: mood.draw(t.rng)})
	}
}

func (m mood) draw(rng *rand.Rand) string {
	x := rng.Float64()
	for _, one := range m {
		if x -= one.share; x < 0 {
			return one.kind
		}
	}
	return m[0].kind
}

func poisson(rng *rand.Rand, mean float64) (n int) {
	for p := rng.Float64(); p > math.Exp(-mean); p *= rng.Float64() {
		n++
	}
	return n
}
