package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// tryOut writes a few bytes, reads them and takes them away again.
func tryOut(ctx context.Context, s Store) error {
	name, body := blobName(), []byte("Is anybody there?")
	if err := s.Put(ctx, name, body); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	in, err := s.Get(ctx, name)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	got, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil || !bytes.Equal(got, body) {
		return fmt.Errorf("reading brought %d bytes of %d: %w", len(got), len(body), err)
	}
	if err := s.Drop(ctx, name); err != nil {
		return fmt.Errorf("taking away: %w", err)
	}
	return nil
}
