package forum_test

import (
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// begins starts a topic with tags, by the owner.
func begins(t *testing.T, club *clubtest.Club, sp space.Space, title string, tags ...string) forum.Topic {
	t.Helper()
	d := forum.Draft{Key: club.Key(), Title: title, Text: "About it.", Tags: tags}
	return clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Owner), sp.ID, d))(t)
}

func namesOf(tags []forum.Counted) (names []string) {
	for _, tag := range tags {
		names = append(names, tag.Name)
	}
	return names
}

func TestNamesOfTags(t *testing.T) {
	for typed, want := range map[string]string{
		"Film": "film", " #Dark Room ": "dark-room", "e\u0301tude": "étude", "ÉTUDE": "étude", "a__b": "a-b", "-x-": "x", "35.mm": "35.mm", "ひらがな": "ひらがな",
	} {
		if got, ok := forum.TagName(typed); !ok || got != want {
			t.Errorf("%q is %q, %v; want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "  ", "#", "a/b", "a?b", "<b>", "a%b", "a,b", strings.Repeat("x", forum.MaxTag+1), "\x00", "a\u202eb"} {
		if got, ok := forum.TagName(typed); ok {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
	names, err := forum.TagNames("film, Paper film;  print")
	if err != nil || !slices.Equal(names, []string{"film", "paper", "print"}) {
		t.Errorf("read as %q, %v", names, err)
	}
	_, err = forum.TagNames("a b c d e f")
	clubtest.Refused(t, err, "at most 5")
}

// TestATagIsThereForThoseWhoReadOneOfItsTopics is the law of tags: in the list, on its page, in its
// count, in completion and in search, for the whole cast.
func TestATagIsThereForThoseWhoReadOneOfItsTopics(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		cellar := club.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topics := []forum.Topic{
			begins(t, club, club.Open, "In the open", "shared", "plain"), begins(t, club, lounge, "In the lounge", "shared", "velvet"),
			begins(t, club, cellar, "In the cellar", "shared", "vintage"), begins(t, club, club.Open, "Out of sight", "hushed"),
		}
		clubtest.Must(club.Forum.Hide(ctx, club.Again(club.Owner), topics[3].ID, true))(t)
		seen := map[int64]bool{}
		for name, v := range club.Cast() {
			want := map[string]int64{}
			for _, topic := range topics {
				listed, err := club.Forum.Topic(ctx, v, topic.ID)
				if err == nil {
					for _, tag := range listed.Tags() {
						want[tag]++
					}
				}
			}
			seen[int64(len(want))] = true
			got := map[string]int64{}
			for _, tag := range clubtest.Must(club.Forum.Tags(ctx, v))(t) {
				got[tag.Name] = tag.Topics
			}
			for _, tag := range []string{"shared", "plain", "velvet", "vintage", "hushed"} {
				if got[tag] != want[tag] {
					t.Errorf("%s: %q is counted %d, and they read %d", name, tag, got[tag], want[tag])
				}
				found, err := club.Forum.Tag(ctx, v, tag)
				if (err == nil) != (want[tag] > 0) {
					t.Errorf("%s: the page of %q answers %v, and they read %d", name, tag, err, want[tag])
				}
				if err == nil {
					list, _, err := club.Forum.List(ctx, v, forum.Of{Tag: found.ID}, "")
					if err != nil || int64(len(list)) != want[tag] {
						t.Errorf("%s: %q lists %d of %d: %v", name, tag, len(list), want[tag], err)
					}
				}
				offered := clubtest.Must(club.Forum.CompleteTags(ctx, v, 0, tag[:3], 9))(t)
				if slices.Contains(offered, tag) != (want[tag] > 0) {
					t.Errorf("%s: %q is offered: %v", name, tag, offered)
				}
			}
		}
		if len(seen) < 3 {
			t.Errorf("the cast does not differ: %v", seen)
		}
	})
}

func TestWhoMakesTags(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		begins(t, club, club.Open, "The first", "film")
		start := func(v access.Viewer, tags ...string) error {
			_, err := club.Forum.Start(ctx, club.Again(v), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Another one", Text: "Of it.", Tags: tags})
			return err
		}
		clubtest.OK(t, start(club.Newcomer, "film", "paper"))
		for _, m := range []forum.TagMakers{{Makers: forum.ByModerators}, {Makers: forum.ByStatus, RefID: 3}, {Makers: forum.ByTier, RefID: club.Patron.ID}, {Makers: forum.ByOwners}} {
			clubtest.OK(t, club.Forum.SetTagMakers(ctx, club.Again(club.Owner), m))
			clubtest.Refused(t, start(club.Newcomer, "new-"+m.Makers), "not open to you")
			clubtest.OK(t, start(club.Newcomer, "film"))
			clubtest.OK(t, start(club.Owner, "by-owner-"+m.Makers))
			if err := start(club.Moderator, "by-keeper-"+m.Makers); (err == nil) != (m.Makers != forum.ByOwners) {
				t.Errorf("%s: a moderator is answered %v", m.Makers, err)
			}
		}
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, club.Again(club.Owner), forum.TagMakers{Makers: forum.ByTier, RefID: club.Patron.ID}))
		clubtest.OK(t, start(club.Paying, "patronage"))
		clubtest.Refused(t, club.Forum.SetTagMakers(ctx, club.Again(club.Moderator), forum.TagMakers{Makers: forum.ByStarters}), "owners")
	})
}

