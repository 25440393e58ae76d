// Package prose turns the Markdown that members write into HTML that is safe to
// show to anybody, once, at the moment of writing.
//
// The way of a text: Markdown is parsed with raw HTML off (parser.go), within bounds
// that keep any text cheap (bounds.go); the tree is settled: mentions, links, pictures
// and quotes become what they may be (settle.go); it is rendered, and what was rendered
// passes an allow-list of its own (policy.go), so that a mistake in one is caught
// by the other. Nothing here knows a table, a clock or a member.
package prose

import "errors"

// Version is the number of the recipe. It is stored beside cooked HTML, so that what an
// earlier recipe made can be found and cooked again.
const Version = 2

// How much a member may write, in bytes of UTF-8 with line ends as "\n". Callers refuse
// longer texts in their own words; Post and Message refuse them with ErrTooLong.
const (
	MaxPost    = 32_000
	MaxMessage = 4_000
)

// What Post and Message answer to a source that they cannot take.
var (
	ErrTooLong = errors.New("prose: the source is too long")
	ErrNotText = errors.New("prose: the source is not valid UTF-8")
)
