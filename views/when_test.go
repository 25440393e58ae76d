package views

import (
	"testing"
	"time"
)

func TestSayingTimes(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("this machine has no time zones")
	}
	now := time.Date(2026, 7, 3, 22, 30, 0, 0, time.UTC) // 23:30 in London, where it is summer
	in := Reader{Now: now, Zone: london}
	for _, c := range []struct {
		before time.Duration
		how    When
		want   string
	}{
		{20 * time.Second, Ago, "now"},
		{-5 * time.Second, Ago, "now"},
		{12*time.Minute + 59*time.Second, Ago, "12 min"},
		{59 * time.Minute, Ago, "59 min"},
		{time.Hour, Ago, "1 h"},
		{23*time.Hour + 59*time.Minute, Ago, "23 h"},
		{24 * time.Hour, Ago, "1 d"},
		{6 * 24 * time.Hour, Ago, "6 d"},
		{7 * 24 * time.Hour, Ago, "26 Jun"},
		{300 * 24 * time.Hour, Ago, "6 Sept 2025"},
		{time.Hour, Stamp, "Today 22:30"},
		{24 * time.Hour, Stamp, "Thu 23:30"},
		{7 * 24 * time.Hour, Stamp, "26 Jun"},
		{time.Hour, Clock, "22:30"},
		{5 * time.Hour, Told, "5 h"},
		{23*time.Hour + 40*time.Minute, Told, "Yesterday"}, // ten to midnight, in London
		{3 * 24 * time.Hour, Told, "Tue"},
		{300 * 24 * time.Hour, Short, "6 Sept 2025"},
		{300 * 24 * time.Hour, Date, "6 September 2025"},
		{20 * 24 * time.Hour, Date, "13 June"},
		{time.Hour, Full, "3 July 2026, 22:30"},
		{300 * 24 * time.Hour, Month, "September 2025"},
	} {
		if got := in.Say(now.Add(-c.before), c.how); got != c.want {
			t.Errorf("%v before, %s: %q, want %q", c.before, c.how, got, c.want)
		}
	}
	if got := in.Say(time.Time{}, Ago); got != "" {
		t.Errorf("no time is said as %q", got)
	}
}

func TestDaysAreTheReadersOwn(t *testing.T) {
	late := time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)
	utc, auckland := Reader{Now: late}, Reader{Now: late, Zone: time.FixedZone("NZDT", 13*3600)}
	before := late.Add(-12 * time.Hour) // the same day in UTC; in Auckland the 1st and the 2nd
	if !utc.SameDay(before, late) || auckland.SameDay(before.Add(-time.Hour), late) {
		t.Error("midnight is not that of the reader")
	}
	for _, c := range []struct {
		r    Reader
		at   time.Time
		want string
	}{
		{utc, late, "Today, Sunday 1 March"},
		{utc, late.AddDate(0, 0, -1), "Yesterday"},
		{utc, late.AddDate(0, 0, -9), "Friday 20 February"},
		{utc, late.AddDate(-1, 0, 0), "Saturday 1 March 2025"},
		{auckland, late, "Today, Monday 2 March"},
		{Reader{}, late, "Sunday 1 March 2026"},
	} {
		if got := c.r.Day(c.at); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
}

// A fragment for the live line is drawn without a reader: it must not guess at anybody's clock.
func TestWithoutAReaderTimesAreAbsolute(t *testing.T) {
	at := time.Date(2026, 11, 21, 20, 46, 0, 0, time.FixedZone("", 5*3600))
	for how, want := range map[When]string{Ago: "21 Nov 2026 15:46 UTC", Stamp: "21 Nov 2026 15:46 UTC", Clock: "15:46"} {
		if got := (Reader{}).Say(at, how); got != want {
			t.Errorf("%s: %q, want %q", how, got, want)
		}
	}
}

func TestGreetingFollowsTheHour(t *testing.T) {
	for hour, want := range map[int][2]string{
		3: {"Good evening", "night"}, 5: {"Good morning", "morning"}, 11: {"Good morning", "morning"},
		12: {"Good afternoon", "day"}, 18: {"Good evening", "evening"}, 23: {"Good evening", "night"},
	} {
		greeting, sky := Reader{Now: time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC)}.Greeting()
		if [2]string{greeting, sky} != want {
			t.Errorf("at %d: %s, %s; want %v", hour, greeting, sky, want)
		}
	}
}
