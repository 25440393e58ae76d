package prose

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What a poll may have.
const (
	MaxPolls   = 5   // in one post
	MaxOptions = 20  // of one poll
	MaxWords   = 200 // bytes of a question or an option
)

// When the results of a poll can be seen.
const (
	Always       = "always"
	AfterVoting  = "voted" // by whoever voted; by everybody once it is closed
	AfterClosing = "closed"
)

// Poll is a question with its options, as it was written. Votes are kept elsewhere.
type Poll struct {
	Question string
	Options  []string
	Most     int       // how many options one may choose
	Closes   time.Time // zero: it stays open
	Results  string
	Named    bool // everybody can see who voted for what
}

// pollBlock is what stands between ":::poll Question" and ":::".
type pollBlock struct {
	ast.BaseBlock
	colons   int
	question string
	poll     Poll
	closes   *moment
	number   int // in its text, from 1; 0 for one that nobody votes in
}

var kindPoll = ast.NewNodeKind("Poll")

func (p *pollBlock) Kind() ast.NodeKind { return kindPoll }

func (p *pollBlock) IsRaw() bool { return true }

func (p *pollBlock) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }

type pollParser struct{}

func (pollParser) Trigger() []byte { return []byte{':'} }

func (pollParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	colons, question, ok := fenced(reader, "poll")
	if !ok {
		return nil, parser.NoChildren
	}
	toLineEnd(reader)
	return &pollBlock{colons: colons, question: question}, parser.NoChildren
}

func (pollParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	if closesFence(reader, node.(*pollBlock).colons) {
		toLineEnd(reader)
		return parser.Close
	}
	_, segment := reader.PeekLine()
	node.Lines().Append(segment)
	toLineEnd(reader)
	return parser.Continue | parser.NoChildren
}

func (pollParser) Close(ast.Node, text.Reader, parser.Context) {}
func (pollParser) CanInterruptParagraph() bool                 { return true }
func (pollParser) CanAcceptIndentedLine() bool                 { return false }

// poll settles a poll. Those of a quote, or within something else, are to be read and not voted in.
func (s *settler) poll(n *pollBlock, at spot) {
	n.poll = Poll{Question: withEmoji(n.question), Most: 1, Results: AfterVoting}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if flaw := n.take(strings.Join(strings.Fields(string(line.Value(s.source))), " ")); flaw != "" {
			s.wrong(flaw)
		}
	}
	if at.quoted || n.Parent().Kind() != ast.KindDocument {
		return
	}
	s.wrong(n.poll.flaw())
	if len(s.polls) == MaxPolls {
		s.wrong(fmt.Sprintf("A post can hold %d polls.", MaxPolls))
		return
	}
	s.polls = append(s.polls, n.poll)
	n.number = len(s.polls)
}

// wrong notes the first thing that is wrong with a text.
func (s *settler) wrong(flaw string) {
	if s.flaw == "" {
		s.flaw = flaw
	}
}

var (
	upToForm = regexp.MustCompile(`^up to ([0-9]{1,2}) answers$`)
	bullet   = regexp.MustCompile(`^[-*+] +`)
)

// take reads one line of a poll, and says what is wrong with it.
func (p *pollBlock) take(line string) (flaw string) {
	if mark := bullet.FindString(line); mark != "" {
		p.poll.Options = append(p.poll.Options, withEmoji(line[len(mark):]))
		return ""
	}
	rule := strings.ToLower(line)
	switch {
	case rule == "":
	case rule == "one answer":
		p.poll.Most = 1
	case rule == "several answers":
		p.poll.Most = MaxOptions
	case upToForm.MatchString(rule):
		p.poll.Most, _ = strconv.Atoi(upToForm.FindStringSubmatch(rule)[1])
	case rule == "results always":
		p.poll.Results = Always
	case rule == "results after voting":
		p.poll.Results = AfterVoting
	case rule == "results after closing":
		p.poll.Results = AfterClosing
	case rule == "names shown":
		p.poll.Named = true
	case strings.HasPrefix(rule, "until "):
		return p.until(line[len("until "):])
	default:
		return fmt.Sprintf("In a poll, “%s” is neither an option, which begins with a dash, nor a rule. “How to write here” lists the rules.", Excerpt(line, 40))
	}
	return ""
}

