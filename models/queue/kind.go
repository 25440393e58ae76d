package queue

import (
	"fmt"
	"slices"
)

// Kind is a kind of work. A package that queues work makes one for it at its top, and handlers/jobs
// declares who does it: the program does not start while a kind that was made is not declared there.
type Kind struct {
	name     string
	priority Priority
}

// Priority says what goes first.
type Priority int

// The priorities: lower goes first.
const (
	Urgent Priority = 1 // somebody waits for it: a sign-in mail
	Normal Priority = 5
	Idle   Priority = 9
)

// String is the priority in a word.
func (p Priority) String() string {
	return map[Priority]string{Urgent: "urgent", Normal: "normal", Idle: "idle"}[p]
}

var kinds []Kind

// NewKind makes a kind of work: var MailLink = queue.NewKind("mail.sign_in", queue.Urgent). The name
// stands in rows, and outlives a program. It is for the top of a package alone.
func NewKind(name string, p Priority) Kind {
	k := Kind{name, p}
	if name == "" || p.String() == "" || named(kinds, name) != (Kind{}) {
		panic(fmt.Errorf("job %q: give its kind a name of its own and one of the priorities", name))
	}
	kinds = append(kinds, k)
	return k
}

// Kinds lists every kind that was made.
func Kinds() []Kind { return slices.Clone(kinds) }

// String is the name of the kind.
func (k Kind) String() string { return k.name }

// Priority says when work of this kind has its turn.
func (k Kind) Priority() Priority { return k.priority }

func names(kinds []Kind) []string {
	all := make([]string, len(kinds))
	for i, k := range kinds {
		all[i] = k.name
	}
	return all
}

// named is the kind of that name, or none.
func named(kinds []Kind, name string) Kind {
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	return Kind{}
}
