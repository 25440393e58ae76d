package files_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/files"
	"guildhall/models/problem"
)

const secret = "taken at home, 51.5007 N"

// photograph is a JPEG of 40 by 20, red on its left half and blue on its right, whose EXIF says how it is
// to be turned and where it was taken.
func photograph(t testing.TB, turn uint16) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for y := range 20 {
		for x := range 40 {
			img.Set(x, y, map[bool]color.Color{true: color.RGBA{220, 0, 0, 255}, false: color.RGBA{0, 0, 220, 255}}[x < 20])
		}
	}
	var plain bytes.Buffer
	clubtest.OK(t, jpeg.Encode(&plain, img, &jpeg.Options{Quality: 95}))
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, turn)
	tiff = append(append(tiff, 0, 0, 0, 0, 0, 0), secret...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte("\xff\xd8\xff\xe1"), binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), plain.Bytes()[2:]...)
}

// kept uploads bytes and returns what is kept of them.
func kept(t testing.TB, club *clubtest.Club, name string, body []byte) (files.File, []byte) {
	t.Helper()
	f := bring(t, club, club.Regular, name, body)
	_, in, err := club.Files.Open(t.Context(), club.Again(club.Regular), f.ID, false)
	clubtest.OK(t, err)
	out := clubtest.Must(io.ReadAll(in))(t)
	clubtest.OK(t, in.Close())
	return f, out
}

// A photograph stands as it was taken, and says nothing of where.
func TestPhotographsAreTurnedAndSilent(t *testing.T) {
	club := clubtest.SQLite(t)
	for turn, want := range map[uint16]struct {
		w, h, x, y int // where it is red
	}{1: {40, 20, 5, 10}, 2: {40, 20, 35, 10}, 3: {40, 20, 35, 10}, 4: {40, 20, 5, 10}, 5: {20, 40, 10, 5}, 6: {20, 40, 10, 5}, 7: {20, 40, 10, 35}, 8: {20, 40, 10, 35}, 99: {40, 20, 5, 10}} {
		raw := photograph(t, turn)
		if !bytes.Contains(raw, []byte(secret)) {
			t.Fatal("it says nothing before")
		}
		f, out := kept(t, club, "shot.jpeg", raw)
		img, format, err := image.Decode(bytes.NewReader(out))
		clubtest.OK(t, err)
		r, _, b, _ := img.At(want.x, want.y).RGBA()
		if format != "jpeg" || f.Width != want.w || f.Height != want.h || img.Bounds().Dx() != want.w || r < b {
			t.Errorf("turned by %d it is %s of %d by %d, and red %v there", turn, format, f.Width, f.Height, r > b)
		}
		if bytes.Contains(out, []byte("taken")) || bytes.Contains(out, []byte("Exif")) || f.Name != "shot.jpg" {
			t.Errorf("%s still tells", f.Name)
		}
	}
}

// chunk is one of a PNG.
func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func TestDrawingsAreSilentToo(t *testing.T) {
	club := clubtest.SQLite(t)
	plain := drawing(t, 30, 30)
	raw := append(append(append([]byte{}, plain[:33]...), chunk("tEXt", []byte("Comment\x00"+secret))...), plain[33:]...)
	raw = append(raw, "<script>"+secret...)
	_, out := kept(t, club, "a.png", raw)
	if _, err := png.Decode(bytes.NewReader(out)); err != nil || bytes.Contains(out, []byte("taken")) {
		t.Errorf("it still tells, or is none: %v", err)
	}
}

func moving(t testing.TB, frames, w, h int) []byte {
	t.Helper()
	all := &gif.GIF{Config: image.Config{Width: w, Height: h, ColorModel: color.Palette{color.Black, color.White}}}
	for i := range frames {
		one := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White})
		one.SetColorIndex(i%w, 0, 1)
		all.Image, all.Delay = append(all.Image, one), append(all.Delay, 7)
	}
	var out bytes.Buffer
	clubtest.OK(t, gif.EncodeAll(&out, all))
	return out.Bytes()
}

