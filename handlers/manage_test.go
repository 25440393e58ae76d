package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/member"
	"guildhall/models/site"
	"guildhall/models/store"
)

// filled are the addresses of the back office with what they name filled in, by row.
func (w *town) filled() map[string]handlers.Route {
	group := clubtest.Must(w.Access.SaveGroup(w.t.Context(), w.Owner, access.Group{Name: "Committee"}))(w.t)
	grant := w.Give(w.Newcomer, w.Patron, 0)
	clubtest.Must(w.Forum.Start(w.t.Context(), w.Again(w.Owner), w.Open.ID, forum.Draft{Key: w.Key(), Title: "With a tag", Text: "Of its own.", Tags: []string{"film"}}))(w.t)
	tag := clubtest.Must(w.Forum.Tag(w.t.Context(), w.Again(w.Owner), "film"))(w.t)
	rules := clubtest.Must(w.Site.Page(w.t.Context(), w.Owner, site.RulesPage))(w.t)
	banner := clubtest.Must(w.Site.SaveBanner(w.t.Context(), w.Access, w.Again(w.Owner), site.Banner{Source: "The club is closed on Monday.", Kind: "calm", Audience: "all"}))(w.t)
	parts := strings.NewReplacer(":label", tag.ID.String(), ":space", w.Open.Slug, ":handle", "newt", ":tier", w.Patron.ID.String(), ":group", group.ID.String(),
		":grant", grant.ID.String(), ":section", w.Section.ID.String(), ":page", rules.ID.String(), ":version", "1", ":banner", banner.ID.String(), ":letter", w.Open.ID.String())
	rows := map[string]handlers.Route{}
	for _, r := range handlers.Routes() {
		if strings.HasPrefix(r.Path, "/manage") {
			rows[parts.Replace(r.Path)+" "+r.Method] = r
		}
	}
	return rows
}

func TestTheBackOfficeIsForOwners(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rows := w.filled()
		if len(rows) < 30 {
			t.Fatalf("only %d rows", len(rows))
		}
		who := map[string]func(*http.Request){"guest": func(*http.Request) {}, "newcomer": w.as(w.Newcomer), "moderator": w.as(w.Moderator), "owner": w.as(w.Owner)}
		for row, r := range rows {
			path, _, _ := strings.Cut(row, " ")
			if r.Method == http.MethodGet {
				w.get(path, who["owner"]).wants(t, http.StatusOK)
				if to := w.get(path, who["guest"]).wants(t, http.StatusSeeOther).Header.Get("Location"); to != "/sign-in?return="+url.QueryEscape(path) {
					t.Errorf("a guest is sent to %q", to)
				}
			} else {
				w.post(path, nil, who["guest"]).wants(t, http.StatusForbidden).says(t, "Sign in to do this.")
			}
			for _, name := range []string{"newcomer", "moderator"} {
				w.ask(r.Method, path, nil, typedForm, header("Origin", w.url), who[name]).wants(t, http.StatusForbidden).says(t, "Only the owners of the club can do that.")
			}
		}
	})
}

