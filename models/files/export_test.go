package files

import "context"

// Redraw is what is kept of a picture.
func Redraw(ctx context.Context, raw []byte) (full, less []byte, err error) {
	f, l, err := redraw(ctx, raw)
	return f.body, l.body, err
}
