package leaks_test

import (
	"strings"

	"guildhall/models/clubtest"
	"guildhall/models/site"
)

// What the club itself says to some: a page that is a draft, one for members, a line for a tier. The
// words of both pages are their addresses too.
const (
	draftPage  = "zzdraftpage"
	memberPage = "zzmemberpage"
	tierBanner = "zztierbanner"
)

// said are those words, and who reads them.
var said = map[string]func(p part) bool{
	draftPage:  func(p part) bool { return p.name == "owner" },
	memberPage: func(p part) bool { return p.handle != "" && !p.token && p.name != "suspended" },
	tierBanner: func(p part) bool { return p.in && !p.token },

	letterText: readsLetters, letterTitle: readsLetters,
}

// publishes writes the pages and the line, as the owner does.
func (w *world) publishes() {
	w.t.Helper()
	ona, a := w.people["ona"], w.club.Access
	at := ona.post(w.t, "/manage/pages", "slug", draftPage, "title", "A draft", "text", "It says "+draftPage+".", "in_footer", "on")
	w.drafted = idIn(w.t, at, `/(\w{11})$`)
	ona.post(w.t, "/manage/pages", "slug", memberPage, "title", "For members", "text", "It says "+memberPage+".", "audience", site.ForMembers, "in_footer", "on", "published", "on")
	b := site.Banner{Source: "It says " + tierBanner + ".", Kind: site.Calm, Audience: site.ToTier, TierID: &w.patron.ID, StartsAt: w.db.Now(w.t.Context()), Dismissible: true}
	w.banner = clubtest.Must(w.club.Site.SaveBanner(w.t.Context(), a, w.again("ona"), b))(w.t).ID
}

// readsPage tells whether a part may read the page at an address.
func readsPage(p part, path string) bool {
	name := strings.TrimPrefix(path, "/pages/")
	reads, ok := said[name]
	return name != "never" && (!ok || reads(p))
}
