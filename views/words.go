package views

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Number writes n as people read it: 1,284.
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Signed writes a change: +5, −2.
func Signed(n int64) string {
	if n > 0 {
		return "+" + Number(n)
	}
	return Number(n)
}

// Plural counts things: "1 reply", "1,284 members".
func Plural(n int64, one, many string) string { return Number(n) + " " + noun(n, one, many) }

func noun(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

var spelled = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// Spelled is Plural with small numbers as words, for sentences: "three members".
func Spelled(n int64, one, many string) string { return spell(n) + " " + noun(n, one, many) }

func spell(n int64) string {
	if n >= 0 && n < int64(len(spelled)) {
		return spelled[n]
	}
	return Number(n)
}

// upTo writes a count that is cut at most: 99+.
func upTo(n, most int64) string {
	if n > most {
		return Number(most) + "+"
	}
	return Number(n)
}

// Title begins a sentence with s: the club's nouns are kept in lower case.
func Title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// First is the name by which somebody is spoken to.
func First(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// Names lists a few people in a sentence: "Hana, Kofi and June".
func Names(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// initials are the letters of a shield without a picture: of the first and the last name.
func initials(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	if len(parts) == 0 {
		return "?"
	}
	letters := firstRune(parts[0])
	if len(parts) > 1 {
		letters += firstRune(parts[len(parts)-1])
	}
	return strings.ToUpper(letters)
}

func firstRune(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	return string(r)
}
