package views

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/notify"
)

// ManageLettersAddress is where owners see which letters did not go.
const ManageLettersAddress = "/manage/letters"

// LettersPage lists the letters that could not be delivered, and to whom none go.
type LettersPage struct {
	Letters []Undelivered
	Silent  []Silenced
	Next    string
	Later   bool
	Typed   string // the handle of a member to stop letters to
	Faults  Faults
}

// Undelivered is a letter that no mail server took.
type Undelivered struct {
	ID    id.ID
	Kind  string
	To    *Person // nil where it is not known
	Since time.Time
	Why   string
}

// Silenced is a member to whom no letters go.
type Silenced struct {
	Person Person
	Since  time.Time
	Why    string
}

// Head names the page.
func (p LettersPage) Head() Head { return managed("Mail", ManageLettersAddress) }

// what says what a letter was.
func (u Undelivered) what() string {
	switch u.Kind {
	case notify.MailTold.String():
		return "What they were told"
	case notify.MailDigest.String():
		return "A digest"
	case notify.MailTry.String():
		return "A test"
	case notify.MailRefused.String():
		return "Why an answer was not posted"
	}
	return "A link by mail"
}

func (s Silenced) why() string {
	switch s.Why {
	case notify.Complained:
		return "They called a mail unwanted."
	case notify.ByHand:
		return "An owner stopped them."
	}
	return "Mail came back."
}

func (s Silenced) complained() bool { return s.Why == notify.Complained }
