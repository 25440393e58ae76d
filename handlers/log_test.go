package handlers

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestLogCannotSteerATerminal(t *testing.T) {
	var out strings.Builder
	log := NewLog(&out, slog.LevelInfo)
	evil := "a\x1b[2Jb\u009b31mc\u202ed\x7fe\nf"
	log.Info("said", "text", evil, "error", errors.New(evil))
	line := strings.TrimSuffix(out.String(), "\n")
	if strings.ContainsFunc(line, unruly) || strings.Contains(line, "\n") {
		t.Errorf("the line obeys what was typed: %q", line)
	}
	for _, trace := range []string{"<U+001B>", "<U+009B>", "<U+202E>", "<U+007F>"} {
		if strings.Count(line, trace) != 2 {
			t.Errorf("%s is lost in %q", trace, line)
		}
	}
}
