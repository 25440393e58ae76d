package script

import (
	"math"
	"math/rand/v2"
	"time"
)

const day = 24 * time.Hour

// hour is the local time of day, in hours, of p at ago.
func (y *year) hour(p *Person, ago time.Duration) float64 {
	local := (y.clock - ago).Hours() + float64(offset[p.Zone])
	return local - 24*math.Floor(local/24)
}

// awake: from seven till half past eleven, owls two hours later.
func (y *year) awake(p *Person, ago time.Duration) bool {
	h := y.hour(p, ago)
	if p.owl {
		return h >= 9 || h < 1.5
	}
	return h >= 7 && h < 23.5
}

// here says whether p had joined by ago.
func here(p *Person, ago time.Duration) bool { return ago < time.Duration(p.Joined)*day }

// wake moves ago on to when p is next awake. Nobody waits past now: what would, happens at once.
func (y *year) wake(p *Person, ago time.Duration) time.Duration {
	for later := ago; later > 0; later -= 10 * time.Minute {
		if y.awake(p, later) {
			if later < ago {
				later -= time.Duration(y.rng.IntN(5400)) * time.Second // not everybody writes at seven sharp
			}
			return max(later, min(ago, time.Minute))
		}
	}
	return ago
}

// quiet moves ago on through the hours in which hardly anybody who fits is awake.
func (y *year) quiet(ago time.Duration, fit func(*Person) float64) time.Duration {
	for tries := 0; tries < 60 && ago > 40*time.Minute; tries++ {
		all, up := 0.0, 0.0
		for i := range y.people {
			p := &y.people[i]
			if w := p.Weight * fit(p); here(p, ago) {
				all += w
				if y.awake(p, ago) {
					up += w
				}
			}
		}
		if all == 0 || y.rng.Float64() < 1.15*up/all {
			return ago
		}
		ago -= 10*time.Minute + time.Duration(y.rng.IntN(2400))*time.Second
	}
	return ago
}

// pick draws somebody who had joined and is awake, by weight times fit; nil when there is nobody.
func (y *year) pick(ago time.Duration, fit func(*Person) float64) *Person {
	var sum float64
	var chosen *Person
	for i := range y.people {
		p := &y.people[i]
		if !here(p, ago) || !y.awake(p, ago) {
			continue
		}
		w := p.Weight * fit(p)
		if w <= 0 {
			continue
		}
		if sum += w; y.rng.Float64()*sum < w {
			chosen = p
		}
	}
	return chosen
}

// wait draws a time with the given mean, never under a minute.
func wait(rng *rand.Rand, mean time.Duration) time.Duration {
	return time.Minute + time.Duration(rng.ExpFloat64()*float64(mean)).Round(time.Second)
}
