package script

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"
)

// words holds all that was written by hand, in plain text. How each kind of file reads is told where it is read.
//
//go:embed words
var words embed.FS

// A remark is something that somebody may say under a subject. Square brackets hold a choice, braces a slot.
type remark struct {
	text, answer string // answer is what the topic's author says to it, or ""
	since        rune   // only this sort of person says so; 0 is everybody
	id           int
}

// A draft is a topic as written.
type draft struct {
	key, space, title, author, text string
	subjects                        []string
	bound                           map[string]string // slots that this topic fills for all its remarks
	own                             []own
	when                            time.Duration // a given age, or 0
	intro, pin                      bool
	most                            int // replies at most, or -1
}

// own is a reply written for this one topic.
type own struct {
	author, text string
	answer       bool
}

// A talk is a short conversation in a chat room.
type talk struct {
	room  string
	lines [][2]string // who (a handle, or one letter for anybody), text
	when  time.Duration
}

type library struct {
	lists   map[string][]string
	remarks map[string][]remark
	openers []string
	drafts  []draft
	talks   []talk
}

var shelf = sync.OnceValue(func() *library {
	l := &library{lists: map[string][]string{}, remarks: map[string][]remark{}}
	l.readLists(text("words/lists.txt"))
	for _, path := range under("words/remarks") {
		l.readRemarks(text(path))
	}
	for _, path := range under("words/topics") {
		l.readTopics(spaceOf(path), text(path))
	}
	for _, path := range under("words/chat") {
		l.readTalks(spaceOf(path), text(path))
	}
	return l
})

func text(path string) string {
	b, err := words.ReadFile(path)
	if err != nil {
		panic(err) // it is in the binary
	}
	return string(b)
}

func under(dir string) []string {
	paths, err := fs.Glob(words, dir+"/*.txt")
	if err != nil {
		panic(err)
	}
	return paths
}

// spaceOf reads the space or room from a file's name: questions1.txt and questions2.txt are both of Questions.
func spaceOf(path string) string {
	name := strings.TrimSuffix(path[strings.LastIndex(path, "/")+1:], ".txt")
	name = strings.TrimRight(name, "0123456789")
	for short, long := range map[string]string{"library": LensLibrary, "masterclass": PrintMasterclass, "quiet": QuietRoom} {
		if name == short && strings.Contains(path, "/topics/") {
			return long
		}
	}
	return name
}

// readLists: one list a line, "name: a | b | c".
func (l *library) readLists(s string) {
	for line := range strings.Lines(s) {
		name, values, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found {
			panic(fmt.Sprintf("lists: %q", line))
		}
		for v := range strings.SplitSeq(values, " | ") {
			l.lists[name] = append(l.lists[name], v)
		}
	}
}

// readRemarks: "== subject", then "- remark" lines, each perhaps with "(n)" or "(v)" for who says such a thing and
// with a line "< answer" below. Under "openers" stand plain lines.
func (l *library) readRemarks(s string) {
	subject := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		mark, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
		case mark == "==":
			subject = rest
		case subject == "openers":
			l.openers = append(l.openers, line)
		case mark == "-":
			r := remark{text: rest, id: l.count()}
			if strings.HasPrefix(rest, "(n) ") || strings.HasPrefix(rest, "(v) ") {
				r.since, r.text = rune(rest[1]), rest[4:]
			}
			l.remarks[subject] = append(l.remarks[subject], r)
		case mark == "<":
			at := l.remarks[subject]
			at[len(at)-1].answer = rest
		default:
			panic(fmt.Sprintf("remarks: %q", line))
		}
	}
}

func (l *library) count() (n int) {
	for _, rs := range l.remarks {
		n += len(rs)
	}
	return n
}

// readTalks: lines "who: text", a blank line between conversations, "@35m" before one that has a given age.
func (l *library) readTalks(room, s string) {
	for block := range strings.SplitSeq(s, "\n\n") {
		t := talk{room: room}
		for line := range strings.SplitSeq(strings.TrimSpace(block), "\n") {
			if age, given := strings.CutPrefix(line, "@"); given {
				t.when = length(age)
				continue
			}
			who, said, found := strings.Cut(line, ": ")
			if !found {
				panic(fmt.Sprintf("chat: %q", line))
			}
			t.lines = append(t.lines, [2]string{who, said})
		}
		l.talks = append(l.talks, t)
	}
}

// length reads 35m, 5h or 12d.
func length(s string) time.Duration {
	if days, found := strings.CutSuffix(s, "d"); found {
		return 24 * length(days+"h")
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		panic(err)
	}
	return d
}
