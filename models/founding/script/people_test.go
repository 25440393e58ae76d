package script

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPeople(t *testing.T) {
	all := People()
	if len(all) < 44 {
		t.Fatalf("%d people", len(all))
	}
	handle := regexp.MustCompile(`^[a-z0-9_]{2,30}$`)
	joined, firsts := map[string]int{}, map[string]bool{}
	roles := map[string]int{}
	for _, p := range all {
		if _, twice := joined[p.Handle]; twice || !handle.MatchString(p.Handle) {
			t.Errorf("handle %q", p.Handle)
		}
		if firsts[p.First()] {
			t.Errorf("two people are called %s", p.First())
		}
		if p.Name == "" || p.Bio == "" || p.Town == "" || p.Weight <= 0 || p.Weight > 1 || p.Joined < 1 {
			t.Errorf("%+v", p)
		}
		if _, known := offset[p.Zone]; !known {
			t.Errorf("%s lives in %q, whose offset nobody knows", p.Handle, p.Zone)
		}
		joined[p.Handle], firsts[p.First()] = p.Joined, true
		roles[p.Role]++
	}
	for guest, host := range invitedBy {
		if joined[host] <= joined[guest] || joined[guest] == 0 {
			t.Errorf("%s asks %s in, and joined later", host, guest)
		}
	}
	if roles["owner"] != 1 || roles["moderator"] != 2 || all[0].Joined < 400 {
		t.Errorf("roles %v, first joined %d days ago", roles, all[0].Joined)
	}
	if p := all[49]; p.Handle != "lotte" { // the announcement says so
		t.Errorf("the fiftieth is %s", p.Handle)
	}
}

func TestOffsetsAgreeWithTheZones(t *testing.T) {
	for zone, hours := range offset {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip("no time zone database here: ", err)
		}
		january := time.Date(2026, 1, 15, 12, 0, 0, 0, place)
		july := time.Date(2026, 7, 15, 12, 0, 0, 0, place)
		_, a := january.Zone()
		_, b := july.Zone()
		if min(a, b) != hours*3600 {
			t.Errorf("%s is %d s east in winter, not %d h", zone, min(a, b), hours)
		}
	}
}

func TestPicturesAreDrawn(t *testing.T) {
	const drawn = "amara bram ellis hana ines june kofi lotte mehmet noor otis priya rafael saoirse tomasz wren"
	var have []string
	for _, p := range People() {
		if p.Picture != "" {
			have = append(have, p.Picture)
		}
	}
	slices.Sort(have)
	if got := strings.Join(have, " "); got != drawn {
		t.Errorf("pictures %s", got)
	}
}

func TestPeopleActWhenAwake(t *testing.T) {
	years(t, func(t *testing.T, s *Script, clock time.Duration) {
		y := newYear(0, clock)
		up, all := 0, 0
		for _, e := range s.Events {
			switch e.Act.(type) {
			case Invite, Visit:
				continue
			}
			if all++; y.awake(y.by[e.Act.doer()], e.Ago) {
				up++
			}
		}
		if up*100 < all*95 {
			t.Errorf("%d of %d acts in waking hours", up, all)
		}
	})
}

func TestTheBusySayMore(t *testing.T) {
	years(t, func(t *testing.T, s *Script, _ time.Duration) {
		posts := map[string]float64{}
		each(s, func(_ time.Duration, a Reply) { posts[a.Author]++ })
		var busy, calm, nb, nc float64
		for _, p := range People() {
			rate := posts[p.Handle] / float64(min(p.Joined, 365))
			if p.Joined < 100 {
				continue
			}
			if p.Weight >= .7 {
				busy, nb = busy+rate, nb+1
			} else if p.Weight <= .4 {
				calm, nc = calm+rate, nc+1
			}
		}
		if nb == 0 || nc == 0 || busy/nb < 1.5*calm/nc {
			t.Errorf("the busy post %.3f a day, the calm %.3f", busy/nb, calm/nc)
		}
	})
}
