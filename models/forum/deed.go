package forum

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
)

// Deed is what those who look after a space do to one of its topics.
type Deed string

// The deeds of one topic. Split and merge, which are about two, stand by themselves.
const (
	ToPin       Deed = "pin"
	ToUnpin     Deed = "unpin"
	ToClose     Deed = "close"
	ToOpen      Deed = "open"
	ToArchive   Deed = "archive"
	ToUnarchive Deed = "unarchive"
	ToUnlist    Deed = "unlist"
	ToList      Deed = "list"
	ToHide      Deed = "hide"
	ToShow      Deed = "show"
	ToMove      Deed = "move"
	ToRename    Deed = "rename"
	ToSlow      Deed = "slow"
	ToGive      Deed = "give" // to another owner
	ToBump      Deed = "bump"
	ToTime      Deed = "time" // a timer, set or (with no time) taken away
	ToTag       Deed = "tag"  // beside those that it has
	ToUntag     Deed = "untag"
	ToRetag     Deed = "retag"
	toSplit     Deed = "split"
	toMerge     Deed = "merge"
	toGain      Deed = "gain" // posts that came from another topic
)

// deeds are the words under which a deed is logged, and its family: a deed is undone while none of its
// family came after it.
var deeds = map[Deed]struct{ past, family string }{
	ToPin: {"topic.pinned", "pin"}, ToUnpin: {"topic.unpinned", "pin"},
	ToClose: {"topic.closed", "close"}, ToOpen: {"topic.opened", "close"},
	ToArchive: {"topic.archived", "archive"}, ToUnarchive: {"topic.unarchived", "archive"},
	ToUnlist: {"topic.unlisted", "list"}, ToList: {"topic.listed", "list"},
	ToHide: {"topic.hidden", "hide"}, ToShow: {"topic.restored", "hide"},
	ToMove: {"topic.moved", "move"}, ToRename: {"topic.renamed", "rename"}, ToSlow: {"topic.slowed", "slow"},
	ToTag: {"topic.tagged", "tags"}, ToUntag: {"topic.untagged", "tags"}, ToRetag: {"topic.retagged", "tags"},
	ToGive: {"topic.given", "give"}, ToBump: {"topic.bumped", ""}, ToTime: {"topic.timed", "time"},
	toSplit: {"topic.split", "posts"}, toMerge: {"topic.merged", "posts"}, toGain: {"topic.gained", ""},
}

// DeedOf is the deed that a line of the log is about, or none.
func DeedOf(what string) Deed {
	for d, words := range deeds {
		if words.past == what {
			return d
		}
	}
	return ""
}

// relatives are the logged words of a deed's family.
func relatives(d Deed) (all []string) {
	for _, words := range deeds {
		if words.family != "" && words.family == deeds[d].family {
			all = append(all, words.past)
		}
	}
	slices.Sort(all)
	return all
}

// Command is a deed with what it needs. Why is told to readers where the deed is.
type Command struct {
	Do      Deed       `json:"do"`
	Why     string     `json:"why,omitempty"`
	Until   *time.Time `json:"until,omitempty"`   // of a pin; nil: until it is taken down
	To      id.ID      `json:"to,omitempty"`      // a space to move to, a member to give to, or who took a post away
	Title   string     `json:"title,omitempty"`   // a new one
	Seconds int64      `json:"seconds,omitempty"` // of slow mode; 0 ends it
	Timer   *Timer     `json:"timer,omitempty"`
	Tags    []string   `json:"tags,omitempty"`    // to be given, or taken away
	Without []string   `json:"without,omitempty"` // to be taken away as others are given
	Moved   *moved     `json:"moved,omitempty"`   // of a split or merge that is undone
	Text    string     `json:"text,omitempty"`    // of a notice that is put back
	Answer  bool       `json:"answer,omitempty"`  // a post that is brought back was the answer

	batch id.ID
	timed bool // it is a timer that gives it
}

// Limits of what those who keep a space say, in bytes, and of how slow a topic may be.
const (
	MaxReason  = 500
	MaxSeconds = 7 * 24 * 60 * 60
)

// check refuses an order that nobody could carry out.
func (o *Command) check() error {
	o.Why = strings.Join(strings.Fields(o.Why), " ")
	switch {
	case len(o.Why) > MaxReason:
		return problem.Invalid("why", "A reason has at most %d bytes. Yours has %d.", MaxReason, len(o.Why))
	case deeds[o.Do].past == "":
		return problem.Invalid("do", "Choose what is to be done.")
	case o.Seconds < 0 || o.Seconds > MaxSeconds:
		return problem.Invalid("seconds", "Choose a time from a second to a week.")
	case o.Do == ToTime && o.Timer == nil:
		return problem.Invalid("do", "Choose what the timer is to do.")
	case (o.Do == ToTag || o.Do == ToUntag) && len(o.Tags) == 0:
		return problem.Invalid("tags", "Name at least one tag.")
	}
	if o.Do == ToRename {
		d := Draft{Title: o.Title}
		if err := d.checkTitle(); err != nil {
			return err
		}
		o.Title = d.Title
	}
	return nil
}

func asText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "" // orders, lines and timers are plain structs of ours
	}
	return string(text)
}

func fromText[T any](text string) (v T) {
	if text != "" && json.Unmarshal([]byte(text), &v) != nil {
		var none T
		return none // what nobody here wrote is as if nothing stood there
	}
	return v
}

func what(on, off string, yes bool) string {
	if yes {
		return on
	}
	return off
}
