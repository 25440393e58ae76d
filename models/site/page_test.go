package site_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
)

func draft(slug, text string) site.PageDraft {
	return site.PageDraft{Slug: slug, Title: "A page", Text: text, Audience: site.ForEveryone, InFooter: true, Published: true}
}

// Who reads a page finds it in the foot of every page, and who does not finds it nowhere.
func TestPagesAreForWhomTheySay(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		save := func(d site.PageDraft) site.Page {
			return clubtest.Must(club.Site.SavePage(ctx, club.Access, club.Owner, d))(t)
		}
		about, inside, raw := draft("about", "Who we are."), draft("inside", "For us."), draft("raw", "Not yet.")
		inside.Audience, raw.Published = site.ForMembers, false
		save(about)
		save(inside)
		save(raw)
		reads := map[string][]string{"about": {"guest", "newcomer", "owner"}, "inside": {"newcomer", "owner"}, "raw": {"owner"}}
		cast := club.Cast()
		for slug, who := range reads {
			for _, name := range []string{"guest", "newcomer", "owner"} {
				may := false
				for _, n := range who {
					may = may || n == name
				}
				if _, err := club.Site.Page(ctx, cast[name], slug); may {
					clubtest.OK(t, err)
				} else {
					clubtest.Missing(t, err)
				}
			}
		}
		settings := clubtest.Must(club.Site.Club(ctx))(t)
		if n, m := len(settings.Links(cast["guest"])), len(settings.Links(cast["newcomer"])); n != 2 || m != 3 {
			t.Errorf("a guest is led to %d pages and a member to %d", n, m)
		}
		_, err := club.Site.SavePage(ctx, club.Access, club.Moderator, about)
		clubtest.Refused(t, err, "Only the owners")
		_, err = club.Site.SavePage(ctx, club.Access, club.Owner, about)
		clubtest.Refused(t, err, "Another page has that address already.")
	})
}

func TestAPageKeepsItsVersions(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, s := t.Context(), club.Site
		p := clubtest.Must(s.SavePage(ctx, club.Access, club.Owner, draft("about", "First words.")))(t)
		d := draft("about", "Second words.")
		d.ID, d.Was, d.Note = p.ID, 1, "Better words."
		clubtest.Must(s.SavePage(ctx, club.Access, club.Owner, d))(t)
		_, err := s.SavePage(ctx, club.Access, club.Owner, d) // knows of version 1 alone
		clubtest.Refused(t, err, "Somebody saved version 2")
		d.Was = 2
		if again := clubtest.Must(s.SavePage(ctx, club.Access, club.Owner, d))(t); again.Latest != 2 {
			t.Errorf("the same words are version %d", again.Latest)
		}
		clubtest.OK(t, s.RestorePage(ctx, club.Access, club.Owner, p.ID, 1))
		now := clubtest.Must(s.Page(ctx, club.Guest, "about"))(t)
		versions := clubtest.Must(s.Versions(ctx, club.Owner, p.ID))(t)
		if now.Source != "First words." || now.Latest != 3 || len(versions) != 3 || versions[1].Note != "Better words." {
			t.Errorf("restored: %+v, %+v", now, versions)
		}
		clubtest.Refused(t, s.RemovePage(ctx, club.Access, club.Owner, p.ID), "Take the page down first")
		d.Was, d.Published = 3, false
		clubtest.Must(s.SavePage(ctx, club.Access, club.Owner, d))(t)
		clubtest.OK(t, s.RemovePage(ctx, club.Access, club.Owner, p.ID))
		_, err = s.Page(ctx, club.Owner, "about")
		clubtest.Missing(t, err)
	})
}

