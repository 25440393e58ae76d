package prose

import (
	"regexp"
	"strconv"
)

// Size is how large a file of the club's own is drawn: the picture itself, and the width of a
// smaller one that stands at the same address with /small after it; 0 where there is none.
type Size struct{ Width, Height, Small int }

var (
	fileAddress = regexp.MustCompile(`^/files/([1-9A-HJ-NP-Za-km-z]{11})$`)
	cookedFile  = regexp.MustCompile(`<img src="/files/([1-9A-HJ-NP-Za-km-z]{11})"`)
)

// column is the widest that a picture in a text is drawn, in CSS pixels.
const column = 680

// keeps notes that the text shows or links one of the club's own files.
func (s *settler) keeps(address string) {
	if m := fileAddress.FindStringSubmatch(address); m != nil {
		s.files.add(m[1])
	}
}

// Sized is cooked HTML in which the pictures of known sizes say them, by id, so that nothing jumps
// when they come. Sizes are told to whoever reads the text: give those of files that hang on it.
func Sized(cooked string, sizes map[string]Size) string {
	if len(sizes) == 0 {
		return cooked
	}
	return cookedFile.ReplaceAllStringFunc(cooked, func(img string) string {
		key := cookedFile.FindStringSubmatch(img)[1]
		size, ok := sizes[key]
		if !ok || size.Width <= 0 || size.Height <= 0 {
			return img
		}
		img += ` width="` + strconv.Itoa(size.Width) + `" height="` + strconv.Itoa(size.Height) + `"`
		if size.Small > 0 {
			img += ` srcset="/files/` + key + `/small ` + strconv.Itoa(size.Small) + `w, /files/` + key + ` ` + strconv.Itoa(size.Width) +
				`w" sizes="(max-width: ` + strconv.Itoa(column) + `px) 100vw, ` + strconv.Itoa(column) + `px"`
		}
		return img
	})
}
