package views

import (
	"net/url"
	"strconv"
	"time"

	"guildhall/models/access"
	"guildhall/models/diff"
	"guildhall/models/id"
	"guildhall/models/site"
)

// Where the club's own pages stand, and where they are written.
const (
	AgreeAddress         = "/rules/agree"
	ManagePagesAddress   = "/manage/pages"
	ManageBannersAddress = "/manage/banners"
	AgreementsAddress    = "/manage/agreements"
	OwnAgreementsAddress = "/settings/rules"
	KeysAddress          = "/keys"
	KeysSettingsAddress  = "/settings/keys"
	NewPageAddress       = ManagePagesAddress + "/new"
	CompletePageAddress  = ManagePagesAddress + "/complete"
	newBannerAddress     = ManageBannersAddress + "/new"
)

// PageAddress is one of the club's own pages; the front page is home, to a stranger.
func PageAddress(slug string) string {
	if slug == site.FrontPage {
		return "/"
	}
	return "/pages/" + url.PathEscape(slug)
}

// ManagePageAddress is where owners write a page.
func ManagePageAddress(page id.ID) string { return ManagePagesAddress + "/" + page.String() }

// VersionAddress is one version of a page, for owners.
func VersionAddress(page id.ID, number int) string {
	return ManagePageAddress(page) + "/v/" + strconv.Itoa(number)
}

// ManageBannerAddress is where owners change a banner.
func ManageBannerAddress(banner id.ID) string { return ManageBannersAddress + "/" + banner.String() }

func dismissAddress(banner id.ID) string { return "/banners/" + banner.String() + "/dismiss" }

// OwnPage is one of the club's own pages, to be read.
type OwnPage struct {
	Page  site.Page
	Owner bool // who reads may change it
}

// Head names the page.
func (p OwnPage) Head() Head {
	return Head{Title: p.Page.Title, Crumbs: []Crumb{{"Home", "/"}, {Text: p.Page.Title}}, Here: PageAddress(p.Page.Slug), Public: &Public{Page: PageAddress(p.Page.Slug), Kind: "website"}}
}

// PagesPage lists the club's own pages, for owners.
type PagesPage struct{ Pages []site.Page }

// Head names the page.
func (p PagesPage) Head() Head { return managed("Pages", ManagePagesAddress) }

func (p PagesPage) starters() (n int64) {
	for _, page := range p.Pages {
		if page.Starter {
			n++
		}
	}
	return n
}

// PageForm is where owners write a page.
type PageForm struct {
	Page     site.Page // as it is; ID 0 for a new one
	Typed    site.PageDraft
	Text     Compose
	Versions []site.Version
	By       map[id.ID]Person // who saved them
	Faults   Faults
}

// Head names the page.
func (p PageForm) Head() Head {
	title := p.Page.Title
	if p.Page.ID == 0 {
		title = "New page"
	}
	return managed(title, ManagePagesAddress, Crumb{"Pages", ManagePagesAddress})
}

func (p PageForm) lede() string {
	switch {
	case p.Page.Slug == site.FrontPage:
		return "What strangers read first, above the rooms that stand open to them."
	case p.Page.Slug == site.RulesPage:
		return "Whoever joins agrees to them, and which version is kept."
	}
	return ""
}

// PageVersion is one version of a page beside the one that holds.
type PageVersion struct {
	Page    site.Page
	Version site.Version
	By      Person
	Changes []diff.Part
}

// Head names the page.
func (p PageVersion) Head() Head {
	return managed("Version "+strconv.Itoa(p.Version.Number), ManagePagesAddress, Crumb{"Pages", ManagePagesAddress}, Crumb{p.Page.Title, ManagePageAddress(p.Page.ID)})
}

// AgreePage asks a member to agree to the rules as they stand now.
type AgreePage struct {
	site.Asking
	Changes []diff.Part // from what they agreed to last
	Return  string      // where they go on
	Fault   string
}

// Head names the page.
func (p AgreePage) Head() Head {
	return Head{Title: "The rules have changed", Crumbs: []Crumb{{"Home", "/"}, {Text: "The rules"}}}
}

// AgreementsPage is the record of who agreed to what, for owners.
type AgreementsPage struct {
	site.Record
	People map[id.ID]Person
	Rules  id.ID // the page of the rules
	Next   string
}

// Head names the page.
func (p AgreementsPage) Head() Head {
	return managed("Who agreed to the rules", ManagePagesAddress, Crumb{"Pages", ManagePagesAddress})
}

// OwnAgreements is what a member agreed to, in their settings.
type OwnAgreements struct{ All []site.Agreement }

// Head names the page.
func (p OwnAgreements) Head() Head { return SettingsHead("Rules") }

// KeysSettings is where a member says whether single keys do something.
type KeysSettings struct{ On bool }

// Head names the page.
func (p KeysSettings) Head() Head { return SettingsHead("Keyboard") }

// BannersPage lists the banners, for owners.
type BannersPage struct {
	Banners []site.Banner
	Tiers   []access.Tier
	Now     time.Time
}

// Head names the page.
func (p BannersPage) Head() Head { return managed("Banners", ManageBannersAddress) }

// BannerForm is where owners write one.
type BannerForm struct {
	Banner      site.Banner // as it was typed, when it was refused
	Tiers       []access.Tier
	From, Until string // days, as they are typed
	Faults      Faults
}

// Head names the page.
func (p BannerForm) Head() Head {
	return managed("A banner", ManageBannersAddress, Crumb{"Banners", ManageBannersAddress})
}

func (p BannerForm) action() string {
	if p.Banner.ID == 0 {
		return ManageBannersAddress
	}
	return ManageBannerAddress(p.Banner.ID)
}

func (p BannerForm) tier() string {
	if p.Banner.TierID == nil {
		return ""
	}
	return p.Banner.TierID.String()
}

// whom says whom a banner is for.
func (p BannersPage) whom(b site.Banner, w site.Words) string {
	switch b.Audience {
	case site.ToAll:
		return "For everybody"
	case site.ToMembers:
		return "For " + w.Members
	}
	for _, t := range p.Tiers {
		if b.TierID != nil && t.ID == *b.TierID {
			return "For " + t.Name + " and above"
		}
	}
	return "For some"
}

// stage says how far a banner is.
func (p BannersPage) stage(b site.Banner) string {
	switch {
	case p.Now.Before(b.StartsAt):
		return "To come"
	case b.EndsAt != nil && !p.Now.Before(*b.EndsAt):
		return "Over"
	}
	return "Shown now"
}
