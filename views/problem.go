package views

import "net/http"

// ProblemPage is what a person reads instead of the page they asked for.
type ProblemPage struct {
	Status  int
	Text    string // a whole sentence that says what to do next
	Address string // that was asked for
	Request string // its id, for whoever asks us about it
	SignIn  bool   // a guest, who may get further by signing in
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
