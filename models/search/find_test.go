package search_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/search"
	"guildhall/models/space"
)

// look asks as v, and returns the ids of all that is found, page by page.
func look(t *testing.T, club *clubtest.Club, v access.Viewer, text string) (ids []id.ID) {
	t.Helper()
	q := search.Parse(text, club.Clock.Now())
	for after := search.Cursor(""); ; {
		p, err := club.Search.Find(t.Context(), v, q, after)
		clubtest.OK(t, err)
		for _, h := range p.Hits {
			ids = append(ids, h.ID)
		}
		if after = p.Next; after == "" {
			return ids
		}
	}
}

// finds asks as v and compares what is found by name, in order; sorted where order has no say.
func finds(t *testing.T, club *clubtest.Club, v access.Viewer, names map[id.ID]string, text string, want ...string) {
	t.Helper()
	var got []string
	for _, key := range look(t, club, v, text) {
		got = append(got, names[key])
	}
	if !strings.Contains(text, "order:") {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q finds %v, not %v", text, got, want)
	}
}

func say(t *testing.T, club *clubtest.Club, v access.Viewer, sp space.Space, text string) chat.Message {
	t.Helper()
	room := clubtest.Must(club.Chat.Room(t.Context(), club.Again(v), sp.ID))(t)
	return clubtest.Must(club.Chat.Send(t.Context(), club.Again(v), room.ID, chat.Draft{Key: club.Key(), Text: text}))(t)
}

func start(t *testing.T, club *clubtest.Club, v access.Viewer, sp space.Space, title, text string) (forum.Topic, id.ID) {
	t.Helper()
	topic := clubtest.Must(club.Forum.Start(t.Context(), club.Again(v), sp.ID, forum.Draft{Key: club.Key(), Title: title, Text: text}))(t)
	return topic, first(t, club, topic.ID)
}

func first(t *testing.T, club *clubtest.Club, topic id.ID) (key id.ID) {
	t.Helper()
	clubtest.OK(t, club.Store.Read(t.Context()).Raw("select id from posts where topic_id = ? and number = 1", topic).Scan(&key).Error)
	return key
}

func TestOperators(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		dark := club.Space("Dark room", nil)
		names := map[id.ID]string{}
		add := func(name string, key id.ID) { names[key] = name }
		thin, thinPost := start(t, club, club.Newcomer, club.Open, "Thin negatives when pushing HP5", "The café developer, two baths.")
		add("thin", thinPost)
		answer := club.Reply(club.Regular, thin, "Stop bath is exhausted; push one stop less.")
		add("answer", answer.ID)
		clubtest.Must(club.Forum.Accept(t.Context(), club.Again(club.Newcomer), answer.ID))(t)
		club.Clock.Turn(48 * time.Hour)
		ladder, ladderPost := start(t, club, club.Regular, dark, "A ladder of frames", "From HP5 at 200 upwards. The bath has no stop here, grain ![scan](/files/scan.jpg)")
		add("ladder", ladderPost)
		clubtest.Must(club.Forum.Close(t.Context(), club.Again(club.Owner), ladder.ID, true))(t)
		club.Clock.Turn(time.Hour)
		add("said", say(t, club, club.Regular, dark, "Try HP5 at 800 first, ＨＰ５ plus").ID)
		clubtest.OK(t, club.Members.ChangeProfile(t.Context(), club.Again(club.Stranger), member.Profile{Handle: "stan", Name: "Stanisław Grain", Bio: "Prints HP5.", Zone: "UTC"}))
		add("stan", club.Stranger.ID)
		clubtest.Must(club.Forum.React(t.Context(), club.Again(club.Newcomer), ladderPost, "thanks", true))(t)

		for text, want := range map[string][]string{
			"hp5":                           {"thin", "ladder", "said", "stan"},
			"HP":                            {"thin", "ladder", "said", "stan"},
			"hp5 at":                        {"ladder", "said"},
			`"hp5 at"`:                      {"ladder", "said"},
			`"at hp5"`:                      {},
			"push":                          {"thin", "answer"},
			`"push"`:                        {"answer"},
			"cafe":                          {"thin"},
			"CAFÉ":                          {"thin"},
			"stanislaw":                     {"stan"},
			`"stop bath"`:                   {"answer"},
			"bath -stop":                    {"thin"},
			`bath -"stop bath"`:             {"thin", "ladder"},
			"hp5 in:topics":                 {"thin", "ladder"},
			"hp5 in:chat in:members":        {"said", "stan"},
			"hp5 in:title":                  {"thin"},
			"hp5 #dark-room":                {"ladder", "said"},
			"hp5 -#dark-room":               {"thin", "stan"},
			"hp5 #nowhere":                  {},
			"@rita in:posts":                {"answer"},
			"hp5 @rita":                     {"ladder", "said"},
			"hp5 -@rita -@stan":             {"thin"},
			"hp5 @me":                       {"thin"},
			"hp5 @nobody":                   {},
			"hp5 before:2026-03-05":         {"thin", "stan"},
			"hp5 after:today":               {"ladder", "said"},
			"status:solved":                 {"thin", "answer"},
			"hp5 status:unanswered":         {"ladder"},
			"hp5 status:closed":             {"ladder"},
			"hp5 status:open":               {"thin"},
			"has:image":                     {"ladder"},
			"hp5 in:topics order:latest":    {"ladder", "thin"},
			"hp5 in:topics order:oldest":    {"thin", "ladder"},
			"hp5 in:topics order:likes":     {"ladder", "thin"},
			"hp5 in:topics order:relevance": {"thin", "ladder"}, // the title counts for more than two days
			"-hp5 in:topics":                {},
			"nothing that stands anywhere":  {},
		} {
			finds(t, club, club.Again(club.Newcomer), names, text, want...)
		}
		finds(t, club, club.Again(club.Guest), names, "hp5", "thin", "ladder", "said", "stan")
	})
}

