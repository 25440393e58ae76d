package files

import (
	"crypto/rand"
	"encoding/hex"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CleanName is the name of a file as it is kept and told: the last part of a path, without what
// turns text around, hides or means something to a shell or a system, and never empty.
func CleanName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r): // controls, marks of direction, what has no width
			return -1
		case strings.ContainsRune(`/:*?"<>|$`+"`[]()", r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	stem, kind := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 12 {
		stem, kind = name[:dot], name[dot:]
	}
	for len(stem)+len(kind) > MaxName {
		_, last := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-last]
	}
	if stem == "" {
		stem = "file"
	}
	return stem + kind
}

// renamed is a name with another ending, for a picture that leaves in another format.
func renamed(name, kind string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	return CleanName(name + kind)
}

// blobName is a name under which bytes are kept: nothing about them, and nothing to guess.
func blobName() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// small is the name of a picture's smaller copy.
func small(blob string) string { return blob + "s" }
