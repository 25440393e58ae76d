package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/clubtest"
	"guildhall/models/member"
)

// Each provider from its button to the club and, in another browser, back again.
func TestEveryProviderLeadsIn(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		for _, key := range elsewhere.Keys() {
			for _, address := range []string{"hana@example.org", ""} {
				p.world.Person = elsewhere.Person{Subject: "4" + clubtest.Must(number(key+address))(t), Name: "Hana Sato", Login: "hana", Address: address}
				handle := key + map[bool]string{true: "_bare"}[address == ""]
				b := p.browser()
				b.follow(b.depart(key, "/who?x=1")).to(t, "/welcome")
				b.is("")
				b.look("/welcome").wants(t, http.StatusOK).says(t, "You came with")
				b.send("/welcome", named(handle)).to(t, "/who?x=1")
				b.is(handle)
				again := p.browser()
				again.follow(again.depart(key, "/")).to(t, "/")
				again.is(handle)
			}
		}
	})
}

// number makes digits of a name, as GitHub counts its accounts.
func number(name string) (string, error) {
	var b strings.Builder
	for _, r := range name {
		b.WriteByte('0' + byte(r)%10)
	}
	return b.String()[:min(b.Len(), 15)], nil
}

func TestTheFirstPageKnowsWhatTheProviderSaid(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.world.Person.Name = `Hana "<b>" Sato`
		b := p.browser()
		b.follow(b.depart("google", "/"))
		b.look("/welcome").says(t, `value="hana_b_sato"`).says(t, "hana@example.org").says(t, "Be kind.").says(t, "Hana &#34;&lt;b&gt;&#34; Sato")
	})
}

func TestNobodyComesInWithoutTheirJourney(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		for _, key := range []string{"google", "apple", "oidc", "github"} {
			refused := func(what string, b *browser, s elsewhere.Step) {
				t.Helper()
				before := p.world.Issued
				b.follow(s).to(t, "/sign-in?trouble=begun")
				b.is("")
				if b.look("/welcome"); p.world.Issued != before {
					t.Errorf("%s, %s: the provider was asked", key, what)
				}
				b.look("/sign-in?trouble=begun").says(t, "Begin again.")
			}
			b := p.browser()
			step := b.depart(key, "/")
			refused("another browser", p.browser(), step)
			forged := with(step, "state", member.Secret())
			refused("a forged state", b, forged)
			refused("no state", b, with(step, "state", ""))
			other := map[bool]string{true: "discord", false: "google"}[key == "google"]
			crossed := step
			crossed.URL = clubtest.Must(url.Parse(strings.Replace(step.URL.String(), "/auth/"+key+"/", "/auth/"+other+"/", 1)))(t)
			if step.Method == http.MethodGet {
				refused("another provider's door", b, crossed)
			}
			b.follow(step).to(t, "/welcome")
			refused("a replay", b, step)

			late := b.depart(key, "/")
			p.Clock.Turn(member.Patience)
			refused("too late", b, late)
		}
	})
}

// with is a step with one parameter changed.
func with(s elsewhere.Step, name, value string) elsewhere.Step {
	sent := url.Values{}
	for k, v := range s.Sent() {
		sent[k] = v
	}
	sent.Set(name, value)
	changed := *s.URL
	if s.Method == http.MethodGet {
		changed.RawQuery = sent.Encode()
	}
	return elsewhere.Step{Method: s.Method, URL: &changed, Form: sent}
}

