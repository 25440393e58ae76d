package prose

import "testing"

// aPost is a post as members write them: 1.5 KB with a bit of everything.
var aPost = Quote("amara", "Amara Okafor", "/s/darkroom/t/2Zk3mB9xQwE/two-stops", 1,
	"The only thing I reused was the developer and the stop. Which one do I blame?") +
	`I think you have already answered yourself, @amara. DD-X at 1+4 is meant to be *one-shot*:
a two-stop push uses most of it up, so the second roll swam in leftovers.

## What I would do

- Mix fresh for each roll, or go **1+4 in a larger tank** and do both at once.
- If you must reuse, add 15% to the time and accept the shadows.
- [x] Write the volume into the notebook
- [ ] Try a test strip, as @kofi_m did last spring

| film | developer | °C | minutes |
|------|-----------|---:|--------:|
| HP5+ @ 1600 | DD-X 1+4 | 20 | 13:00 |
| HP5+ @ 1600 | second roll | 20 | 15:00 |

` + "```\nHP5+ @ 1600   DD-X 1+4   20 °C   13:00   one-shot\nHP5+ @ 1600   DD-X 1+4   20 °C   15:00   second roll, at a pinch\n```\n" + `
The data sheet says the same on page two: https://www.example.com/film/dd-x_technical.pdf, and
[an old thread of ours](/s/darkroom/t/7hQwErTy123/how-often) has numbers from six people. What does
your notebook say for the volume in the tank? Mine was 600 ml for two reels, and ` + "`1+9`" + ` never
worked at all below 22 °C.

![The right half is visibly flatter than the left one](/files/9aBcDeFgH12 "A test strip: fresh on the left, used on the right")

If it happens again, send me the strip and I will measure it; the densitometer is free on Sundays and
somebody ought to use it before it is sold. No blame, by the way: everybody does this once.`

func BenchmarkPost(b *testing.B) {
	b.SetBytes(int64(len(aPost)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Post(aPost); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMessage(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Message("Anyone pushed expired Portra in a home kit? @amara has *a recipe*: https://example.com/portra"); err != nil {
			b.Fatal(err)
		}
	}
}

// Goroutines share the parsers and the policy.
func TestCookingTogether(t *testing.T) {
	want, err := Post(aPost)
	if err != nil || want.HTML == "" {
		t.Fatal(err)
	}
	done := make(chan string)
	for range 8 {
		go func() {
			cooked, err := Post(aPost)
			if err != nil {
				cooked.HTML = err.Error()
			}
			done <- cooked.HTML
		}()
	}
	for range 8 {
		if got := <-done; got != want.HTML {
			t.Errorf("another page: %s", got)
		}
	}
}
