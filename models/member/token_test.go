package member_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/store"
)

func draft(space id.ID) member.TokenDraft {
	return member.TokenDraft{Name: "My phone", Scopes: []member.Scope{member.ReadPosts, member.ReadMe}, Space: space, Days: 30}
}

// opens tells whether a token still opens anything, and as whom.
func opens(t *testing.T, club *clubtest.Club, secret string) (member.Visit, bool) {
	t.Helper()
	_, v, err := club.Members.Bearer(t.Context(), secret)
	if err != nil && err != member.ErrNoToken {
		t.Fatal(err)
	}
	return v, err == nil
}

func TestATokenIsKeptHashed(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		made, secret, err := club.Members.IssueToken(t.Context(), club.Regular, draft(0))
		clubtest.OK(t, err)
		if !strings.HasPrefix(secret, "gh_") || len(secret) < 25 || made.Hash == secret || made.Hash != member.Hash(secret) {
			t.Fatalf("the secret is %q, the row has %q", secret, made.Hash)
		}
		if made.Scopes != "me:read posts:read" || !made.Holds(member.ReadMe) || made.Holds(member.ReadChat) {
			t.Errorf("it may %q", made.Scopes)
		}
		v, ok := opens(t, club, secret)
		if !ok || v.Viewer.ID != club.Regular.ID || v.Member.Handle != "rita" || v.Token.ID != made.ID || v.Token.Name != "My phone" || v.Session.ID != 0 {
			t.Fatalf("it opens %+v", v)
		}
		for _, wrong := range []string{"", "gh_", secret[3:], secret + "A", made.Hash, "gh_" + member.Secret(), strings.ToUpper(secret)} {
			if _, ok := opens(t, club, wrong); ok {
				t.Errorf("%q opens something", wrong)
			}
		}
	})
}

// TestATokenStopsAtOnce: revoked, at its end, its member suspended or gone.
func TestATokenStopsAtOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		for name, stop := range map[string]func(v access.Viewer, made member.Token){
			"revoked": func(v access.Viewer, made member.Token) {
				clubtest.OK(t, club.Members.RevokeToken(t.Context(), v, made.ID))
			},
			"expired":   func(access.Viewer, member.Token) { club.Clock.Turn(30*24*time.Hour - time.Microsecond) },
			"suspended": func(v access.Viewer, _ member.Token) { club.Suspend(v.ID, "Selling.") },
			"gone": func(v access.Viewer, _ member.Token) {
				club.Write(func(tx *store.Tx) error {
					return tx.Exec("update members set left_at = ? where id = ?", tx.Now, v.ID).Error
				})
			},
		} {
			who := club.Join(name)
			made, secret, err := club.Members.IssueToken(t.Context(), who, draft(0))
			clubtest.OK(t, err)
			if v, ok := opens(t, club, secret); !ok || v.Viewer.CanRead(topic) != nil {
				t.Fatalf("%s: it never opened anything", name)
			}
			stop(who, made)
			if name == "expired" {
				if _, ok := opens(t, club, secret); !ok {
					t.Error("it ended before its end")
				}
				club.Clock.Turn(time.Microsecond)
			}
			for range 2 { // at once, and for good
				if v, ok := opens(t, club, secret); ok && (v.Viewer.CanRead(topic) == nil || name != "suspended") {
					t.Errorf("%s: it still opens", name)
				}
				club.Clock.Turn(time.Hour)
			}
		}
	})
}

// A token for one space sees that space alone, as long as its member may.
func TestATokenForOneSpace(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		locks := map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}}
		sp, lost := club.Space("Lens library", locks), club.Space("Vault", map[access.Verb]access.Lock{access.See: locks[access.Read]})
		_, secret, err := club.Members.IssueToken(t.Context(), club.Paying, draft(sp.ID))
		clubtest.OK(t, err)
		v, _ := opens(t, club, secret)
		clubtest.OK(t, v.Viewer.CanEnter(sp.ID))
		clubtest.Missing(t, v.Viewer.CanEnter(club.Open.ID))
		clubtest.Missing(t, v.Viewer.CanEnter(lost.ID))
		clubtest.OK(t, club.Again(club.Paying).CanEnter(lost.ID))
		club.Clock.Turn(29*24*time.Hour + 23*time.Hour) // the tier ends, and the token does not yet
		v, ok := opens(t, club, secret)
		if !ok {
			t.Fatal("it ended too soon")
		}
		clubtest.Refused(t, v.Viewer.CanEnter(sp.ID), "opens with Patron")

		for name, who := range map[string]access.Viewer{"below": club.Regular, "by ownership alone": club.Owner} {
			if _, _, err := club.Members.IssueToken(t.Context(), club.Again(who), draft(sp.ID)); err == nil {
				t.Errorf("%s: a token for a space that it cannot read", name)
			} else {
				clubtest.Refused(t, err, "Choose a space that is open to you")
			}
		}
	})
}

