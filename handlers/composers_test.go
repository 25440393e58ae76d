package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/views"
)

var fileAddresses = regexp.MustCompile(`/files/[1-9A-HJ-NP-Za-km-z]{11}`)

// What a page of the club shows is had by whoever may read the page, and by nobody else; what only an earlier
// version shows is its owners'. Nothing of it is swept.
func TestFilesOnThePagesOfTheClub(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		hers := w.uploads(t, w.Newcomer, "hers.png", drawn(t, 20, 10))
		form := []string{"key", w.Key(), "title", "About us", "slug", "about", "text", "We are here. ![hers](" + hers.Address + ")", "audience", "members", "published", "on"}
		preview := w.sends(w.Owner, "/manage/pages", "hall.png", drawn(t, 900, 300), append(form, "preview", "on")...).wants(t, http.StatusOK).says(t, "We are here.")
		at := w.sends(w.Owner, "/manage/pages", "hall.png", drawn(t, 900, 300), form...).wants(t, http.StatusSeeOther).Header.Get("Location")
		page := w.get("/pages/about", newt).wants(t, http.StatusOK).says(t, `width="900" height="300"`)
		hall := ""
		for _, m := range fileAddresses.FindAllString(page.body, -1) {
			if m != hers.Address {
				hall = m
			}
		}
		if hall == "" || !strings.Contains(preview.body, hall) {
			t.Fatalf("the page shows %q, and the preview did not", hall)
		}
		w.get(hall, newt).wants(t, http.StatusOK)
		w.get(hall).wants(t, http.StatusNotFound)
		w.get(hers.Address, owner).wants(t, http.StatusNotFound) // to name it opens it to nobody
		w.get(views.FilesAddress, owner).says(t, "On a page of the club")

		typed := url.Values{"key": {w.Key()}, "was": {"1"}, "title": {"About us"}, "slug": {"about"}, "text": {"We are here."}, "audience": {"everyone"}, "published": {"on"}}
		w.post(at, typed, owner).wants(t, http.StatusSeeOther)
		w.get(hall, newt).wants(t, http.StatusNotFound)
		w.Clock.Turn(files.LooseFor + time.Hour)
		clubtest.OK(t, w.Files.Sweep(t.Context()))
		w.get(hall, w.as(w.Owner)).wants(t, http.StatusOK)
		w.post(at+"/v/1/restore", nil, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		w.get(hall, w.as(w.Newcomer)).wants(t, http.StatusOK)
		typed.Set("was", "3")
		typed.Set("text", "![]("+hall+")")
		typed.Del("published")
		w.post(at, typed, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		w.get(hall, w.as(w.Newcomer)).wants(t, http.StatusNotFound)
	})
}

