package site_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"guildhall/models/site"
)

func TestZones(t *testing.T) {
	all := site.Zones("")
	for _, name := range all {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(all) < 400 || !slices.IsSorted(all) || !slices.Contains(all, "UTC") || !slices.Contains(all, "Europe/London") {
		t.Errorf("%d zones: %v", len(all), all)
	}
	if again := site.Zones("Europe/London"); len(again) != len(all) {
		t.Error("a zone stands twice")
	}
	older := site.Zones("Asia/Calcutta")
	if !slices.IsSorted(older) || !slices.Contains(older, "Asia/Calcutta") || len(older) != len(all)+1 {
		t.Error("an older name cannot be chosen again")
	}
}
