package site

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed zones.txt
var zones string

// Zones returns the time zones to choose from, one for each place of the tz database and UTC, by
// name; also is among them, be it an older name of one.
func Zones(also string) []string {
	all := strings.Fields(zones)
	if i, there := slices.BinarySearch(all, also); !there && also != "" {
		all = slices.Insert(all, i, also)
	}
	return all
}
