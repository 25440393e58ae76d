package views

import "strconv"

// Bottle is the hue of a club that has not chosen one.
const Bottle = 162

// hue is one of the eight house colours by name; any other is a number from 0 to 360.
type hue struct {
	Degrees int
	Name    string
}

var hues = []hue{{162, "Bottle"}, {230, "Harbour"}, {268, "Ink"}, {330, "Mulberry"}, {20, "Oxblood"}, {50, "Tobacco"}, {125, "Moss"}, {200, "Slate"}}

func (h hue) value() string { return strconv.Itoa(h.Degrees) }

func namedHue(degrees int) bool {
	for _, h := range hues {
		if h.Degrees == degrees {
			return true
		}
	}
	return false
}
