package files_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// drawing is a PNG of that size.
func drawing(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.Set(x, x%h, color.RGBA{uint8(x), 80, 160, 255})
	}
	var out bytes.Buffer
	clubtest.OK(t, png.Encode(&out, img))
	return out.Bytes()
}

// bring uploads as v.
func bring(t testing.TB, club *clubtest.Club, v access.Viewer, name string, body []byte) files.File {
	t.Helper()
	return clubtest.Must(club.Files.Keep(t.Context(), club.Again(v), files.Upload{Key: club.Key(), Name: name, Body: body}))(t)
}

// may tells whether v may have a file, by the only way there is to ask.
func may(t testing.TB, club *clubtest.Club, v access.Viewer, key id.ID) bool {
	t.Helper()
	_, body, err := club.Files.Open(t.Context(), club.Again(v), key, false)
	if err == nil {
		clubtest.OK(t, body.Close())
		return true
	}
	clubtest.Missing(t, err)
	if problem.Of(err).Text != "There is nothing here, or nothing that is open to you." {
		t.Errorf("it is refused with %q, which tells it from one that never was", err)
	}
	return false
}

func picture(f files.File) string { return "![a lamp](" + f.Address() + ")" }

// patrons is a space that patrons alone read.
func patrons(t *testing.T, club *clubtest.Club) map[access.Verb]access.Lock {
	return map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}}
}

// A file is its uploader's alone until a post names it; from then on it goes with the post, wherever
// and however long that may be read. The law walks the whole cast and compares with what may be read.
func TestAFileGoesWithItsPost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		closed := club.Space("Darkroom", patrons(t, club))
		file := bring(t, club, club.Paying, "lamp.png", drawing(t, 40, 30))
		for name, v := range club.Cast() {
			if got := may(t, club, v, file.ID); got != (name == "paying") {
				t.Errorf("before it hangs on anything: %s %v", name, got)
			}
		}
		topic := club.Topic(club.Open, "Lamps")
		post := club.Reply(club.Paying, topic, "Look: "+picture(file))
		seen, kept := 0, 0
		law := func(when string) {
			t.Helper()
			place := clubtest.Must(club.Access.Place(t.Context(), topic.ID))(t)
			p := clubtest.Must(store.Value[bool](club.Store.Read(t.Context()).Table("posts").Select("removed_at is not null").Where("id = ?", post.ID)))(t)
			for name, v := range club.Cast() {
				want := v.CanRead(place) == nil && (!p || v.ID == club.Paying.ID || v.Keeps(place.SpaceID))
				if got := may(t, club, v, file.ID); got != want {
					t.Errorf("%s: %s has it: %v", when, name, got)
				}
				if want {
					seen++
				} else {
					kept++
				}
			}
		}
		law("posted")
		clubtest.Must(club.Forum.Remove(t.Context(), club.Again(club.Paying), post.ID))(t)
		law("removed")
		clubtest.Must(club.Forum.Restore(t.Context(), club.Again(club.Paying), post.ID))(t)
		law("restored")
		clubtest.Must(club.Forum.Move(t.Context(), club.Again(club.Owner), topic.ID, closed.ID))(t)
		law("moved behind a lock")
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), topic.ID, true))(t)
		law("hidden")
		if seen < 10 || kept < 10 {
			t.Errorf("the law proved little: %d shown, %d kept", seen, kept)
		}
	})
}

// What is named by somebody else, or a second time, opens nothing; what is named no more is its
// uploader's again.
func TestNamingAFileGivesNothingAway(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		closed := club.Space("Darkroom", patrons(t, club))
		inside := club.Topic(closed, "Inside")
		file := bring(t, club, club.Paying, "lamp.png", drawing(t, 900, 300))
		loose := bring(t, club, club.Paying, "loose.png", drawing(t, 50, 40))
		post := club.Reply(club.Paying, inside, picture(file))
		if !strings.Contains(post.HTML, `width="900" height="300" srcset="`+file.Address()+`/small 640w`) {
			t.Errorf("the page would jump: %s", post.HTML)
		}
		outside := club.Topic(club.Open, "Outside")
		for _, v := range []access.Viewer{club.Regular, club.Paying} {
			named := club.Reply(v, outside, picture(file)+" and "+picture(loose))
			if strings.Contains(named.HTML, `width="900"`) {
				t.Error("how large it is is told to those who may not have it")
			}
			if v.ID == club.Regular.ID && may(t, club, club.Regular, loose.ID) {
				t.Error("what is somebody else's was hung")
			}
		}
		if may(t, club, club.Regular, file.ID) || !may(t, club, club.Regular, loose.ID) {
			t.Error("naming it elsewhere opened it, or did not open what was one's own")
		}
		clubtest.Must(club.Forum.Edit(t.Context(), club.Again(club.Paying), post.ID, "Never mind."))(t)
		if may(t, club, club.Owner, file.ID) || !may(t, club, club.Paying, file.ID) {
			t.Error("what was taken out of a text is not its uploader's alone")
		}
	})
}

