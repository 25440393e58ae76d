package views

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guildhall/models/access"
	"guildhall/models/site"
)

// MembershipPage shows the club's tiers side by side: what each brings, and how one comes by it.
type MembershipPage struct {
	Tiers  []Cabin // lowest first
	Guest  bool
	Grants []Granted // what lifts the reader, latest first
	Zone   *time.Location
}

// Cabin is a tier as one reader sees it.
type Cabin struct {
	access.Tier
	Yours bool
	Path  string // how far the reader is: "You are 88 points away.", or nothing
}

// Granted is a grant as its member reads it.
type Granted struct {
	access.Grant
	Tier access.Tier
	By   string // who gave it, or nothing
	Over bool   // ended or withdrawn
}

// Head names the page.
func (p MembershipPage) Head() Head {
	return Head{Title: "Membership", Crumbs: []Crumb{{Text: "Membership"}}, Here: "/membership", Main: "wide", Public: &Public{Page: "/membership", Kind: "website"}}
}

func (p MembershipPage) title(w site.Words) string {
	n := int64(len(p.Tiers))
	return Title(Spelled(n, w.Tier, w.Tiers)) + ", one club"
}

// mostWindows is how many windows a cabin has at the most.
const mostWindows = 6

// windows are the lit ones of a cabin: its rank among as many as there are.
func (p MembershipPage) windows(rank int) []bool {
	lit := make([]bool, min(len(p.Tiers), mostWindows))
	for i := range lit {
		lit[i] = i < rank
	}
	return lit
}

// mostLarge is the longest sentence that stands as large as a price does.
const mostLarge = 16

// terms reads how one comes by a tier: a short first sentence stands large, with the number in it
// apart ("£8", "a month"), and what follows is the other way there. A long one is only that.
func terms(text string) (large, small, rest string) {
	large, rest, _ = strings.Cut(text, ". ")
	large = strings.TrimSuffix(large, ".")
	if number, unit, ok := strings.Cut(large, " "); ok && strings.ContainsFunc(number, unicode.IsDigit) {
		return number, unit, rest
	}
	if utf8.RuneCountInString(large) > mostLarge {
		return "", "", text
	}
	return large, "", rest
}

// clubDay says the day of the club on which an instant falls, whatever zone its reader is in: grants
// begin and end with those.
func (r Reader) clubDay(at time.Time, zone *time.Location) string {
	r.Zone = zone
	return r.Say(at, Date)
}

// lastDay is within the day up to which something holds that ends at that instant: at the midnight
// after it, as a rule.
func lastDay(ends time.Time) time.Time { return ends.Add(-time.Second) }

func grantState(g access.Grant) string {
	if g.WithdrawnAt != nil {
		return "withdrawn"
	}
	return "ended"
}