// What changes keys or rights asks for a passkey first, and leads back to the page of the form.
func TestRightsAskForAPasskey(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var held string
		w.Write(func(tx *store.Tx) (err error) {
			held, err = w.Members.Establish(tx, w.Owner.ID, member.From{Method: "google"})
			return err
		})
		w.Write(func(tx *store.Tx) error {
			return tx.Table("passkeys").Create(map[string]any{"id": tx.NewID(), "member_id": w.Owner.ID, "credential": "c", "name": "Key", "detail": "{}", "created_at": tx.Now, "used_at": tx.Now}).Error
		})
		asks := []string{"/manage/tiers", "/manage/tiers/:tier", "/manage/tiers/:tier/move", "/manage/members/:handle/grants", "/manage/members/:handle/groups", "/manage/grants/:grant/withdraw",
			"/manage/members/:handle/warn", "/manage/members/:handle/suspend", "/manage/members/:handle/lift", "/manage/members/:handle/remove",
			"/manage/groups", "/manage/groups/:group", "/manage/groups/:group/join", "/manage/groups/:group/leave", "/manage/spaces/:space/seat", "/manage/spaces/:space/unseat",
			"/manage/spaces/:space/locks", "/manage/spaces/:space/door"}
		seen := 0
		for row, r := range w.filled() {
			path, _, _ := strings.Cut(row, " ")
			for _, ask := range asks {
				if r.Path != ask || r.Method != http.MethodPost {
					continue
				}
				seen++
				to := w.post(path, nil, cookie(held), header("Referer", w.url+"/manage/groups")).wants(t, http.StatusSeeOther).Header.Get("Location")
				if to != "/sign-in/again?return=%2Fmanage%2Fgroups" {
					t.Errorf("%s leads to %q", path, to)
				}
			}
		}
		if seen != len(asks) {
			t.Errorf("%d of %d were asked", seen, len(asks))
		}
		w.get("/manage", cookie(held)).wants(t, http.StatusOK)
	})
}

func TestTheClubIsChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		w.get("/manage", owner).wants(t, http.StatusOK).says(t, `value="Northlight"`)
		form := url.Values{"name": {"Southlight"}, "tagline": {"Film, and <b>darkroom</b>"}, "hue": {"own"}, "hue_own": {"17"}, "zone": {"Asia/Tokyo"}}
		w.post("/manage", form, owner).wants(t, http.StatusSeeOther)
		page := w.get("/manage", owner).says(t, `value="Southlight"`).says(t, "Film, and &lt;b&gt;darkroom").says(t, `<option value="Asia/Tokyo" selected`)
		if strings.Contains(page.body, "Northlight") {
			t.Error("the old name stands somewhere")
		}
		club := clubtest.Must(w.Site.Club(t.Context()))(t)
		if club.Hue != 17 || club.Tagline != "Film, and <b>darkroom</b>" {
			t.Errorf("the club is %+v", club)
		}
		for field, value := range map[string]string{"name": "", "hue": "green", "zone": "Europe/Atlantis"} {
			bad := url.Values{"name": {"Westlight"}, "tagline": {"Kept as typed"}, "hue": {"20"}, "zone": {"Europe/London"}}
			bad.Set(field, value)
			w.post("/manage", bad, owner).wants(t, http.StatusUnprocessableEntity).says(t, "That did not go through").says(t, "Kept as typed")
		}
		if again := clubtest.Must(w.Site.Club(t.Context()))(t); again.Name != club.Name || again.Tagline != club.Tagline || again.Hue != club.Hue || again.Zone != club.Zone {
			t.Errorf("what was refused was kept: %+v", again)
		}
	})
}

func TestTiersAreMade(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		form := url.Values{"name": {"Fellow"}, "words": {"The quiet room."}, "terms": {"£45 a month."}, "perks": {"i-key A key"}, "ticket": {"4"}}
		w.post("/manage/tiers", form, owner).wants(t, http.StatusSeeOther)
		tiers := clubtest.Must(w.Access.Tiers(t.Context()))(t)
		if len(tiers) != 3 || tiers[2].Name != "Fellow" || tiers[2].Ticket != 4 {
			t.Fatalf("the tiers are %+v", tiers)
		}
		at := "/manage/tiers/" + tiers[2].ID.String()
		w.get(at, owner).wants(t, http.StatusOK).says(t, "£45 a month.")
		form.Set("words", "The room at the front.")
		w.post(at, form, owner).wants(t, http.StatusSeeOther)
		w.get("/manage/tiers", owner).says(t, "The room at the front.")
		w.post(at+"/move", url.Values{"up": {"false"}}, owner).wants(t, http.StatusSeeOther)
		if tiers = clubtest.Must(w.Access.Tiers(t.Context()))(t); tiers[1].Name != "Fellow" || tiers[2].Name != "Patron" {
			t.Errorf("the order is %+v", tiers)
		}

		form.Set("name", "Patron")
		w.post(at, form, owner).wants(t, http.StatusUnprocessableEntity).says(t, "There is a tier of that name already.").says(t, "The room at the front.").says(t, at)
		form.Set("name", "Guest of honour")
		form.Set("ticket", "9")
		w.post("/manage/tiers", form, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Choose one of the four tickets.").says(t, "Guest of honour")
		never := "/manage/tiers/" + w.Store.NewID().String()
		form.Set("ticket", "1")
		for _, a := range []answer{w.get(never, owner), w.post(never, form, owner), w.post(never+"/move", url.Values{"up": {"true"}}, owner)} {
			a.wants(t, http.StatusNotFound)
		}
	})
}

