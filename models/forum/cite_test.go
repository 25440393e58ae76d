package forum_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// toldOf tells for what reasons each member was told of a post.
func toldOf(t *testing.T, club *clubtest.Club, subject id.ID) map[id.ID]string {
	t.Helper()
	var rows []notify.Notification
	clubtest.OK(t, club.Store.Read(t.Context()).Where("subject_id = ?", subject).Order("kind").Find(&rows).Error)
	all := map[id.ID]string{}
	for _, r := range rows {
		all[r.MemberID] = strings.TrimSpace(all[r.MemberID] + " " + r.Kind)
	}
	return all
}

func at(sp string, t forum.Topic) string { return "/s/" + sp + "/t/" + t.ID.String() + "/" + t.Slug }

func quoteOf(sp string, t forum.Topic, p forum.Post) string {
	return prose.Quote("somebody", "Somebody", at(sp, t), p.Number, p.Source) + "As to that.\n\n"
}

// Whoever is answered with their own words is told so once, and for the nearest reason: in that topic and
// from others, if they may read the answer.
func TestWhoIsQuotedIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita, newt := t.Context(), club.Regular, club.Newcomer
		sp := club.Space("Darkroom", nil)
		topic, other := club.Topic(sp, "Fixer"), club.Topic(sp, "Paper")
		his, hers := club.Reply(newt, topic, "Use HP5."), club.Reply(rita, topic, "Or FP4.")
		say := func(v access.Viewer, where forum.Topic, text string, want map[id.ID]string) forum.Post {
			t.Helper()
			p := club.Reply(v, where, text)
			want[where.AuthorID] = strings.TrimSpace(want[where.AuthorID] + " replied")
			if v.ID == where.AuthorID {
				delete(want, v.ID)
			}
			if got := toldOf(t, club, p.ID); !maps.Equal(got, want) {
				t.Errorf("%q told %v, and not %v", text, got, want)
			}
			return p
		}
		twice := say(rita, topic, quoteOf(sp.Slug, topic, his)+quoteOf(sp.Slug, topic, his), map[id.ID]string{newt.ID: "quoted"})
		say(rita, other, quoteOf(sp.Slug, topic, his), map[id.ID]string{newt.ID: "quoted"})
		say(rita, topic, quoteOf(sp.Slug, topic, hers), map[id.ID]string{})
		say(rita, topic, quoteOf(sp.Slug, topic, his)+"What say you, @newt?", map[id.ID]string{newt.ID: "mentioned"})
		say(rita, topic, "As [here]("+at(sp.Slug, topic)+"?post=2#p2) and [there]("+at(sp.Slug, other)+"#p9).", map[id.ID]string{newt.ID: "linked"})
		first := clubtest.Must(club.Forum.Posts(ctx, club.Again(rita), clubtest.Must(club.Forum.Topic(ctx, club.Again(rita), topic.ID))(t), 1))(t).Posts[0]
		p := club.Reply(rita, topic, quoteOf(sp.Slug, topic, first))
		if got := toldOf(t, club, p.ID); !maps.Equal(got, map[id.ID]string{topic.AuthorID: "quoted"}) {
			t.Errorf("the topic's author was told %v", got)
		}
		edited := clubtest.Must(club.Forum.Edit(ctx, club.Again(club.Owner), twice.ID, twice.Source+quoteOf(sp.Slug, topic, hers)))(t)
		if got := toldOf(t, club, edited.ID)[newt.ID]; got != "quoted" {
			t.Errorf("an edit told again: %q", got)
		}
		late := clubtest.Must(club.Forum.Edit(ctx, club.Again(newt), his.ID, his.Source+"\n\n"+quoteOf(sp.Slug, topic, hers)))(t)
		if got := toldOf(t, club, late.ID)[rita.ID]; got != "quoted" {
			t.Errorf("a quote that an edit brought told %q", got)
		}
		begun := clubtest.Must(club.Forum.Start(ctx, club.Again(rita), sp.ID, forum.Draft{Key: club.Key(), Title: "Film", Text: quoteOf(sp.Slug, topic, his)}))(t)
		opening := clubtest.Must(club.Forum.First(ctx, begun.ID))(t)
		if got := toldOf(t, club, opening)[newt.ID]; got != "quoted" {
			t.Errorf("a topic that begins with a quote told %q", got)
		}
	})
}