// TestAnythingIsAQuestion: what means something to a database means nothing here.
func TestAnythingIsAQuestion(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		start(t, club, club.Newcomer, club.Open, `O'Brien's "NEAR" miss`, "a*b ^c (d) e:f -g 100% \\ 'quoted' café ☕")
		v := club.Again(club.Newcomer)
		for _, text := range []string{
			`"`, `""`, `"a`, `a"`, `'`, `''`, `o'brien's`, `*`, `a*`, `*a`, `^a`, `a^`, `NEAR(a b)`, `NEAR/2`, `a NEAR b`, `a AND`, `OR`, `NOT a`, `a NOT`, `title:a`, `title : a`, `body:"x`, `-`, `--`, `-a`, `-"a`, `- a`,
			`(`, `)`, `((a)`, `{a}`, `[a]`, `a:b:c`, `:`, `::`, `a & b`, `a | b`, `!a`, `a <-> b`, `a:*`, `a:A`, `\`, `\'`, `%`, `_`, `?`, `@`, `#`, `$1`, `:name`, `;drop table posts`, `☕`, `👩‍👩‍👧`, "\x00", "a\x00b", "\xff\xfe",
			"in:", "#", "@", "before:", "after:9999999", "status:", "has:", "order:", "order:up", strings.Repeat("a", 10_000), strings.Repeat("ab ", 4_000), strings.Repeat(`"`, 10_000), strings.Repeat("-x ", 4_000), "ﷺ", "İ", "\u202e", "a\u0301", "½",
		} {
			for _, order := range []string{"", " order:latest", " order:oldest", " order:likes", " in:title"} {
				if _, err := club.Search.Find(t.Context(), v, search.Parse(text+order, club.Clock.Now()), ""); err != nil {
					t.Errorf("%.60q: %v", text+order, err)
				}
			}
		}
		for _, text := range []string{`o'brien's near`, `"brien s near"`, "☕", "caf", "a*b", "100%", "'quoted'"} {
			if got := look(t, club, v, text); len(got) != 1 {
				t.Errorf("%q finds %d", text, len(got))
			}
		}
		for _, c := range []search.Cursor{"x", "AAAA", search.Cursor(strings.Repeat("_", 34)), search.Cursor(strings.Repeat("A", 34)), search.Cursor("Av" + strings.Repeat("_", 32))} {
			for _, order := range []string{"", " order:latest", " order:likes"} {
				if _, err := club.Search.Find(t.Context(), v, search.Parse("near"+order, club.Clock.Now()), c); err != nil {
					t.Errorf("cursor %q: %v", c, err)
				}
			}
		}
	})
}

