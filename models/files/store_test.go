package files_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/clubtest/bucket"
	"guildhall/models/files"
)

func inBucket(t *testing.T, b *bucket.Bucket, secret string) *files.S3 {
	t.Helper()
	return clubtest.Must(files.InBucket(files.Bucket{Endpoint: b.URL, Region: bucket.Region, Name: bucket.Name, Prefix: "club/", Key: bucket.Key, Secret: secret}))(t)
}

// Both stores keep one promise.
func TestStores(t *testing.T) {
	each := func(t *testing.T, fn func(t *testing.T, s files.Store)) {
		t.Run("disk", func(t *testing.T) { fn(t, clubtest.Must(files.OnDisk(t.TempDir()))(t)) })
		t.Run("s3", func(t *testing.T) {
			b := bucket.Open(t)
			fn(t, inBucket(t, b, bucket.Secret))
			if refused := b.Refused(); len(refused) > 0 {
				t.Errorf("it turned away %q", refused)
			}
		})
	}
	each(t, func(t *testing.T, s files.Store) {
		ctx, body := t.Context(), bytes.Repeat([]byte("0123456789"), 30_000)
		clubtest.OK(t, s.Put(ctx, "abcd", body))
		in := clubtest.Must(s.Get(ctx, "abcd"))(t)
		if got := clubtest.Must(io.ReadAll(in))(t); !bytes.Equal(got, body) {
			t.Errorf("%d bytes came back of %d", len(got), len(body))
		}
		if _, err := in.Seek(-13, io.SeekEnd); err != nil {
			t.Error(err)
		}
		if got := clubtest.Must(io.ReadAll(in))(t); string(got) != "7890123456789" {
			t.Errorf("a stretch of it is %q", got)
		}
		clubtest.OK(t, in.Close())
		clubtest.OK(t, s.Drop(ctx, "abcd"))
		clubtest.OK(t, s.Drop(ctx, "abcd"))
		if _, err := s.Get(ctx, "abcd"); !errors.Is(err, files.ErrNoBytes) {
			t.Errorf("it is still there: %v", err)
		}
		if where, err := s.Check(ctx); err != nil || where == "" {
			t.Errorf("%s: %v", where, err)
		}
	})
}

// The store in the tests turns away what is not signed with its secret, so that what it takes is.
func TestABucketAsksForSignatures(t *testing.T) {
	b := bucket.Open(t)
	if err := inBucket(t, b, "another secret").Put(t.Context(), "abcd", []byte("x")); err == nil || len(b.Names()) > 0 {
		t.Errorf("what is signed with another secret is kept: %v", err)
	}
	if refused := b.Refused(); len(refused) == 0 || !strings.Contains(refused[0], "signature") {
		t.Errorf("it was turned away for %q", refused)
	}
	if where, err := inBucket(t, b, "another secret").Check(t.Context()); err == nil || !strings.Contains(where, bucket.Name) {
		t.Errorf("%s is called well: %v", where, err)
	}
}

// A club whose files are in a bucket is the same club.
func TestAClubOnABucket(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		b := bucket.Open(t)
		club.Files.KeepIn(inBucket(t, b, bucket.Secret), 0)
		file := bring(t, club, club.Regular, "lamp.png", drawing(t, 900, 300))
		if names := b.Names(); len(names) != 2 || !strings.HasPrefix(names[0], "club/") {
			t.Errorf("it keeps %q", names)
		}
		club.Reply(club.Regular, club.Topic(club.Open, "Lamps"), picture(file))
		if !may(t, club, club.Guest, file.ID) {
			t.Error("it is not there")
		}
		b.Away(true)
		if _, _, err := club.Files.Open(t.Context(), club.Again(club.Regular), file.ID, false); err == nil {
			t.Error("with the store away it is read")
		}
		b.Away(false)
		loose := bring(t, club, club.Regular, "loose.txt", []byte("Nothing."))
		club.Clock.Turn(2 * files.LooseFor)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if may(t, club, club.Regular, loose.ID) || len(b.Names()) != 2 {
			t.Errorf("%q are left", b.Names())
		}
		if refused := b.Refused(); len(refused) > 0 {
			t.Errorf("it turned away %q", refused)
		}
	})
}

// Nothing leaves the folder, and what an interrupted writing left goes too.
func TestDiskStaysInItsFolder(t *testing.T) {
	folder := t.TempDir()
	disk := clubtest.Must(files.OnDisk(filepath.Join(folder, "uploads")))(t)
	clubtest.OK(t, os.WriteFile(filepath.Join(folder, "secret"), []byte("x"), 0o600))
	for _, name := range []string{"../secret", "..", "/etc/passwd"} {
		if in, err := disk.Get(t.Context(), name); err == nil {
			t.Errorf("%s is read", name)
			clubtest.OK(t, in.Close())
		}
		if disk.Put(t.Context(), name, []byte("y")) == nil {
			t.Errorf("%s is written", name)
		}
	}
	clubtest.OK(t, disk.Put(t.Context(), "abcd", []byte("x")))
	part := filepath.Join(folder, "uploads", "ab", "abcd.part")
	clubtest.OK(t, os.WriteFile(part, []byte("x"), 0o600))
	clubtest.OK(t, disk.Drop(t.Context(), "abcd"))
	if _, err := os.Stat(part); !os.IsNotExist(err) {
		t.Errorf("what was not finished is left: %v", err)
	}
}