// An address is one of the club's by where it leads: another site may have the like of it.
func TestAnotherSitesAddressNamesNobody(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		club.Forum.StandsAt("https://club.example:8443")
		sp := club.Space("Darkroom", nil)
		topic := club.Topic(sp, "Fixer")
		his, own := club.Reply(club.Newcomer, topic, "Use HP5."), club.Topic(club.Open, "Paper")
		for site, want := range map[string]string{"": "linked", "https://club.example:8443": "linked", "https://Club.Example:8443": "linked", "https://elsewhere.example": "", "https://club.example": "", "http://club.example:8443": ""} {
			p := club.Reply(club.Owner, own, fmt.Sprintf("[x](%s%s#p%d)", site, at(sp.Slug, topic), his.Number))
			if got := toldOf(t, club, p.ID)[club.Newcomer.ID]; got != want {
				t.Errorf("an address at %q told %q", site, got)
			}
		}
	})
}

// Who may not read where the answer stands is not told, nor who wants to hear nothing of its author; and a
// post that its writer cannot read calls nobody.
func TestWhoIsQuotedIsNotToldBehindADoor(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita, newt, paul := t.Context(), club.Regular, club.Newcomer, club.Paying
		open, shut := club.Space("Darkroom", nil), club.Space("Vault", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic, inside := club.Topic(open, "Fixer"), club.Topic(shut, "Gold")
		his, theirs := club.Reply(newt, topic, "Use HP5."), club.Reply(paul, topic, "Or FP4.")
		p := club.Reply(club.Owner, inside, quoteOf(open.Slug, topic, his)+quoteOf(open.Slug, topic, theirs))
		if got := toldOf(t, club, p.ID); got[newt.ID] != "" || got[paul.ID] != "quoted" {
			t.Errorf("told were %v, newt is %v", got, newt.ID)
		}
		secret := club.Reply(paul, inside, "Bars.")
		if got := toldOf(t, club, club.Reply(rita, topic, quoteOf(shut.Slug, inside, secret)).ID); got[paul.ID] != "" {
			t.Errorf("a post that its writer cannot read told %v", got)
		}
		clubtest.OK(t, club.Bell.Ignore(ctx, club.Again(newt), rita.ID, nil))
		clubtest.OK(t, club.Bell.Block(ctx, club.Again(paul), rita.ID))
		if got := toldOf(t, club, club.Reply(rita, topic, quoteOf(open.Slug, topic, his)+quoteOf(open.Slug, topic, theirs)).ID); got[newt.ID]+got[paul.ID] != "" {
			t.Errorf("who ignores or blocks its author was told: %v", got)
		}
	})
}

// Of what is muted one is told by name alone, whether the topic was muted, a tag of it or its space.
func TestWhatIsMutedTellsByNameAlone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita, newt := t.Context(), club.Regular, club.Newcomer
		sp := club.Space("Darkroom", nil)
		var topics []forum.Topic
		for _, title := range []string{"Heard", "Muted", "Within"} {
			topics = append(topics, clubtest.Must(club.Forum.Start(ctx, club.Again(newt), sp.ID, forum.Draft{Key: club.Key(), Title: title, Text: "How?"}))(t))
		}
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(newt), forum.FollowTopic, topics[0].ID, forum.Normal))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(newt), forum.FollowTopic, topics[1].ID, forum.Muted))
		clubtest.OK(t, club.Store.Write(ctx, func(tx *store.Tx) error {
			return tx.Exec("delete from watches where subject_id = ?", topics[2].ID).Error
		}))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(newt), forum.FollowSpace, sp.ID, forum.Muted))
		for i, topic := range topics {
			his := club.Reply(newt, topic, "Perhaps so.")
			heard := []string{
				toldOf(t, club, club.Reply(rita, topic, "Like this.").ID)[newt.ID],
				toldOf(t, club, club.Reply(rita, topic, quoteOf(sp.Slug, topic, his)).ID)[newt.ID],
				toldOf(t, club, club.Reply(rita, topic, "And you, @newt?").ID)[newt.ID],
			}
			clubtest.Must(club.Forum.React(ctx, club.Again(rita), his.ID, "thanks", true))(t)
			heard = append(heard, toldOf(t, club, his.ID)[newt.ID])
			want := []string{"", "", "mentioned", ""}
			if i == 0 {
				want = []string{"replied", "quoted", "mentioned", "reacted"}
			}
			if !slices.Equal(heard, want) {
				t.Errorf("of %q one is told %q", topic.Title, heard)
			}
		}
	})
}
