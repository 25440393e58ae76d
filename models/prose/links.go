package prose

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

const (
	maxAddress = 2_000
	outgoing   = "nofollow ugc noopener noreferrer"
)

// written is what a destination in the source says once its escapes and entities are resolved:
// what is judged must be what a browser will see.
func written(destination []byte) string {
	return string(util.URLEscape(destination, true))
}

// target is the form of address that a link or picture may lead to, or "" when it may not.
func target(address string) string {
	if len(address) > maxAddress || !printable(address) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		// A name before the host is a disguise: http://bank.example@elsewhere.example.
		if u.Hostname() == "" || u.User != nil {
			return ""
		}
	case "mailto":
		if !strings.Contains(u.Opaque, "@") {
			return ""
		}
	case "":
		if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}

// printable: visible ASCII without the characters that browsers read as slashes, or that
// end an attribute or a tag.
func printable(address string) bool {
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c > '~' || strings.IndexByte("\\\"<>`", c) >= 0 {
			return false
		}
	}
	return true
}

func leadsOut(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// link settles a written link. One that may not be is its words alone; one without words
// shows its address.
func (s *settler) link(n *ast.Link, at spot) {
	address := target(written(n.Destination))
	allowed := address != "" && !at.linked && !hides(n) && s.afford(n.Reference, address)
	at.linked = at.linked || allowed
	if allowed && !at.quoted {
		s.cites = cited(s.cites, address, false)
	}
	s.children(n, at)
	if !allowed {
		unwrap(n)
		return
	}
	if s.words(n) == "" {
		n.AppendChild(n, literal(address))
	}
	s.lead(n, address)
}

// autoLink settles an address that stands for itself, in angle brackets or bare.
func (s *settler) autoLink(n *ast.AutoLink, at spot) {
	raw, label := string(util.URLEscape(n.URL(s.source), false)), string(n.Label(s.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(raw), "mailto:") {
		raw = "mailto:" + raw
	}
	address := target(raw)
	if address == "" || at.linked || leadsOut(address) && !likely(address) {
		replace(n, literal(label))
		return
	}
	if !at.quoted {
		s.cites = cited(s.cites, address, false)
	}
	link := ast.NewLink()
	link.SetAttributeString(bare, true)
	link.AppendChild(link, literal(label))
	replace(n, link)
	s.lead(link, address)
}

var likelyHost = regexp.MustCompile(`[^.]\.([\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)\.?$`)

// likely: the address has a name that somebody could have registered, and "www.oops" has not.
func likely(address string) bool {
	u, err := url.Parse(address)
	return err == nil && likelyHost.MatchString(strings.TrimPrefix(u.Hostname(), "www."))
}

// afford counts what references repeat: one long address, defined once and used a thousand
// times, would make a page of megabytes from a short post.
func (s *settler) afford(reference *ast.ReferenceLink, address string) bool {
	if reference == nil {
		return true
	}
	s.expanded += len(address)
	return s.expanded <= maxExpanded
}

// lead gives n its final address.
func (s *settler) lead(n *ast.Link, address string) {
	n.Destination, n.Title = []byte(address), nil
	s.keeps(address)
	if leadsOut(address) {
		s.links.add(address)
	}
}

// renderLink writes the address as it stands: target has settled it, and resolving its
// entities a second time would undo what was judged.
func renderLink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	address := n.(*ast.Link).Destination
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML(address))
	if leadsOut(string(address)) {
		_, _ = w.WriteString(`" rel="` + outgoing)
	}
	_, _ = w.WriteString(`">`)
	return ast.WalkContinue, nil
}
