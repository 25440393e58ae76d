package prose

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Part is a stretch of cooked HTML: a poll with its number in the text, or what stands between polls.
type Part struct {
	HTML   string
	Number int // of a poll, from 1; 0 for all else
	Poll   Poll
}

const pollOpens, pollCloses = `<section class="poll" data-poll="`, `</section>`

// HasPolls tells whether somebody can vote in cooked HTML.
func HasPolls(cooked string) bool { return strings.Contains(cooked, pollOpens) }

// Parts divides cooked HTML at its polls. Put together again they are the whole.
func Parts(cooked string) (parts []Part) {
	for cooked != "" {
		from := strings.Index(cooked, pollOpens)
		if from < 0 {
			return append(parts, Part{HTML: cooked})
		}
		if from > 0 {
			parts = append(parts, Part{HTML: cooked[:from]})
			cooked = cooked[from:]
		}
		to := strings.Index(cooked, pollCloses)
		if to < 0 {
			return append(parts, Part{HTML: cooked})
		}
		to += len(pollCloses)
		p := Part{HTML: cooked[:to]}
		p.Number, p.Poll = pollIn(p.HTML)
		parts, cooked = append(parts, p), cooked[to:]
	}
	return parts
}

// pollIn reads a poll back from the HTML that was made of it.
func pollIn(cooked string) (number int, p Poll) {
	z := html.NewTokenizer(strings.NewReader(cooked))
	var words strings.Builder
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return number, p
		}
		token := z.Token()
		switch {
		case kind == html.TextToken:
			words.WriteString(token.Data)
		case kind == html.StartTagToken && token.DataAtom == atom.Section:
			number, _ = strconv.Atoi(valueOf(token, "data-poll"))
			p.Most, _ = strconv.Atoi(valueOf(token, "data-most"))
			p.Closes, _ = time.Parse(time.RFC3339, valueOf(token, "data-closes"))
			p.Results, p.Named = valueOf(token, "data-results"), valueOf(token, "data-names") != ""
		case kind == html.StartTagToken:
			words.Reset()
		case token.DataAtom == atom.Strong:
			p.Question = words.String()
		case token.DataAtom == atom.Li:
			p.Options = append(p.Options, words.String())
		}
	}
}

// Abroad is cooked HTML for where no sheet and no script of ours is, in a feed or a letter: what is
// hidden stays so, and what only works on a page is left out.
func Abroad(cooked string) string {
	var out strings.Builder
	var over leftOut
	z := html.NewTokenizer(strings.NewReader(cooked))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.String()
		}
		raw := string(z.Raw())
		token := z.Token()
		if instead, left := over.next(kind, token, inLetters); left {
			out.WriteString(instead)
			continue
		}
		out.WriteString(raw)
	}
}

// leftOut follows an element that is not shown to its end.
type leftOut struct {
	element atom.Atom
	depth   int
}

// next tells whether a token belongs to what is left out, and at its beginning what stands instead.
func (l *leftOut) next(kind html.TokenType, token html.Token, without func(html.Token) (string, bool)) (instead string, yes bool) {
	if l.depth > 0 {
		if token.DataAtom == l.element {
			switch kind {
			case html.StartTagToken:
				l.depth++
			case html.EndTagToken:
				l.depth--
			}
		}
		return "", true
	}
	if kind != html.StartTagToken {
		return "", false
	}
	if instead, yes = without(token); yes {
		l.element, l.depth = token.DataAtom, 1
	}
	return instead, yes
}

// inLetters are the elements that no letter and no feed shows.
func inLetters(token html.Token) (instead string, yes bool) {
	switch {
	case valueOf(token, "class") == "spoiler":
		if token.DataAtom == atom.Details {
			return "<p>" + withheld + "</p>", true
		}
		return withheld, true
	case token.DataAtom == atom.Button || token.DataAtom == atom.Small:
		return "", true
	}
	return "", false
}

// inPlain are the elements whose words are not those of the text: quoted posts, what is hidden, and
// what we say ourselves.
func inPlain(token html.Token) (instead string, yes bool) {
	if token.DataAtom == atom.Blockquote {
		return " ", valueOf(token, "class") == "quote"
	}
	if instead, yes = inLetters(token); token.DataAtom == atom.Details && yes {
		return " " + withheld + " ", true
	}
	return instead, yes
}
