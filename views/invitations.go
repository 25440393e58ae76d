package views

import (
	"strconv"
	"time"

	"guildhall/models/joining"
	"guildhall/models/site"
)

// InvitationsPage is where a member invites people, and sees what became of it.
type InvitationsPage struct {
	All        []joining.Invitation
	Now        time.Time
	Link       string // of the one just made: it is shown this once
	Uses, Days string // as they were typed
	Faults     Faults
}

// Head names the page.
func (p InvitationsPage) Head() Head { return SettingsHead("Invitations") }

func (p InvitationsPage) state(i joining.Invitation) string {
	switch {
	case i.WithdrawnAt != nil:
		return "Withdrawn"
	case i.UsesLeft == 0:
		return "Used up"
	case !i.Opens(p.Now):
		return "Expired"
	}
	return "Open for " + Plural(int64(i.UsesLeft), "more guest", "more guests")
}

// JoinPage is what somebody sees who was invited.
type JoinPage struct {
	Club site.Club
	Host Person
	Code string
}

// Head names the page.
func (p JoinPage) Head() Head { return Head{Title: "You are invited"} }

func orElse(typed string, n int) string {
	if typed == "" {
		return strconv.Itoa(n)
	}
	return typed
}