func TestGroupsAreFilled(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		at := w.post("/manage/groups", url.Values{"name": {"Spring class"}, "words": {"Six evenings."}}, owner).wants(t, http.StatusSeeOther).Header.Get("Location")
		group := parsed(t, at, "/manage/groups/")
		locked := w.Space("Class room", map[access.Verb]access.Lock{access.Read: {{{Kind: access.GroupKey, Ref: group}}}})
		newt := w.as(w.Newcomer)
		reads := func(want int) { t.Helper(); w.get("/s/"+locked.Slug, newt).wants(t, want) }
		reads(http.StatusForbidden)

		w.post(at+"/join", url.Values{"member": {" @newt "}, "ends_at": {"2026-03-05"}}, owner).wants(t, http.StatusSeeOther)
		reads(http.StatusOK)
		w.get(at, owner).says(t, "Newt").says(t, "5 March")
		w.get("/manage/members/newt", owner).says(t, "Spring class").says(t, "5 March")
		w.Clock.Set(time.Date(2026, 3, 5, 23, 59, 59, 0, time.UTC)) // London is on UTC in March, until the 29th
		reads(http.StatusOK)
		w.Clock.Turn(time.Second)
		reads(http.StatusForbidden)

		w.post("/manage/members/newt/groups", url.Values{"group": {group.String()}}, owner).wants(t, http.StatusSeeOther)
		reads(http.StatusOK)
		to := w.post(at+"/leave", url.Values{"member": {"newt"}, "from": {"member"}}, owner).wants(t, http.StatusSeeOther).Header.Get("Location")
		if reads(http.StatusForbidden); to != "/manage/members/newt" {
			t.Errorf("it leads to %q", to)
		}

		w.post(at, url.Values{"name": {"Autumn class"}}, owner).wants(t, http.StatusSeeOther)
		w.get("/manage/groups", owner).says(t, "Autumn class")
		w.post(at, url.Values{"name": {""}, "words": {"Kept as typed."}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Give the group a name.").says(t, "Kept as typed.").says(t, "<h1>Autumn class")
		w.post("/manage/groups", url.Values{"name": {"Autumn class"}, "words": {"Kept as typed."}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "of that name already").says(t, "Kept as typed.")
		w.post(at+"/join", url.Values{"member": {"nobody_here"}, "ends_at": {"2027-01-01"}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Nobody here has that handle.").says(t, `value="nobody_here"`).says(t, `value="2027-01-01"`)
		w.post(at+"/join", url.Values{"member": {"newt"}, "ends_at": {"2020-01-01"}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "The end lies in the past.")
		w.post(at+"/join", url.Values{"member": {"newt"}, "ends_at": {"soon"}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Write the day as year, month and day")
		w.post("/manage/members/newt/groups", url.Values{"group": {w.Store.NewID().String()}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Choose a group")

		never := "/manage/groups/" + w.Store.NewID().String()
		for _, a := range []answer{
			w.get(never, owner), w.post(never, url.Values{"name": {"Ghosts"}}, owner), w.post(never+"/join", url.Values{"member": {"newt"}}, owner), w.post(never+"/leave", url.Values{"member": {"newt"}}, owner),
			w.post(at+"/leave", url.Values{"member": {"nobody_here"}}, owner), w.post("/manage/members/nobody_here/groups", url.Values{"group": {group.String()}}, owner),
		} {
			a.wants(t, http.StatusNotFound)
		}
	})
}
