package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/softkey"
	"guildhall/models/member"
	"guildhall/models/store"
)

// said is what passkey.js posts.
func said(t *testing.T, credential []byte, more map[string]string) string {
	t.Helper()
	all := map[string]any{"credential": json.RawMessage(credential)}
	for k, v := range more {
		all[k] = v
	}
	return string(clubtest.Must(json.Marshal(all))(t))
}

// addKey adds a passkey in a browser, as the page of the settings does.
func (b *browser) addKey(name string) *softkey.Key {
	b.t.Helper()
	key := softkey.New(elsewhere.Base)
	options := b.json("/settings/passkeys/begin", "{}").wants(b.t, http.StatusOK).body
	answer := clubtest.Must(key.Create([]byte(options)))(b.t)
	b.json("/settings/passkeys/finish", said(b.t, answer, map[string]string{"name": name})).wants(b.t, http.StatusOK).says(b.t, "/settings/ways")
	return key
}

// useKey signs in with a passkey, as the page at the door does.
func (b *browser) useKey(key *softkey.Key, back string) answer {
	b.t.Helper()
	options := b.json("/sign-in/passkey/begin", "{}").wants(b.t, http.StatusOK).body
	return b.json("/sign-in/passkey/finish", said(b.t, clubtest.Must(key.Get([]byte(options)))(b.t), map[string]string{"return": back}))
}

func TestAPasskeyFromTheSettingsToTheDoor(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		rita := p.signedIn(p.Regular)
		key := rita.addKey("My laptop")
		b := p.browser()
		b.useKey(key, "/who").wants(t, http.StatusOK).says(t, `"location":"/who"`)
		b.is("rita")
		for back := range strings.SplitSeq(`https://evil.example|//evil.example|/\evil.example|javascript:alert(1)`, "|") {
			p.browser().useKey(key, back).wants(t, http.StatusOK).says(t, `"location":"/"`)
		}
	})
}

func TestAPasskeyAnswerIsTakenOnceInItsBrowser(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		key := p.signedIn(p.Regular).addKey("My laptop")
		b := p.browser()
		options := b.json("/sign-in/passkey/begin", "{}").body
		answer := said(t, clubtest.Must(key.Get([]byte(options)))(t), nil)
		other := p.browser()
		other.json("/sign-in/passkey/begin", "{}")
		other.json("/sign-in/passkey/finish", answer).wants(t, http.StatusForbidden).says(t, "Begin again")
		other.is("")
		b.json("/sign-in/passkey/finish", answer).wants(t, http.StatusOK)
		b.json("/sign-in/passkey/finish", answer).wants(t, http.StatusForbidden)
		for _, broken := range []string{"", "{", "[]", `{"credential":{}}`, `{"credential":"x"}`} {
			if a := p.browser().json("/sign-in/passkey/finish", broken); a.StatusCode/100 != 4 {
				t.Errorf("%q: %s", broken, a.Status)
			}
		}
		cross := p.ask(http.MethodPost, "/sign-in/passkey/finish", strings.NewReader(answer), header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site"))
		cross.wants(t, http.StatusForbidden)
	})
}

// An owner with a passkey is asked for it before their ways in change, and the session goes on under
// a new secret.
func TestStaffAreAskedBeforeTheirWaysChange(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		var held string
		p.Write(func(tx *store.Tx) (err error) {
			held, err = p.Members.Establish(tx, p.Owner.ID, member.From{Method: "google"})
			return err
		})
		b := p.browser()
		b.jar[cookieName] = &http.Cookie{Name: cookieName, Value: held, SameSite: http.SameSiteLaxMode}
		key := b.addKey("The first") // who holds none is not asked for one
		const ask = "/sign-in/again?return=%2Fsettings%2Fways"
		b.json("/settings/passkeys/begin", "{}").wants(t, http.StatusOK).says(t, `"location":"`+ask+`"`)
		b.send("/settings/identities/google", nil).to(t, ask)
		b.send("/settings/addresses", url.Values{"email": {"olive@example.org"}}).to(t, ask)

		b.look(ask).wants(t, http.StatusOK).says(t, `data-passkey="ask"`)
		options := b.json("/sign-in/again/begin", "{}").wants(t, http.StatusOK).says(t, `"required"`).body
		answer := said(t, clubtest.Must(key.Get([]byte(options)))(t), map[string]string{"return": "/settings/ways"})
		b.json("/sign-in/again/finish", answer).wants(t, http.StatusOK).says(t, `"location":"/settings/ways"`)
		if b.jar[cookieName].Value == held {
			t.Error("the session keeps its secret")
		}
		b.is("olive")
		p.get("/who", cookie(held)).says(t, "viewer 11111111111")
		b.send("/settings/addresses", url.Values{"email": {"olive@example.org"}}).to(t, "/settings/ways")
		p.Clock.Turn(member.Sureness + time.Second)
		b.send("/settings/identities/google", nil).to(t, ask)
		p.browser().look("/sign-in/again").to(t, "/sign-in?return=%2Fsign-in%2Fagain")
	})
}

func TestWaysAreRenamedAndRemovedButTheLast(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		rita, paul := p.signedIn(p.Regular), p.signedIn(p.Paying)
		rita.addKey("My laptop")
		key := clubtest.Must(p.Members.Passkeys(t.Context(), p.Regular))(t)[0].ID.String()
		rita.send("/settings/passkeys/"+key+"/remove", nil).wants(t, http.StatusConflict).says(t, "last way to sign in")
		p.confirm(p.Regular, "rita@example.org")
		address := clubtest.Must(p.Members.Addresses(t.Context(), p.Regular))(t)[0].ID.String()
		rita.look("/settings/ways").wants(t, http.StatusOK).says(t, "My laptop").says(t, "rita@example.org")

		paul.send("/settings/passkeys/"+key+"/rename", url.Values{"name": {"Mine"}}).wants(t, http.StatusNotFound)
		paul.send("/settings/passkeys/"+key+"/remove", nil).wants(t, http.StatusNotFound)
		paul.send("/settings/addresses/"+address+"/remove", nil).wants(t, http.StatusNotFound)
		rita.send("/settings/passkeys/"+key+"/rename", url.Values{"name": {"Work <laptop>"}}).to(t, "/settings/ways")
		rita.look("/settings/ways").says(t, "Work &lt;laptop&gt;")
		rita.send("/settings/addresses/"+address+"/remove", nil).to(t, "/settings/ways")
		rita.look("/settings/ways").says(t, "Your only way in")
	})
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		here, there, third := p.signedIn(p.Regular), p.signedIn(p.Regular), p.signedIn(p.Regular)
		paul := p.signedIn(p.Paying)
		here.look("/settings/sessions").wants(t, http.StatusOK).says(t, "This browser")
		id := func(b *browser) string {
			return clubtest.Must(p.Members.SignedIn(t.Context(), b.jar[cookieName].Value))(t).Session.ID.String()
		}
		paul.send("/settings/sessions/"+id(here)+"/end", nil).to(t, "/settings/sessions")
		here.is("rita")
		here.send("/settings/sessions/"+id(there)+"/end", nil).to(t, "/settings/sessions")
		there.is("")
		here.send("/settings/sessions/others", nil).to(t, "/settings/sessions")
		third.is("")
		here.is("rita")
		paul.is("paul")
	})
}
