package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/views"
)

// toldSettings is where a member chooses how they are told.
func (s *Site) toldSettings(c echo.Context) error {
	return s.drawTold(c, http.StatusOK, func(*views.ToldPage) {})
}

// drawTold draws the page as it is kept, and then as change has it.
func (s *Site) drawTold(c echo.Context, status int, change func(*views.ToldPage)) error {
	ctx, v := c.Request().Context(), viewer(c)
	all, err := s.club.Bell.Wishes(ctx, v.ID)
	if err != nil {
		return err
	}
	page := views.ToldPage{Wishes: all[v.ID], Mails: s.mails()}
	page.Pause, page.Hours = strconv.Itoa(int(page.Wishes.Pause.Minutes())), views.QuietDays(page.Wishes.Hours)
	if page.Stopped, err = s.club.Bell.Stopped(ctx, v.ID); err != nil {
		return err
	}
	box, _, err := s.club.Bell.Mailbox(ctx, v.ID)
	if err != nil {
		return err
	}
	page.Mailbox = box.Address
	change(&page)
	return s.page(c, status, page.Head(), views.ToldSettings(page))
}

// toldSaved leads back to the page, or draws it with what is wrong.
func (s *Site) toldSaved(c echo.Context, err error, word string, change func(*views.ToldPage)) error {
	if p := fault(c, err); p != nil {
		return s.drawTold(c, kinds[p.Kind].status, func(page *views.ToldPage) {
			page.Faults = views.FaultsOf(p)
			change(page)
		})
	}
	return done(c, err, word, views.ToldAddress)
}

// saveTold keeps what a member is told of, and by which way.
func (s *Site) saveTold(c echo.Context) error {
	f := typed(c)
	chosen := notify.Chosen{Wanted: map[string]map[notify.Channel]bool{}, Digest: f.text("digest", 20), LetterTitles: f.on("letter_titles")}
	for _, kind := range f.texts("kind", 60) { // a page that is older than a kind says nothing of it
		on := map[notify.Channel]bool{}
		for _, ch := range notify.Channels {
			on[ch] = false
		}
		for _, ch := range f.texts("on."+kind, 10) {
			on[notify.Channel(ch)] = true
		}
		chosen.Wanted[kind] = on
	}
	pause := f.text("pause", 10)
	minutes, err := strconv.Atoi(strings.TrimSpace(pause))
	if err != nil {
		minutes = -1
	}
	chosen.Pause = time.Duration(minutes) * time.Minute
	err = s.club.Bell.Choose(c.Request().Context(), viewer(c), chosen)
	return s.toldSaved(c, err, "saved", func(p *views.ToldPage) {
		p.Wishes, p.Pause = p.Wishes.With(chosen), pause
	})
}

// saveQuiet keeps the hours in which a member is not to be disturbed.
func (s *Site) saveQuiet(c echo.Context) error {
	f := typed(c)
	var days [7]views.QuietDay
	var hours []notify.Hours
	for i := range days {
		n := strconv.Itoa(i)
		days[i] = views.QuietDay{On: f.on("day-" + n), Starts: f.text("from-"+n, 10), Ends: f.text("until-"+n, 10)}
		if days[i].On {
			hours = append(hours, notify.Hours{Weekday: time.Weekday((i + 1) % 7), Starts: minutesOf(days[i].Starts), Ends: minutesOf(days[i].Ends)})
		}
	}
	err := s.club.Bell.Hush(c.Request().Context(), viewer(c), hours)
	return s.toldSaved(c, err, "saved", func(p *views.ToldPage) { p.Hours = days })
}

// minutesOf is a time of day as a browser writes it, in minutes; -1 for anything else.
func minutesOf(text string) int {
	at, err := time.Parse("15:04", text)
	if err != nil {
		return -1
	}
	return at.Hour()*60 + at.Minute()
}

// rest pauses everything but the bell, or ends that.
func (s *Site) rest(c echo.Context) error {
	hours, err := strconv.Atoi(typed(c).text("pause_for", 10))
	if err != nil || hours < 0 || hours > 24*365 {
		return problem.Invalid("pause_for", "Choose how long the pause lasts.")
	}
	word := "paused"
	if hours == 0 {
		word = "unpaused"
	}
	err = s.club.Bell.Rest(c.Request().Context(), viewer(c), time.Duration(hours)*time.Hour)
	return s.toldSaved(c, err, word, func(*views.ToldPage) {})
}

// tryLetter mails a member a letter, to see whether it comes.
func (s *Site) tryLetter(c echo.Context) error {
	return done(c, s.club.Bell.Try(c.Request().Context(), viewer(c)), "tried", views.ToldAddress)
}

// endLinks makes the links in all letters void that a member was sent.
func (s *Site) endLinks(c echo.Context) error {
	return done(c, s.club.Bell.EndLinks(c.Request().Context(), viewer(c)), "ended-links", views.ToldAddress)
}

// farewell asks whether letters should end: programs that follow every link of a letter end none.
func (s *Site) farewell(c echo.Context) error {
	f, err := s.club.Bell.Farewell(c.Request().Context(), c.Param("farewell"))
	if err != nil {
		return err
	}
	return s.note(c, views.NotePage{Action: c.Request().URL.Path, Title: "No more of this mail?", Icon: "mail", Button: "Yes, end them", Text: []string{"These would end: " + views.FarewellWords(f.What) + "."}})
}

// unsubscribe ends letters with one click, by whoever holds the link: RFC 8058.
func (s *Site) unsubscribe(c echo.Context) error {
	f, err := s.club.Bell.Unsubscribe(c.Request().Context(), c.Param("farewell"))
	if err != nil {
		return err
	}
	return s.note(c, views.NotePage{Title: "They have ended", Text: []string{"You get none of these any more: " + views.FarewellWords(f.What) + "."}, Link: "Choose in your settings what is mailed to you", Href: views.ToldAddress})
}
