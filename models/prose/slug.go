package prose

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const maxSlug = 60

// Slug is title as it stands in an address: lower-case ASCII words joined by hyphens, at most
// 60 bytes, cut between words. Latin letters lose their accents; other alphabets leave no
// trace, and "topic" stands for a title of which nothing remains.
func Slug(title string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(spelled.Replace(strings.ToLower(title))) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case unicode.In(r, unicode.Mn) || r == '\'' || r == '’':
			// accents of the letter before, and the mark in "don't"
		default:
			gap = true
		}
	}
	if slug := cutSlug(out.String()); slug != "" {
		return slug
	}
	return "topic"
}

// spelled are the letters that no accent explains.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ð", "d", "đ", "d", "þ", "th", "ł", "l", "ħ", "h", "ı", "i", "ŋ", "n")

func cutSlug(slug string) string {
	if len(slug) <= maxSlug {
		return slug
	}
	cut := slug[:maxSlug]
	if end := strings.LastIndexByte(cut, '-'); end > 0 && slug[maxSlug] != '-' {
		cut = cut[:end]
	}
	return strings.TrimRight(cut, "-")
}
