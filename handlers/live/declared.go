package live

import (
	"errors"
	"slices"

	"guildhall/handlers/ways"
)

// frame is what a frame that goes down is declared as: the word in its "type", whom it reaches and
// what shows in it. Whoever builds a frame needs one, so that what is not declared is not sent.
type frame struct {
	name    string
	to      ways.Audience
	surface ways.Surface
}

// roomFrame and MemberFrame are told apart by the compiler: what is for one member is never whispered
// to a room.
type (
	roomFrame   struct{ *frame }
	MemberFrame struct{ *frame } // made below alone
)

var declared []*frame

// Every frame that goes down. PROTOCOL.md says what is in each.
var (
	ackFrame     = declare("ack", ways.ToSocket, "live")
	errorFrame   = declare("error", ways.ToSocket, "live")
	changeFrame  = declare("change", ways.ToReaders, "live-changes")
	resetFrame   = declare("reset", ways.ToReaders, "live-changes")
	evictedFrame = declare("evicted", ways.ToSocket, "live-changes")

	typingFrame   = roomFrame{declare("typing", ways.ToReaders, "live-typing")}
	presenceFrame = roomFrame{declare("presence", ways.ToReaders, "live-presence")}

	Unread   = MemberFrame{declare("unread", ways.ToMember, "live-unread")}
	Notice   = MemberFrame{declare("notice", ways.ToMember, "live-notice")}
	Standing = MemberFrame{declare("standing", ways.ToMember, "live-standing")}
	Badge    = MemberFrame{declare("badge", ways.ToMember, "live-standing")}
)

// declare stops the program where a declaration leaves anything out.
func declare(name string, to ways.Audience, surface ways.Surface) *frame {
	f := &frame{name, to, surface}
	if err := f.check(declared); err != nil {
		panic(err)
	}
	declared = append(declared, f)
	return f
}

const framesAt = "handlers/live/declared.go"

func (f *frame) check(others []*frame) error {
	if slices.ContainsFunc(others, func(o *frame) bool { return o.name == f.name }) {
		return errors.New("frame " + f.name + " stands twice in " + framesAt)
	}
	return f.way().Check(framesAt)
}

func (f *frame) way() ways.Way {
	return ways.Way{Kind: ways.Frame, Name: f.name, Audience: f.to, Surface: f.surface}
}

// MarshalText is the word in "type".
func (f *frame) MarshalText() ([]byte, error) { return []byte(f.name), nil }

// Frames lists what goes down a socket.
func Frames() (all []ways.Way) {
	for _, f := range declared {
		all = append(all, f.way())
	}
	return all
}
