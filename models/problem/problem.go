// Package problem holds the errors that are meant for people. Everything else is ours: logged
// once, while the person reads that something broke.
package problem

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of refusal a Problem is; handlers/fail.go turns it into a status.
type Kind int

const (
	KindInvalid  Kind = iota + 1 // what was typed cannot be taken; Field names where
	KindMissing                  // there is no such thing, or none for this viewer
	KindRefused                  // it exists, and this viewer may not
	KindConflict                 // it changed meanwhile, or is taken
	KindTooSoon                  // allowed again after Wait
	KindTooLarge                 // over a limit that the text names
	KindFull                     // there is no room to keep it
)

// Problem is an error for a person. Text is a whole sentence that says what to do next.
type Problem struct {
	Kind  Kind
	Text  string
	Field string        // of the form, when it was typed there
	Wait  time.Duration // until it may be tried again, when that is known
}

func (p *Problem) Error() string { return p.Text }

// Invalid says that what was typed in field cannot be taken.
func Invalid(field, text string, args ...any) *Problem {
	return &Problem{Kind: KindInvalid, Field: field, Text: say(text, args)}
}

// Missing says that there is no such thing. It is also the answer for a thing that this viewer
// must not know of, so its text never depends on which of the two it is.
func Missing(text string, args ...any) *Problem {
	return &Problem{Kind: KindMissing, Text: say(text, args)}
}

// Refused says that this viewer may not do this.
func Refused(text string, args ...any) *Problem {
	return &Problem{Kind: KindRefused, Text: say(text, args)}
}

// Conflict says that the thing changed meanwhile, or that the name is taken.
func Conflict(text string, args ...any) *Problem {
	return &Problem{Kind: KindConflict, Text: say(text, args)}
}

// TooSoon says that this may be done again after wait.
func TooSoon(wait time.Duration, text string, args ...any) *Problem {
	return &Problem{Kind: KindTooSoon, Wait: wait, Text: say(text, args)}
}

// TooLarge says that a limit, named in the text, was passed.
func TooLarge(field, text string, args ...any) *Problem {
	return &Problem{Kind: KindTooLarge, Field: field, Text: say(text, args)}
}

// Full says that there is no room for what was sent in field.
func Full(field, text string, args ...any) *Problem {
	return &Problem{Kind: KindFull, Field: field, Text: say(text, args)}
}

// Of returns the Problem in err's chain, or nil.
func Of(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

// Is tells whether err is a Problem of that kind.
func Is(err error, kind Kind) bool {
	p := Of(err)
	return p != nil && p.Kind == kind
}

func say(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}
