package files_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/problem"
)

// TestOnesOwnFiles: all of them and nobody else's, with the place of those alone that may be read; what
// hangs on nothing can be removed, once, by its owner.
func TestOnesOwnFiles(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, paul := t.Context(), club.Paying
		lounge := club.Space("Lounge", patrons(t, club))
		open, closed := bring(t, club, paul, "open.txt", []byte("in the open")), bring(t, club, paul, "closed.txt", []byte("in the lounge"))
		loose, other := bring(t, club, paul, "loose.txt", []byte("nowhere yet")), bring(t, club, club.Regular, "other.txt", []byte("of somebody else"))
		clubtest.Must(club.Forum.Start(ctx, club.Again(paul), club.Open.ID, forum.Draft{Key: club.Key(), Title: "In the open", Text: "[it](" + open.Address() + ")"}))(t)
		clubtest.Must(club.Forum.Start(ctx, club.Again(paul), lounge.ID, forum.Draft{Key: club.Key(), Title: "In the lounge", Text: "[it](" + closed.Address() + ")"}))(t)
		own := func() map[string]files.Own {
			all, next, err := club.Files.Own(ctx, club.Again(paul), "")
			clubtest.OK(t, err)
			if next != "" {
				t.Error("so few files take a second page")
			}
			of := map[string]files.Own{}
			for _, f := range all {
				of[f.Name] = f
			}
			return of
		}
		if of := own(); len(of) != 3 || !of["open.txt"].Open || !of["closed.txt"].Open || of["loose.txt"].Open || !of["loose.txt"].Loose() || of["open.txt"].Loose() {
			t.Fatalf("listed are %+v", of)
		}
		club.Clock.Turn(40 * 24 * time.Hour) // the patron's dues are over
		if of := own(); len(of) != 3 || !of["open.txt"].Open || of["closed.txt"].Open {
			t.Errorf("with the lounge closed, listed are %+v", of)
		}
		if used, limit, err := club.Files.Used(ctx, club.Again(paul)); err != nil || used != open.Size+closed.Size+loose.Size || limit != clubtest.Quota {
			t.Errorf("%d bytes of %d are taken, %v", used, limit, err)
		}
		for _, key := range []files.File{open, closed} {
			if p := problem.Of(club.Files.Remove(ctx, club.Again(paul), key.ID)); p == nil || p.Kind != problem.KindConflict {
				t.Errorf("%s, which hangs on something, is removed: %v", key.Name, p)
			}
		}
		clubtest.Missing(t, club.Files.Remove(ctx, club.Again(paul), other.ID))
		clubtest.OK(t, club.Files.Remove(ctx, club.Again(paul), loose.ID))
		clubtest.Missing(t, club.Files.Remove(ctx, club.Again(paul), loose.ID))
		if of := own(); len(of) != 2 || may(t, club, paul, loose.ID) {
			t.Errorf("after one was removed, listed are %+v", of)
		}
	})
}

// TestTheListOfFilesGoesOn: page by page, each file once, the latest first.
func TestTheListOfFilesGoesOn(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		const n = files.OwnPerPage + 3
		for range n {
			bring(t, club, club.Regular, "one.txt", []byte("of many"))
			club.Clock.Turn(time.Second)
		}
		seen, last := map[string]bool{}, club.Clock.Now()
		for after := files.Cursor(""); ; {
			all, next, err := club.Files.Own(t.Context(), club.Again(club.Regular), after)
			clubtest.OK(t, err)
			for _, f := range all {
				if seen[f.ID.String()] || f.CreatedAt.After(last) {
					t.Error("a file stands twice, or out of its order")
				}
				seen[f.ID.String()], last = true, f.CreatedAt
			}
			if after = next; after == "" {
				break
			}
		}
		if len(seen) != n {
			t.Errorf("%d of %d files are listed", len(seen), n)
		}
	})
}
