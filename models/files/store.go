package files

import (
	"context"
	"errors"
	"io"
)

// Store keeps bytes under names. A name is made here, of lower-case letters and digits, and used
// once. What Put returned nil for is there after a loss of power.
type Store interface {
	Put(ctx context.Context, name string, body []byte) error
	// Get opens what is kept; ErrNoBytes when nothing is.
	Get(ctx context.Context, name string) (io.ReadSeekCloser, error)
	// Drop forgets what is kept, and what an interrupted Put left. Nothing there is no error.
	Drop(ctx context.Context, name string) error
	// Check tells in a few words where bytes are kept, and what is wrong if they cannot be.
	Check(ctx context.Context) (where string, err error)
}

// ErrNoBytes is what Get returns when nothing is kept under a name.
var ErrNoBytes = errors.New("there are no bytes under that name")

// ErrFull is what Put returns when there is no room.
var ErrFull = errors.New("there is no room for more")

var errNowhere = errors.New("nobody said where files are kept")

// nowhere is the store of a program that serves nobody.
type nowhere struct{}

func (nowhere) Put(context.Context, string, []byte) error { return errNowhere }
func (nowhere) Get(context.Context, string) (io.ReadSeekCloser, error) {
	return nil, errNowhere
}
func (nowhere) Drop(context.Context, string) error    { return errNowhere }
func (nowhere) Check(context.Context) (string, error) { return "nowhere", errNowhere }
