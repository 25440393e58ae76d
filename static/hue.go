package static

import (
	"fmt"
	"regexp"
	"strconv"
)

// Hue is the one sheet that differs by club: its address, and what stands there, for a hue of
// 0 to 360 degrees. A number outside is brought to the nearer end.
func Hue(accent int) (path string, css []byte) {
	accent = min(max(accent, 0), 360)
	return fmt.Sprintf("%scss/hue-%d.css", tree().root, accent), hueSheet(accent)
}

// hueSheet stands in the tokens' own layer, so that a page may still try out another hue without
// a script (see pick.css), and is one notch more specific than the default, so that it does not
// matter which of the two sheets comes first.
func hueSheet(accent int) []byte {
	return fmt.Appendf(nil, "@layer tokens{:root:root{--accent:%d}}\n", accent)
}

var hueName = regexp.MustCompile(`^css/hue-(0|[1-9][0-9]{0,2})\.css$`)

// hueFile answers for the addresses that Hue gives, and for no other spelling of them.
func hueFile(name string) (file, bool) {
	m := hueName.FindStringSubmatch(name)
	if m == nil {
		return file{}, false
	}
	accent, err := strconv.Atoi(m[1])
	if err != nil || accent > 360 {
		return file{}, false
	}
	return newFile(kinds[".css"], hueSheet(accent)), true
}