func TestMovingPicturesMove(t *testing.T) {
	club := clubtest.SQLite(t)
	raw := moving(t, 3, 30, 20)
	raw = append(raw[:len(raw)-1], "\x21\xfe\x18"+secret+"\x00\x3b"...)
	f, out := kept(t, club, "a.gif", raw)
	all, err := gif.DecodeAll(bytes.NewReader(out))
	clubtest.OK(t, err)
	if len(all.Image) != 3 || all.Delay[0] != 7 || f.Mime != "image/gif" || f.Width != 30 || bytes.Contains(out, []byte("taken")) {
		t.Errorf("%d frames of %d by %d as %s", len(all.Image), f.Width, f.Height, f.Mime)
	}
}

// What would take more than it may is refused before it is unpacked: a few bytes that claim to be large.
func TestBombs(t *testing.T) {
	club := clubtest.SQLite(t)
	large := append(append([]byte{}, drawing(t, 8, 8)[:16]...), 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30) // 30,000 by 30,000
	large = append(large, drawing(t, 8, 8)[24:]...)
	binary.BigEndian.PutUint32(large[29:], crc32.ChecksumIEEE(large[12:29]))
	still := moving(t, 1, 2, 2)
	still[6], still[7], still[8], still[9] = 0xff, 0xff, 0xff, 0xff
	for name, raw := range map[string][]byte{"large.png": large, "frames.gif": moving(t, 201, 2, 2), "pixels.gif": moving(t, 50, 1000, 1000), "screen.gif": still} {
		_, err := club.Files.Keep(t.Context(), club.Again(club.Regular), files.Upload{Key: name, Name: name, Body: raw})
		if !problem.Is(err, problem.KindInvalid) || !strings.Contains(err.Error(), "too many pixels") {
			t.Errorf("%s of %d bytes: %v", name, len(raw), err)
		}
	}
}

// Decoding waits for room, and whoever went away waits for nothing.
func TestDecodingWaitsItsTurn(t *testing.T) {
	raw, inside, leave := drawing(t, 4000, 2000), make(chan bool), make(chan bool)
	done := make(chan error)
	for range 5 { // five fill the room
		go func() {
			done <- files.Decode(context.Background(), raw, func(image.Image, files.Turn) error { inside <- true; <-leave; return nil })
		}()
	}
	for range 5 {
		<-inside
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := files.Decode(ctx, raw, func(image.Image, files.Turn) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("it is decoded beside them: %v", err)
	}
	close(leave)
	for range 5 {
		clubtest.OK(t, <-done)
	}
	clubtest.OK(t, files.Decode(t.Context(), raw, func(image.Image, files.Turn) error { return nil }))
}

// FuzzUpload holds whatever is sent to two things: it is refused with a sentence, or what is kept can
// be read, is no larger than it may be, and holds none of what came beside the picture.
func FuzzUpload(f *testing.F) {
	for _, seed := range [][]byte{drawing(f, 12, 9), photograph(f, 6), moving(f, 3, 9, 9), []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"), []byte("<svg>"), []byte("GIF89a"), {}} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		full, less, err := files.Redraw(t.Context(), raw)
		if err != nil {
			if !errors.Is(err, files.ErrBroken) && !errors.Is(err, files.ErrFormat) && !errors.Is(err, files.ErrPixels) {
				t.Fatalf("it is refused with %v", err)
			}
			return
		}
		for _, out := range [][]byte{full, less} {
			if len(out) == 0 {
				continue
			}
			conf, _, err := image.DecodeConfig(bytes.NewReader(out))
			if err != nil || max(conf.Width, conf.Height) > 2048 {
				t.Errorf("what is kept is %d by %d, %v", conf.Width, conf.Height, err)
			}
		}
		if len(full) == 0 {
			t.Error("nothing is kept")
		}
	})
}

// BenchmarkPhotograph is one photograph of twelve million pixels, as telephones take them.
func BenchmarkPhotograph(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 4032, 3024))
	for i := range img.Pix {
		img.Pix[i] = byte(i*i>>9) | 3
	}
	var raw bytes.Buffer
	clubtest.OK(b, jpeg.Encode(&raw, img, nil))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := files.Redraw(b.Context(), raw.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