func TestWhatATokenMustSay(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		for words, spoil := range map[string]func(d *member.TokenDraft){
			"Give it a name":       func(d *member.TokenDraft) { d.Name = " " },
			"at most 60":           func(d *member.TokenDraft) { d.Name = strings.Repeat("a", 61) },
			"at least one":         func(d *member.TokenDraft) { d.Scopes = nil },
			"no such thing":        func(d *member.TokenDraft) { d.Scopes = append(d.Scopes, "posts:write") },
			"lasts 1 to 366 days":  func(d *member.TokenDraft) { d.Days = 0 },
			"lasts 1 to 366 days.": func(d *member.TokenDraft) { d.Days = 367 },
		} {
			d := draft(0)
			spoil(&d)
			_, _, err := club.Members.IssueToken(t.Context(), club.Regular, d)
			clubtest.Refused(t, err, words)
		}
		for _, who := range []access.Viewer{club.Guest, club.Suspended} {
			_, _, err := club.Members.IssueToken(t.Context(), club.Again(who), draft(0))
			clubtest.Refused(t, err, "cannot make tokens")
		}
	})
}

func TestTwentyTokensAtATime(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		var last member.Token
		for i := range member.MaxTokens {
			d := draft(0)
			d.Name = fmt.Sprintf("Token %d", i+1)
			made, _, err := club.Members.IssueToken(t.Context(), club.Regular, d)
			clubtest.OK(t, err)
			last = made
		}
		_, _, err := club.Members.IssueToken(t.Context(), club.Regular, draft(0))
		clubtest.Refused(t, err, "Revoke one first")
		clubtest.Missing(t, club.Members.RevokeToken(t.Context(), club.Newcomer, last.ID)) // nobody else's
		clubtest.OK(t, club.Members.RevokeToken(t.Context(), club.Regular, last.ID))
		clubtest.Missing(t, club.Members.RevokeToken(t.Context(), club.Regular, last.ID))
		clubtest.Must(first(club.Members.IssueToken(t.Context(), club.Regular, draft(0))))(t)
		all := clubtest.Must(club.Members.Tokens(t.Context(), club.Regular))(t)
		if len(all) != 21 || all[20].ID != last.ID || all[20].Opens(club.Clock.Now()) || !all[0].Opens(club.Clock.Now()) {
			t.Errorf("listed: %d, the last is %+v", len(all), all[len(all)-1])
		}
		if others := clubtest.Must(club.Members.Tokens(t.Context(), club.Newcomer))(t); len(others) != 0 {
			t.Errorf("somebody else's are listed: %v", others)
		}
		club.Clock.Turn(62 * 24 * time.Hour)
		clubtest.OK(t, club.Members.Sweep(t.Context()))
		if all := clubtest.Must(club.Members.Tokens(t.Context(), club.Regular))(t); len(all) != 0 {
			t.Errorf("%d are kept for ever", len(all))
		}
	})
}

func first(t member.Token, _ string, err error) (member.Token, error) { return t, err }

// TestUseIsNotedOnceAMinute: the note is written beside the request, and not for each one.
func TestUseIsNotedOnceAMinute(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		_, secret, err := club.Members.IssueToken(t.Context(), club.Regular, draft(0))
		clubtest.OK(t, err)
		use := func() time.Time {
			ctx, v, err := club.Members.Bearer(t.Context(), secret)
			clubtest.OK(t, err)
			club.Members.Used(ctx, v.Token)
			club.Members.Rest()
			again, _ := opens(t, club, secret)
			return *again.Token.LastUsedAt
		}
		begun := club.Clock.Now()
		if at := use(); !at.Equal(begun) {
			t.Fatalf("noted at %v, used at %v", at, begun)
		}
		club.Clock.Turn(59 * time.Second)
		if at := use(); !at.Equal(begun) {
			t.Errorf("noted again after 59 seconds: %v", at)
		}
		club.Clock.Turn(time.Second)
		if at := use(); !at.Equal(begun.Add(time.Minute)) {
			t.Errorf("not noted after a minute: %v", at)
		}
	})
}

// What a token's request carries refuses every change, even one that asks nobody.
func TestABearerOnlyReads(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		_, secret, err := club.Members.IssueToken(t.Context(), club.Owner, draft(0))
		clubtest.OK(t, err)
		ctx, v, err := club.Members.Bearer(t.Context(), secret)
		clubtest.OK(t, err)
		clubtest.Refused(t, club.Store.Write(ctx, func(*store.Tx) error { t.Error("it was run"); return nil }), "Nothing can be changed")
		_, _, err = club.Members.IssueToken(t.Context(), v.Viewer, draft(0))
		clubtest.Refused(t, err, "only reads")
	})
}

// The one statement that turns a secret into its holder is one.
func TestABearerIsOneStatement(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		_, secret, err := club.Members.IssueToken(t.Context(), club.Regular, draft(0))
		clubtest.OK(t, err)
		opens(t, club, secret) // the reach is built
		asked := club.Statements()
		if all := asked.During(func() { opens(t, club, secret) }); len(all) != 1 {
			t.Errorf("%d statements: %v", len(all), all)
		}
	})
}