func TestAFileInARoom(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		room := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), club.Open.ID))(t)
		file := bring(t, club, club.Newcomer, "lamp.png", drawing(t, 40, 30))
		m := clubtest.Must(club.Chat.Send(t.Context(), club.Again(club.Newcomer), room.ID, chat.Draft{Key: club.Key(), Text: picture(file)}))(t)
		if !strings.Contains(m.HTML, `<img src="`+file.Address()+`" width="40" height="30"`) || !may(t, club, club.Regular, file.ID) {
			t.Errorf("it is not shown: %s", m.HTML)
		}
		clubtest.Must(club.Chat.Remove(t.Context(), club.Again(club.Newcomer), m.ID, ""))(t)
		if may(t, club, club.Regular, file.ID) || !may(t, club, club.Moderator, file.ID) {
			t.Error("it is read by others than keepers once the message is gone")
		}
	})
}

// The same bytes of another member are another file, and tell nothing of the first.
func TestTheSameBytesAreTwoFiles(t *testing.T) {
	club := clubtest.SQLite(t)
	body := drawing(t, 40, 30)
	one, two := bring(t, club, club.Regular, "a.png", body), bring(t, club, club.Newcomer, "a.png", body)
	if one.ID == two.ID || one.Blob == two.Blob || may(t, club, club.Newcomer, one.ID) {
		t.Error("they are one")
	}
	u := files.Upload{Key: "once", Name: "a.png", Body: body}
	first := clubtest.Must(club.Files.Keep(t.Context(), club.Again(club.Regular), u))(t)
	again := clubtest.Must(club.Files.Keep(t.Context(), club.Again(club.Regular), u))(t)
	if first.ID != again.ID {
		t.Error("the same key brings it twice")
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	club := clubtest.SQLite(t)
	try := func(v access.Viewer, name string, body []byte) error {
		_, err := club.Files.Keep(t.Context(), club.Again(v), files.Upload{Key: club.Key(), Name: name, Body: body})
		return err
	}
	for what, c := range map[string]struct {
		by    access.Viewer
		name  string
		body  []byte
		kind  problem.Kind
		words string
	}{
		"nobody":         {club.Guest, "a.png", drawing(t, 9, 9), problem.KindRefused, "Sign in"},
		"nothing":        {club.Regular, "a.txt", nil, problem.KindInvalid, "empty"},
		"too much":       {club.Regular, "a.zip", make([]byte, files.MaxUpload+1), problem.KindTooLarge, "16 MB"},
		"an SVG by name": {club.Regular, "a.SVG", []byte("x"), problem.KindInvalid, "PNG"},
		"an SVG inside":  {club.Regular, "a.txt", []byte("<?xml version='1.0'?> <SVG onload=alert(1)>"), problem.KindInvalid, "PNG"},
		"half a picture": {club.Regular, "a.png", drawing(t, 90, 90)[:60], problem.KindInvalid, "cannot be read"},
	} {
		err := try(c.by, c.name, c.body)
		if !problem.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", what, err)
		}
	}
	clubtest.OK(t, try(club.Regular, "a.txt", []byte("A list of lamps.")))
}

// Two uploads at once are counted one after the other, and what does not fit leaves nothing behind.
func TestQuota(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		body := bytes.Repeat([]byte("lamp "), clubtest.Quota/10)
		v, done := club.Again(club.Regular), make(chan error)
		for range 3 {
			key := club.Key()
			go func() {
				_, err := club.Files.Keep(t.Context(), v, files.Upload{Key: key, Name: "lamps.txt", Body: body})
				done <- err
			}()
		}
		refused := 0
		for range 3 {
			if err := <-done; problem.Is(err, problem.KindFull) {
				clubtest.Refused(t, err, "1.0 MB that a member has here")
				refused++
			} else {
				clubtest.OK(t, err)
			}
		}
		if refused != 1 {
			t.Errorf("%d of three that are half of it each do not fit", refused)
		}
		bring(t, club, club.Newcomer, "lamps.txt", body) // it is each member's own
	})
}

func count(t testing.TB, club *clubtest.Club, table string) (n int64) {
	t.Helper()
	clubtest.OK(t, club.Store.Read(t.Context()).Table(table).Count(&n).Error)
	return n
}

