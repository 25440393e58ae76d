package store

import (
	"sync"
	"time"
)

var zones sync.Map // by name: reading one from disk costs more than drawing a page of times

// Zone is the zone of an IANA name, and UTC for a name that is none.
func Zone(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return time.UTC // names that are none are not kept: there is no end of them
	}
	zones.Store(name, zone)
	return zone
}
