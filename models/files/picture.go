package files

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // one of the formats that may come in
	"golang.org/x/sync/semaphore"
)

// MaxPixels is how large a picture may be, all frames of a moving one together. It is asked before
// a pixel is decoded.
const MaxPixels = 40_000_000

// What a picture leaves as.
const (
	maxFull  = 2048 // pixels of the longer edge
	maxSmall = 640
	quality  = 82
	// What a camera makes is unpacked to more than its pixels, and so is colour of 16 bits.
	deep = 2
)

// Why something is no picture that can be taken.
var (
	ErrFormat = errors.New("no JPEG, PNG, GIF or WebP")
	ErrPixels = errors.New("too many pixels")
	ErrBroken = errors.New("a picture that cannot be read")
)

// decoding holds the pixels that are decoded at a time, in however many pictures, to those of the
// largest one: to scale it takes some ten bytes for each.
var decoding = semaphore.NewWeighted(MaxPixels)

// IsPicture tells whether the bytes begin as one of the formats that are decoded, and which.
func IsPicture(raw []byte) (format string, ok bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		return "jpeg", true
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		return "png", true
	case bytes.HasPrefix(raw, []byte("GIF87a")), bytes.HasPrefix(raw, []byte("GIF89a")):
		return "gif", true
	case len(raw) > 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return "webp", true
	}
	return "", false
}

// Decode reads a picture and hands it to use, the right way up as its EXIF says but for Turn, which
// is left to do. Pixels are counted before any is decoded, and are held against others that are
// decoded at the same time until use returns.
func Decode(ctx context.Context, raw []byte, use func(img image.Image, turn Turn) error) error {
	format, ok := IsPicture(raw)
	if !ok {
		return ErrFormat
	}
	conf, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return errors.Join(ErrBroken, err)
	}
	release, err := hold(ctx, conf)
	if err != nil {
		return err
	}
	defer release()
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return errors.Join(ErrBroken, err)
	}
	if b := img.Bounds(); b.Dx() < 1 || b.Dy() < 1 {
		return ErrBroken
	}
	return use(img, turnOf(format, raw))
}

// hold waits until there is room to decode a picture of that kind.
func hold(ctx context.Context, conf image.Config) (release func(), err error) {
	if conf.Width < 1 || conf.Height < 1 {
		return nil, ErrBroken
	}
	if conf.Width > MaxPixels/conf.Height {
		return nil, ErrPixels
	}
	weight := int64(conf.Width) * int64(conf.Height)
	switch conf.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model, color.YCbCrModel, color.CMYKModel:
		weight = min(deep*weight, MaxPixels)
	}
	if err := decoding.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { decoding.Release(weight) }, nil
}

// rendition is a picture as it leaves: encoded anew, so that nothing of the file that came is left but
// what it shows.
type rendition struct {
	mime, ending  string
	body          []byte
	width, height int
}

// redraw makes of a picture what is kept of it: one of at most 2,048 pixels and, unless that is
// small already, one of at most 640.
func redraw(ctx context.Context, raw []byte) (full, less rendition, err error) {
	format, _ := IsPicture(raw)
	if format == "gif" {
		if frames, err := framesOf(raw); err != nil {
			return full, less, err
		} else if frames > 1 {
			return redrawMoving(ctx, raw)
		}
	}
	err = Decode(ctx, raw, func(img image.Image, turn Turn) error {
		full, less, err = copies(img, turn, format)
		return err
	})
	return full, less, err
}

func copies(img image.Image, turn Turn, format string) (full, less rendition, err error) {
	large := fit(img, maxFull)
	if full, err = encode(turn.apply(large), format); err != nil {
		return full, less, err
	}
	if max(full.width, full.height) <= maxSmall {
		return full, less, nil
	}
	less, err = encode(turn.apply(fit(large, maxSmall)), format)
	return full, less, err
}

// Upright is a picture turned as it was taken, with a longer edge of at most that many pixels.
func (t Turn) Upright(img image.Image, edge int) *image.RGBA { return t.apply(fit(img, edge)) }

// fit scales a picture down so that its longer edge is at most that long.
func fit(img image.Image, edge int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if longer := max(w, h); longer > edge {
		w, h = max(1, w*edge/longer), max(1, h*edge/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(out, out.Bounds(), img, b.Min, draw.Src)
		return out
	}
	draw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

// encode writes a photograph as JPEG. What may be a drawing, or can be seen through, is PNG where
// that is the only way or the smaller.
func encode(img *image.RGBA, format string) (rendition, error) {
	b := img.Bounds()
	c := rendition{width: b.Dx(), height: b.Dy()}
	var drawing, photo bytes.Buffer
	opaque := img.Opaque()
	if !opaque || format != "jpeg" {
		if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&drawing, img); err != nil {
			return c, err
		}
	}
	if opaque {
		if err := jpeg.Encode(&photo, img, &jpeg.Options{Quality: quality}); err != nil {
			return c, err
		}
	}
	if photo.Len() == 0 || drawing.Len() > 0 && drawing.Len() < photo.Len() {
		c.mime, c.ending, c.body = "image/png", ".png", drawing.Bytes()
	} else {
		c.mime, c.ending, c.body = "image/jpeg", ".jpg", photo.Bytes()
	}
	return c, nil
}

// redrawMoving keeps a moving picture moving: its frames are decoded and encoded anew, which leaves
// out comments and whatever programs add. One that is larger than others may be stands still.
func redrawMoving(ctx context.Context, raw []byte) (full, less rendition, err error) {
	conf, err := gif.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return full, less, errors.Join(ErrBroken, err)
	}
	err = Decode(ctx, raw, func(first image.Image, turn Turn) error {
		if full, less, err = copies(first, turn, "gif"); err != nil || max(conf.Width, conf.Height) > maxFull {
			return err
		}
		moving, err := gif.DecodeAll(bytes.NewReader(raw))
		if err != nil {
			return errors.Join(ErrBroken, err)
		}
		var out bytes.Buffer
		if err := gif.EncodeAll(&out, moving); err != nil {
			return errors.Join(ErrBroken, err)
		}
		full = rendition{"image/gif", ".gif", out.Bytes(), moving.Config.Width, moving.Config.Height}
		return nil
	})
	return full, less, err
}