// New rules that ask for consent stop everybody from writing, and nobody from reading, until they
// have agreed to just that version; the record says who did, and when.
func TestNewRulesAreAgreedToBeforeOneWrites(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, s := t.Context(), club.Site
		start := func(v access.Viewer) error {
			_, err := club.Forum.Start(ctx, club.Again(v), club.Open.ID, forum.Draft{Key: club.Store.NewID().String(), Title: "Garden plans", Text: "Here they are."})
			return err
		}
		clubtest.OK(t, start(club.Newcomer))
		rules := clubtest.Must(s.Page(ctx, club.Owner, site.RulesPage))(t)
		change := func(was int, text string, consent bool) {
			d := site.PageDraft{ID: rules.ID, Was: was, Slug: site.RulesPage, Title: "House rules", Text: text, Note: "Now kinder.", Audience: site.ForEveryone, Consent: consent}
			clubtest.Must(s.SavePage(ctx, club.Access, club.Owner, d))(t)
		}
		change(1, "Be kind, please.", false)
		clubtest.OK(t, start(club.Newcomer)) // a comma asks nobody
		club.Clock.Turn(time.Hour)
		change(2, "Be *very* kind.", true)
		clubtest.Refused(t, start(club.Newcomer), "The rules of the club have changed.")
		clubtest.OK(t, start(club.Owner)) // who wrote them agreed
		newcomer := club.Again(club.Newcomer)
		clubtest.OK(t, newcomer.CanEnter(club.Open.ID))
		ask := clubtest.Must(s.Asking(ctx, newcomer))(t)
		if !ask.Asked || ask.Now.Number != 3 || ask.Before == nil || ask.Before.Source != "Be kind." || len(ask.Since) != 2 {
			t.Fatalf("they are asked %+v", ask)
		}
		clubtest.Refused(t, s.Agree(ctx, club.Access, newcomer, 2), "The rules changed again")
		clubtest.OK(t, s.Agree(ctx, club.Access, newcomer, 3))
		clubtest.OK(t, start(club.Newcomer))
		clubtest.Refused(t, start(club.Regular), "The rules of the club have changed.")

		own := clubtest.Must(s.Consents(ctx, club.Again(club.Newcomer)))(t)
		if len(own) != 2 || own[0].Version != 3 || !own[0].At.Equal(club.Clock.Now()) || own[0].Note != "Now kinder." || own[1].Version != 1 {
			t.Errorf("the newcomer agreed to %+v", own)
		}
		record, _, err := s.Record(ctx, club.Owner, "")
		clubtest.OK(t, err)
		if record.Version != 3 || record.Agreed != 2 || record.Waiting != 6 || record.Latest[0].Version != 3 {
			t.Errorf("the record is %+v", record)
		}
		_, _, err = s.Record(ctx, club.Moderator, "")
		clubtest.Refused(t, err, "Only the owners")
		clubtest.OK(t, start(club.Join("late"))) // who joins agrees to what holds
	})
}

func TestABannerIsForWhomItSays(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, s, now := t.Context(), club.Site, club.Clock.Now()
		ends := now.Add(time.Hour)
		save := func(b site.Banner) site.Banner {
			b.StartsAt, b.EndsAt, b.Dismissible = now, &ends, true
			return clubtest.Must(s.SaveBanner(ctx, club.Access, club.Owner, b))(t)
		}
		calm := save(site.Banner{Source: "Hello, [all](/pages/about).", Kind: site.Calm, Audience: site.ToAll})
		tier := save(site.Banner{Source: "Hello, patrons.", Kind: site.Urgent, Audience: site.ToTier, TierID: &club.Patron.ID})
		shown := func(v access.Viewer, at time.Time, away ...id.ID) id.ID {
			if b := clubtest.Must(s.Club(ctx))(t).Banner(v, at, away); b != nil {
				return b.ID
			}
			return 0
		}
		cast := club.Cast()
		for name, want := range map[string]id.ID{"guest": calm.ID, "newcomer": calm.ID, "lapsed": calm.ID, "paying": tier.ID, "owner": tier.ID} {
			if got := shown(cast[name], now); got != want {
				t.Errorf("%s is shown %s, want %s", name, got, want)
			}
		}
		if shown(cast["paying"], now, tier.ID) != calm.ID || shown(cast["paying"], ends) != 0 || shown(cast["guest"], now.Add(-time.Minute)) != 0 {
			t.Error("what is put away, over or to come is shown")
		}
		clubtest.OK(t, s.Dismiss(ctx, cast["paying"], tier.ID))
		clubtest.OK(t, s.Dismiss(ctx, cast["paying"], tier.ID)) // twice is once
		clubtest.Missing(t, s.Dismiss(ctx, cast["newcomer"], tier.ID))
		_, err := s.SaveBanner(ctx, club.Access, club.Moderator, calm)
		clubtest.Refused(t, err, "Only the owners")
		clubtest.OK(t, s.EndBanner(ctx, club.Access, club.Owner, tier.ID))
		if shown(cast["owner"], now) != calm.ID {
			t.Error("what was taken down is shown")
		}
	})
}
