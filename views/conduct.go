package views

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/safety"
	"guildhall/models/site"
)

// Conduct is what was decided about a member, and what is typed to decide more.
type Conduct struct {
	Record  []Decided // the latest first
	Barred  bool      // they own the club, so nothing is decided about them
	Warn    Sanctioning
	Suspend Sanctioning
}

// Sanctioning is a warning or a suspension as it is typed.
type Sanctioning struct {
	Reason string
	Until  string
	Faults Faults
}

// Decided is one sanction, and who decided it.
type Decided struct {
	access.Sanction
	By string
}

// out is the suspension that holds now, or nothing.
func (c Conduct) out(now time.Time) *Decided {
	for _, d := range c.Record {
		if d.Holds(now) {
			return &d
		}
	}
	return nil
}

func (d Decided) title(now time.Time) string {
	switch {
	case d.Kind == access.Warned:
		return "Warned"
	case d.LiftedAt != nil:
		return "Suspended, and lifted"
	case d.Holds(now):
		return "Suspended"
	}
	return "Suspended until it ended"
}

// RemovePage asks once more before a member is removed.
type RemovePage struct {
	Person Person
	Typed  safety.Removal
	Faults Faults
}

// Head names the page.
func (p RemovePage) Head(w site.Words) Head {
	return managed("Remove "+p.Person.Name, manageMembers, Crumb{Title(w.Members), manageMembers}, Crumb{p.Person.Name, ManageMemberAddress(p.Person.Handle)})
}

func removeAddress(handle string) string { return ManageMemberAddress(handle) + "/remove" }