// TestWhatChangesIsFoundAsItIs: edits, titles, removals, returns, moves and hidings count at once.
func TestWhatChangesIsFoundAsItIs(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, hers := t.Context(), club.Space("Attic", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		topic, firstPost := start(t, club, club.Newcomer, club.Open, "Zebra crossing", "Quagga at the start.")
		reply := club.Reply(club.Newcomer, topic, "Okapi in reply.")
		said := say(t, club, club.Newcomer, club.Open, "Gnu in chat.")
		names := map[id.ID]string{firstPost: "topic", reply.ID: "reply", said.ID: "said", club.Newcomer.ID: "newt"}
		is := func(text string, want ...string) {
			t.Helper()
			finds(t, club, club.Again(club.Regular), names, text, want...)
		}
		newt, owner := club.Again(club.Newcomer), club.Again(club.Owner)
		is("zebra", "topic")
		is("quagga", "topic")
		is("okapi", "reply")
		is("gnu", "said")

		clubtest.Must(club.Forum.Retitle(ctx, newt, topic.ID, "Heron crossing"))(t)
		is("zebra")
		is("heron quagga", "topic")
		clubtest.Must(club.Forum.Edit(ctx, newt, firstPost, "Ibis at the start."))(t)
		is("quagga")
		is("heron ibis", "topic")
		clubtest.Must(club.Forum.Edit(ctx, newt, reply.ID, "Tapir in reply."))(t)
		is("okapi")
		is("tapir", "reply")
		clubtest.Must(club.Chat.Edit(ctx, newt, said.ID, "Eland in chat."))(t)
		is("gnu")
		is("eland", "said")

		clubtest.Must(club.Forum.Remove(ctx, newt, reply.ID))(t)
		is("tapir")
		clubtest.Must(club.Forum.Edit(ctx, owner, reply.ID, "Tapir by a moderator."))(t)
		is("tapir")
		clubtest.Must(club.Forum.Restore(ctx, owner, reply.ID))(t)
		is("tapir moderator", "reply")
		clubtest.Must(club.Chat.Remove(ctx, newt, said.ID, ""))(t)
		is("eland")

		clubtest.Must(club.Forum.Hide(ctx, owner, topic.ID, true))(t)
		is("heron")
		is("tapir")
		finds(t, club, club.Again(club.Moderator), names, "heron", "topic")
		clubtest.Must(club.Forum.Hide(ctx, club.Again(owner), topic.ID, false))(t)
		is("heron", "topic")
		clubtest.Must(club.Forum.Move(ctx, club.Again(owner), topic.ID, hers.ID))(t)
		is("heron")
		is("tapir")
		finds(t, club, club.Again(club.Owner), names, "heron #attic", "topic")

		clubtest.OK(t, club.Members.ChangeProfile(ctx, club.Again(newt), member.Profile{Handle: "newt", Name: "Salamander", Bio: "Likes ponds.", Zone: "UTC"}))
		is("salamander ponds", "newt")
		clubtest.OK(t, club.Safety.Remove(ctx, club.Again(owner), club.Newcomer.ID, removal))
		is("salamander")
		agrees(t, club)
	})
}

// agrees holds the cards to what stands: one for each thing that is there, with the words that it has.
func agrees(t *testing.T, club *clubtest.Club) {
	t.Helper()
	var lacking, extra int64
	clubtest.OK(t, club.Store.Read(t.Context()).Raw(`select count(*) from (select id from posts where removed_at is null union all select id from messages where removed_at is null
		union all select id from members where left_at is null) as there where id not in (select id from search_rows) or id not in (select rowid from search_words)`).Scan(&lacking).Error)
	clubtest.OK(t, club.Store.Read(t.Context()).Raw(`select count(*) from (select id from search_rows union all select rowid from search_words union all select rowid from search_titles) as cards where id not in
		(select id from posts where removed_at is null union all select id from messages where removed_at is null union all select id from members where left_at is null)`).Scan(&extra).Error)
	if lacking != 0 || extra != 0 {
		t.Errorf("%d things have no card, %d cards are of nothing", lacking, extra)
	}
}

