package files

import "encoding/binary"

// maxFrames is how many pictures a moving one may have.
const maxFrames = 200

// framesOf counts the pictures in a GIF, and all their pixels, by its blocks alone: nothing is
// unpacked. It reads what is there, so that a file cut short is the decoder's to refuse.
func framesOf(raw []byte) (frames int, err error) {
	const screen = 13
	if len(raw) < screen {
		return 0, ErrBroken
	}
	at, pixels := screen+colours(raw[10]), 0
	for at < len(raw) {
		switch raw[at] {
		case 0x2c: // a picture
			if at+10 > len(raw) {
				return frames, ErrBroken
			}
			frames++
			pixels += int(binary.LittleEndian.Uint16(raw[at+5:])) * int(binary.LittleEndian.Uint16(raw[at+7:]))
			if frames > maxFrames || pixels > MaxPixels {
				return frames, ErrPixels
			}
			at = past(raw, at+10+colours(raw[at+9])+1)
		case 0x21: // something that is said about it
			at = past(raw, at+2)
		default: // the end
			return frames, nil
		}
	}
	return frames, nil
}

// colours is how many bytes the table of colours takes that flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// past is the place after a run of blocks, each of which says its length, up to an empty one.
func past(raw []byte, at int) int {
	for at < len(raw) && raw[at] != 0 {
		at += 1 + int(raw[at])
	}
	return at + 1
}
