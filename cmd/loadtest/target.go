package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

// target is a server under load, and who comes to it.
type target struct {
	URL     string        `help:"Where the club is served." default:"http://127.0.0.1:8080"`
	PID     int           `help:"The server's process, on this machine: its processor time and memory are reported." name:"pid"`
	DBPID   int           `help:"The database server's first process: what its children spend is reported as well." name:"db-pid"`
	Handles []string      `help:"Members to sign in by one click, which takes a club served with --dev."`
	Cookies string        `help:"A file with the Cookie header of a signed-in member on each line, instead of handles." type:"existingfile"`
	For     time.Duration `help:"How long is measured." default:"20s"`
}

// visitor is somebody who is signed in; an empty cookie is a guest.
type visitor struct{ cookie string }

const answerWithin = 30 * time.Second

// asker asks for pages, with a connection for each that is under way.
var asker = &http.Client{
	Transport:     &http.Transport{MaxIdleConns: 1024, MaxIdleConnsPerHost: 1024, DisableCompression: true},
	Timeout:       answerWithin,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// visitors signs everybody in.
func (t *target) visitors(ctx context.Context) (all []visitor, err error) {
	if t.Cookies != "" {
		lines, err := os.ReadFile(t.Cookies)
		for line := range strings.Lines(string(lines)) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, visitor{line})
			}
		}
		return all, err
	}
	for _, handle := range t.Handles {
		form := url.Values{"handle": {handle}}
		r, err := t.ask(ctx, visitor{}, http.MethodPost, "/sign-in/dev", form)
		if err != nil {
			return nil, err
		}
		if err := drain(r); err != nil || r.StatusCode != http.StatusSeeOther {
			return nil, errors.Join(err, fmt.Errorf("signing in as %s is answered %s: is the club served with --dev, and with GUILDHALL_RATE_FACTOR=1000?", handle, r.Status))
		}
		var pairs []string
		for _, c := range r.Cookies() {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
		all = append(all, visitor{strings.Join(pairs, "; ")})
	}
	return all, nil
}

func drain(r *http.Response) error {
	_, err := io.Copy(io.Discard, r.Body)
	return errors.Join(err, r.Body.Close())
}

// ask sends a request as a page of the club would. The body is the caller's to read and close.
func (t *target) ask(ctx context.Context, v visitor, method, path string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, t.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Origin", t.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.cookie != "" {
		r.Header.Set("Cookie", v.cookie)
	}
	return asker.Do(r)
}

// room is the id of the chat of a space, as its page tells it.
func (t *target) room(ctx context.Context, v visitor, space string) (string, error) {
	r, err := t.ask(ctx, v, http.MethodGet, "/s/"+space+"/chat", nil)
	if err != nil {
		return "", err
	}
	page, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		return "", err
	}
	found := roomOnPage.FindSubmatch(page)
	if found == nil {
		return "", fmt.Errorf("the chat of %q is answered %s, and its page holds no room", space, r.Status)
	}
	return string(found[1]), nil
}

var roomOnPage = regexp.MustCompile(`data-room="([^"]+)"`)

// writers signs everybody in, and finds the rooms of spaces.
func (t *target) writers(ctx context.Context, spaces []string) (who []visitor, at []string, err error) {
	if who, err = t.visitors(ctx); err != nil {
		return nil, nil, err
	}
	if len(who) == 0 {
		return nil, nil, errors.New("somebody must be signed in to say something: give --handles or --cookies")
	}
	for _, space := range spaces {
		room, err := t.room(ctx, who[0], space)
		if err != nil {
			return nil, nil, err
		}
		at = append(at, room)
	}
	return who, at, nil
}

// readers signs everybody in; without anybody it is a guest who comes.
func (t *target) readers(ctx context.Context) ([]visitor, error) {
	who, err := t.visitors(ctx)
	if len(who) == 0 {
		who = []visitor{{}}
	}
	return who, err
}