func TestWhatAProviderGetsWrongLeadsBackWithASentence(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		b := p.browser()
		p.world.Claims = func(said map[string]any) { said["nonce"] = member.Secret() }
		for _, key := range []string{"google", "apple", "microsoft", "oidc"} {
			b.follow(b.depart(key, "/who")).to(t, "/sign-in?by="+key+"&return=%2Fwho&trouble=failed")
		}
		p.world.Claims, p.world.Alg = nil, "stranger"
		b.follow(b.depart("oidc", "/")).to(t, "/sign-in?by=oidc&trouble=failed")
		p.world.Alg = ""

		for _, key := range elsewhere.Keys() {
			p.world.Deny = "access_denied"
			back := b.follow(b.depart(key, "/who")).to(t, "/sign-in?by="+key+"&return=%2Fwho&trouble=denied")
			b.look(back.Header.Get("Location")).says(t, "was not allowed to say who you are")
			p.world.Deny = "server_error"
			b.follow(b.depart(key, "/who")).to(t, "/sign-in?by="+key+"&return=%2Fwho&trouble=failed")
			p.world.Deny = ""
			step := b.depart(key, "/")
			p.world.Down = true
			b.follow(step).to(t, "/sign-in?by="+key+"&trouble=failed")
			p.world.Down = false
		}
		b.is("")
		b.look("/sign-in?trouble=<script>&by=google").wants(t, http.StatusOK)
		if strings.Contains(b.look("/sign-in?trouble=nonsense&by=google").body, "nonsense") {
			t.Error("the page says what the address told it to")
		}
	})
}

// What a provider says, and what a log must not hold.
func TestTheLogHoldsNoSecretsOfAJourney(t *testing.T) {
	p := openPort(t, clubtest.SQLite(t))
	b := p.browser()
	step := b.depart("google", "/")
	p.world.Mute = "www.googleapis.com/"
	b.follow(step).to(t, "/sign-in?by=google&trouble=failed")
	lines := p.log.lines(t, "a sign-in was not proved")
	if len(lines) != 1 {
		t.Fatalf("the log: %v", lines)
	}
	for _, secret := range []string{step.Sent().Get("code"), step.Sent().Get("state"), "access_token", elsewhere.Secret("google")} {
		if strings.Contains(lines[0]["error"].(string), secret) {
			t.Errorf("the log holds %q: %v", secret, lines[0])
		}
	}
}

