package main

import (
	"path/filepath"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models"
)

func TestTheOwnersLink(t *testing.T) {
	t.Setenv("DATABASE_URL", filepath.Join(t.TempDir(), "club.db"))
	t.Setenv("GUILDHALL_BASE_URL", "https://club.example.org")
	secretIn := func(out string) string {
		t.Helper()
		_, secret, ok := strings.Cut(strings.TrimSpace(out), "https://club.example.org"+handlers.SetupPath(""))
		if !ok || len(secret) < 22 {
			t.Fatalf("no link in %q", out)
		}
		return secret
	}
	out, err := printed(t, func() error { return owner{}.Run(t.Context()) })
	if err != nil {
		t.Fatal(err)
	}
	first := secretIn(out)

	conf, err := settings()
	if err != nil {
		t.Fatal(err)
	}
	club, err := models.Open(t.Context(), conf.Database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = club.Close() })
	if err := club.Founding.Holds(t.Context(), first); err != nil {
		t.Errorf("what was printed opens nothing: %v", err)
	}
	out, err = printed(t, func() error { return invite(t.Context(), club, conf) })
	if err != nil {
		t.Fatal(err)
	}
	if err := club.Founding.Holds(t.Context(), secretIn(out)); err != nil || club.Founding.Holds(t.Context(), first) == nil {
		t.Errorf("a fresh club is served without its link, or with two: %v", err)
	}
}
