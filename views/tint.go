package views

import (
	"fmt"
	"math"
)

// Accent and Wall are the club's colour for a hue as "#rrggbb", where no sheet reaches: of what is led to
// in letters (--accent-solid of static/css/tokens.css by day), and around the installed club (--wall).
// White on either is read well whatever the hue is.
func Accent(hue int) string { return tint(.42, .082, hue) }

// Wall is the darker one.
func Wall(hue int) string { return tint(.275, .044, hue) }

// tint is a colour of OKLCH in sRGB, by the matrices of Björn Ottosson, "A perceptual color space for
// image processing" (2020). What sRGB does not have is cut to what it has.
func tint(lightness, chroma float64, hue int) string {
	sin, cos := math.Sincos(float64(hue) * math.Pi / 180)
	a, b := chroma*cos, chroma*sin
	l := cube(lightness + .3963377774*a + .2158037573*b)
	m := cube(lightness - .1055613458*a - .0638541728*b)
	s := cube(lightness - .0894841775*a - 1.291485548*b)
	return fmt.Sprintf("#%02x%02x%02x",
		channel(4.0767416621*l-3.3077115913*m+.2309699292*s),
		channel(-1.2684380046*l+2.6097574011*m-.3413193965*s),
		channel(-.0041960863*l-.7034186147*m+1.707614701*s))
}

func cube(x float64) float64 { return x * x * x }

// channel is a linear share of light as one of the 256 steps of sRGB.
func channel(light float64) uint8 {
	light = min(max(light, 0), 1)
	if light <= .0031308 {
		return uint8(math.Round(255 * 12.92 * light))
	}
	return uint8(math.Round(255 * (1.055*math.Pow(light, 1/2.4) - .055)))
}