func TestOneReturnsOnlyToAPathOfOurs(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		b := p.browser()
		b.follow(b.depart("google", "/"))
		b.send("/welcome", named("hana")).to(t, "/")
		for _, evil := range []string{
			"https://evil.example/", "//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "/\n/evil.example", "/%09/evil.example\r\n",
			"javascript:alert(1)", "http:evil.example", "https:/evil.example", "evil.example", "//evil.example/%2f..", "/\\/evil.example", " //evil.example", "https://club.example@evil.example/", "",
		} {
			b := p.browser()
			at := b.follow(b.depart("google", evil)).wants(t, http.StatusSeeOther).Header.Get("Location")
			to := clubtest.Must(url.Parse(at))(t)
			if resolved := clubtest.Must(url.Parse(elsewhere.Base + "/auth/google/callback"))(t).ResolveReference(to); resolved.Host != "club.example" || resolved.Scheme != "https" || strings.HasPrefix(at, "//") || strings.Contains(at, `\`) {
				t.Errorf("a return to %q leads to %q", evil, at)
			}
		}
		for _, fine := range []string{"/", "/s/questions", "/who?x=%2F%2Fevil.example", "/s/questions/t/x#p3"} {
			b := p.browser()
			b.follow(b.depart("google", fine)).to(t, fine)
		}
	})
}

func TestProvidersComeBackInTheirOwnManner(t *testing.T) {
	p := openPort(t, clubtest.SQLite(t))
	b := p.browser()
	apple, google := b.depart("apple", "/"), b.depart("google", "/")
	if c := b.jar["__Host-guildhall-far"]; c == nil || c.SameSite != http.SameSiteNoneMode || !c.Secure || c.MaxAge > int(member.Patience.Seconds()) {
		t.Errorf("Apple's journey is bound by %v", c)
	}
	if c := b.jar["__Host-guildhall-browser"]; c == nil || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("Google's journey is bound by %v", c)
	}
	b.get("/auth/apple/callback?"+apple.Form.Encode(), b.carry(false)).wants(t, http.StatusNotFound)
	b.post("/auth/google/callback", google.URL.Query(), b.carry(false)).wants(t, http.StatusNotFound)
	b.get("/auth/nobody/callback").wants(t, http.StatusNotFound)
	b.send("/auth/nobody", nil).wants(t, http.StatusNotFound)
	b.post("/auth/google", nil, header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site"), b.carry(false)).wants(t, http.StatusForbidden)
	b.follow(apple).to(t, "/welcome")
	b.follow(google).to(t, "/welcome")
}

func TestAMemberAddsAnAccountElsewhere(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		for _, key := range []string{"google", "apple"} {
			rita, paul := p.signedIn(p.Regular), p.signedIn(p.Paying)
			p.world.Person.Subject = "77"
			add := func(b *browser) answer {
				t.Helper()
				return b.follow(p.world.Consent(leads(t, b.send("/settings/identities/"+key, nil))))
			}
			add(rita).to(t, "/settings/ways")
			rita.look("/settings/ways").wants(t, http.StatusOK).says(t, "Added.")
			add(paul).to(t, "/settings/ways?by="+key+"&trouble=taken")
			paul.look("/settings/ways?by="+key+"&trouble=taken").says(t, "opens another member here already")

			b := p.browser()
			b.follow(b.depart(key, "/"))
			b.is("rita")
			out := rita.send("/settings/identities/"+key, nil)
			rita.send("/sign-out", nil).to(t, "/")
			rita.follow(p.world.Consent(leads(t, out))).to(t, "/sign-in?trouble=begun")
		}
		p.browser().send("/settings/identities/google", nil).wants(t, http.StatusForbidden)
	})
}

func TestTheDoorShowsTheWaysThereAre(t *testing.T) {
	p := openPort(t, clubtest.SQLite(t))
	door := p.browser().look("/sign-in?return=/who").wants(t, http.StatusOK)
	for _, words := range []string{"Google", "GitHub", "Discord", "Apple", "Facebook", "Microsoft", "Example", "Continue with a passkey", "E-mail me a link", `name="return" value="/who"`} {
		door.says(t, words)
	}
	if strings.Contains(door.body, "/sign-in/dev") {
		t.Error("anybody may be anybody")
	}
	p.signedIn(p.Regular).look("/sign-in?return=/who").to(t, "/who")

	dev := build(t, clubtest.SQLite(t), nil)
	open := dev.get("/sign-in").wants(t, http.StatusOK).says(t, "/sign-in/dev").says(t, `value="rita"`)
	for _, words := range []string{"Google", "Continue with a passkey"} { // no keys, and an IP address
		if strings.Contains(open.body, words) {
			t.Errorf("the door shows %q", words)
		}
	}
}

func TestLettersGoOutWhereTheyAreOffered(t *testing.T) {
	for name, c := range map[string]struct {
		conf handlers.Config
		goes bool
	}{
		"a server":  {handlers.Config{SMTP: "smtp://localhost:2525", MailFrom: "club@example.org"}, true},
		"dev":       {handlers.Config{Dev: true}, true},
		"no server": {handlers.Config{}, false},
	} {
		c.conf.BaseURL, c.conf.RateFactor = "http://localhost:8080", 1
		mail := clubtest.Must(c.conf.Mailer())(t)
		w := build(t, clubtest.SQLite(t), func(into *handlers.Config) {
			into.SMTP, into.MailFrom, into.Dev = c.conf.SMTP, c.conf.MailFrom, c.conf.Dev
		})
		offered := strings.Contains(w.get("/sign-in").wants(t, http.StatusOK).body, "E-mail me a link")
		if (mail != nil) != c.goes || offered != c.goes {
			t.Errorf("%s: a mailer %v, links offered %v", name, mail != nil, offered)
		}
		if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusNotFound}[c.goes]; w.post("/sign-in/link", url.Values{"email": {"ada@example.org"}}).StatusCode != want {
			t.Errorf("%s: asking for a link is not answered with %d", name, want)
		}
	}
}

func TestASuspendedMemberReadsWhyAfterEveryWayIn(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		b := p.browser()
		b.follow(b.depart("google", "/"))
		b.send("/welcome", named("hana")).to(t, "/")
		hana := clubtest.Must(p.Members.ByHandle(t.Context(), "hana"))(t)
		p.Suspend(hana.ID, "Selling in every topic.")
		again := p.browser()
		again.follow(again.depart("google", "/who")).to(t, "/who")
		again.look("/who").wants(t, http.StatusForbidden).says(t, "Selling in every topic.")
	})
}
