package views

import (
	"net/http"
	"strings"
)

// ProblemPage is what a person reads instead of the page they asked for.
type ProblemPage struct {
	Status  int
	Text    string // a whole sentence that says what to do next
	Address string // that was asked for
	Request string // its id, for whoever asks us about it
	SignIn  bool   // a guest, who may get further by signing in
	Back    string // where the form stands that was refused; empty: it was none
	Carried []Carried
}

// Carried is what somebody wrote in a field of a form that was refused as a whole.
type Carried struct{ Name, Text string }

// label names the field to whoever wrote in it.
func (c Carried) label() string {
	switch c.Name {
	case "title":
		return "The title"
	case "text":
		return "The text"
	case "reason", "why":
		return "The reason"
	}
	return "What was in the field “" + c.Name + "”"
}

// rows is how tall its box is.
func (c Carried) rows() int { return min(2+strings.Count(c.Text, "\n")+len(c.Text)/90, 16) }

// signInAndBack leads to signing in, and back to where the form stands.
func signInAndBack(back string) string {
	if back == "" {
		return "/sign-in"
	}
	return with("/sign-in", "return", back)
}

// Head names the page.
func (p ProblemPage) Head() Head {
	return Head{Title: p.title(), Crumbs: []Crumb{{Text: p.title()}}}
}

func (p ProblemPage) title() string {
	switch p.Status {
	case http.StatusNotFound, http.StatusGone:
		return "This door opens onto a wall"
	case http.StatusUnauthorized, http.StatusForbidden:
		return "This door is closed to you"
	case http.StatusTooManyRequests:
		return "A moment, please"
	case http.StatusConflict:
		return "Somebody was there before you"
	case http.StatusRequestEntityTooLarge:
		return "That is more than we can take"
	case http.StatusServiceUnavailable:
		return "Not just now"
	}
	if p.Status >= http.StatusInternalServerError {
		return "Something broke on our side"
	}
	return "That did not go through"
}