// until reads the end of a poll. A day alone lasts until its midnight in UTC.
func (p *pollBlock) until(written string) (flaw string) {
	end := written
	if len(strings.Fields(written)) == 1 {
		end += " 23:59 UTC"
	}
	at, ok := momentOf(end)
	if !ok {
		return fmt.Sprintf("A poll cannot end at “%s”. Write it like “until 2026-12-24 18:00 Europe/Berlin”.", Excerpt(written, 40))
	}
	p.closes, p.poll.Closes = at, at.at.UTC()
	return ""
}

// flaw says what a poll lacks, in a sentence.
func (p *Poll) flaw() string {
	switch {
	case p.Question == "":
		return "A poll needs a question: write it behind “:::poll”."
	case len(p.Question) > MaxWords:
		return fmt.Sprintf("The question of a poll has at most %d bytes. Yours has %d.", MaxWords, len(p.Question))
	case len(p.Options) < 2:
		return "A poll needs at least two options, each on a line that begins with a dash."
	case len(p.Options) > MaxOptions:
		return fmt.Sprintf("A poll has at most %d options. Yours has %d.", MaxOptions, len(p.Options))
	case p.Most < 1:
		return "A poll takes at least one answer from everybody."
	case p.Results == AfterClosing && p.Closes.IsZero():
		return "Results that show after closing need an end: add a line like “until 2026-12-24 18:00 Europe/Berlin”."
	}
	p.Most = min(p.Most, len(p.Options))
	seen := map[string]bool{}
	for _, o := range p.Options {
		if len(o) > MaxWords {
			return fmt.Sprintf("An option of a poll has at most %d bytes. “%s” has %d.", MaxWords, Excerpt(o, 40), len(o))
		}
		if seen[o] {
			return fmt.Sprintf("Two options of a poll are the same: “%s”.", Excerpt(o, 40))
		}
		seen[o] = true
	}
	return ""
}

// Rules say what holds for a poll besides its end, in sentences.
func (p Poll) Rules() string {
	said := "One answer."
	if p.Most > 1 && p.Most < len(p.Options) {
		said = fmt.Sprintf("Up to %d answers.", p.Most)
	} else if p.Most > 1 {
		said = "Several answers."
	}
	switch p.Results {
	case Always:
		said += " Everybody sees the results."
	case AfterClosing:
		said += " Results show when it is closed."
	default:
		said += " Results show once you have voted."
	}
	if p.Named {
		return said + " Everybody sees who voted for what."
	}
	return said + " Nobody sees who voted for what."
}

// renderPoll draws a poll as it is for everybody: without results, and nothing to vote with.
func renderPoll(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	p := n.(*pollBlock)
	_, _ = w.WriteString(`<section class="poll"`)
	if p.number > 0 {
		_, _ = fmt.Fprintf(w, ` data-poll="%d" data-most="%d" data-results="%s"`, p.number, p.poll.Most, p.poll.Results)
		if p.closes != nil {
			_, _ = w.WriteString(` data-closes="` + p.closes.instant() + `"`)
		}
		if p.poll.Named {
			_, _ = w.WriteString(` data-names="shown"`)
		}
	}
	_, _ = w.WriteString("><p><strong>")
	_, _ = w.Write(util.EscapeHTML([]byte(p.poll.Question)))
	_, _ = w.WriteString("</strong></p>\n<ul>\n")
	for _, o := range p.poll.Options {
		_, _ = w.WriteString("<li>")
		_, _ = w.Write(util.EscapeHTML([]byte(o)))
		_, _ = w.WriteString("</li>\n")
	}
	_, _ = w.WriteString("</ul>\n<p><small>" + p.poll.Rules())
	if p.closes != nil {
		_, _ = w.WriteString(" Open until " + p.closes.html() + ".")
	}
	_, _ = w.WriteString("</small></p></section>\n")
	return ast.WalkContinue, nil
}
