package views

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/space"
)

// signIns are the pages on the way in, and those on which a member looks after their ways.
func signIns() map[string]templ.Component {
	all := []Way{{"google", "Google", "google"}, {"apple", "Apple", "apple"}, {"github", "GitHub", "github"}, {"discord", "Discord", "discord"}}
	door := SignInPage{Club: northlight(), Ways: all, Passkeys: true, Mail: true, Return: "/s/lounge"}
	back := door
	back.Trouble, back.Email, back.Faults = "Google was not allowed to say who you are, so nothing happened. Try again, or take another way.", "hana@example", Faults{"email": "That does not look like an e-mail address. Write it as in ada@example.org."}
	dev := SignInPage{Club: northlight(), Mail: true, Return: "/", Cast: []Person{people["amara"], people["kofi"], people["hana"], people["otis"]}}
	sent := NotePage{Club: northlight(), Title: "Look in your mailbox", Text: []string{"A link is on its way. It works once, for a quarter of an hour."}, Href: "/sign-in", Link: "Back to the door"}
	link := NotePage{Club: northlight(), Title: "One more step", Text: []string{"You are coming in as hana@example.org."}, Action: "/sign-in/link/x", Button: "Come in", Icon: "door"}
	leaving := LeavingPage{Club: northlight(), Name: "Google", Href: "https://accounts.google.com/o/oauth2/auth?client_id=x"}
	welcome := WelcomePage{Club: northlight(), By: "Google", As: "wren@example.org", Profile: member.Profile{Name: "Wren Castell", Handle: "wren", Zone: "Europe/London"}, Zones: zones, Prove: "wren@example.org"}
	known := welcome
	saoirse := people["saoirse"]
	known.Known, known.Prove = &saoirse, ""
	refused := welcome
	refused.Prove, refused.Faults = "", Faults{"handle": "Somebody has that handle already. Choose another.", "agreed": "Read the rules of the club, and say that you will keep them."}
	devices := DevicesPage{Key: "BCV", This: 41, Devices: []notify.Device{{ID: 51, SessionID: 41, Endpoint: "https://push.example/1", Agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", CreatedAt: before(aDay), SentAt: ref(before(time.Hour))}, {ID: 52, SessionID: 42, Endpoint: "https://push.example/2", CreatedAt: before(20 * aDay)}}}
	sessions := SessionsPage{This: member.Session{ID: 1}, Names: map[string]string{"google": "Google"}, Sessions: []member.Session{
		{ID: 1, Method: "passkey", Agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", IP: "203.0.113.9", CreatedAt: before(30 * aDay), SeenAt: before(time.Minute)},
		{ID: 2, Method: "google", Agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1", IP: "198.51.100.7", CreatedAt: before(3 * aDay), SeenAt: before(5 * time.Hour)},
	}}
	used := before(aDay)
	ways := WaysPage{Ways: all, Realms: map[string]Way{"google": all[0]}, CanKey: true, Mail: true,
		Passkeys:   []member.Passkey{{ID: 11, Name: "My laptop", CreatedAt: before(40 * aDay), UsedAt: &used}, {ID: 12, Name: "Telephone", CreatedAt: before(2 * aDay)}},
		Addresses:  []member.Address{{ID: 13, Address: "amara@example.org", ConfirmedAt: before(200 * aDay)}},
		Identities: []member.Identity{{ID: 14, Provider: "google", Label: "amara@example.org", CreatedAt: before(200 * aDay), UsedAt: before(9 * aDay)}, {ID: 15, Provider: "oidc:https://gone.example", Label: "amara", CreatedAt: before(200 * aDay), UsedAt: before(150 * aDay)}}}
	last := WaysPage{Mail: true, Addresses: ways.Addresses, Trouble: "This is your last way to sign in. Add another one first."}
	tokens := tokensPage()
	none := TokensPage{Draft: member.TokenDraft{Name: "Reader"}, Faults: Faults{"scopes": "Choose at least one thing that it may read."}}
	unsure := TokensPage{Unsure: "Confirm with your passkey that it is you.", Again: "/sign-in/again"}
	return map[string]templ.Component{
		"feeds":           Layout(shell().With(feedsPage().Head()), Feeds(feedsPage())),
		"feeds-none":      Layout(shell().With(FeedsPage{}.Head()), Feeds(FeedsPage{Faults: Faults{"name": "Give it a name, so that you know it again."}})),
		"tokens":          Layout(shell().With(tokens.Head()), Tokens(tokens)),
		"tokens-none":     Layout(shell().With(none.Head()), Tokens(none)),
		"tokens-unsure":   Layout(shell().With(unsure.Head()), Tokens(unsure)),
		"sign-in":         Bare(at(door.Head()), SignIn(door)),
		"sign-in-trouble": Bare(at(back.Head()), SignIn(back)),
		"sign-in-dev":     Bare(at(dev.Head()), SignIn(dev)),
		"sign-in-none":    Bare(at(dev.Head()), SignIn(SignInPage{Club: northlight()})),
		"sign-in-sent":    Bare(at(sent.Head()), NoteAtTheDoor(sent)),
		"sign-in-link":    Bare(at(link.Head()), NoteAtTheDoor(link)),
		"sign-in-leaving": Bare(at(leaving.Head()), Leaving(leaving)),
		"sign-in-again":   Bare(at(AskPage{}.Head()), Ask(AskPage{Club: northlight(), Return: "/manage"})),
		"welcome":         Bare(at(welcome.Head()), Welcome(welcome)),
		"welcome-known":   Bare(at(welcome.Head()), Welcome(known)),
		"welcome-refused": Bare(at(welcome.Head()), Welcome(refused)),
		"devices":         Layout(shell().With(devices.Head()), DevicesSettings(devices)),
		"devices-none":    Layout(shell().With(DevicesPage{}.Head()), DevicesSettings(DevicesPage{Key: "BCV", Faults: Faults{"": "This browser gave an address to which nothing can be sent."}})),
		"offline":         Bare(guests().With(OfflineHead()), Offline()),
		"sessions":        Layout(shell().With(sessions.Head()), SessionsSettings(sessions)),
		"ways":            Layout(shell().With(ways.Head()), WaysSettings(ways)),
		"ways-last":       Layout(shell().With(last.Head()), WaysSettings(last)),
	}
}

func feedsPage() FeedsPage {
	p := tokensPage()
	return FeedsPage{All: p.All, Spaces: p.Spaces, Now: p.Now, Secret: "https://northlight.example/feed/gh_x/latest.atom"}
}

func tokensPage() TokensPage {
	return TokensPage{
		Now: shell().Reader.Now, Spaces: []space.Space{questions, lounge}, Secret: "gh_" + strings.Repeat("aB3", 14) + "x", Try: "curl -H x https://club.example.org/api/v1/me",
		All: []member.Token{
			{ID: 21, Name: "My laptop", Scopes: "me:read posts:read chat:read", CreatedAt: before(aDay), ExpiresAt: before(-29 * aDay), LastUsedAt: ref(before(time.Hour))},
			{ID: 22, Name: "Telephone", Scopes: "posts:read", SpaceID: &questions.ID, CreatedAt: before(aDay), ExpiresAt: before(-29 * aDay)},
			{ID: 23, Name: "Somewhere", Scopes: "posts:read", SpaceID: &masterclass.ID, CreatedAt: before(9 * aDay), ExpiresAt: before(aDay)},
			{ID: 24, Name: "Gone", Scopes: "standing:read", CreatedAt: before(9 * aDay), ExpiresAt: before(-aDay), RevokedAt: ref(before(2 * aDay))},
		},
	}
}

func at(h Head) Shell { return Shell{Club: northlight(), Reader: guests().Reader}.With(h) }
