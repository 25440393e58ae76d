package prose

import (
	"html"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// How much code of one text is coloured, and how long that may take: the patterns of a language may
// go through a hostile text again and again. What is beyond stays plain.
const (
	maxColoured  = 12_000 // bytes
	colouredIn   = 150 * time.Millisecond
	maxLanguage  = 40
	colourPrefix = "hl-"
)

// languages are those that are coloured, by the names that people give them. The others stay plain.
var languages = map[string]string{
	"bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "bash",
	"c": "c", "h": "c", "cpp": "c++", "c++": "c++", "cc": "c++", "cs": "c#", "c#": "c#", "csharp": "c#",
	"clojure": "clojure", "clj": "clojure", "css": "css", "scss": "scss", "dart": "dart",
	"diff": "diff", "patch": "diff", "docker": "docker", "dockerfile": "docker",
	"elixir": "elixir", "ex": "elixir", "elm": "elm", "erlang": "erlang", "fish": "fish", "fortran": "fortran",
	"f#": "fsharp", "fsharp": "fsharp", "glsl": "glsl", "go": "go", "golang": "go", "graphql": "graphql",
	"groovy": "groovy", "haskell": "haskell", "hs": "haskell", "hcl": "hcl", "terraform": "hcl",
	"html": "html", "ini": "ini", "java": "java", "javascript": "javascript", "js": "javascript", "jsx": "react",
	"json": "json", "julia": "julia", "kotlin": "kotlin", "kt": "kotlin", "latex": "tex", "tex": "tex",
	"lisp": "common lisp", "lua": "lua", "make": "makefile", "makefile": "makefile",
	"markdown": "markdown", "md": "markdown", "matlab": "matlab", "nginx": "nginx configuration file", "nix": "nix",
	"objc": "objective-c", "objective-c": "objective-c", "ocaml": "ocaml", "perl": "perl", "php": "php",
	"powershell": "powershell", "ps1": "powershell", "python": "python", "py": "python", "r": "r",
	"ruby": "ruby", "rb": "ruby", "rust": "rust", "rs": "rust", "scala": "scala", "sql": "sql",
	"swift": "swift", "toml": "toml", "typescript": "typescript", "ts": "typescript", "tsx": "typescript",
	"vim": "viml", "xml": "xml", "svg": "xml", "yaml": "yaml", "yml": "yaml", "zig": "zig",
}

// renderCode draws a block of code. It may be wider than the page, so the keyboard must
// reach it to scroll it.
func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code`)
	if fenced, ok := n.(*ast.FencedCodeBlock); ok && len(fenced.Language(source)) > 0 {
		_, _ = w.WriteString(` class="language-`)
		_, _ = w.Write(util.EscapeHTML(fenced.Language(source)))
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
	if pieces, ok := n.AttributeString(coloured); ok {
		for _, p := range pieces.([]piece) {
			p.render(w)
		}
		return ast.WalkContinue, nil
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(line.Value(source)))
	}
	return ast.WalkContinue, nil
}

// coloured is the attribute under which a block of code keeps its pieces.
const coloured = "coloured"

// piece is a stretch of code with what it is: "k" for a keyword, nothing for what has no colour.
type piece struct{ is, text string }

func (p piece) render(w util.BufWriter) {
	if p.is == "" {
		_, _ = w.WriteString(html.EscapeString(p.text))
		return
	}
	_, _ = w.WriteString(`<span class="` + colourPrefix + p.is + `">` + html.EscapeString(p.text) + `</span>`)
}

// colour parts code in a known language into its pieces, while the text has bytes left to spend.
func (s *settler) colour(n *ast.FencedCodeBlock) {
	name := strings.ToLower(string(n.Language(s.source)))
	lexer := lexerOf(name)
	if lexer == nil {
		return
	}
	code := n.Lines().Value(s.source)
	if s.coloured += len(code); s.coloured > maxColoured {
		return
	}
	if pieces, ok := s.pieces(lexer, string(code)); ok {
		n.SetAttributeString(coloured, pieces)
	}
}

func lexerOf(name string) chroma.Lexer {
	if len(name) > maxLanguage || languages[name] == "" {
		return nil
	}
	return lexers.GlobalLexerRegistry.Get(languages[name])
}

// pieces reads code within the time that the text has left. Nothing may be lost or added: code that
// does not come out as it went in stays plain.
func (s *settler) pieces(lexer chroma.Lexer, code string) (list []piece, ok bool) {
	began := time.Now() // a bound on work, and no rule: the machine's clock serves
	defer func() { s.spent += time.Since(began) }()
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return nil, false
	}
	var whole strings.Builder
	for t := tokens(); t != chroma.EOF; t = tokens() {
		if s.spent+time.Since(began) > colouredIn {
			return nil, false
		}
		whole.WriteString(t.Value)
		is := kindOf(t.Type)
		if last := len(list) - 1; last >= 0 && list[last].is == is {
			list[last].text += t.Value
		} else {
			list = append(list, piece{is, t.Value})
		}
	}
	return list, whole.String() == code
}

// kindOf is the class of a token: a few, as a page has a few colours.
func kindOf(t chroma.TokenType) string {
	switch {
	case t == chroma.GenericInserted:
		return "i"
	case t == chroma.GenericDeleted:
		return "d"
	case t == chroma.GenericHeading || t == chroma.GenericSubheading:
		return "f"
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InCategory(chroma.Keyword):
		return "k"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "m"
	case t == chroma.NameTag || t == chroma.NameClass || t == chroma.NameBuiltin || t == chroma.NameDecorator || t == chroma.NameNamespace:
		return "t"
	case t.InSubCategory(chroma.NameFunction) || t == chroma.NameAttribute || t == chroma.NameProperty:
		return "f"
	}
	return ""
}
