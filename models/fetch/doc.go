// Package fetch is the one client for addresses that people type: links that are previewed, endpoints
// of push services, hooks. What such an address leads to is decided when it is dialled, so that neither
// a name, a redirect nor an answer of the resolver that changes takes the club into its own network.
//
// What the program itself is set up with (the mail server, the store of uploads, accounts elsewhere)
// is not typed by people, and has clients of its own.
package fetch

import (
	"errors"
	"time"
)

// What one exchange may take.
const (
	Within    = 5 * time.Second // from the first dial to the last byte, redirects among it
	MaxBody   = 512 << 10       // bytes that are read, packed and unpacked alike
	MaxSteps  = 3               // redirects
	MaxLength = 2_000           // bytes of an address
)

// How often the outside is asked.
const (
	atATime   = 16               // exchanges under way in all
	pause     = time.Second      // between two pages of one host
	patience  = 2 * time.Second  // that a caller waits for their turn
	forgetIn  = 10 * time.Second // a host that was not asked for so long is forgotten
	headersTo = 64 << 10         // bytes of an answer's headers
)

// Errors of an exchange that tell something of the address, or of us; any other is the network's.
var (
	ErrAddress = errors.New("fetch: that address is not asked")          // it cannot be, or leads where nothing of ours goes
	ErrSteps   = errors.New("fetch: too many redirects")                 //
	ErrBusy    = errors.New("fetch: too much is being asked, come back") // of that host, or of everybody
)
