package views_test

import (
	"fmt"
	"math"
	"testing"

	"guildhall/views"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(colour string) float64 {
	var part [3]uint8
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &part[0], &part[1], &part[2]); err != nil {
		return math.NaN()
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		c := float64(part[i]) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(one, other string) float64 {
	a, b := luminance(one)+.05, luminance(other)+.05
	return max(a, b) / min(a, b)
}

// Whatever hue an owner picks, a letter is read: white on its button, and its links on both grounds.
func TestEveryHueIsRead(t *testing.T) {
	if got := views.Accent(162); got != "#175c44" && contrast(got, "#175c44") > 1.2 {
		t.Errorf("the house's own green is %s", got)
	}
	for hue := range 361 {
		accent, wall := views.Accent(hue), views.Wall(hue)
		for _, on := range []string{"#ffffff", "#fefdfa", "#f4f2ec"} {
			if c := contrast(accent, on); !(c >= 4.5) {
				t.Errorf("hue %d: %s on %s has %.2f", hue, accent, on, c)
			}
		}
		if c := contrast(wall, "#ffffff"); !(c >= 7) {
			t.Errorf("hue %d: white on %s has %.2f", hue, wall, c)
		}
	}
	if views.Accent(20) == views.Accent(230) {
		t.Error("every hue is one colour")
	}
}