// A page and a topic that waits have drafts like anything else that is written, with what stands beside their
// texts; saving ends them.
func TestPagesAndWhatWaitsHaveDrafts(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, rita := w.as(w.Owner), w.as(w.Regular)
		begun := url.Values{"key": {w.Key()}, "title": {"Contact"}, "slug": {"contact"}, "text": {"Write to us."}, "draft": {"on"}}
		to := w.post("/manage/pages", begun, owner).wants(t, http.StatusSeeOther).Header.Get("Location")
		w.get("/manage/pages/new", owner).says(t, "You began this on")
		w.get(strings.TrimSuffix(to, "#text"), owner).wants(t, http.StatusOK).says(t, "Write to us.").says(t, `value="contact"`).says(t, `value="Contact"`)
		w.get("/drafts", owner).says(t, "A page of the club")
		w.post("/manage/pages/draft", begun, rita).wants(t, http.StatusForbidden)
		begun.Del("draft")
		w.post("/manage/pages", begun, owner).wants(t, http.StatusSeeOther)
		if strings.Contains(w.get("/drafts", owner).body, "A page of the club") {
			t.Error("the draft outlives its page")
		}
		late := w.post("/manage/pages/draft", begun, owner)
		late.wants(t, http.StatusNoContent)

		later := w.Clock.Now().AddDate(0, 0, 2).Format("2006-01-02T15:04")
		topic := url.Values{"key": {w.Key()}, "title": {"The spring fair"}, "text": {"Come along."}, "tags": {"fair"}, "at": {later}, "template": {"none"}}
		w.post(views.TopicDraftAddress(w.Open.Slug), topic, rita).wants(t, http.StatusOK)
		w.get(views.NewTopicAddress(w.Open.Slug)+"?draft=on", rita).says(t, `value="fair"`).says(t, `value="`+later+`"`).says(t, `name="template" value="none"`)
		w.post(views.NewTopicAddress(w.Open.Slug), topic, rita).to(t, views.ScheduledAddress)
		waits := clubtest.Must(w.Forum.ScheduledBy(t.Context(), w.Again(w.Regular)))(t)
		one := views.ScheduledOne(waits[0].ID)
		topic.Set("text", "Come along, all of you.")
		topic.Set("tags", "fair, outdoors")
		w.post(one+"/draft", topic, w.as(w.Newcomer)).wants(t, http.StatusNotFound)
		w.post(one+"/draft", topic, rita).wants(t, http.StatusOK)
		w.get(one, rita).says(t, "You began this on").says(t, `data-complete="`+views.CompleteAddress(w.Open.Slug)+`"`)
		w.get(one+"?draft=on", rita).says(t, "all of you").says(t, `value="fair, outdoors"`)
		w.get("/drafts", rita).says(t, "A change of what waits")
		w.post(one, topic, rita).to(t, views.ScheduledAddress)
		if strings.Contains(w.get("/drafts", rita).body, "A change of what waits") {
			t.Error("the draft outlives its change")
		}
	})
}

// The preview of a page is that of a page, and says how much a page may hold.
func TestThePreviewOfAPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		long := url.Values{"title": {"Long"}, "slug": {"long"}, "text": {strings.Repeat("long ", 6_401)}, "preview": {"on"}}
		w.post("/manage/pages", long, owner).wants(t, http.StatusOK).says(t, "A page has at most 32000 bytes.")
		w.post("/preview", url.Values{"text": {"# Who we are"}, "as": {"page"}}, owner).says(t, "<h2")
		w.post("/preview", url.Values{"text": {"# Who we are"}}, owner).says(t, "<h3")
		w.get(views.CompletePageAddress+"?kind=member&q=new", owner).wants(t, http.StatusOK).says(t, "@newt")
		w.get(views.CompletePageAddress+"?kind=member&q=new", w.as(w.Moderator)).wants(t, http.StatusForbidden)
	})
}

// Who keeps a space and chooses a saved reply finds it below what they had typed, without a script too.
func TestASavedReplyTakesNothingAway(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		one := clubtest.Must(w.Forum.SaveReply(t.Context(), w.Again(w.Moderator), forum.SavedReply{SpaceID: w.Open.ID, Name: "Welcome", Text: "Welcome to {space}."}))(t)
		mod, at := w.as(w.Moderator), views.ReplyAddress(w.Open.Slug, topic.ID)
		w.get(views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug), mod).says(t, `name="saved" value="choose"`)
		typed := url.Values{"key": {w.Key()}, "seen": {"1"}, "text": {"Typed before."}, "saved": {"choose"}}
		w.post(at, typed, mod).wants(t, http.StatusOK).says(t, `name="text" value="Typed before."`).says(t, "Welcome to "+w.Open.Name)
		typed.Set("saved", one.ID.String())
		w.post(at, typed, mod).wants(t, http.StatusOK).says(t, "Typed before.\n\nWelcome to "+w.Open.Name+".</textarea>")
		typed.Set("saved", "none")
		w.post(at, typed, mod).wants(t, http.StatusOK).says(t, "Typed before.</textarea>")
		w.get(views.RepliesAddress(w.Open.Slug, topic.ID), mod).says(t, `data-insert="Welcome to `+w.Open.Name)
		w.get(views.RepliesAddress(w.Open.Slug, topic.ID), w.as(w.Regular)).wants(t, http.StatusForbidden)
	})
}
