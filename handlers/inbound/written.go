package inbound

import (
	"regexp"
	"strings"

	"guildhall/views/letters"
)

var (
	// begins are the lines with which mail programs begin what they quote.
	begins = regexp.MustCompile(`(?i)^(\s*-{2,}\s*(original|forwarded|ursprüngliche|weitergeleitete)\b.*|_{10,}\s*|(on|am|le|el|il|op|em|den)\s.{1,200}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)\s?.{0,80}:\s*|(from|von|de|da|van):\s.*@.*)$`)
	// introduces is the same in any language, believed only right above the marker of our letters: a line
	// that ends in a colon and has a time, a year or an address in it.
	introduces = regexp.MustCompile(`(\d{1,2}[:.]\d{2}|\b(19|20)\d\d|@).*[:：]\s*$`)
)

// Written is what somebody wrote in a mail: what stands above the marker of our letter, without what they
// quote, and without their signature.
func Written(text string) string {
	var kept []string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.Contains(line, letters.Above) {
			kept = introduced(kept)
			break
		}
		if line == "-- " || line == "--" || begins.MatchString(line) || i+1 < len(lines) && len(line) < 200 && begins.MatchString(line+" "+lines[i+1]) {
			break
		}
		if !strings.HasPrefix(strings.TrimLeft(line, " "), ">") {
			kept = append(kept, strings.TrimRight(line, " \t"))
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// introduced takes off the line, or the two, by which a mail program says whom it quotes.
func introduced(kept []string) []string {
	n := len(kept)
	for n > 0 && kept[n-1] == "" {
		n--
	}
	switch {
	case n > 0 && introduces.MatchString(kept[n-1]):
		n--
	case n > 1 && kept[n-2] != "" && strings.HasSuffix(kept[n-1], ":") && introduces.MatchString(kept[n-2]+" "+kept[n-1]):
		n -= 2
	}
	return kept[:n]
}

var anyKey = regexp.MustCompile(`(?i)\b(?:reply|bounce)-[a-z2-7]{26}\b`)

// without is a text as far as the line with the address of a letter, of this one or of another: that stands
// in what a program says of whom it quotes, and whoever read it could answer in its writer's place.
func without(text string) string {
	at := anyKey.FindStringIndex(text)
	if at == nil {
		return text
	}
	return strings.TrimSpace(text[:strings.LastIndexByte(text[:at[0]], '\n')+1])
}
