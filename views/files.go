package views

import (
	"fmt"
	"guildhall/models/space"

	"guildhall/models/files"
	"guildhall/models/home"
)

// FilesAddress is where a member finds what they uploaded.
const FilesAddress = "/settings/files"

// FilesPage is what a member uploaded, and how much of their room it takes.
type FilesPage struct {
	Files       []OwnFile
	Used, Limit int64 // bytes; a limit of 0 is none
	Next        string
	Later       bool
}

// OwnFile is one upload with where it hangs.
type OwnFile struct {
	files.Own
	At    home.Spot
	Found bool // where it hangs is told to its member
}

// Head names the page.
func (p FilesPage) Head() Head { return SettingsHead("Files") }

func (p FilesPage) older() string { return with(FilesAddress, "after", p.Next) }

// room says how much is taken: "3.2 MB of 500 MB".
func (p FilesPage) room() string {
	if p.Limit <= 0 {
		return bytesOf(p.Used) + " in all"
	}
	return bytesOf(p.Used) + " of " + bytesOf(p.Limit)
}

// bytesOf says a size as people do: "640 bytes", "12 KB", "3.2 MB".
func bytesOf(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1<<10:
		return Number(n) + " bytes"
	case n < 1<<20:
		return Number((n+1<<9)>>10) + " KB"
	case n < 100<<20 && n%(1<<20) != 0:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return Number((n+1<<19)>>20) + " MB"
}

// kind is the glyph and the word for what a file is.
func (f OwnFile) kind() (icon, word string) {
	if f.Picture() {
		return "image", fmt.Sprintf("Picture, %d × %d", f.Width, f.Height)
	}
	return "download", "File"
}

// where is the address of what the file hangs on, as far as its member is told.
func (f OwnFile) where() string {
	if f.At.TopicID == 0 && f.PlaceID != nil {
		return SaidAt(space.Space{Slug: f.At.Space}, *f.PlaceID, f.At.Seq, f.At.ID)
	}
	return PostAddress(f.At.Space, f.At.TopicID, f.At.Slug, f.At.Number)
}
