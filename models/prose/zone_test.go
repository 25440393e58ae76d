package prose_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/prose"
)

// An instant is said by the reader's clock, with what its writer said as its title; a day stays a day.
func TestDatesInAZone(t *testing.T) {
	cooked := clubtest.Must(prose.Post("We meet [date=2026-12-24 18:00 Europe/Berlin], all of [date=2026-12-25]."))(t).HTML
	zone := clubtest.Must(time.LoadLocation("America/New_York"))(t)
	got := prose.InZone(cooked, zone)
	if !strings.Contains(got, `title="24 December 2026, 18:00 (Europe/Berlin)">Thursday 24 December 2026, 12:00</time>`) || !strings.Contains(got, ">25 December 2026</time>") {
		t.Errorf("it says %s", got)
	}
	if prose.InZone(got, zone) != got || prose.InZone(cooked, nil) != cooked {
		t.Error("said twice, or in no zone, it changes")
	}
}
