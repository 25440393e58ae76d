package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Disk keeps bytes in a folder of this machine.
type Disk struct {
	root *os.Root
	at   string
}

// OnDisk returns the store in a folder, which is made when absent. Nothing is read or written
// outside it, whatever a name is.
func OnDisk(folder string) (*Disk, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return &Disk{root: root, at: folder}, nil
}

// shelf spreads files over 256 folders: some systems are slow with many in one.
func shelf(name string) string { return name[:2] }

const unfinished = ".part"

// Put writes beside the name, has the disk keep it, and only then gives it the name: a file is
// there whole or not at all.
func (d *Disk) Put(_ context.Context, name string, body []byte) error {
	if err := d.root.Mkdir(shelf(name), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return roomless(err)
	}
	path := shelf(name) + "/" + name
	if err := d.write(path+unfinished, body); err != nil {
		return roomless(err)
	}
	if err := d.root.Rename(path+unfinished, path); err != nil {
		return roomless(err)
	}
	return errors.Join(d.sync(shelf(name)), d.sync("."))
}

func (d *Disk) write(path string, body []byte) error {
	out, err := d.root.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = out.Write(body)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// sync has the disk keep the names in a folder.
func (d *Disk) sync(folder string) error {
	in, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(in.Sync(), in.Close())
}

func roomless(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errors.Join(ErrFull, err)
	}
	return err
}

// Get opens what is kept.
func (d *Disk) Get(_ context.Context, name string) (io.ReadSeekCloser, error) {
	in, err := d.root.Open(shelf(name) + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoBytes
	}
	if err != nil {
		return nil, err
	}
	return in, nil
}

// Drop forgets what is kept.
func (d *Disk) Drop(_ context.Context, name string) error {
	for _, path := range []string{shelf(name) + "/" + name, shelf(name) + "/" + name + unfinished} {
		if err := d.root.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Check writes a few bytes, reads them and takes them away again.
func (d *Disk) Check(ctx context.Context) (string, error) { return "folder " + d.at, tryOut(ctx, d) }
