package inbound

import (
	"regexp"
	"strings"
)

// begins are the lines with which mail programs begin what they quote.
var begins = regexp.MustCompile(`(?i)^(\s*-{2,}\s*(original|forwarded|ursprüngliche|weitergeleitete)\b.*|_{10,}\s*|(on|am|le|el|il|op|em|den)\s.{1,200}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)\s?.{0,80}:\s*|(from|von|de|da|van):\s.*@.*)$`)

// Written is what somebody wrote in a mail: without what they quote, and without their signature.
func Written(text string) string {
	var kept []string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line == "-- " || line == "--" || begins.MatchString(line) || i+1 < len(lines) && len(line) < 200 && begins.MatchString(line+" "+lines[i+1]) {
			break
		}
		if !strings.HasPrefix(strings.TrimLeft(line, " "), ">") {
			kept = append(kept, strings.TrimRight(line, " \t"))
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
