package views

import (
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/id"
)

func TestDoorsSayHowFar(t *testing.T) {
	w := northlight().Vocabulary()
	tenure := access.Need{Key: access.Key{Kind: access.TenureKey, Amount: 30}, Name: "30 days here", Have: 12, Want: 30, Gap: 18}
	badge := access.Need{Key: access.Key{Kind: access.BadgeKey}, Name: "the Archivist badge"}
	held := access.Need{Key: access.Key{Kind: access.BadgeKey}, Name: "the Archivist badge", Met: true}
	patron := access.Need{Key: access.Key{Kind: access.TierKey}, Name: "Patron", Tier: tiers[2]}
	for name, c := range map[string]struct {
		way  access.Way
		want wayIn
	}{
		"a rung":          {access.Way{mentor()}, wayIn{"key", "Mentor, at 500 points", "412 of 500", "88 points to go.", 82, false}},
		"days":            {access.Way{tenure}, wayIn{"calendar", "30 days here", "12 of 30", "18 days to go.", 40, false}},
		"a tier":          {access.Way{patron}, wayIn{"ticket", "The Patron cabin", "", "", -1, false}},
		"a badge":         {access.Way{badge}, wayIn{"medal", "The Archivist badge", "", "", -1, false}},
		"one that is met": {access.Way{held}, wayIn{"check", "The Archivist badge", "you hold it", "", -1, true}},
		"all of several": {access.Way{mentor(), tenure, held, patron}, wayIn{"key", "Mentor, at 500 points, and 30 days here, and the Archivist badge, and the Patron cabin",
			"1 of 4 held", "To go: 88 points; 18 days; Patron.", 40, false}},
	} {
		if got := waysIn([]access.Way{c.way}, w)[0]; got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if tier, ok := upgrade([]access.Way{{mentor()}, {patron}}); !ok || tier.Name != "Patron" {
		t.Errorf("the way up is %v, %v", tier, ok)
	}
	if _, ok := upgrade([]access.Way{{mentor(), patron}}); ok {
		t.Error("a tier that is not enough by itself is offered")
	}
}

func TestWaysOfALockSurviveAForm(t *testing.T) {
	for _, way := range [][]access.Key{
		{{Kind: access.Anyone}},
		{{Kind: access.SignedIn}},
		{{Kind: access.TierKey, Ref: 404}, {Kind: access.StatusKey, Amount: 3}},
		{{Kind: access.BadgeKey, Ref: 7}, {Kind: access.GroupKey, Ref: 8}, {Kind: access.NamedKey, Ref: 9}},
		{{Kind: access.ScoreKey, Amount: 600}, {Kind: access.TenureKey, Amount: 365}, {Kind: access.RoleKey, Amount: access.RoleModerator}},
	} {
		got, err := ParseWay(WayText(way))
		if err != nil || !slices.Equal(got, way) {
			t.Errorf("%q reads as %v, %v", WayText(way), got, err)
		}
	}
	for _, text := range []string{"", "+", "crown", "tier", "tier:0", "tier:" + id.ID(0).String(), "score:many", "anyone:1", "status:3+", "status:99999999999999999999"} {
		if way, err := ParseWay(text); err == nil {
			t.Errorf("%q reads as %v", text, way)
		}
	}
}

func TestTermsOfATier(t *testing.T) {
	for text, want := range map[string][3]string{
		"£8 a month. Or earn it: Regular, at 100 points.":  {"£8", "a month", "Or earn it: Regular, at 100 points."},
		"Free. Open to everyone, no card asked.":           {"Free", "", "Open to everyone, no card asked."},
		"By invitation":                                    {"By invitation", "", ""},
		"Given when you have settled in, or for a season.": {"", "", "Given when you have settled in, or for a season."},
		"": {"", "", ""},
	} {
		large, small, rest := terms(text)
		if got := [3]string{large, small, rest}; got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}
