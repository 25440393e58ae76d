package handlers

import (
	"net/netip"
	"testing"
	"time"

	"guildhall/models/id"
)

func TestLimits(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	l := newLimits(func() time.Time { return now }, 1)
	one := counted{rate: Mails, from: netip.MustParsePrefix("198.51.100.1/32")}
	other := counted{rate: Mails, from: netip.MustParsePrefix("198.51.100.2/32")}
	member := counted{rate: Mails, member: 7}

	for i := range limitOf[Mails].burst {
		if wait, ok := l.take(one); !ok {
			t.Fatalf("number %d waits %s", i+1, wait)
		}
	}
	wait, ok := l.take(one)
	if ok || wait <= 0 || wait > limitOf[Mails].every {
		t.Fatalf("one more than the burst: %v, wait %s", ok, wait)
	}
	for _, who := range []counted{other, member, {rate: Pages, from: one.from}} {
		if _, ok := l.take(who); !ok {
			t.Errorf("%+v pays for another", who)
		}
	}
	now = now.Add(wait - time.Nanosecond)
	if _, ok := l.take(one); ok {
		t.Error("the wait that was told is longer than it had to be")
	}
	now = now.Add(time.Nanosecond)
	if _, ok := l.take(one); !ok {
		t.Error("after the wait that was told, it is still too soon")
	}
	if _, ok := l.take(one); ok {
		t.Error("one wait gave back two")
	}
	now = now.Add(-time.Hour) // a clock set back
	if _, ok := l.take(one); ok {
		t.Error("a clock that was set back gave something away")
	}
}

func TestATokenHasADay(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	l := newLimits(func() time.Time { return now }, 1)
	for i := range 2880 {
		if _, ok := l.take(counted{rate: byDay, member: 7}); !ok {
			t.Fatalf("number %d waits", i+1)
		}
	}
	if wait, ok := l.take(counted{rate: byDay, member: 7}); ok || wait != 30*time.Second {
		t.Errorf("one more: %v, wait %s", ok, wait)
	}
}

func TestLimitsAreMultiplied(t *testing.T) {
	now := time.Now()
	l := newLimits(func() time.Time { return now }, 3)
	who := counted{rate: Mails, member: 7}
	allowed := 0
	for range 100 {
		if _, ok := l.take(who); ok {
			allowed++
		}
	}
	if allowed != 3*limitOf[Mails].burst {
		t.Errorf("three times %d allowed %d", limitOf[Mails].burst, allowed)
	}
}

func TestLimitsStayBounded(t *testing.T) {
	now := time.Now()
	l := newLimits(func() time.Time { return now }, 1)
	for i := range 2 * countedMost {
		l.take(counted{rate: Pages, member: id.ID(i + 1)})
	}
	if len(l.until) > countedMost {
		t.Errorf("%d are remembered", len(l.until))
	}
}

func TestEveryClassHasALimit(t *testing.T) {
	for _, rate := range []Rate{Pages, Writes, SignIns, Assets, Uploads, Sockets, Mails, Tokens, Searches, overLine, byMinute, byDay} {
		if l := limitOf[rate]; l.every <= 0 || l.burst <= 0 {
			t.Errorf("%s has none", rate)
		}
	}
}

func TestLasting(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Nanosecond: "a second", time.Second: "a second", 1001 * time.Millisecond: "2 seconds", 89 * time.Second: "89 seconds",
		90 * time.Second: "2 minutes", 12 * time.Minute: "12 minutes", 2 * time.Hour: "2 hours",
	} {
		if got := lasting(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}
