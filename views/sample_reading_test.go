package views

import (
	"github.com/a-h/templ"

	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/home"
)

// listPages are the lists in which one finds what to read, and what one keeps.
func listPages() map[string]templ.Component {
	w := northlight().Vocabulary()
	told := homePage()
	told.Announced = rows()[:2]
	none := LatestPage{Listing{Root: LatestAddress, Filter: forum.Unread, Questions: true}}
	return map[string]templ.Component{
		"home-announced": Layout(shell().With(told.Head()), Home(told)),
		"latest":         Layout(shell().With(latestPage().Head(w)), Latest(latestPage())),
		"latest-top":     Layout(shell().With(topPage().Head(w)), Latest(topPage())),
		"latest-unread":  Layout(shell().With(none.Head(w)), Latest(none)),
		"tags":           Layout(shell().With(tagsPage().Head()), Tags(tagsPage())),
		"tags-none":      Layout(shell().With(TagsPage{}.Head()), Tags(TagsPage{})),
		"tag":            Layout(shell().With(tagPage().Head()), TagPageOf(tagPage())),
		"bookmarks":      Layout(shell().With(bookmarksPage().Head()), Bookmarks(bookmarksPage())),
		"bookmarks-none": Layout(shell().With(BookmarksPage{}.Head()), Bookmarks(BookmarksPage{})),
		"files":          Layout(shell().With(filesPage().Head()), Files(filesPage())),
		"files-none":     Layout(shell().With(FilesPage{}.Head()), Files(FilesPage{Limit: 500 << 20})),
		"reading":        Layout(shell().With(readingPage().Head()), ReadingSettings(readingPage())),
	}
}

func latestPage() LatestPage {
	return LatestPage{Listing{Root: LatestAddress, Questions: true, Topics: rows(), Announced: rows()[:1], Next: "c", Counts: forum.Counts{New: 3, Unread: 12}}}
}

func topPage() LatestPage {
	return LatestPage{Listing{Root: LatestAddress, Questions: true, Filter: forum.Top, Period: forum.Month, Topics: rows()[2:], Later: true}}
}

func tagsPage() TagsPage {
	return TagsPage{Owner: true, Tags: []forum.Counted{{Tag: forum.Tag{ID: 1, Name: "rodinal"}, Topics: forum.MostTagged + 1}, {Tag: forum.Tag{ID: 2, Name: "fibre-paper"}, Topics: 12}, {Tag: forum.Tag{ID: 3, Name: "loupe"}, Topics: 1}}}
}

func tagPage() TagPage {
	return TagPage{forum.Tag{ID: 1, Name: "rodinal"}, Listing{Root: TagAddress("rodinal"), Questions: true, Topics: rows()[:3], Counts: forum.Counts{Level: forum.Watching}}}
}

func bookmarksPage() BookmarksPage {
	keep := func(k forum.Kept, who string) Keepsake { return Keepsake{k, questions, people[who]} }
	return BookmarksPage{Removed: 9, Editing: 2, Note: "A note that is too long", At: "2020-01-01T09:00", Faults: Faults{"at": "Choose a time to come."}, Next: "c", Kept: []Keepsake{
		keep(forum.Kept{Bookmark: forum.Bookmark{ID: 1, PostID: 4, Note: "For the course in May", RemindAt: ref(before(-aDay)), CreatedAt: before(aDay)}, Number: 4, TopicID: 1, Title: "Rodinal 1+50 in hard water", Slug: "rodinal", Plain: "Two baths of four minutes, and a test strip each time."}, "ines"),
		keep(forum.Kept{Bookmark: forum.Bookmark{ID: 2, MessageID: 7, CreatedAt: before(2 * aDay)}, Seq: 12, Title: "Questions", Plain: "I got away with one extra minute."}, "ines"),
		keep(forum.Kept{Bookmark: forum.Bookmark{ID: 3, PostID: 5, CreatedAt: before(9 * aDay)}, Number: 1, TopicID: 2, Title: "Which loupe does not hurt?", Slug: "loupe"}, "nobody"),
	}}
}

func filesPage() FilesPage {
	own := func(name string, size int64, at home.Spot) OwnFile {
		f := OwnFile{Own: files.Own{File: files.File{ID: 5, Name: name, Size: size, CreatedAt: before(aDay), LooseSince: before(aDay)}}, At: at, Found: at.ID != 0}
		if f.Found {
			f.SubjectID, f.Open = &f.At.ID, true
		}
		return f
	}
	shot := own("contact-sheet-with-a-rather-long-name-of-the-third-of-march.jpg", 3_400_000, home.Spot{ID: 4, Title: "Rodinal 1+50 in hard water", Slug: "rodinal", Space: "questions", TopicID: 1, Number: 4})
	shot.Width, shot.Height = 2400, 1600
	said := own("curve.csv", 640, home.Spot{ID: 7, Title: "The lounge", Space: "lounge", Seq: 12})
	shut, drafted, loose := own("plan.pdf", 120_000, home.Spot{}), own("draft.txt", 12_000, home.Spot{}), own("loose.txt", 900, home.Spot{})
	shut.SubjectID, drafted.Drafted = &shut.ID, true
	return FilesPage{Files: []OwnFile{shot, said, shut, drafted, loose}, Used: 312 << 20, Limit: 500 << 20, Next: "c"}
}

func readingPage() ReadingPage {
	return ReadingPage{Ways: forum.Ways{TrackAfter: 5, OnReply: forum.Tracking}, Ignored: []Ignored{{Person: people["ines"], Since: before(aDay), Until: ref(before(-aDay))}}}
}
