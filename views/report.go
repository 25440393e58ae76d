package views

import "guildhall/models/safety"

// ReportPage is where a member reports a post, a message or another member.
type ReportPage struct {
	Kind   string
	Author Person
	HTML   string // of the post or the message, made by models/prose
	Action string
	Away   string
	Reason string // as it was typed
	Words  string
	Faults Faults
}

// Head names the page.
func (p ReportPage) Head() Head {
	return Head{Title: p.title(), Crumbs: []Crumb{{Text: p.title()}}}
}

func (p ReportPage) title() string {
	switch p.Kind {
	case safety.OfPost:
		return "Report a post"
	case safety.OfMessage:
		return "Report a message"
	case safety.OfLetter:
		return "Report a letter"
	}
	return "Report " + p.Author.Name
}

// readers tells who will read the report.
func (p ReportPage) readers() string {
	switch p.Kind {
	case safety.OfLetter:
		return "The owners of the club can read this one letter with your report, and that they do is logged. They read nothing else of the correspondence, and nobody else reads it."
	case safety.OfMember:
		return "The owners of the club read it, and nobody else."
	}
	return "The moderators of this space and the owners of the club read it, and nobody else."
}

// complaint is a reason as it is offered.
type complaint struct{ Reason, Name, Words string }

var complaints = map[string]complaint{
	safety.Hostile:  {safety.Hostile, "Hostile", "It attacks, insults or threatens somebody"},
	safety.Spam:     {safety.Spam, "Spam", "It advertises, or says the same everywhere"},
	safety.OffTopic: {safety.OffTopic, "Out of place", "It does not belong where it stands"},
	safety.Other:    {safety.Other, "Something else", "Say below what it is"},
}

func complaintOf(reason string) complaint { return complaints[reason] }

// ReportAddress is where the post is reported.
func (p Posted) ReportAddress() string { return p.root() + "/report" }

// ReportAddress is where the message is reported.
func (s Said) ReportAddress() string { return s.root() + "/report" }

// ReportAddress is where the person is reported.
func (p Person) ReportAddress() string { return p.Address() + "/report" }
