package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// pages is the scenario of readers who come at a fixed rate: a server that falls behind finds more and
// more of them waiting, as it would outside.
type pages struct {
	target
	Rate float64        `help:"Requests a second." default:"200"`
	Mix  map[string]int `help:"Paths, each with how often it is asked for among the others." default:"/=1"`
}

// Run prints the report.
func (p pages) Run(ctx context.Context) error {
	who, err := p.readers(ctx)
	if err != nil {
		return err
	}
	return compare(&p.target, fmt.Sprintf("Pages: %g requests a second", p.Rate), func(t *target, who []visitor) (report, int, error) {
		return p.run(ctx, t, who)
	}, who)
}

// run asks for pages, a while to warm up and then as long as is measured. The size is that of a page, on average.
func (p pages) run(ctx context.Context, t *target, who []visitor) (r report, size int, err error) {
	paths := p.paths()
	if _, err := p.reads(ctx, t, who, paths, warmUp); err != nil {
		return nil, 0, err
	}
	before, err := t.usage()
	if err != nil {
		return nil, 0, err
	}
	got, err := p.reads(ctx, t, who, paths, p.For)
	if err != nil {
		return nil, 0, err
	}
	after, err := t.usage()
	if err != nil {
		return nil, 0, err
	}
	r.add("pages", float64(len(got.took)), "")
	r.add("throughput", float64(len(got.took))/got.last.Seconds(), "/s")
	r.add("failed", float64(got.failed), "")
	r.add("bytes of a page", float64(got.bytes)/float64(max(1, len(got.took))), "")
	r.spread("from due to read", got.took)
	r.spent(t, before, after, "page", len(got.took))
	return r, int(got.bytes) / max(1, len(got.took)), nil
}

// paths are those of the mix, each as often as it is wanted.
func (p pages) paths() (all []string) {
	for _, path := range slices.Sorted(maps.Keys(p.Mix)) {
		for range p.Mix[path] {
			all = append(all, path)
		}
	}
	return all
}

// readings is what came of many requests.
type readings struct {
	took   []time.Duration // from when each was due
	failed int
	bytes  int64
	last   time.Duration // until all had come
}

// reads asks for pages in turn at the rate, whether or not those before have come.
func (p pages) reads(ctx context.Context, t *target, who []visitor, paths []string, last time.Duration) (got readings, err error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	var first atomic.Pointer[error]
	every := time.Duration(float64(time.Second) / p.Rate)
	begun := time.Now()
	for i := 0; time.Duration(i)*every < last && ctx.Err() == nil; i++ {
		due := begun.Add(time.Duration(i) * every)
		time.Sleep(time.Until(due))
		all.Go(func() {
			n, err := t.read(ctx, who[i%len(who)], paths[i%len(paths)])
			mu.Lock()
			defer mu.Unlock()
			if ctx.Err() != nil {
				return // it was left, and is neither
			}
			if err != nil {
				first.CompareAndSwap(nil, &err)
				got.failed++
				return
			}
			got.took, got.bytes = append(got.took, time.Since(due)), got.bytes+n
		})
	}
	all.Wait()
	got.last = time.Since(begun)
	if len(got.took) == 0 && first.Load() != nil {
		return got, *first.Load()
	}
	return got, ctx.Err()
}

func (t *target) read(ctx context.Context, v visitor, path string) (n int64, err error) {
	r, err := t.ask(ctx, v, http.MethodGet, path, nil)
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(io.Discard, r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s is answered %s", path, r.Status)
	}
	_ = r.Body.Close() // it is read to its end
	return n, err
}
