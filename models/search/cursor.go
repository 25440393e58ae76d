package search

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"time"

	"guildhall/models/id"
)

// Cursor says where an answer goes on: the page, and the last thing of the page before by what the
// answer is ordered by. It is opaque outside, and says nothing but what that page showed; a forged one
// is only another place to start.
type Cursor string

const cursorSize = 1 + 8 + 8 + 8

func cursorOf(page int, order Order, last Found) Cursor {
	var b [cursorSize]byte
	b[0] = byte(page)
	switch order {
	case Relevance:
		binary.BigEndian.PutUint64(b[1:], math.Float64bits(last.Rank))
	default:
		binary.BigEndian.PutUint64(b[1:], uint64(last.At.UnixMicro()))
	}
	binary.BigEndian.PutUint64(b[9:], uint64(last.Likes))
	binary.BigEndian.PutUint64(b[17:], uint64(last.ID))
	return Cursor(base64.RawURLEncoding.EncodeToString(b[:]))
}

func (c Cursor) read() (page int, first, second uint64, key id.ID, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(b) != cursorSize || b[0] < 2 {
		return 1, 0, 0, 0, false
	}
	key = id.ID(binary.BigEndian.Uint64(b[17:]))
	return int(b[0]), binary.BigEndian.Uint64(b[1:]), binary.BigEndian.Uint64(b[9:]), key, key > 0
}

func (c Cursor) page() int {
	page, _, _, _, _ := c.read()
	return page
}

func (c Cursor) rank() (rank float64, key id.ID, ok bool) {
	_, bits, _, key, ok := c.read()
	rank = math.Float64frombits(bits)
	return rank, key, ok && rank >= 0 && rank < math.MaxFloat64 // no NaN among them
}

// maxMicro is the year 9999 in microseconds: beyond it neither database keeps a time.
const maxMicro = 253_370_764_800_000_000

func (c Cursor) time() (at time.Time, likes int64, key id.ID, ok bool) {
	_, micro, n, key, ok := c.read()
	if micro > maxMicro || n > math.MaxInt32 {
		return at, 0, 0, false
	}
	return time.UnixMicro(int64(micro)).UTC(), int64(n), key, ok
}
