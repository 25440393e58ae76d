package handlers_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
)

// The metrics say whether the bus is there; without one they say nothing of it.
func TestMetricsOfTheBus(t *testing.T) {
	p := twoInstances(t)
	figures := httptest.NewServer(p.site.Metrics())
	t.Cleanup(figures.Close)
	shows := func(line string) bool {
		answer := clubtest.Must(http.Get(figures.URL + "/metrics"))(t)
		body := clubtest.Must(io.ReadAll(answer.Body))(t)
		clubtest.OK(t, answer.Body.Close())
		return strings.Contains(string(body), line+"\n")
	}
	for _, line := range []string{`guildhall_bus{what="connected"} 1`, `guildhall_bus{what="instances"} 1`} {
		for end := time.Now().Add(time.Minute); !shows(line); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the metrics lack %s", line)
			}
		}
	}
	p.bus.Stop()
	for end := time.Now().Add(time.Minute); !shows(`guildhall_bus{what="connected"} 0`); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the loss of the bus is not seen")
		}
	}
}
