package views

import (
	"github.com/a-h/templ"

	"guildhall/models/diff"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/site"
	"guildhall/models/standing"
)

func rulesSample() site.Page {
	return site.Page{ID: 71, Slug: site.RulesPage, Audience: site.ForEveryone, InFooter: true, Published: true, Latest: 2, ChangedAt: before(9 * aDay), Title: "House rules", Source: "Be *very* kind.", HTML: "<p>Be <em>very</em> kind.</p>"}
}

func banner(kind, audience string) *site.Banner {
	return &site.Banner{ID: 81, Source: "The print swap opens on Monday.", HTML: `<p>The print swap opens on <a href="/s/announcements">Monday</a>.</p>`, Kind: kind, Audience: audience, StartsAt: before(aDay), Dismissible: true}
}

// clubPages are what the club says of itself, and where that is written.
func clubPages() map[string]templ.Component {
	rules, now := rulesSample(), shell().Reader.Now
	raw := rules
	raw.ID, raw.Slug, raw.Title, raw.Published, raw.Starter, raw.Audience = 72, "privacy", "Privacy", false, true, site.ForMembers
	by := people["saoirse"].ID
	old := site.Version{PageID: rules.ID, Number: 1, Title: "House rules", Source: "Be kind.", HTML: "<p>Be kind.</p>", ByID: &by, At: before(90 * aDay)}
	latest := site.Version{PageID: rules.ID, Number: 2, Title: "House rules", Note: "Kinder than before.", ByID: &by, At: rules.ChangedAt}
	changes := diff.Words("Be kind.", "Be *very* kind.")
	read, unread := OwnPage{Page: rules}, OwnPage{Page: raw, Owner: true}
	list := PagesPage{Pages: []site.Page{rules, raw}}
	form := PageForm{Page: rules, Typed: site.PageDraft{Title: "House rules", Was: 2, Text: rules.Source}, Versions: []site.Version{latest, old}, By: byID(), Text: Compose{Action: "/x", Key: "k", Label: "The page, in Markdown", Button: "Save", Text: rules.Source, NoFiles: true}}
	fresh := PageForm{Typed: site.PageDraft{Slug: "Not so"}, Faults: Faults{"slug": "The address is small letters, digits and hyphens."}, Text: Compose{Action: "/x", Key: "k", Label: "The page, in Markdown", Button: "Save", NoFiles: true}}
	version := PageVersion{Page: rules, Version: old, By: people["saoirse"], Changes: changes}
	asking := site.Asking{Now: site.Version{PageID: rules.ID, Number: 2, Title: rules.Title, HTML: rules.HTML}, Before: &old, Since: []site.Version{latest}, Asked: true}
	ask := AgreePage{Asking: asking, Changes: changes, Return: "/s/questions", Fault: "The rules changed again while you were reading. This is how they stand now."}
	record := AgreementsPage{Record: site.Record{Version: 2, Agreed: 140, Waiting: 3, Latest: []site.Consent{{MemberID: people["amara"].ID, Version: 2, At: before(aDay)}}}, People: map[id.ID]Person{people["amara"].ID: people["amara"]}, Rules: rules.ID, Next: "x"}
	own := OwnAgreements{All: []site.Agreement{{Consent: site.Consent{Version: 2, At: before(aDay)}, Note: "Kinder than before.", HTML: rules.HTML}}}
	banners := BannersPage{Banners: []site.Banner{*banner(site.Urgent, site.ToMembers), *banner(site.Calm, site.ToAll)}, Tiers: tiers, Now: now}
	bannerForm := BannerForm{Banner: *banner(site.Calm, site.ToTier), Tiers: tiers, From: "2025-11-21", Faults: Faults{"until": "It ends before it begins."}}
	above := shell()
	above.Banner, above.Asked, above.Links = banner(site.Urgent, site.ToMembers), true, []site.Link{{Slug: "about", Title: "About"}, {Slug: "rules", Title: "House rules"}}
	newcomer := homePage()
	newcomer.Me, newcomer.Items, newcomer.Newcomer = people["wren"], nil, true
	newcomer.Steps = FirstSteps(member.Member{Picture: "x"}, nil, "/s/introductions/new")
	keys := KeysSettings{On: true}
	guest := GuestPage{Club: northlight(), Front: site.Page{ID: 73, Title: "A film and darkroom club", HTML: "<p>We print by hand.</p>"}, Tiers: tiers, Rooms: []OpenRoom{{Space: questions}}}
	return map[string]templ.Component{
		"page":               Layout(above.With(read.Head()), ReadPage(read)),
		"page-draft":         Layout(owners().With(unread.Head()), ReadPage(unread)),
		"manage-pages":       Layout(owners().With(list.Head()), ManagePages(list)),
		"manage-page":        Layout(owners().With(form.Head()), ManagePage(form)),
		"manage-page-new":    Layout(owners().With(fresh.Head()), ManagePage(fresh)),
		"manage-version":     Layout(owners().With(version.Head()), ManageVersion(version)),
		"manage-agreements":  Layout(owners().With(record.Head()), Agreements(record)),
		"manage-banners":     Layout(owners().With(banners.Head()), ManageBanners(banners)),
		"manage-banner":      Layout(owners().With(bannerForm.Head()), ManageBanner(bannerForm)),
		"rules-asked":        Layout(above.With(ask.Head()), AgreeToRules(ask)),
		"settings-rules":     Layout(shell().With(own.Head()), RulesSettings(own)),
		"settings-keys":      Layout(shell().With(keys.Head()), KeysForm(keys)),
		"keys":               Layout(guests().With(KeysHead()), KeysPage(false)),
		"home-newcomer":      Layout(shell().With(newcomer.Head()), Home(newcomer)),
		"home-guest-front":   Layout(guests().With(guest.Head()), GuestHome(guest)),
		"spaces":             Layout(guests().With(SpacesHead(northlight().Vocabulary())), SpacesList(guest.Rooms)),
		"manage-pages-empty": Layout(owners().With(BannersPage{}.Head()), ManageBanners(BannersPage{})),
	}
}

var gains = []standing.Gain{gain(standing.Accepted, 1, 25), gain(standing.Visit, 2, 2)}

func gain(kind string, times int64, points float64) standing.Gain {
	k, _ := standing.FindKind(kind)
	return standing.Gain{Kind: k, Times: times, Points: points, Ever: times}
}
