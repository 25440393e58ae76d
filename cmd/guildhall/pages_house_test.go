package main

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"strconv"
	"testing"

	"guildhall/handlers"
	"guildhall/models"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/models/safety"
	"guildhall/models/site"
	"guildhall/models/space"
	"time"
)

// house is the demo club with what its year did not bring, and beside it one that nobody founded.
type house struct {
	*stage
	found
	unfounded *stage
	viewers   map[string]access.Viewer
}

// openHouse puts both clubs on the web, before one browser.
func openHouse(t *testing.T, browser context.Context) *house {
	t.Helper()
	club, empty := openClub(t, "demo.db"), openClub(t, "empty.db")
	clubtest.OK(t, club.Founding.Demo(t.Context(), func(int, int) {}))
	f := furnishing{t, club, 0}
	h := &house{viewers: map[string]access.Viewer{}, found: f.all()}
	for _, who := range []string{theMember, theNewcomer, theOwner, theCheered} {
		h.viewers[who] = f.viewer(who)
	}
	h.founding = clubtest.Must(empty.Founding.Link(t.Context()))(t)
	h.stage, h.unfounded = onTheWeb(t, club), onTheWeb(t, empty)
	h.stage.browser, h.unfounded.browser = browser, browser
	return h
}

func openClub(t *testing.T, file string) *models.Club {
	t.Helper()
	club := clubtest.Must(models.Open(t.Context(), filepath.Join(t.TempDir(), file)))(t)
	t.Cleanup(func() { clubtest.OK(t, club.Close()) })
	return club
}

// onTheWeb serves a club with every way in that it can have without a network.
func onTheWeb(t *testing.T, club *models.Club) *stage {
	t.Helper()
	listener := clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t)
	s := &stage{Club: &clubtest.Club{Club: club}, t: t, url: "http://localhost:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)}
	key := handlers.Key{ID: "club", Secret: "secret"}
	site := clubtest.Must(handlers.New(club, handlers.Config{
		BaseURL: s.url, Dev: true, RateFactor: 1000, Log: slog.New(slog.DiscardHandler),
		Keys: handlers.Keys{Google: key, GitHub: key, Discord: key, Facebook: key, Microsoft: key},
	}))(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- site.ServeOn(ctx, listener, nil) }()
	t.Cleanup(func() { stop(); clubtest.OK(t, <-ended) })
	return s
}

// furnishing brings into the demo club what strains a page: long names, long words, empty rooms.
type furnishing struct {
	t    *testing.T
	club *models.Club
	keys int
}

func (f *furnishing) all() (in found) {
	f.t.Helper()
	ctx := f.t.Context()
	f.name()
	f.emptyRoom()
	f.topics(&in)
	f.message(&in)
	f.confide(&in)
	f.trouble(&in)
	in.link, in.arrival = f.mailed("hana.new@example.org"), f.mailed("somebody.with.a.long.address@a-mailbox.example.org")
	_, code, err := f.club.Joining.Invite(ctx, f.viewer(theMember), 3, 14)
	clubtest.OK(f.t, err)
	in.invitation, in.keys = code, clubtest.Must(f.club.Founding.Link(ctx))(f.t)
	f.tokens()
	f.pages(&in)
	f.letters(&in)
	clubtest.OK(f.t, f.club.Bell.EndLinks(ctx, f.viewer(theMember)))
	in.farewell = clubtest.Must(f.club.Bell.Token(ctx, notify.Farewell{Member: f.viewer(theMember).ID, What: notify.Replied}))(f.t)
	in.tier = clubtest.Must(f.club.Access.Tiers(ctx))(f.t)[0].ID.String()
	in.group = clubtest.Must(f.club.Access.Groups(ctx, f.viewer(theOwner)))(f.t)[0].ID.String()
	return in
}

// pages are a draft that was never adapted, and the ids of what the year brought.
func (f *furnishing) pages(in *found) {
	f.t.Helper()
	ctx, owner := f.t.Context(), f.viewer(theOwner)
	_, err := f.club.Site.SavePage(ctx, f.club.Access, owner, site.PageDraft{Slug: "committee-notes", Title: "What we have not decided yet", Text: everything, Audience: site.ForMembers})
	clubtest.OK(f.t, err)
	in.page = clubtest.Must(f.club.Site.Page(ctx, owner, site.RulesPage))(f.t).ID.String()
	later := forum.Draft{Key: f.key(), Title: "For the morning", Text: "Who brings the tea?"}
	in.waiting = clubtest.Must(f.club.Forum.Schedule(ctx, f.viewer(theMember), f.space("questions"), later, f.club.Now(ctx).Add(12*time.Hour)))(f.t).ID.String()
	in.banner = clubtest.Must(f.club.Site.AllBanners(ctx, owner))(f.t)[0].ID.String()
}

