package member

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	xdraw "golang.org/x/image/draw"

	"guildhall/models/access"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Limits of a picture that comes in. It leaves as a crest of pictureWide × pictureHigh pixels.
const (
	MaxPicture     = 5 << 20
	pictureWide    = 288
	pictureHigh    = 312
	pictureQuality = 82
	crestFrom      = 2048 // the longer edge of what it is cut from
)

// Picture is a member's picture as it is served: decoded, cropped, scaled and encoded again, so
// that nothing of the file that came in is left but its pixels.
type Picture struct {
	Hash      string
	MemberID  id.ID
	Mime      string
	Body      []byte
	CreatedAt time.Time
}

// Repaint reads a JPEG, PNG or WebP of at most MaxPicture bytes and 40 million pixels and returns
// it as a crest. The size is looked at before a pixel is decoded.
func Repaint(ctx context.Context, r io.Reader) (Picture, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxPicture+1))
	if err != nil {
		return Picture{}, err
	}
	if len(raw) > MaxPicture {
		return Picture{}, problem.TooLarge("picture", "A picture has at most 5 MB. Choose a smaller one.")
	}
	if format, ok := files.IsPicture(raw); !ok || format == "gif" {
		return Picture{}, problem.Invalid("picture", "Choose a JPEG, PNG or WebP picture.")
	}
	var p Picture
	err = files.Decode(ctx, raw, func(img image.Image, turn files.Turn) (err error) {
		if b := img.Bounds(); b.Dx() < 32 || b.Dy() < 32 {
			return files.ErrPixels
		}
		p, err = encode(crest(turn.Upright(img, crestFrom)))
		return err
	})
	switch {
	case errors.Is(err, files.ErrPixels):
		return p, problem.Invalid("picture", "A picture has at least 32 by 32 pixels and at most 40 million.")
	case errors.Is(err, files.ErrBroken):
		return p, problem.Invalid("picture", "That file cannot be read as a picture. Choose another.")
	}
	return p, err
}

// crest crops the middle of an image to the proportion of a crest and scales it.
func crest(img image.Image) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w*pictureHigh > h*pictureWide {
		w = h * pictureWide / pictureHigh
	} else {
		h = w * pictureHigh / pictureWide
	}
	x, y := b.Min.X+(b.Dx()-w)/2, b.Min.Y+(b.Dy()-h)/2
	out := image.NewRGBA(image.Rect(0, 0, pictureWide, pictureHigh))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	xdraw.CatmullRom.Scale(out, out.Bounds(), img, image.Rect(x, y, x+w, y+h), draw.Over, nil)
	return out
}

// encode takes the smaller of JPEG and PNG: drawings stay sharp, photographs small.
func encode(img image.Image) (Picture, error) {
	var photo, drawing bytes.Buffer
	if err := jpeg.Encode(&photo, img, &jpeg.Options{Quality: pictureQuality}); err != nil {
		return Picture{}, err
	}
	if err := png.Encode(&drawing, img); err != nil {
		return Picture{}, err
	}
	p := Picture{Mime: "image/jpeg", Body: photo.Bytes()}
	if drawing.Len() < photo.Len() {
		p = Picture{Mime: "image/png", Body: drawing.Bytes()}
	}
	sum := sha256.Sum256(p.Body)
	p.Hash = hex.EncodeToString(sum[:16])
	return p, nil
}

// Hang makes p the picture of a member, in place of the one before.
func Hang(tx *store.Tx, member id.ID, p Picture) error {
	p.MemberID, p.CreatedAt = member, tx.Now
	p.Hash = p.Hash + member.String() // the same pixels of two members are two pictures
	if err := store.OnConflictSkip(tx.DB).Create(&p).Error; err != nil {
		return err
	}
	if err := tx.Model(&Member{}).Where("id = ?", member).Update("picture", p.Hash).Error; err != nil {
		return err
	}
	tx.Say(Changed{member})
	return tx.Where("member_id = ? and hash <> ?", member, p.Hash).Delete(&Picture{}).Error
}

// ChangePicture makes p the picture of v.
func (s *Members) ChangePicture(ctx context.Context, v access.Viewer, p Picture) error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to do this.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := lockMember(tx, v.ID); err != nil {
			return err
		}
		return Hang(tx, v.ID, p)
	})
}

// RemovePicture leaves v with their initials.
func (s *Members) RemovePicture(ctx context.Context, v access.Viewer) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Model(&Member{}).Where("id = ?", v.ID).Update("picture", "").Error; err != nil {
			return err
		}
		tx.Say(Changed{v.ID})
		return tx.Where("member_id = ?", v.ID).Delete(&Picture{}).Error
	})
}

// PictureOf returns the picture of that hash. A picture is as public as the name beside it.
func (s *Members) PictureOf(ctx context.Context, hash string) (p Picture, err error) {
	if hash == "" {
		return p, problem.Missing("There is no such picture.")
	}
	err = s.store.Read(ctx).Take(&p, "hash = ?", hash).Error
	if isNotFound(err) {
		return p, problem.Missing("There is no such picture.")
	}
	return p, err
}
