package script

import "strings"

// spoken remembers every sentence of the club, so that none is said twice.
type spoken map[string]bool

// fresh says whether no sentence of text was said before, and none twice within it.
func (s spoken) fresh(text string) bool {
	seen := map[string]bool{}
	for _, one := range sentences(text) {
		if s[one] || seen[one] {
			return false
		}
		seen[one] = true
	}
	return true
}

func (s spoken) add(text string) {
	for _, one := range sentences(text) {
		s[one] = true
	}
}

var plain = strings.NewReplacer("*", "", "_", "", ">", "", "`", "")

// sentences splits a post into its sentences, in small letters and without Markdown. Code blocks do not count.
func sentences(text string) (all []string) {
	code := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if code {
			continue
		}
		line = strings.TrimLeft(plain.Replace(strings.ToLower(strings.TrimSpace(line))), " -0123456789.")
		for line != "" {
			one, rest := line, ""
			if i := end(line); i > 0 {
				one, rest = line[:i], line[i:]
			}
			if one = strings.Trim(one, " .?!:;,"); one != "" {
				all = append(all, one)
			}
			line = strings.TrimSpace(rest)
		}
	}
	return all
}

// end finds where the first sentence of line ends, or 0.
func end(line string) int {
	for i := range len(line) - 1 {
		if strings.IndexByte(".?!", line[i]) >= 0 && line[i+1] == ' ' {
			return i + 1
		}
	}
	return 0
}