// tokens are one that reads everything and has a long name, one for a space, and one that was revoked.
func (f *furnishing) tokens() {
	f.t.Helper()
	ctx, v := f.t.Context(), f.viewer(theMember)
	for i, d := range []member.TokenDraft{
		{Name: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau", Scopes: member.Scopes, Days: 366},
		{Name: "Reader on the telephone", Scopes: []member.Scope{member.ReadPosts}, Space: f.space("questions"), Days: 30},
		{Name: "Old laptop", Scopes: []member.Scope{member.ReadChat, member.ReadMe}, Days: 7},
	} {
		made, _, err := f.club.Members.IssueToken(ctx, v, d)
		clubtest.OK(f.t, err)
		if i == 2 {
			clubtest.OK(f.t, f.club.Members.RevokeToken(ctx, v, made.ID))
		}
	}
}

func (f *furnishing) viewer(handle string) access.Viewer {
	f.t.Helper()
	m := clubtest.Must(f.club.Members.ByHandle(f.t.Context(), handle))(f.t)
	return clubtest.Must(f.club.Members.Viewer(f.t.Context(), m.ID))(f.t)
}

func (f *furnishing) key() string {
	f.keys++
	return "furnishing-" + strconv.Itoa(f.keys)
}

// name gives somebody the longest name there is.
func (f *furnishing) name() {
	f.t.Helper()
	clubtest.OK(f.t, f.club.Members.ChangeProfile(f.t.Context(), f.viewer("billie"), member.Profile{
		Handle: "billie", Name: "Bartholomew Featherstonehaugh-Cholmondeley-Marjoribanks", Zone: "Europe/London",
		Bio: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, and the photographs of it: harbours, cranes, boats and the men who mended them, on plates and on whatever came after.",
	}))
}

// emptyRoom is a space in which nothing was said yet.
func (f *furnishing) emptyRoom() {
	f.t.Helper()
	ctx := f.t.Context()
	sections := clubtest.Must(f.club.Spaces.Sections(ctx))(f.t)
	clubtest.Must(f.club.Spaces.Add(ctx, f.viewer(theOwner), space.Space{
		SectionID: sections[0].ID, Slug: "reading-room", Name: "Reading room", Icon: "i-book", Kind: space.Talk, Chat: true, Scores: true, About: "Books with pictures in them.",
	}))(f.t)
}

// everything is a post with all that a post may have in it.
const everything = `# What I tried

A paragraph with **strong words**, *leaning ones*, ~~wrong ones~~, ` + "`inline code`" + `, @tomasz and [a link](https://example.org/a/path).

> Somebody said this before me, and said it better.
>
> > And somebody else before them.

1. First the long one: https://example.org/an/address/that/goes/on/and/on/and/never/seems/to/find/its/end/even/on/a/wide/page
2. Then the short one
   - with a point of its own
   - and another

` + "```" + `
HP5+ @ 1600   DD-X 1+4   20 °C   13:00   one-shot, and then a remark that is far too long for the width of any page that has a margin
HP5+ @ 1600   DD-X 1+4   20 °C   15:00   second roll
` + "```" + `

| Film | Developer | Minutes | Temperature | What came of it |
| --- | --- | ---: | --- | --- |
| HP5 Plus | DD-X 1+4 | 13 | 20 °C | thin shadows |
| Tri-X | Rodinal 1+50 | 14 | 20 °C | Grainverygrainindeedgrainverygrainindeed |

---

` + "```go\n// Push by n stops.\nfunc Push(n int) string { return \"two\" }\n```\n" + `
It ends ||with *a lamp* that is off||, on [date=2026-12-24 18:00 Europe/Berlin]. :heart:

:::spoiler How it ends, and a summary that is longer than a hand is wide, so that it has to go on in another line
Badly.
:::

:::poll Which of the evenings would suit you and Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau best?
- Tuesday
- Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, of all days
several answers
results always
names shown
:::

:::poll Only one
- Yes
- No
:::

https://www.youtube.com/watch?v=dQw4w9WgXcQ

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft`

// topics are one with everything in it, one that is hidden and closed, and a question that has its answer.
func (f *furnishing) topics(in *found) {
	f.t.Helper()
	ctx, questions := f.t.Context(), f.space("questions")
	t := clubtest.Must(f.club.Forum.Start(ctx, f.viewer(theMember), questions, forum.Draft{
		Key: f.key(), Text: everything,
		Title: "Which of the Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften lends out a densitometer at weekends?",
	}))(f.t)
	first := clubtest.Must(f.club.Forum.Posts(ctx, f.viewer(theMember), f.listed(t.ID), 1))(f.t).Posts[0]
	in.long, in.longSlug, in.post = t.ID.String(), t.Slug, first.ID.String()
	for _, who := range []string{theMember, "billie", theNewcomer} {
		clubtest.Must(f.club.Forum.Choose(ctx, f.viewer(who), first.ID, 1, []int{1, 2}))(f.t)
	}
	answer := clubtest.Must(f.club.Forum.Reply(ctx, f.viewer("billie"), t.ID, forum.Draft{Key: f.key(), Text: "> Somebody said this before me.\n\nMine does, on Saturdays."}))(f.t)
	in.theirs = answer.ID.String()
	changed := clubtest.Must(f.club.Forum.Reply(ctx, f.viewer("billie"), t.ID, forum.Draft{Key: f.key(), Text: "The library in Granton lends one.\n\nAsk for Morag."}))(f.t)
	clubtest.Must(f.club.Forum.EditBecause(ctx, f.viewer("billie"), changed.ID, "The library in Leith lends two, and Rindfleischetikettierungsüberwachungsgeräte.\n\nAsk for Morag.", "They moved, and bought another"))(f.t)
	in.changed = changed.ID.String()
	f.drafts(t)
	gone := clubtest.Must(f.club.Forum.Reply(ctx, f.viewer(theNewcomer), t.ID, forum.Draft{Key: f.key(), Text: "Never mind."}))(f.t)
	clubtest.Must(f.club.Forum.Remove(ctx, f.viewer(theNewcomer), gone.ID))(f.t)
	clubtest.Must(f.club.Forum.React(ctx, f.viewer(theMember), answer.ID, "thanks", true))(f.t)
	clubtest.Must(f.club.Forum.Accept(ctx, f.viewer(theMember), answer.ID))(f.t)
	in.kept = clubtest.Must(f.club.Forum.Keep(ctx, f.viewer(theMember), answer.ID))(f.t).ID.String()
	hidden := clubtest.Must(f.club.Forum.Start(ctx, f.viewer(theNewcomer), f.space("critique"), forum.Draft{Key: f.key(), Title: "Cheap lenses, write to me", Text: "All new."}))(f.t)
	clubtest.Must(f.club.Forum.Hide(ctx, f.viewer(theOwner), hidden.ID, true))(f.t)
	clubtest.Must(f.club.Forum.Close(ctx, f.viewer(theOwner), hidden.ID, true))(f.t)
	in.hidden, in.hiddenSlug = hidden.ID.String(), hidden.Slug

	solved, _, err := f.club.Forum.Topics(ctx, f.viewer(theOwner), questions, forum.Solved, "")
	clubtest.OK(f.t, err)
	for _, t := range solved {
		if in.topic == "" && t.ID.String() != in.long {
			in.topic, in.slug = t.ID.String(), t.Slug
		}
	}
}

func (f *furnishing) listed(topic id.ID) forum.Listed {
	f.t.Helper()
	return clubtest.Must(f.club.Forum.Topic(f.t.Context(), f.viewer(theOwner), topic))(f.t)
}

func (f *furnishing) space(slug string) id.ID {
	f.t.Helper()
	return clubtest.Must(f.club.Spaces.BySlug(f.t.Context(), f.viewer(theOwner), slug))(f.t).ID
}

// message puts a long word, a link and some code into a room.
func (f *furnishing) message(in *found) {
	f.t.Helper()
	ctx := f.t.Context()
	room := clubtest.Must(f.club.Chat.Room(ctx, f.viewer(theMember), f.space("introductions")))(f.t)
	for _, text := range []string{"`13:00 at 20 °C` says https://example.org/an/address/that/goes/on/and/on/and/never/seems/to/find/its/end", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"} {
		m := clubtest.Must(f.club.Chat.Send(ctx, f.viewer(theMember), room.ID, chat.Draft{Key: f.key(), Text: text}))(f.t)
		in.message = m.ID.String()
	}
	said := clubtest.Must(id.Parse(in.message))(f.t)
	clubtest.Must(f.club.Chat.Edit(ctx, f.viewer(theMember), said, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, they say"))(f.t)
	clubtest.Must(f.club.Chat.Pin(ctx, f.viewer(theOwner), said, true))(f.t)
	for _, who := range []string{"billie", theNewcomer} {
		clubtest.Must(f.club.Chat.Send(ctx, f.viewer(who), room.ID, chat.Draft{Key: f.key(), Text: "Is there a shorter word for it?", Root: said}))(f.t)
	}
}

// confide opens a room of two, in which both say something.
func (f *furnishing) confide(in *found) {
	f.t.Helper()
	ctx, v, other := f.t.Context(), f.viewer(theMember), f.viewer("billie")
	room := clubtest.Must(f.club.Chat.OpenDirect(ctx, v, chat.DirectOf{Others: []id.ID{other.ID}}))(f.t)
	said := clubtest.Must(f.club.Chat.Send(ctx, v, room.ID, chat.Draft{Key: f.key(), Text: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, between us."}))(f.t)
	heard := clubtest.Must(f.club.Chat.Send(ctx, other, room.ID, chat.Draft{Key: f.key(), Text: "I have heard worse."}))(f.t)
	in.direct, in.confided, in.confessed = room.ID.String(), said.ID.String(), heard.ID.String()
}

// trouble is what waits for a decision, of every kind, what was decided before, and a block.
func (f *furnishing) trouble(in *found) {
	f.t.Helper()
	ctx, billie := f.t.Context(), f.viewer("billie")
	room := clubtest.Must(f.club.Chat.Room(ctx, billie, f.space("introductions")))(f.t)
	heard := clubtest.Must(f.club.Chat.Send(ctx, billie, room.ID, chat.Draft{Key: f.key(), Text: "Is anybody selling a densitometer?"}))(f.t)
	in.heard = heard.ID.String()
	theirs := clubtest.Must(id.Parse(in.theirs))(f.t)
	for _, c := range []safety.Complaint{
		{Kind: safety.OfPost, Subject: theirs, Reason: safety.Hostile},
		{Kind: safety.OfMessage, Subject: heard.ID, Reason: safety.Other, Words: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, he said."},
		{Kind: safety.OfMember, Subject: billie.ID, Reason: safety.Spam},
	} {
		for _, by := range []string{theNewcomer, theCheered} {
			clubtest.OK(f.t, f.club.Safety.Report(ctx, f.viewer(by), c))
		}
	}
	clubtest.OK(f.t, f.club.Safety.Warn(ctx, f.viewer(theOwner), billie.ID, "Selling stands in the market alone."))
	clubtest.OK(f.t, f.club.Bell.Block(ctx, f.viewer(theMember), f.viewer(theNewcomer).ID))
}

// mailed is the secret of a link that would be in a letter to that address.
func (f *furnishing) mailed(address string) string {
	f.t.Helper()
	ctx := f.t.Context()
	clubtest.OK(f.t, f.club.Members.SendLink(ctx, address, "/"))
	job, _, err := f.club.Queue.Take(ctx, []queue.Kind{member.MailLink})
	clubtest.OK(f.t, err)
	var work member.LinkJob
	clubtest.OK(f.t, job.Read(&work))
	_, secret, _, err := f.club.Members.WriteLink(ctx, work.Link)
	clubtest.OK(f.t, err)
	clubtest.OK(f.t, f.club.Queue.Finish(ctx, job))
	return secret
}

// drafts are a reply that two devices began, and a topic.
func (f *furnishing) drafts(t forum.Topic) {
	f.t.Helper()
	questions := f.space("questions")
	for _, at := range []draft.At{{Kind: draft.Reply, Target: t.ID, In: t.Place()}, {Kind: draft.Topic, Target: questions, In: access.Place{SpaceID: questions}}} {
		for _, text := range []string{"One could borrow mine, if it were not so far: https://example.org/an/address/that/goes/on/and/on/and/never/seems/to/find/its/end", "Mine is in the post."} {
			_, _, err := f.club.Drafts.Save(f.t.Context(), f.viewer(theMember), at, draft.Written{Title: "Who has a densitometer?", Text: text})
			clubtest.OK(f.t, err)
		}
	}
}
