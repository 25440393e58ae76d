// Package id makes the keys of all rows: in Go, known before the insert, unique over instances.
//
// A key has bit 63 zero, 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of node and 12
// bits of counter. It is neither a secret nor a date: nothing is sorted by it where a time is meant.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"sync"
	"time"
)

// ID is a key. The zero ID is nobody's.
type ID int64

// Length is the number of characters of every written id.
const Length = 11

const (
	nodeBits    = 10
	counterBits = 12
	counterMax  = 1<<counterBits - 1
	alphabet    = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
)

var epoch = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// ErrNever says that a text is the id of nothing that ever was.
var ErrNever = errors.New("not an id")

// Maker makes ids for one start of the program. It is safe for use by many goroutines.
type Maker struct {
	node int64
	now  func() time.Time

	mu      sync.Mutex
	milli   int64
	counter int64
}

// NewMaker returns a Maker for a node, taken modulo 1,024.
func NewMaker(node int64) *Maker {
	return &Maker{node: node & (1<<nodeBits - 1), now: time.Now}
}

// New returns an id that this Maker never gave before. Time never runs back within it: a clock
// that does is waited out by counting on from the last millisecond.
func (m *Maker) New() ID {
	m.mu.Lock()
	defer m.mu.Unlock()
	milli := m.now().Sub(epoch).Milliseconds()
	switch {
	case milli > m.milli:
		m.milli, m.counter = milli, start()
	case m.counter == counterMax:
		m.milli, m.counter = m.milli+1, start() // a full counter borrows the next millisecond
	default:
		m.counter++
	}
	return ID(m.milli<<(nodeBits+counterBits) | m.node<<counterBits | m.counter)
}

// start is where the counter of a millisecond begins: at random, so that two ids of neighbours
// tell little about what was made between them.
func start() int64 {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return int64(binary.BigEndian.Uint16(b[:]) & 1023)
}

// String is the id in base58, always 11 characters.
func (i ID) String() string {
	var b [Length]byte
	n := uint64(i)
	for p := Length - 1; p >= 0; p-- {
		b[p] = alphabet[n%58]
		n /= 58
	}
	return string(b[:])
}

// Parse reads what String wrote. Anything else is ErrNever.
func Parse(s string) (ID, error) {
	if len(s) != Length {
		return 0, ErrNever
	}
	var n uint64
	for p := range Length {
		d := digits[s[p]]
		if d < 0 {
			return 0, ErrNever
		}
		next := n*58 + uint64(d)
		if n > (1<<63-1)/58 || next > 1<<63-1 {
			return 0, ErrNever
		}
		n = next
	}
	if n == 0 {
		return 0, ErrNever
	}
	return ID(n), nil
}

// MarshalText lets ids be written in JSON as text: a JavaScript number would lose their last bits.
func (i ID) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (i *ID) UnmarshalText(text []byte) (err error) {
	*i, err = Parse(string(text))
	return err
}

var digits = func() (d [256]int8) {
	for i := range d {
		d[i] = -1
	}
	for i := range alphabet {
		d[alphabet[i]] = int8(i)
	}
	return d
}()
