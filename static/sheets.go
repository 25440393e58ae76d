package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// manifest lists every sheet in the order in which it counts, as the @import lines that a
// browser would follow itself; joined here, they cost one request instead of seventy.
const manifest = "css/app.css"

var (
	importLine = regexp.MustCompile(`(?m)^@import url\("([^"]+)"\) ?([a-z]*);\n`)
	layerLine  = regexp.MustCompile(`(?m)^@layer [a-z, ]+;$`)
)

// joinSheets makes one sheet per medium: css/app.css for every medium, and css/print.css, say,
// for what the manifest imports for print. Each begins with the order of the layers, so that it
// does not matter which of them a browser reads first.
func joinSheets(src fs.FS) (map[string][]byte, error) {
	list, err := fs.ReadFile(src, manifest)
	if err != nil {
		return nil, err
	}
	layers := layerLine.Find(list)
	if layers == nil {
		return nil, fmt.Errorf("%s declares no layers", manifest)
	}
	joined := map[string]*bytes.Buffer{}
	for _, m := range importLine.FindAllSubmatch(list, -1) {
		css, err := fs.ReadFile(src, "css/"+string(m[1]))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", manifest, err)
		}
		name := sheetFor(string(m[2]))
		if joined[name] == nil {
			joined[name] = bytes.NewBuffer(append([]byte(nil), layers...))
		}
		joined[name].Write(css)
	}
	sheets := map[string][]byte{}
	for name, buf := range joined {
		sheets[name] = minify(buf.Bytes())
	}
	return sheets, nil
}

func sheetFor(medium string) string {
	if medium == "" {
		return manifest
	}
	return "css/" + medium + ".css"
}

// minify drops comments and the white space that only people need. It knows no CSS beyond
// strings and comments, so it leaves every space that could mean something: the one before
// a colon (a descendant, in a selector) and those round + and - (a sum, in calc).
func minify(css []byte) []byte {
	var out strings.Builder
	space := false
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case c == '/' && i+1 < len(css) && css[i+1] == '*':
			end := bytes.Index(css[i+2:], []byte("*/"))
			if end < 0 {
				return []byte(out.String())
			}
			i += end + 3
			space = true
		case c == ' ' || c == '\n' || c == '\t':
			space = true
		case c == '"' || c == '\'':
			end := i + 1
			for end < len(css)-1 && css[end] != c {
				end++
			}
			spaced(&out, &space, c)
			out.Write(css[i+1 : end+1])
			i = end
		default:
			spaced(&out, &space, c)
		}
	}
	return []byte(strings.ReplaceAll(out.String(), ";}", "}"))
}

// spaced writes c, with one space before it if there was any and it may mean something.
func spaced(out *strings.Builder, space *bool, c byte) {
	if *space && out.Len() > 0 {
		last := out.String()[out.Len()-1]
		if !strings.ContainsRune("{};,:", rune(last)) && !strings.ContainsRune("{};,", rune(c)) {
			out.WriteByte(' ')
		}
	}
	*space = false
	out.WriteByte(c)
}
