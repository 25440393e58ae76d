package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The first thing that anybody does with Guildhall: in an empty folder, with nothing set but a port
// that is free.
func TestServeDemo(t *testing.T) {
	p := installed(t, "", "--demo")
	p.Start()
	said := p.Said.String()
	for _, words := range []string{"Founding the demo club: ", "The demo club stands", "The club is at " + p.URL} {
		if !strings.Contains(said, words) {
			t.Errorf("it does not say %q:\n%s", words, said)
		}
	}
	if _, err := os.Stat(filepath.Join(p.Dir, "data", "guildhall.db")); err != nil {
		t.Error(err)
	}
	stranger := &person{base: p.URL}
	if status, page := stranger.get(t, "/"); status != http.StatusOK || !strings.Contains(page, "Northlight") {
		t.Errorf("a stranger is answered %d", status)
	}
	_, page := stranger.get(t, "/sign-in")
	offered := regexp.MustCompile(`name="handle" value="([a-z0-9_]+)"`).FindAllStringSubmatch(page, -1)
	if len(offered) == 0 {
		t.Fatal("nobody is offered to be")
	}
	for _, o := range offered {
		who := p.comes(o[1])
		if status, page := who.get(t, "/"); status != http.StatusOK || !strings.Contains(page, "/m/"+o[1]) {
			t.Errorf("%s is answered %d", o[1], status)
		}
	}
	p.Stop()
	p.Start() // and finds the club as it was left
	if strings.Contains(p.Said.String(), "Founding the demo club") {
		t.Error("it is founded a second time")
	}
	p.Stop()
}
