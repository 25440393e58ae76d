package views

import (
	"slices"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/space"
)

// TokensPage is where a member makes tokens for programs of their own, and ends them.
type TokensPage struct {
	All    []member.Token // those that work first
	Spaces []space.Space  // that a token can be for
	Now    time.Time
	Secret string // of the one just made: it is shown this once
	Try    string // the command that tries it

	Unsure string // why whoever looks after the club cannot make one before something else
	Again  string // where that is done

	Draft  member.TokenDraft // as it was typed
	Days   string
	Faults Faults
}

// Head names the page.
func (p TokensPage) Head() Head { return SettingsHead("Tokens") }

func (p TokensPage) state(t member.Token) (kind, text string) {
	switch {
	case t.RevokedAt != nil:
		return "", "Revoked"
	case !t.Opens(p.Now):
		return "", "Expired"
	}
	return "good", "Works"
}

// reads says what a token reads: "topics and posts, chat".
func (p TokensPage) reads(t member.Token) string {
	var words []string
	for _, s := range t.Held() {
		words = append(words, s.Words())
	}
	return strings.Join(words, ", ")
}

// where says the space that a token is for; one that is not open any more has no name here.
func (p TokensPage) where(t member.Token) string {
	if t.SpaceID == nil {
		return "in all that is open to you"
	}
	i := slices.IndexFunc(p.Spaces, func(sp space.Space) bool { return sp.ID == *t.SpaceID })
	if i < 0 {
		return "in a space that is not open to you now"
	}
	return "in " + p.Spaces[i].Name + " alone"
}

func (p TokensPage) spaces() []Option {
	all := []Option{{Value: "", Text: "Everything that you may read"}}
	for _, sp := range p.Spaces {
		all = append(all, Option{Value: sp.ID.String(), Text: sp.Name + " alone"})
	}
	return all
}

func (p TokensPage) space() string {
	if p.Draft.Space == id.ID(0) {
		return ""
	}
	return p.Draft.Space.String()
}

// tokenDays are the times that are offered.
var tokenDays = []Option{{"7", "A week"}, {"30", "A month"}, {"90", "Three months"}, {"366", "A year"}}

func (p TokensPage) days() string {
	if p.Days == "" {
		return "30"
	}
	return p.Days
}

func (p TokensPage) chosen(s member.Scope) bool { return slices.Contains(p.Draft.Scopes, s) }
