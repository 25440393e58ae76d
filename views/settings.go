package views

import "guildhall/models/member"

// ProfileForm is where a member says who they are.
type ProfileForm struct {
	Me       Person
	Profile  member.Profile // as it was typed, when it was refused
	Theme    string         // "system", "light" or "dark"
	OnBoards bool
	Zones    []string
	Faults   Faults
}

// Head names the page.
func (p ProfileForm) Head() Head { return SettingsHead("Profile") }

// SettingsHead is the head of a page of the settings.
func SettingsHead(title string) Head {
	return Head{Title: title, Crumbs: []Crumb{{"Settings", "/settings"}, {Text: title}}, Tab: YouTab}
}

// settingsPages are the tabs of the settings.
var settingsPages = []Segmented{
	{Text: "Profile", Href: "/settings"}, {Text: "Notifications", Href: ToldAddress}, {Text: "Devices", Href: DevicesAddress}, {Text: "Ways in", Href: "/settings/ways"},
	{Text: "Sessions", Href: "/settings/sessions"}, {Text: "Invitations", Href: "/settings/invitations"}, {Text: "Tokens", Href: "/settings/tokens"}, {Text: "Feeds", Href: FeedsAddress},
	{Text: "Files", Href: FilesAddress}, {Text: "Reading", Href: ReadingAddress},
	{Text: "Blocked", Href: BlockedAddress}, {Text: "Keyboard", Href: KeysSettingsAddress}, {Text: "Rules", Href: OwnAgreementsAddress},
}
