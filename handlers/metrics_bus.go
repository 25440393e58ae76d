package handlers

import (
	"github.com/prometheus/client_golang/prometheus"

	"guildhall/handlers/live/relay"
)

// busCounts reads the relay's own counters at the moment of asking; without one there are none.
type busCounts struct{ relay func() *relay.Relay }

var (
	busGauge = prometheus.NewDesc("guildhall_bus", "Whether the bus is connected (1 or 0), and how many other instances are heard of.", []string{"what"}, nil)
	busTotal = prometheus.NewDesc("guildhall_bus_total", "What went over the bus since the program started.", []string{"what"}, nil)
)

// Describe names what Collect gives.
func (busCounts) Describe(to chan<- *prometheus.Desc) {
	to <- busGauge
	to <- busTotal
}

// Collect reads the counters.
func (b busCounts) Collect(to chan<- prometheus.Metric) {
	relay := b.relay()
	if relay == nil {
		return
	}
	n, connected := relay.Snapshot(), int64(0)
	if n.Connected {
		connected = 1
	}
	give := func(desc *prometheus.Desc, kind prometheus.ValueType, values map[string]int64) {
		for what, value := range values {
			to <- prometheus.MustNewConstMetric(desc, kind, float64(value), what)
		}
	}
	give(busGauge, prometheus.GaugeValue, map[string]int64{"connected": connected, "instances": n.Instances})
	give(busTotal, prometheus.CounterValue, map[string]int64{"said": n.Said, "heard": n.Heard, "dropped": n.Dropped, "reconnects": n.Reconnects})
}