// TestPagesHaveNoGap: every order goes through all that is there, once, and ends.
func TestPagesHaveNoGap(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic, _ := start(t, club, club.Newcomer, club.Open, "Counting sheep", "None yet.")
		want := map[id.ID]bool{}
		for i := range 57 {
			if i%5 == 0 {
				club.Clock.Turn(time.Hour) // several at the same instant
			}
			p := club.Reply(club.Newcomer, topic, fmt.Sprintf("sheep %d %s", i, strings.Repeat("bleat ", i%7)))
			want[p.ID] = true
		}
		for _, order := range []string{"", "latest", "oldest", "likes"} {
			got := look(t, club, club.Again(club.Regular), "sheep in:replies order:"+order)
			if order == "" {
				got = look(t, club, club.Again(club.Regular), "sheep in:replies")
			}
			seen := map[id.ID]bool{}
			for _, key := range got {
				if seen[key] || !want[key] {
					t.Errorf("%s: %s comes twice, or out of nowhere", order, key)
				}
				seen[key] = true
			}
			if len(seen) != len(want) {
				t.Errorf("%q goes through %d of %d", order, len(seen), len(want))
			}
		}
	})
}

// TestAnAnswerEnds: nobody goes through the whole club by asking for a common word.
func TestAnAnswerEnds(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic, _ := start(t, club, club.Newcomer, club.Open, "Counting sheep", "None yet.")
		p := club.Reply(club.Newcomer, topic, "A sheep.")
		for i := range search.PageSize*search.MaxPages + 30 {
			copied(t, club, p.ID, i)
		}
		if got := look(t, club, club.Again(club.Regular), "sheep in:replies order:latest"); len(got) != search.PageSize*search.MaxPages {
			t.Errorf("%d are found", len(got))
		}
		page, err := club.Search.Find(t.Context(), club.Again(club.Regular), search.Parse("sheep", club.Clock.Now()), "")
		clubtest.OK(t, err)
		if n := page.Facets.Kinds["post"]; n <= search.MostCounted {
			t.Errorf("%d are counted", n)
		}
	})
}

func TestSnippetsShowWhereTheWordsStand(t *testing.T) {
	text := strings.Repeat("before it ", 60) + "the Stöp bath is exhausted " + strings.Repeat("after it ", 60)
	q := search.Parse("stop bath", time.Now())
	var drawn, marks strings.Builder
	for _, p := range search.Snippet(text, q.Terms, 120) {
		drawn.WriteString(p.Text)
		if p.Mark {
			marks.WriteString("[" + p.Text + "]")
		}
	}
	if marks.String() != "[Stöp][bath]" || !strings.HasPrefix(drawn.String(), "…") || !strings.HasSuffix(drawn.String(), "…") || len(drawn.String()) > 140 {
		t.Errorf("%q, marked %s", drawn.String(), marks.String())
	}
}

func TestFacetsCountWhatOthersWouldFind(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		dark := club.Space("Dark room", nil)
		hers := club.Space("Attic", map[access.Verb]access.Lock{access.Read: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		topic, _ := start(t, club, club.Newcomer, club.Open, "Lamp oil", "Lamp.")
		club.Reply(club.Regular, topic, "A lamp.")
		start(t, club, club.Newcomer, dark, "Lamp black", "Lamp.")
		start(t, club, club.Owner, hers, "Lamp secret", "Lamp.")
		say(t, club, club.Newcomer, dark, "lamp")
		facets := func(v access.Viewer, text string) string {
			p, err := club.Search.Find(t.Context(), club.Again(v), search.Parse(text, club.Clock.Now()), "")
			clubtest.OK(t, err)
			var all []string
			for _, kind := range slices.Sorted(maps.Keys(p.Facets.Kinds)) {
				all = append(all, fmt.Sprint(kind, " ", p.Facets.Kinds[kind]))
			}
			for _, s := range p.Facets.Spaces {
				all = append(all, fmt.Sprint(s.Slug, " ", s.N))
			}
			return strings.Join(all, ", ") + fmt.Sprint(" of ", p.Facets.All)
		}
		for text, want := range map[string]string{
			"lamp":                       "message 1, post 1, topic 2, dark-room 2, questions 2 of 4",
			"lamp in:topics":             "message 1, post 1, topic 2, dark-room 1, questions 1 of 2",
			"lamp #dark-room":            "message 1, topic 1, dark-room 2, questions 2 of 2",
			"lamp #dark-room in:replies": "message 1, topic 1, questions 1 of 0",
		} {
			got := facets(club.Regular, text)
			if slices.Sort(strings.Split(got, ", ")); !sameParts(got, want) {
				t.Errorf("%q: %s, not %s", text, got, want)
			}
		}
		if got := facets(club.Owner, "lamp"); !strings.Contains(got, "attic 1") || !strings.Contains(got, "topic 3") {
			t.Errorf("the owner counts %s", got)
		}
	})
}
