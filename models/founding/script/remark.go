package script

import (
	"slices"
	"strings"
	"time"
)

// remark lets somebody who is awake say something under one of the topic's subjects, and the author answer if it
// was a question. It is false when the topic has run dry or reached now.
func (t *thread) remark() bool {
	ago := t.quiet(t.next(), t.fit)
	by := t.pick(ago, t.fit)
	if ago <= 0 {
		return false
	}
	if by == nil {
		return true
	}
	text, answer := "", ""
	for _, subject := range t.order() {
		if text, answer = t.choose(subject, by, 6); text != "" {
			break
		}
	}
	if text == "" {
		return false
	}
	p := post{by: by, ago: ago, text: text}
	switch roll := t.rng.Float64(); {
	case roll < .1:
		p.quote = 1 + t.rng.IntN(len(t.posts))
	case roll < .22 && answer == "":
		p.text = t.open(by) + p.text
	}
	if t.add(p) && answer != "" {
		t.answer(answer)
	}
	return true
}

// answer is what the topic's author says to the question just asked.
func (t *thread) answer(text string) {
	t.asked++
	p := post{by: t.op, text: text, ago: t.wake(t.op, t.last().ago-wait(t.rng, 100*time.Minute))}
	if t.rng.Float64() < .6 {
		p.quote = len(t.posts)
	}
	t.add(p)
}

// order is the topic's subjects, the first of them first two times in three.
func (t *thread) order() []string {
	order := append([]string(nil), t.subjects...)
	if len(order) > 1 && t.rng.Float64() < .36 {
		i := 1 + t.rng.IntN(len(order)-1)
		order[0], order[i] = order[i], order[0]
	}
	return order
}

// choose makes the remark of a subject that has been made least often, filled so that no sentence of it was said
// before; "" when there is none left for by.
func (t *thread) choose(subject string, by *Person, tries int) (text, answer string) {
	tried := map[int]bool{}
	for range tries {
		r := t.least(subject, by, tried)
		if r == nil {
			return "", ""
		}
		v := t.voice(by)
		text, answer = v.say(r.text), v.say(r.answer)
		if !v.lost && t.said.fresh(text+"\n"+answer) {
			t.said.add(text + "\n" + answer)
			t.made[r.id] = true
			t.used[r.id]++
			return text, answer
		}
		if tried[r.id] = true; !v.lost && t.used[r.id] > 0 {
			t.used[r.id]++ // its ways of being said run out
		}
	}
	return "", ""
}

func (t *thread) least(subject string, by *Person, tried map[int]bool) *remark {
	var chosen *remark
	same := 0
	pool := t.shelf.remarks[subject]
	for i := range pool {
		r := &pool[i]
		if t.made[r.id] || tried[r.id] || !t.suits(r, by) {
			continue
		}
		switch {
		case chosen == nil || t.used[r.id] < t.used[chosen.id]:
			chosen, same = r, 1
		case t.used[r.id] == t.used[chosen.id]:
			if same++; t.rng.IntN(same) == 0 {
				chosen = r
			}
		}
	}
	return chosen
}

// suits says whether by would say such a thing here and now.
func (t *thread) suits(r *remark, by *Person) bool {
	switch {
	case r.since != 0 && r.since != by.since:
		return false
	case r.answer != "" && t.asked*5 > len(t.posts):
		return false // enough questions
	}
	return by.Town != t.op.Town || !strings.Contains(r.text, "{optown}")
}

// voice is how by speaks in this topic. {far} is for those who cannot walk to the Shore.
func (t *thread) voice(by *Person) *voice {
	prev := t.last().by
	said := map[string]string{"op": t.op.First(), "optown": t.op.Town, "here": by.Town, "speaker": by.First(), "prev": prev.First()}
	if t.answerer != nil {
		said["answerer"] = t.answerer.First()
	}
	if !slices.Contains([]string{"Leith", "Edinburgh", "Portobello"}, by.Town) {
		said["far"] = by.Town
	}
	said["someone"] = t.bystander(by, "")
	said["someone2"] = t.bystander(by, said["someone"])
	return &voice{rng: t.rng, lists: t.shelf.lists, bound: t.bound, said: said}
}

// bystander names somebody who was a member by then and is not in this conversation's foreground.
func (t *thread) bystander(by *Person, but string) string {
	for range 40 {
		p := &t.people[t.rng.IntN(len(t.people))]
		if here(p, t.last().ago) && p != by && p != t.op && p != t.last().by && p.First() != but {
			return p.First()
		}
	}
	return "somebody"
}

// open is a few words before a remark, or none if they were used up.
func (t *thread) open(by *Person) string {
	if t.space == Introductions || t.space == QuietRoom || t.space == Committee || t.space == Announcements {
		return ""
	}
	pattern := t.shelf.openers[t.rng.IntN(len(t.shelf.openers))]
	if strings.Contains(pattern, "{prev}") && (t.last().by == t.op || t.last().by == by) {
		return ""
	}
	text := t.voice(by).say(pattern)
	if !t.said.fresh(text) {
		return ""
	}
	t.said.add(text)
	return text + " "
}