// What hangs on nothing for a day goes, row first; what hangs on a post stays.
func TestSweep(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		bytes := &watched{Store: clubtest.Must(files.OnDisk(t.TempDir()))(t)}
		club.Files.KeepIn(bytes, 0)
		hung, loose := bring(t, club, club.Regular, "a.png", drawing(t, 900, 40)), bring(t, club, club.Regular, "b.png", drawing(t, 900, 50))
		club.Reply(club.Regular, club.Topic(club.Open, "Lamps"), picture(hung))
		club.Clock.Turn(files.LooseFor - time.Minute)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if !may(t, club, club.Regular, loose.ID) {
			t.Fatal("it goes before its day is over")
		}
		club.Clock.Turn(2 * time.Minute)
		bytes.fails = errors.New("the store is away")
		if err := club.Files.Sweep(t.Context()); err == nil || may(t, club, club.Regular, loose.ID) || count(t, club, "unclaimed") != 1 {
			t.Error("with the store away the row stays, or the bytes are forgotten")
		}
		bytes.fails = nil
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if count(t, club, "unclaimed") != 0 || !may(t, club, club.Regular, hung.ID) {
			t.Error("bytes are left, or too many went")
		}
		for _, name := range []string{loose.Blob, loose.Blob + "s"} {
			if _, err := bytes.Get(t.Context(), name); !errors.Is(err, files.ErrNoBytes) {
				t.Errorf("%s is still there: %v", name, err)
			}
		}
	})
}

// watched is a store that can be away.
type watched struct {
	files.Store
	fails error
}

func (w *watched) Drop(ctx context.Context, name string) error {
	return errors.Join(w.fails, w.Store.Drop(ctx, name))
}

// An upload that is cut off leaves no file, and its bytes are swept within the hour after.
func TestAnInterruptedUpload(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		disk := clubtest.Must(files.OnDisk(t.TempDir()))(t)
		cut := &cutOff{Store: disk}
		club.Files.KeepIn(cut, 0)
		_, err := club.Files.Keep(t.Context(), club.Again(club.Regular), files.Upload{Key: "k", Name: "a.png", Body: drawing(t, 900, 40)})
		if err == nil || count(t, club, "files") != 0 || len(cut.kept) != 1 {
			t.Fatalf("it is not cut off: %v, %q kept", err, cut.kept)
		}
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if _, err := disk.Get(t.Context(), cut.kept[0]); err != nil {
			t.Error("an upload that may still be under way was swept")
		}
		club.Clock.Turn(time.Hour)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if _, err := disk.Get(t.Context(), cut.kept[0]); !errors.Is(err, files.ErrNoBytes) || count(t, club, "unclaimed") != 0 {
			t.Error("its bytes are left")
		}
	})
}

// cutOff keeps the first thing and no other.
type cutOff struct {
	files.Store
	kept []string
}

func (c *cutOff) Put(ctx context.Context, name string, body []byte) error {
	if len(c.kept) > 0 {
		return errors.New("the power is gone")
	}
	c.kept = append(c.kept, name)
	return c.Store.Put(ctx, name, body)
}

// Bytes that were lost are a file that is not there.
func TestLostBytes(t *testing.T) {
	club := clubtest.SQLite(t)
	disk := clubtest.Must(files.OnDisk(t.TempDir()))(t)
	club.Files.KeepIn(disk, 0)
	file := bring(t, club, club.Regular, "a.png", drawing(t, 40, 40))
	clubtest.OK(t, disk.Drop(t.Context(), file.Blob))
	if may(t, club, club.Regular, file.ID) {
		t.Error("it is there")
	}
}

func TestASmallCopy(t *testing.T) {
	club := clubtest.SQLite(t)
	club.Files.KeepIn(clubtest.Must(files.OnDisk(t.TempDir()))(t), 0)
	size := func(f files.File, less bool) image.Config {
		t.Helper()
		_, body, err := club.Files.Open(t.Context(), club.Again(club.Regular), f.ID, less)
		clubtest.OK(t, err)
		conf, _, err := image.DecodeConfig(body)
		clubtest.OK(t, errors.Join(err, body.Close()))
		return conf
	}
	large := bring(t, club, club.Regular, "a.png", drawing(t, 4000, 1000))
	if full, less := size(large, false), size(large, true); full.Width != 2048 || full.Height != 512 || less.Width != 640 || less.Height != 160 {
		t.Errorf("it is %d by %d, and %d by %d", full.Width, full.Height, less.Width, less.Height)
	}
	tiny := bring(t, club, club.Regular, "a.png", drawing(t, 640, 10))
	if _, _, err := club.Files.Open(t.Context(), club.Again(club.Regular), tiny.ID, true); !problem.Is(err, problem.KindMissing) {
		t.Errorf("what is small has a smaller copy: %v", err)
	}
	note := bring(t, club, club.Regular, "../../etc/pass\u202ewd.txt", []byte("Nothing."))
	f, body, err := club.Files.Open(t.Context(), club.Again(club.Regular), note.ID, false)
	clubtest.OK(t, err)
	if got := clubtest.Must(io.ReadAll(body))(t); string(got) != "Nothing." || f.Name != "passwd.txt" || f.Mime != "application/octet-stream" || f.Picture() {
		t.Errorf("%+v holds %q", f, got)
	}
	clubtest.OK(t, body.Close())
}
