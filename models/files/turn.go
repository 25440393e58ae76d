package files

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Turn is how a picture is to be turned so that it stands as it was taken: the orientation of EXIF,
// 1 to 8. Whatever else it holds (where, when, with what) is never read.
type Turn int

const upright Turn = 1

// turnOf finds the orientation in a JPEG, a PNG or a WebP; upright where none is told.
func turnOf(format string, raw []byte) Turn {
	switch format {
	case "jpeg":
		return turnInJPEG(raw)
	case "png":
		return turnInChunks(raw, 8, "eXIf", binary.BigEndian, false)
	case "webp":
		return turnInChunks(raw, 12, "EXIF", binary.LittleEndian, true)
	}
	return upright
}

// turnInJPEG walks the segments that stand before the picture.
func turnInJPEG(raw []byte) Turn {
	for at := 2; at+4 <= len(raw) && raw[at] == 0xff; {
		kind, size := raw[at+1], int(binary.BigEndian.Uint16(raw[at+2:]))
		if kind == 0xda || size < 2 || at+2+size > len(raw) {
			break
		}
		if body := raw[at+4 : at+2+size]; kind == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return turnInTIFF(body[6:])
		}
		at += 2 + size
	}
	return upright
}

// turnInChunks walks chunks with a name of four letters. In WebP the length stands after the name,
// and odd ones are filled up; in PNG it stands before, and a checksum follows.
func turnInChunks(raw []byte, at int, name string, order binary.ByteOrder, webp bool) Turn {
	for at+8 <= len(raw) {
		found, size := string(raw[at+4:at+8]), int64(order.Uint32(raw[at:]))
		if webp {
			found, size = string(raw[at:at+4]), int64(order.Uint32(raw[at+4:]))
		}
		if size > int64(len(raw)-at-8) {
			break
		}
		if found == name {
			return turnInTIFF(bytes.TrimPrefix(raw[at+8:at+8+int(size)], []byte("Exif\x00\x00")))
		}
		at += 8 + int(size) + 4
		if webp {
			at += int(size)&1 - 4
		}
	}
	return upright
}

// turnInTIFF reads the one entry 0x0112 of the first directory.
func turnInTIFF(b []byte) Turn {
	if len(b) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(b[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return upright
	}
	entries := int64(order.Uint16(b[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(b)) {
			break
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if turn := Turn(order.Uint16(b[entry+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			break
		}
	}
	return upright
}

// apply turns a picture.
func (t Turn) apply(img *image.RGBA) *image.RGBA {
	if t <= upright || t > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if t >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			to := out.PixOffset(t.to(x, y, w, h))
			from := img.PixOffset(x, y)
			*(*[4]byte)(out.Pix[to:]) = *(*[4]byte)(img.Pix[from:])
		}
	}
	return out
}

// to is where the pixel at x, y of a picture of w by h comes to stand.
func (t Turn) to(x, y, w, h int) (int, int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
