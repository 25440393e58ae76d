package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"guildhall/handlers/live"
	"guildhall/handlers/live/relay"
)

// meter counts what the shell sees. Each Site has its own, so that tests may have several.
type meter struct {
	registry *prometheus.Registry
	took     *prometheus.HistogramVec
}

func newMeter(hub func() *live.Hub, bus func() *relay.Relay) *meter {
	m := &meter{
		registry: prometheus.NewRegistry(),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "guildhall_request_seconds", Help: "How long requests took, by row of the route table.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(m.took, liveCounts{hub}, busCounts{bus}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// saw counts one answer. A socket's time is not that of a request.
func (m *meter) saw(route *Route, method string, status int, took time.Duration) {
	if status != http.StatusSwitchingProtocols {
		m.took.WithLabelValues(known(method), route.Path, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
	}
}

const metricsAt = "GET /metrics"

// Metrics answers on a port of its own, so that no rule of the pages has to keep it from members.
func (s *Site) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(metricsAt, promhttp.HandlerFor(s.meter.registry, promhttp.HandlerOpts{}))
	return mux
}

// liveCounts reads the hub's own counters at the moment of asking.
type liveCounts struct{ hub func() *live.Hub }

var (
	liveGauge = prometheus.NewDesc("guildhall_live", "Sockets that are open and rooms that are listened to.", []string{"what"}, nil)
	liveTotal = prometheus.NewDesc("guildhall_live_total", "What the live line has done since it started.", []string{"what"}, nil)
	liveOps   = prometheus.NewDesc("guildhall_live_operations_total", "Operations that came over sockets.", []string{"operation"}, nil)
)

// Describe names what Collect gives.
func (liveCounts) Describe(to chan<- *prometheus.Desc) {
	to <- liveGauge
	to <- liveTotal
	to <- liveOps
}

// Collect reads the counters; without a hub there are none.
func (l liveCounts) Collect(to chan<- prometheus.Metric) {
	hub := l.hub()
	if hub == nil {
		return
	}
	n := hub.Snapshot()
	give := func(desc *prometheus.Desc, kind prometheus.ValueType, values map[string]int64) {
		for what, value := range values {
			to <- prometheus.MustNewConstMetric(desc, kind, float64(value), what)
		}
	}
	give(liveGauge, prometheus.GaugeValue, map[string]int64{"sockets": n.Open, "rooms": n.Rooms})
	give(liveTotal, prometheus.CounterValue, map[string]int64{
		"opened": n.Opened, "refused": n.Refused, "sent": n.Sent, "slow": n.Slow, "silent": n.Silent, "resets": n.Resets,
		"catch_ups": n.CatchUps, "made_up": n.MadeUp, "hints": n.Hints, "evicted": n.Evicted, "errors": n.Errors,
	})
	give(liveOps, prometheus.CounterValue, n.Ops)
}
