package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/access"
	"guildhall/models/clubtest"
)

// confirm adds an address to a member's account, by way of a letter.
func (p *port) confirm(v access.Viewer, address string) {
	p.t.Helper()
	b := p.signedIn(v)
	b.send("/settings/addresses", url.Values{"email": {address}}).to(p.t, "/settings/ways")
	b.send(p.mailed(), nil).to(p.t, "/settings/ways")
}

func TestALinkByMail(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.confirm(p.Regular, "rita@example.org")
		b := p.browser()
		b.send("/sign-in/link", url.Values{"email": {"Rita@Example.org"}, "return": {"/who"}}).to(t, "/sign-in/sent")
		b.look("/sign-in/sent").wants(t, http.StatusOK).says(t, "Look in your mailbox")
		link := p.mailed()
		for range 3 { // those who follow links before people do
			p.browser().look(link).wants(t, http.StatusOK).says(t, "rita@example.org").says(t, `action="`+link+`"`)
			p.ask(http.MethodHead, link, nil).wants(t, http.StatusOK)
		}
		b.is("")
		b.post(link, nil, header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site")).wants(t, http.StatusForbidden)
		b.send(link, nil).to(t, "/who")
		b.is("rita")
		b.send(link, nil).wants(t, http.StatusForbidden).says(t, "Ask for another")
		p.browser().look(link).wants(t, http.StatusForbidden).says(t, "Ask for another").says(t, "/sign-in")
	})
}

func TestALinkHasOneWinnerOverHTTP(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.confirm(p.Regular, "rita@example.org")
		p.browser().send("/sign-in/link", url.Values{"email": {"rita@example.org"}}).to(t, "/sign-in/sent")
		link := p.mailed()
		var all sync.WaitGroup
		codes := make(chan int, 6)
		for range 6 {
			all.Go(func() {
				r := clubtest.Must(http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+link, nil))(t)
				r.Header.Set("Origin", elsewhere.Base)
				r.Header.Set("Sec-Fetch-Site", "same-origin")
				res := clubtest.Must(plainly.RoundTrip(r))(t)
				clubtest.OK(t, res.Body.Close())
				codes <- res.StatusCode
			})
		}
		all.Wait()
		close(codes)
		count := map[int]int{}
		for code := range codes {
			count[code]++
		}
		if count[http.StatusSeeOther] != 1 || count[http.StatusForbidden] != 5 {
			t.Errorf("six uses at once: %v", count)
		}
	})
}

func TestAskingForALinkTellsNothing(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.confirm(p.Regular, "rita@example.org")
		known := p.browser().send("/sign-in/link", url.Values{"email": {"rita@example.org"}})
		unknown := p.browser().send("/sign-in/link", url.Values{"email": {"nobody@example.org"}})
		for _, a := range []answer{known, unknown} {
			a.to(t, "/sign-in/sent")
			for _, name := range []string{"X-Request-Id", "Date", "Content-Security-Policy"} {
				a.Header.Del(name)
			}
		}
		if known.body != unknown.body || len(known.Cookies())+len(unknown.Cookies()) != 0 {
			t.Error("the two answers differ")
		}
		for name, values := range known.Header {
			if strings.Join(values, ";") != strings.Join(unknown.Header[name], ";") {
				t.Errorf("they differ in %s: %v, %v", name, values, unknown.Header[name])
			}
		}
		all := p.letters()
		if a, b := all[len(all)-2], all[len(all)-1]; len(a.Text) != len(b.Text) || a.Header.Get("Subject") != b.Header.Get("Subject") {
			t.Errorf("the letters differ: %q, %q", a.Text, b.Text)
		}
		bad := p.browser().send("/sign-in/link", url.Values{"email": {"hana@example"}, "return": {"/who"}}).wants(t, http.StatusUnprocessableEntity)
		bad.says(t, "does not look like an e-mail address").says(t, `value="hana@example"`).says(t, `value="/who"`)
	})
}

func TestANewcomerComesByMail(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		b := p.browser()
		b.send("/sign-in/link", url.Values{"email": {"hana@example.org"}, "return": {"/who"}})
		b.send(p.mailed(), nil).to(t, "/welcome")
		b.look("/welcome").wants(t, http.StatusOK).says(t, "You came with your e-mail").says(t, `value="hana"`)
		b.send("/welcome", named("hana")).to(t, "/who")
		b.is("hana")
		again := p.browser()
		again.send("/sign-in/link", url.Values{"email": {"hana@example.org"}})
		again.send(p.mailed(), nil).to(t, "/")
		again.is("hana")
	})
}

var nonce = regexp.MustCompile(`nonce="[^"]+"`)

