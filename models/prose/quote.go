package prose

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// maxQuoted is how many bytes of a post Quote takes along: who wants to read it all
// follows the link.
const maxQuoted = 2_000

// Quote is the Markdown that quotes a post: a blockquote whose first line names the author and
// links to the post, with an empty line after it, ready to be written below.
// topicPath is the address of the topic within the site, number that of the post in it.
// What the post quotes itself is left out, and a long post is cut.
func Quote(handle, name string, topicPath string, number int64, source string) string {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		name = handle
	}
	var out strings.Builder
	fmt.Fprintf(&out, "> [%s](/m/%s), [post %d](%s#p%d):\n>\n",
		escaped(name), strings.ToLower(handle), number, unbroken.Replace(topicPath), number)
	for line := range strings.SplitSeq(shortened(ownWords(tidy(source))), "\n") {
		out.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	return out.String() + "\n"
}

// QuoteSaid is Quote for what was said in a room: path is the address of the message.
func QuoteSaid(handle, name, path, source string) string {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		name = "Somebody who has left"
	}
	who := escaped(name)
	if handle != "" {
		who = "[" + who + "](/m/" + strings.ToLower(handle) + ")"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "> %s, [in chat](%s):\n>\n", who, unbroken.Replace(path))
	for line := range strings.SplitSeq(shortened(ownWords(tidy(source))), "\n") {
		out.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	return out.String() + "\n"
}

// unbroken keeps a path whole between the brackets of a link.
var unbroken = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "%0A", "\t", "%09", `\`, "%5C")

// escaped makes every mark of name stand for itself.
func escaped(name string) string {
	var out strings.Builder
	for _, r := range name {
		if r < utf8.RuneSelf && util.IsPunct(byte(r)) && !strings.ContainsRune("'-.,", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

var attribution = regexp.MustCompile(`^> \[.+\]\(/m/[a-z0-9_]+\), \[post \d+\]\(/.*#p\d+\):$`)

// ownWords is source without the posts that it quotes, unless it says nothing else.
func ownWords(source string) string {
	var own []string
	quoting := false
	for line := range strings.SplitSeq(source, "\n") {
		quoting = attribution.MatchString(line) || quoting && strings.HasPrefix(line, ">")
		if !quoting {
			own = append(own, line)
		}
	}
	if words := strings.TrimSpace(strings.Join(own, "\n")); words != "" {
		return words
	}
	return strings.TrimSpace(source)
}

// shortened cuts after a whole line or word of the first maxQuoted bytes.
func shortened(source string) string {
	if len(source) <= maxQuoted {
		return source
	}
	cut := source[:maxQuoted]
	if end := strings.LastIndexAny(cut, " \n"); end > 0 {
		cut = cut[:end]
	}
	cut = strings.TrimRight(strings.ToValidUTF8(cut, ""), " \n") + " …"
	if strings.Count(cut, "||")%2 == 1 {
		cut += "||" // what was hidden stays hidden where the cut is in the midst of it
	}
	return cut
}

// cite is the line that says whose words a quote holds.
type cite struct{ ast.BaseBlock }

var kindCite = ast.NewNodeKind("Cite")

func (c *cite) Kind() ast.NodeKind { return kindCite }

func (c *cite) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// quote settles a blockquote. One that begins as Quote begins is a quoted post, the
// others stay what they are.
func (s *settler) quote(n *ast.Blockquote, at spot) {
	author, post := s.attributed(n)
	if author == nil {
		s.children(n, at)
		return
	}
	if !at.quoted {
		s.cites = cited(s.cites, written(post.Destination), true)
	}
	at.quoted = true
	n.SetAttributeString("class", []byte("quote"))
	by := &cite{}
	replace(n.FirstChild(), by)
	by.AppendChild(by, author)
	by.AppendChild(by, literal(" "))
	by.AppendChild(by, post)
	s.children(n, at)
}

var (
	toMember = regexp.MustCompile(`^/m/[a-z0-9_]{2,30}$`)
	toPost   = regexp.MustCompile(`^/[^/].*#p\d+$`)
)

// attributed finds the two links of an attribution: "[author](/m/…), [post](…#p1):".
func (s *settler) attributed(n *ast.Blockquote) (author, post *ast.Link) {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok {
		return nil, nil
	}
	var parts [4]ast.Node
	part := first.FirstChild()
	for i := range parts {
		if part == nil {
			return nil, nil
		}
		parts[i], part = part, part.NextSibling()
	}
	author, isLink := parts[0].(*ast.Link)
	post, isLinkToo := parts[2].(*ast.Link)
	if part != nil || !isLink || !isLinkToo || !s.says(parts[1], ", ") || !s.says(parts[3], ":") ||
		!toMember.Match(author.Destination) || !toPost.Match(post.Destination) {
		return nil, nil
	}
	return author, post
}

func (s *settler) says(n ast.Node, words string) bool {
	t, ok := n.(*ast.Text)
	return ok && string(t.Value(s.source)) == words
}

func renderCite(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<cite>")
	} else {
		_, _ = w.WriteString("</cite>\n")
	}
	return ast.WalkContinue, nil
}
