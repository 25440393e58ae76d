package views

import (
	"strings"

	"guildhall/models/member"
)

// SessionsPage is where a member is signed in.
type SessionsPage struct {
	Sessions []member.Session  // latest first
	This     member.Session    // the one that looks
	Names    map[string]string // of ways: "google" → "Google"
}

// Head names the page.
func (p SessionsPage) Head() Head { return SettingsHead("Sessions") }

func (p SessionsPage) others() bool { return len(p.Sessions) > 1 }

// by says how a session was begun.
func (p SessionsPage) by(s member.Session) string {
	switch s.Method {
	case "link":
		return "by a link in a mail"
	case "passkey":
		return "with a passkey"
	case member.Dev:
		return "by one click, on a developer’s machine"
	}
	if name := p.Names[s.Method]; name != "" {
		return "with " + name
	}
	return "with an account elsewhere"
}

// WaysPage is how a member signs in.
type WaysPage struct {
	Ways       []Way // providers that are on
	Realms     map[string]Way
	Identities []member.Identity
	Addresses  []member.Address
	Passkeys   []member.Passkey
	CanKey     bool // passkeys can be used at this address
	Mail       bool
	Email      string // as it was typed, when it was refused
	Trouble    string
	Faults     Faults
}

// Head names the page.
func (p WaysPage) Head() Head { return SettingsHead("Ways in") }

// only is whether one way is all there is: it stays.
func (p WaysPage) only() bool { return len(p.Identities)+len(p.Addresses)+len(p.Passkeys) < 2 }

func (p WaysPage) name(i member.Identity) string {
	if w, ok := p.Realms[i.Provider]; ok {
		return w.Name
	}
	return "An account that opens nothing at present"
}

func (p WaysPage) icon(i member.Identity) string {
	if w, ok := p.Realms[i.Provider]; ok {
		return w.Icon
	}
	return "key"
}

// browsers and systems, each by a word in what a browser says of itself. The first that is there
// counts: most say that they are the others too.
var (
	browsers = [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems  = [][2]string{{"iPhone", "an iPhone"}, {"iPad", "an iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "a Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
)

// Agent says in words what a browser says of itself.
func Agent(said string) string {
	browser, system := among(browsers, said), among(systems, said)
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser != "":
		return browser
	case system != "":
		return "A browser on " + system
	}
	return "A browser that does not say which"
}

func among(known [][2]string, said string) string {
	for _, k := range known {
		if strings.Contains(said, k[0]) {
			return k[1]
		}
	}
	return ""
}
