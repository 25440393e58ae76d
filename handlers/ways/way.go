// Package ways has the words in which every way in and out of the club is declared: its routes, what
// goes over its sockets, the mail that it takes, its jobs and letters, its metrics, its log, what its instances tell each other and its commands. Whoever has one
// declares it where it stands, and the program does not start with one that leaves anything out.
package ways

import (
	"fmt"
	"slices"
)

// Kind is what sort of way it is.
type Kind string

// The kinds. A route, an operation and a listener come in, and are answered; the others only go out.
const (
	Route     Kind = "route"
	Operation Kind = "operation" // up a socket
	Listener  Kind = "listener"  // mail that comes in
	Frame     Kind = "frame"     // down a socket
	Job       Kind = "job"
	Mail      Kind = "mail"
	Metrics   Kind = "metrics"
	Log       Kind = "log"
	Hint      Kind = "hint" // from one instance of the program to the others
	Command   Kind = "command"
)

// Audience is whom something that goes out reaches.
type Audience string

// The audiences.
const (
	ToReaders  Audience = "readers of the room" // those who may read it at the moment of sending
	ToMember   Audience = "the member"          // on all pages that they have open
	ToSocket   Audience = "the socket"          // that asked
	ToMailbox  Audience = "the mailbox"
	ToOperator Audience = "whoever runs the program"
	ToOthers   Audience = "the other instances"
	ToNobody   Audience = "nobody" // it changes rows, and those have ways of their own
)

var audiences = []Audience{ToReaders, ToMember, ToSocket, ToMailbox, ToOperator, ToOthers, ToNobody}

// Access says when it is decided whether the recipient may have what a job or a letter carries.
type Access string

// The two answers. Nothing is ever decided at the moment of queueing.
const (
	Spaceless  Access = "carries nothing of a space"
	AskedAgain Access = "asked again when it runs"
)

// Way is one line of the list that `guildhall routes` prints.
type Way struct {
	Kind     Kind     `json:"kind"`
	Name     string   `json:"name"`               // of its kind: "GET /s/:space", "send", "mail.sign_in"
	Gate     string   `json:"gate,omitempty"`     // who may use what comes in
	Audience Audience `json:"audience,omitempty"` // whom it reaches, if it only goes out
	Scope    string   `json:"scope"`              // what a token must hold; empty: no token may use it
	CSRF     string   `json:"csrf,omitempty"`     // of a route
	Rate     string   `json:"rate,omitempty"`     // the limit that it draws on, or the priority of a job
	Access   Access   `json:"access,omitempty"`   // of a job or a letter
	Job      string   `json:"job,omitempty"`      // the kind of job that writes a letter
	Surface  Surface  `json:"surface"`            // what shows there

	Method    string `json:"method,omitempty"` // of a route, as what follows
	Path      string `json:"path,omitempty"`
	Body      int64  `json:"body,omitempty"`      // the most bytes that are read
	Suspended bool   `json:"suspended,omitempty"` // whether a suspended member may still use it
	Dev       bool   `json:"dev,omitempty"`       // whether it exists with --dev alone
}

// Check says what a declaration lacks, and where it is to be said.
func (w Way) Check(where string) error {
	lacks := func(what string) error { return fmt.Errorf("%s %q, declared in %s: %s", w.Kind, w.Name, where, what) }
	in, queued := w.Kind == Route || w.Kind == Operation || w.Kind == Listener, w.Kind == Job || w.Kind == Mail
	switch {
	case w.Name == "":
		return lacks("give it a name")
	case in && w.Gate == "":
		return lacks("say who may use it")
	case !in && !slices.Contains(audiences, w.Audience):
		return lacks("say whom it reaches, with one of the audiences of handlers/ways/way.go")
	case (in || w.Kind == Job) && w.Rate == "":
		return lacks("say which limit it draws on")
	case queued && w.Access != Spaceless && w.Access != AskedAgain:
		return lacks("say whether it carries anything of a space, and so asks again for access when it runs")
	}
	if err := w.Surface.Check(); err != nil {
		return lacks(err.Error())
	}
	return nil
}