// Somebody comes with a new account whose address a member confirmed. Nothing tells them so before
// they proved the mailbox, in the browser that they came with.
func TestAKnownAddressIsSpokenOfOnlyToItsOwner(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.confirm(p.Regular, "rita@example.org")
		arrive := func(subject, address string) (*browser, string) {
			p.world.Person = elsewhere.Person{Subject: subject, Name: "Hana Sato", Address: address}
			b := p.browser()
			b.follow(b.depart("google", "/who")).to(t, "/welcome")
			return b, b.look("/welcome").wants(t, http.StatusOK).body
		}
		known, page := arrive("1", "rita@example.org")
		_, other := arrive("2", "none@example.org")
		if nonce.ReplaceAllString(strings.ReplaceAll(other, "none@", "rita@"), "") != nonce.ReplaceAllString(page, "") {
			t.Error("the page of a known address differs from that of another")
		}
		known.send("/welcome/rejoin", nil).wants(t, http.StatusConflict)
		known.send("/welcome/prove", nil).to(t, "/welcome?sent=1")
		known.look("/welcome?sent=1").says(t, "Look in your mailbox.")
		link := p.mailed()
		p.browser().look(link).says(t, "Have you been here before?")
		p.browser().send(link, nil).wants(t, http.StatusForbidden).says(t, "browser in which you began")
		known.send(link, nil).to(t, "/welcome")
		known.look("/welcome").says(t, "You have been here before").says(t, "@rita")
		known.send("/welcome/rejoin", nil).to(t, "/who")
		known.is("rita")
		p.world.Person.Subject = "1"
		again := p.browser()
		again.follow(again.depart("google", "/"))
		again.is("rita")
	})
}

func TestOneMayStaySeparate(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		p.confirm(p.Regular, "rita@example.org")
		p.world.Person = elsewhere.Person{Subject: "1", Name: "Hana Sato", Address: "rita@example.org"}
		b := p.browser()
		b.follow(b.depart("github", "/"))
		b.send("/welcome/prove", nil)
		b.send(p.mailed(), nil).to(t, "/welcome")
		b.send("/welcome", named("hana")).to(t, "/")
		b.is("hana")
		mail := p.browser()
		mail.send("/sign-in/link", url.Values{"email": {"rita@example.org"}})
		mail.send(p.mailed(), nil).to(t, "/")
		mail.is("rita")
	})
}

func TestAnAddressIsAddedBySomebodySignedInAsItsMember(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		rita := p.signedIn(p.Regular)
		rita.send("/settings/addresses", url.Values{"email": {"victim@example.org"}}).to(t, "/settings/ways")
		link := p.mailed()
		p.browser().look(link).says(t, "Is this your address?")
		p.browser().send(link, nil).wants(t, http.StatusForbidden).says(t, "the account that asked for it")
		p.signedIn(p.Paying).send(link, nil).wants(t, http.StatusForbidden)
		rita.send(link, nil).to(t, "/settings/ways")
	})
}

func TestAFirstVisitThatCannotBeTakenComesBack(t *testing.T) {
	ports(t, func(t *testing.T, p *port) {
		b := p.browser()
		p.browser().look("/welcome").to(t, "/sign-in?trouble=begun")
		p.browser().send("/welcome", named("hana")).to(t, "/sign-in?trouble=begun")
		b.follow(b.depart("google", "/"))
		bad := func(name, value, words string) {
			t.Helper()
			form := named("hana")
			form.Set(name, value)
			b.send("/welcome", form).wants(t, http.StatusUnprocessableEntity).says(t, words).says(t, `role="alert"`)
			b.is("")
		}
		bad("handle", "rita", "Somebody has that handle already")
		bad("handle", "Hana!", "A handle has 2 to 30")
		bad("name", "", "Tell us the name")
		bad("zone", "Middle/Earth", "Choose your time zone")
		bad("agreed", "", "Read the rules of the club")
		form := named("rita")
		form.Set("name", "Hana of <Nowhere>")
		b.send("/welcome", form).says(t, "Hana of &lt;Nowhere&gt;").says(t, `value="Europe/Lisbon" selected`)
		b.send("/welcome", named("hana")).to(t, "/")
		hana := clubtest.Must(p.Members.ByHandle(t.Context(), "hana"))(t)
		if hana.Zone != "Europe/Lisbon" || b.jar["__Host-guildhall-arriving"] != nil {
			t.Errorf("came in as %+v, with %v", hana, b.jar)
		}
	})
}

func TestAMailboxIsNotFlooded(t *testing.T) {
	p := openPort(t, clubtest.SQLite(t))
	b := p.browser()
	for i := range 6 { // whoever holds one address, whatever comes of it
		a := b.send("/sign-in/link", url.Values{"email": {"june@example.org"}})
		if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusTooManyRequests}[i < 5]; a.StatusCode != want {
			t.Errorf("letter %d: %s", i, a.Status)
		}
	}
	if n := len(p.letters()); n != 1 { // the newest alone is still wanted
		t.Errorf("%d letters", n)
	}
}
