package script

import (
	"fmt"
	"strconv"
	"strings"
)

// Opening is a topic as written, before anybody has been chosen to say it.
type Opening struct{ Key, Title, Text string }

// Topics lists what is written for a space, in the order of the files.
func Topics(space string) []Opening {
	var all []Opening
	for _, d := range shelf().drafts {
		if d.space == space {
			all = append(all, Opening{Key: d.key, Title: d.title, Text: d.text})
		}
	}
	return all
}

// readTopics: "== title"; a line of marks (@author #subject when=12d intro pin most=0 film=HP5+); lines "with slot:
// value; slot: value"; the opening post; then replies, each from a line that begins with "~": "~ text" by anybody,
// "~june text" by June, "~!june text" her answer to the question.
func (l *library) readTopics(space, s string) {
	for block := range strings.SplitSeq("\n"+s, "\n== ") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if len(lines) < 3 {
			continue
		}
		d := draft{space: space, title: lines[0], bound: map[string]string{}, most: -1,
			key: fmt.Sprintf("%s-%d", space, 1+len(l.drafts))}
		d.readMarks(lines[1])
		d.readBody(lines[2:])
		l.drafts = append(l.drafts, d)
	}
}

func (d *draft) readMarks(line string) {
	for mark := range strings.FieldsSeq(line) {
		name, value, _ := strings.Cut(mark, "=")
		switch {
		case mark[0] == '@':
			d.author = mark[1:]
		case mark[0] == '#':
			d.subjects = append(d.subjects, mark[1:])
		case mark == "intro":
			d.intro = true
		case mark == "pin":
			d.pin = true
		case name == "when":
			d.when = length(value)
		case name == "most":
			d.most, _ = strconv.Atoi(value)
		case value != "":
			d.bound[name] = strings.ReplaceAll(value, "_", " ")
		default:
			panic(fmt.Sprintf("topic %q: mark %q", d.title, mark))
		}
	}
	if d.pin && d.when == 0 {
		d.when = length("340d")
	}
}

func (d *draft) readBody(lines []string) {
	body := &d.text
	for _, line := range lines {
		if slots, found := strings.CutPrefix(line, "with "); found && d.text == "" {
			for slot := range strings.SplitSeq(slots, "; ") {
				name, value, _ := strings.Cut(slot, ": ")
				d.bound[name] = value
			}
			continue
		}
		if reply, found := strings.CutPrefix(line, "~"); found {
			who, said, _ := strings.Cut(reply, " ")
			by, answer := strings.CutPrefix(who, "!")
			d.own = append(d.own, own{author: by, text: said, answer: answer})
			body = &d.own[len(d.own)-1].text
			continue
		}
		if *body != "" {
			*body += "\n"
		}
		*body += line
	}
}
