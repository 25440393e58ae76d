package script

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Crowd is a club of any size. Nothing of it is kept: everybody and everything is worked out from the seed and a
// number when it is asked for, so a hundred thousand members cost nothing until then.
type Crowd struct {
	seed    uint64
	members int
}

// Large is a crowd of that many members.
func Large(seed uint64, members int) Crowd { return Crowd{seed, members} }

// Len is the number of members.
func (c Crowd) Len() int { return c.members }

var (
	firsts = strings.Fields("ada adil agnes akira alba alec aled amin anka anna arlo asha astrid ayo bea ben bilal bo " +
		"carla cato cem ciara clara cora dana dario dee dima dora ebba edda eira elif elio emre ena enzo eva ewan fadi " +
		"fay felix finn flora freya gail gus hal hama hanne ida ilya imke ines iris ivo jad jana jem jo juno kaja kemi " +
		"kit lara leif lena liam lila lior luka mads mae mara milo mira nell nico nils noa nora odd olga oren otto paz " +
		"pia rafi rana remi rhys rosa rune sami sana saul sol suki tam tess timo tove uma vera vito wei wes yara yuki zac zara zed")
	lasts = strings.Fields("abbott adler ahmed allan amos arden ash baird baker banks barr bell berg blom boyd brandt " +
		"brook bruun cairns carr castro chen clay cole cooper costa crane cruz dahl dale davies dean dunn eade ekman " +
		"ellery evans farr ferro field finch flint ford fox frost gale garcia gray green grove haas hale hardy hart hay " +
		"heath hill holt horn hunt iqbal jansen jones kahn kaya keane kemp khan kirk kos lake lang lark lee lind lowe lund " +
		"maas malik marsh mayer mead mills moor moss nash neal north novak nunn okoro olsen page park patel penn pike pole " +
		"popov quist ramos reed rossi rowe ruiz salt sand shah shaw sloan smit snow stone suzuki tan thorn tveit vance vega " +
		"vogel wade wahl ward weir west wilde wood yates yilmaz young zhou")
	subjects = []string{"pushing", "developers", "tank", "stopfix", "dryfilm", "loading", "filmstock", "colour",
		"scanning", "metering", "cameras", "enlargers", "paper", "contrast", "toning", "walks"}
)

// Person is member i, from 0. Handles are unique, and none of them is one of People's.
func (c Crowd) Person(i int) Person {
	rng := c.rand(1, i)
	pairs := len(firsts) * len(lasts)
	pair := int((uint64(i%pairs)*7919 + c.seed%uint64(pairs)) % uint64(pairs)) // 7919 is prime to both lengths
	first, last := firsts[pair/len(lasts)], lasts[pair%len(lasts)]
	home := table[rng.IntN(len(table))]
	w := rng.Float64()
	p := Person{Handle: first + "_" + last, Name: upper(first) + " " + upper(last), Town: home.town, Zone: home.zone,
		Joined: 1 + rng.IntN(720), Weight: w * w * w, Role: "member", Tier: "member", since: 'm'}
	if round := i / pairs; round > 0 {
		p.Handle = fmt.Sprintf("%s_%d", p.Handle, round+1)
	}
	if x := rng.IntN(10); x == 0 {
		p.Tier = "patron"
	} else if x > 6 {
		p.Tier = "guest"
	}
	p.Bio = c.say(rng, "crowd-bio", p)
	return p
}

// Topic is topic n, from 0: many are alike, as in any large club.
func (c Crowd) Topic(n int) (title, text string) {
	rng := c.rand(2, n)
	by := c.Person(rng.IntN(max(1, c.members)))
	return c.say(rng, "crowd-title/"+c.subject(n), by), c.say(rng, c.subject(n), by) + " " + c.say(rng, c.subject(n), by)
}

// Reply is reply n to a topic, on its subject.
func (c Crowd) Reply(topic, n int) string {
	rng := c.rand(3+uint64(topic), n)
	return c.say(rng, c.subject(topic), c.Person(rng.IntN(max(1, c.members))))
}

func (c Crowd) subject(topic int) string { return subjects[topic%len(subjects)] }

func (c Crowd) rand(kind uint64, n int) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed^kind<<40, uint64(n)))
}

// say makes any remark of a subject that asks nothing and needs nobody else.
func (c Crowd) say(rng *rand.Rand, subject string, by Person) string {
	l := shelf()
	pool := l.remarks[subject]
	from := rng.IntN(len(pool))
	for i := range pool {
		r := pool[(from+i)%len(pool)]
		v := &voice{rng: rng, lists: l.lists, said: map[string]string{"here": by.Town}}
		if text := v.say(r.text); r.answer == "" && !v.lost && !slices.Contains([]rune{'n', 'v'}, r.since) {
			return text
		}
	}
	return "Hello from " + by.Town + "."
}
