package handlers

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// NewLog returns a log of JSON lines. What others typed may stand in a line (an address, the text
// of an error), so whatever could steer the terminal of its reader is written in a form to be read.
func NewLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case error:
			a.Value = slog.StringValue(tame(v.Error()))
		case string:
			a.Value = slog.StringValue(tame(v))
		}
		return a
	}}))
}

// tame writes out the characters that JSON lets through and a terminal obeys.
func tame(s string) string {
	if !strings.ContainsFunc(s, unruly) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unruly(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unruly(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r)
}
