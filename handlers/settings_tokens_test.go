package handlers_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/member"
	"guildhall/models/store"
)

var shownToken = regexp.MustCompile(`value="(gh_[A-Za-z0-9_-]{43})"`)

func wanted(w *town) url.Values {
	return url.Values{"name": {"My <phone>"}, "scopes": {"me:read", "posts:read"}, "space": {w.Open.ID.String()}, "days": {"30"}}
}

// A member makes a token, sees it once, uses it and ends it.
func TestAMemberKeepsTokens(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita := w.as(w.Regular)
		w.get("/settings/tokens", rita).wants(t, http.StatusOK).says(t, "No tokens yet")
		made := w.post("/settings/tokens", wanted(w), rita).wants(t, http.StatusCreated).says(t, "shown this once").says(t, "My &lt;phone&gt;")
		found := shownToken.FindStringSubmatch(made.body)
		if found == nil || !strings.Contains(html.UnescapeString(made.body), `curl -H "Authorization: Bearer `+found[1]+`" `+w.url+"/api/v1/me") {
			t.Fatalf("the token and how to try it: %s", made.body)
		}
		a := w.get("/api/v1/me", bearing(found[1])).wants(t, http.StatusOK)
		a.says(t, `"scopes":["me:read","posts:read"],"space":"questions"`)
		w.Members.Rest()
		page := w.get("/settings/tokens", rita).wants(t, http.StatusOK).says(t, "Reads who you are, topics and posts, in Questions alone.").says(t, "Last used")
		if strings.Contains(page.body, found[1]) || strings.Contains(page.body, "gh_") {
			t.Error("the token is shown again")
		}
		key := regexp.MustCompile(`/settings/tokens/([^/]+)/revoke`).FindStringSubmatch(page.body)[1]
		w.post("/settings/tokens/"+key+"/revoke", nil, w.as(w.Newcomer)).wants(t, http.StatusNotFound)
		w.get("/api/v1/me", bearing(found[1])).wants(t, http.StatusOK)
		w.post("/settings/tokens/"+key+"/revoke", nil, rita).wants(t, http.StatusSeeOther)
		w.get("/api/v1/me", bearing(found[1])).wants(t, http.StatusUnauthorized)
		w.get("/settings/tokens", rita).wants(t, http.StatusOK).says(t, "Revoked")
		w.get("/settings/tokens").wants(t, http.StatusSeeOther)
	})
}

// What was typed comes back with what is wrong with it, where it was typed.
func TestATokenFormComesBack(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	vault := w.Space("Vault", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
	rita := w.as(w.Regular)
	for field, change := range map[string]struct {
		value []string
		words string
	}{
		"name":   {[]string{""}, "Give it a name"},
		"scopes": {nil, "Choose at least one thing"},
		"days":   {[]string{"1000"}, "lasts 1 to 366 days"},
		"space":  {[]string{vault.ID.String()}, "Choose a space that is open to you"},
	} {
		form := wanted(w)
		form[field] = change.value
		a := w.post("/settings/tokens", form, rita).wants(t, http.StatusUnprocessableEntity).says(t, change.words)
		if field != "name" {
			a.says(t, "My &lt;phone&gt;")
		}
		if field != "scopes" {
			a.says(t, `value="posts:read" checked`)
		}
		if strings.Contains(a.body, "Vault") || shownToken.MatchString(a.body) {
			t.Errorf("%s: %s", field, a.body)
		}
	}
	if all := clubtest.Must(w.Members.Tokens(t.Context(), w.Regular))(t); len(all) != 0 {
		t.Errorf("%d were made", len(all))
	}
	w.get("/settings/tokens", w.as(w.Paying)).says(t, "Vault alone")
}

// Who looks after the club makes a token only with a passkey at hand; to list and to end them needs none.
func TestStaffShowAPasskeyForATokenOfTheirs(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, v := range []access.Viewer{w.Owner, w.Moderator} {
			made, _ := w.token(v, 0)
			secret := w.secretOf(v)
			w.Write(func(tx *store.Tx) error {
				return tx.Exec("update login_sessions set method = 'link' where hash = ?", member.Hash(secret)).Error
			})
			w.get("/settings/tokens", cookie(secret)).wants(t, http.StatusOK).says(t, "holds a passkey")
			w.post("/settings/tokens", wanted(w), cookie(secret)).wants(t, http.StatusForbidden)
			w.post("/settings/tokens/"+made.ID.String()+"/revoke", nil, cookie(secret)).wants(t, http.StatusSeeOther)
			if all := clubtest.Must(w.Members.Tokens(t.Context(), v))(t); len(all) != 1 || all[0].RevokedAt == nil {
				t.Errorf("listed: %+v", all)
			}
		}
	})
}
