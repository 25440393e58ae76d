package prose

import (
	"strings"
	"unicode"
)

// Excerpt is the beginning of plain in at most so many runes, the ellipsis of a cut included.
// It cuts after a word, or within one where that would lose more than half.
func Excerpt(plain string, runes int) string {
	all := []rune(plain)
	if len(all) <= runes {
		return plain
	}
	if runes < 1 {
		return ""
	}
	end := runes - 1 // the ellipsis is a rune too
	for end > 0 && (clings(all[end]) || all[end-1] == zeroWidthJoiner) {
		end--
	}
	for word := end; word >= runes/2; word-- {
		if unicode.IsSpace(all[word]) {
			end = word
			break
		}
	}
	return strings.TrimRightFunc(string(all[:end]), trails) + "…"
}

// clings: r is drawn as one with the rune before it.
func clings(r rune) bool {
	return unicode.In(r, unicode.M) || r == zeroWidthJoiner || 0x1f3fb <= r && r <= 0x1f3ff // skin tones
}

const zeroWidthJoiner = '\u200d'

// trails: r should not stand before an ellipsis.
func trails(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(".,;:-–—(", r)
}