// TestAHiddenTagIsRefusedLikeOneThatIsNot: whoever may not make tags learns nothing by trying.
func TestAHiddenTagIsRefusedLikeOneThatIsNot(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		cellar := club.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		begins(t, club, cellar, "In the cellar", "vintage")
		tag := clubtest.Must(club.Forum.Tag(ctx, club.Again(club.Owner), "vintage"))(t)
		clubtest.Must(club.Forum.RenameTag(ctx, club.Again(club.Owner), tag.ID, "vintages"))(t)
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, club.Again(club.Owner), forum.TagMakers{Makers: forum.ByOwners}))
		topic := clubtest.Must(club.Forum.Start(ctx, club.Again(club.Newcomer), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Mine", Text: "Of it."}))
		mine := topic(t)
		var said []string
		for _, name := range []string{"vintage", "vintages", "nowhere"} {
			_, err := club.Forum.Retag(ctx, club.Again(club.Newcomer), mine.ID, []string{name})
			clubtest.Refused(t, err, "There is no tag")
			said = append(said, strings.ReplaceAll(err.Error(), name, "…"))
		}
		if said[0] != said[2] || said[1] != said[2] {
			t.Errorf("the answers differ: %q", said)
		}
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, club.Again(club.Owner), forum.TagMakers{Makers: forum.ByStarters}))
		clubtest.Must(club.Forum.Retag(ctx, club.Again(club.Newcomer), mine.ID, []string{"vintage"}))(t)
		got := clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Newcomer), mine.ID))(t)
		if !slices.Equal(got.Tags(), []string{"vintage"}) {
			t.Errorf("the tag has become %q", got.Tags())
		}
	})
}

func TestWhatASpaceAsksOfTags(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		clubtest.OK(t, club.Forum.SetTagRule(ctx, club.Again(club.Owner), club.Open.ID, 2, []string{"film", "paper", "print"}))
		start := func(tags ...string) error {
			_, err := club.Forum.Start(ctx, club.Again(club.Newcomer), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Another one", Text: "Of it.", Tags: tags})
			return err
		}
		clubtest.Refused(t, start("film"), "at least 2")
		clubtest.Refused(t, start("film", "glass"), "not among")
		clubtest.OK(t, start("film", "print"))
		if offered := clubtest.Must(club.Forum.CompleteTags(ctx, club.Again(club.Newcomer), club.Open.ID, "p", 9))(t); !slices.Equal(offered, []string{"paper", "print"}) {
			t.Errorf("offered are %q", offered)
		}
		clubtest.Refused(t, club.Forum.SetTagRule(ctx, club.Again(club.Owner), club.Open.ID, 6, nil), "at most 5")
	})
}

func TestATagIsRenamedMergedAndDeleted(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, owner := t.Context(), club.Again(club.Owner)
		one, two := begins(t, club, club.Open, "One of them", "film", "movies"), begins(t, club, club.Open, "Another one", "movies")
		tagOf := func(name string) id.ID { return clubtest.Must(club.Forum.Tag(ctx, owner, name))(t).ID }
		clubtest.Must(club.Forum.RenameTag(ctx, owner, tagOf("movies"), "Motion Pictures"))(t)
		if tag := clubtest.Must(club.Forum.Tag(ctx, owner, "movies"))(t); tag.Name != "motion-pictures" {
			t.Errorf("the old name leads to %q", tag.Name)
		}
		_, err := club.Forum.RenameTag(ctx, owner, tagOf("motion-pictures"), "film")
		clubtest.Refused(t, err, "Merge the two")
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(club.Regular), forum.FollowTag, tagOf("motion-pictures"), forum.Watching))
		clubtest.OK(t, club.Forum.MergeTag(ctx, owner, tagOf("motion-pictures"), "film"))
		for _, name := range []string{"movies", "motion-pictures"} {
			if tag := clubtest.Must(club.Forum.Tag(ctx, owner, name))(t); tag.Name != "film" {
				t.Errorf("%q leads to %q", name, tag.Name)
			}
		}
		for _, topic := range []forum.Topic{one, two} {
			if got := clubtest.Must(club.Forum.Topic(ctx, owner, topic.ID))(t).Tags(); !slices.Equal(got, []string{"film"}) {
				t.Errorf("its tags are %q", got)
			}
		}
		if level := clubtest.Must(club.Forum.Level(ctx, club.Regular, forum.FollowTag, tagOf("film")))(t); level != forum.Watching {
			t.Errorf("who watched the one watches the other at %d", level)
		}
		clubtest.Refused(t, club.Forum.MergeTag(ctx, owner, tagOf("film"), "film"), "no other tag")
		clubtest.Refused(t, club.Forum.DeleteTag(ctx, club.Again(club.Moderator), tagOf("film")), "owners")
		clubtest.OK(t, club.Forum.DeleteTag(ctx, owner, tagOf("film")))
		if left := namesOf(clubtest.Must(club.Forum.Tags(ctx, owner))(t)); len(left) != 0 {
			t.Errorf("left are %q", left)
		}
		var logged []string
		clubtest.OK(t, club.Store.Read(ctx).Raw("select what from audits where what like 'tag.%' order by at, id").Scan(&logged).Error)
		if !slices.Equal(slices.Sorted(slices.Values(logged)), []string{"tag.deleted", "tag.merged", "tag.renamed"}) {
			t.Errorf("logged is %q", logged)
		}
	})
}
