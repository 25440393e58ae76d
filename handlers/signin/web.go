package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	answerWithin = 8 * time.Second
	answerUpTo   = 1 << 20
)

// web is the client of one conversation with a provider: it ends with ctx, follows no redirects,
// and reads no more than a provider has to say.
func (p *Provider) web(ctx context.Context) *http.Client {
	return &http.Client{
		Transport:     &bounded{ctx, p.conf.Transport},
		Timeout:       answerWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("a provider answers where it is asked") },
	}
}

type bounded struct {
	ctx  context.Context
	next http.RoundTripper
}

// RoundTrip gives the request the context that goth does not pass on.
func (b *bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, stop := context.WithCancel(r.Context())
	release := context.AfterFunc(b.ctx, stop)
	answer, err := b.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		release()
		stop()
		return nil, err
	}
	answer.Body = &limited{Reader: io.LimitReader(answer.Body, answerUpTo), body: answer.Body, done: func() { release(); stop() }}
	return answer, nil
}

type limited struct {
	io.Reader
	body io.Closer
	done func()
}

// Close ends the request with its answer.
func (l *limited) Close() error {
	defer l.done()
	return l.body.Close()
}

// fetch reads JSON from an address of the provider.
func fetch(ctx context.Context, web *http.Client, address string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "application/json")
	answer, err := web.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", r.URL.Host, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}
