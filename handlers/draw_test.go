package handlers

import "testing"

func TestOwnPath(t *testing.T) {
	for to, want := range map[string]string{
		"/": "/", "/s/film": "/s/film", "/s/film?after=x#p7": "/s/film?after=x#p7", "/%2e%2e/x": "/%2e%2e/x",
		"": "/", "s/film": "/", "//evil.example": "/", "///evil.example": "/", "////evil.example": "/", "/\\evil.example": "/", "\\\\evil.example": "/",
		"https://evil.example/": "/", "https:/evil.example": "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "/\n": "/",
		" //evil.example": "/", "http:evil.example": "/", "/%zz": "/",
	} {
		if got := ownPath(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}
