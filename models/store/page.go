package store

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"guildhall/models/id"
)

// Cursor says where a list goes on: after a row with this time (or number) and id. The empty
// Cursor begins at the first page. It is opaque outside; a forged one is only another place to start.
type Cursor string

// CursorAt makes the cursor of a row that is sorted by time and then id.
func CursorAt(at time.Time, key id.ID) Cursor { return CursorOf(at.UnixMicro(), key) }

// CursorOf makes the cursor of a row that is sorted by a number and then id.
func CursorOf(n int64, key id.ID) Cursor {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(n))
	binary.BigEndian.PutUint64(b[8:], uint64(key))
	return Cursor(base64.RawURLEncoding.EncodeToString(b[:]))
}

// Number reads the cursor; ok is false for the empty one and for what nobody made here.
func (c Cursor) Number() (n int64, key id.ID, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(b) != 16 {
		return 0, 0, false
	}
	return int64(binary.BigEndian.Uint64(b[:8])), id.ID(binary.BigEndian.Uint64(b[8:])), true
}

// Time reads the cursor of a list that is sorted by time.
func (c Cursor) Time() (at time.Time, key id.ID, ok bool) {
	n, key, ok := c.Number()
	if n < 0 || n > maxMicro {
		return time.Time{}, 0, false
	}
	return time.UnixMicro(n).UTC(), key, ok
}

// maxMicro is the year 9999 in microseconds: beyond it neither database keeps a time.
const maxMicro = 253_370_764_800_000_000

// Page cuts rows, of which one more than size was asked for, and returns the cursor of the next page.
func Page[T any](rows []T, size int, cursor func(T) Cursor) ([]T, Cursor) {
	if len(rows) <= size {
		return rows, ""
	}
	rows = rows[:size]
	return rows, cursor(rows[size-1])
}
